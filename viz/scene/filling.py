"""Which people are drawn in full: in order of priority, as many as the heights of bands allow."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence

from graph.analysis.report.results import PersonResult
from viz.scene import plan
from viz.scene.columns import Columns
from viz.scene.scene import Column
from viz.scene.setting import STRIP, Cell, Setting, by_influence
from viz.scene.small import height_of_small

BAND_MARGIN = 8.0
STRIP_MARGIN = 8.0
LOOKED_AT = 300
"""People later in the order have too little influence to be worth drawing in full."""
LEAST_STRIP = 30.0
MOST_MUSTS = 64
"""The most people who must be named that are drawn in full even beyond the usual limit."""
RIVAL_ROW = 42.0
"""The height of a competitor's hexagon."""
STRIP_GAP = 14.0


class Filling:
    """The heights of bands and strip while people are added in full; all others are dots or bars at the bottom."""

    def __init__(self, setting: Setting, columns: Columns) -> None:
        self._setting = setting
        self._columns = columns
        self._small = setting.sizes_of_cells.copy()
        self.cells: dict[Cell, list[PersonResult]] = {cell: [] for cell in self._small}
        self._kept_free = setting.for_rivals
        cells = {**self._small, **dict.fromkeys(self._kept_free)}
        self.heights: dict[Cell, float] = {cell: self._height(cell) for cell in cells}
        self.bands: dict[int, float] = {}
        for (_, level), height in ((cell, needed) for cell, needed in self.heights.items() if cell != STRIP):
            self.bands[level] = max(self.bands.get(level, 0.0), height + BAND_MARGIN)

    @property
    def strip(self) -> float:
        """The height of the strip, 0 where everybody has a place."""
        return max(LEAST_STRIP, self.heights[STRIP] + STRIP_MARGIN) if STRIP in self.heights else 0.0

    def spare(self) -> float:
        """How much height is left, in pixels; below 0 where it does not suffice."""
        frame = self._setting.frame
        return frame.height - frame.heads - frame.lane - self.strip - sum(self.bands.values())

    def add(self, person: PersonResult) -> bool:
        """Draw a person in full if there is room. Returns whether there was."""
        cell = self._setting.cells[person.id]
        if cell in self._kept_free or (cell == STRIP and not self._has_room_along(person)):
            return False
        before, band = self.heights[cell], self.bands.get(cell[1], 0.0)
        insort(self.cells[cell], person, key=by_influence)
        self._small[cell] -= 1
        self.heights[cell] = self._height(cell)
        if cell != STRIP:
            self.bands[cell[1]] = max(band, self.heights[cell] + BAND_MARGIN)
        if self.spare() >= 0:
            return True
        self.cells[cell].remove(person)
        self._small[cell] += 1
        self.heights[cell] = before
        if cell != STRIP:
            self.bands[cell[1]] = band
        return False

    def _has_room_along(self, person: PersonResult) -> bool:
        """The strip gets a second row only for people who must be named, or where everybody is drawn in full."""
        people = [*self.cells[STRIP], person]
        all_in_full = len(self._setting.content.report.people) <= plan.ALL_IN_FULL
        return (
            all_in_full
            or person.id in self._setting.must
            or sum(self._along(other) for other in people) <= self._room_along()
        )

    def _along(self, person: PersonResult) -> float:
        return self._setting.need(person) + STRIP_GAP

    def _room_along(self) -> float:
        return self._width(STRIP) - STRIP_GAP

    def _rows_along(self) -> list[list[PersonResult]]:
        rows: list[list[PersonResult]] = []
        taken = self._room_along()
        for person in self.cells.get(STRIP, []):
            taken += self._along(person)
            if taken > self._room_along():
                rows.append([])
                taken = self._along(person)
            rows[-1].append(person)
        return rows

    def rows(self, cell: Cell) -> list[list[PersonResult]]:
        """The people of a cell in rows, the most influential first."""
        if cell == STRIP:
            return self._rows_along()
        people, across = self.cells.get(cell, []), self._columns.across[cell[0]]
        return [people[at : at + across] for at in range(0, len(people), across)]

    def row_heights(self, cell: Cell) -> list[float]:
        """The height of each of those rows."""
        return [max(self._setting.row_height(person) for person in row) for row in self.rows(cell)]

    def small_height(self, cell: Cell) -> float:
        """The height of the dots or the bar of a cell."""
        return height_of_small(self._small[cell], self._width(cell), self._setting)

    def _height(self, cell: Cell) -> float:
        rival = RIVAL_ROW if cell in self._kept_free else 0.0
        return rival + sum(self.row_heights(cell)) + self.small_height(cell)

    def column(self, cell: Cell) -> Column:
        """The column of a cell."""
        return self._columns.by_name[cell[0]]

    def _width(self, cell: Cell) -> float:
        frame = self._setting.frame
        return frame.width - frame.gutter if cell == STRIP else self.column(cell).width


def filled(setting: Setting, columns: Columns, candidates: Sequence[PersonResult]) -> Filling:
    """As many candidates in full as the limit and the room allow, in their order."""
    filling = Filling(setting, columns)
    limit = plan.limit_for(len(setting.content.report.people))
    limit = max(limit, min(len(setting.must), MOST_MUSTS))
    drawn = 0
    for person in candidates[:LOOKED_AT]:
        if drawn >= limit:
            break
        drawn += filling.add(person)
    return filling
