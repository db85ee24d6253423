"""The grid of the power map: columns by unit, bands by level, and the place of each person in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.analysis.report.results import PersonResult
from graph.model.words import text
from viz.scene import plan
from viz.scene.columns import columns_of
from viz.scene.filling import STRIP_GAP, Filling, filled
from viz.scene.scene import Band, Bar, Column, Dot
from viz.scene.setting import OFFSET, STRIP, Cell, Setting
from viz.scene.small import Box, Dots, bar_of, is_bar

MOST_APART = 40.0
LIFT = 7.0
"""Discs with their name below stand this much above the middle of their row."""


@dataclass(frozen=True)
class Grid:
    """Columns, bands and the middles of those drawn in full; all others as dots or in bars."""

    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    strip: Band | None
    at: dict[str, tuple[float, float]]
    small: tuple[Dots, ...]
    bars: tuple[Bar, ...]

    def dots(self, labels: Sequence[Box] = ()) -> tuple[Dot, ...]:
        """All dots, placed beside these labels where there is room."""
        return tuple(dot for cell in self.small for dot in cell.placed(labels))


def grid_of(setting: Setting, candidates: Sequence[PersonResult]) -> Grid:
    """The grid with as many of the candidates in full as there is room for."""
    first = candidates[: plan.limit_for(len(setting.content.report.people))]
    columns = columns_of(setting, first)
    filling = filled(setting, columns, candidates)
    bands, strip = _bands(setting, filling), _strip(setting, filling)
    at: dict[str, tuple[float, float]] = {}
    for number, band in enumerate(bands):
        shift = setting.sizes.shift if number % 2 else 0.0
        for name, column in columns.by_name.items():
            if band.level is not None:
                at.update(_cell((name, band.level), column, columns.across[name], band, shift, setting, filling))
    if strip is not None:
        at.update(_along_strip(strip, setting, filling))
    dots, bars = _small(setting, filling, bands, strip, at)
    return Grid(tuple(columns.by_name.values()), bands, strip, at, tuple(dots), tuple(bars))


def _bands(setting: Setting, filling: Filling) -> tuple[Band, ...]:
    """Bands from the highest level down; spare height is shared evenly."""
    spare = filling.spare() / max(1, len(filling.bands))
    made, y = [], setting.frame.heads
    for level in sorted(filling.bands, reverse=True):
        number = "" if setting.tiers else str(level)
        height = filling.bands[level] + spare
        made.append(Band(level, number, setting.band_name(level), y, height))
        y += height
    return tuple(made)


def _strip(setting: Setting, filling: Filling) -> Band | None:
    if not filling.strip:
        return None
    frame = setting.frame
    height = filling.strip if filling.bands else frame.height - frame.lane - frame.heads
    top = frame.height - frame.lane - height
    return Band(None, "", text("map.not_placed", setting.lang), top, height)


def _cell(
    cell: Cell, column: Column, across: int, band: Band, shift: float, setting: Setting, filling: Filling
) -> dict[str, tuple[float, float]]:
    """The people of a cell in rows, the most influential on top; spare height is shared by what the rows need."""
    rows, heights = filling.rows(cell), filling.row_heights(cell)
    if not rows:
        return {}
    step = (band.height - filling.small_height(cell)) / sum(heights)
    slot = column.width / across
    largest = setting.sizes.largest + setting.sizes.ring
    at, y = {}, band.y
    for row, height in zip(rows, heights, strict=True):
        for place, person in enumerate(row):
            if setting.sizes.below:
                taken = column.width / len(row)
                x, lift = column.x + (place + 0.5) * taken, LIFT
            else:
                x, lift = column.x + place * slot + OFFSET + min(largest, slot * 0.34) + shift, 0.0
            at[person.id] = (x, y + height * step / 2 - lift)
        y += height * step
    return at


def _along_strip(strip: Band, setting: Setting, filling: Filling) -> dict[str, tuple[float, float]]:
    """Those without a place, side by side, each with the room of the name."""
    heights = filling.row_heights(STRIP)
    step = (strip.height - filling.small_height(STRIP)) / max(1.0, sum(heights))
    room = setting.frame.width - setting.frame.gutter - STRIP_GAP
    at, y = {}, strip.y
    for row, height in zip(filling.rows(STRIP), heights, strict=True):
        needs = [setting.need(person) for person in row]
        gap = STRIP_GAP + min(MOST_APART, max(0.0, room - sum(needs) - STRIP_GAP * len(row)) / len(row))
        x = setting.frame.gutter + STRIP_GAP / 2
        for person, need in zip(row, needs, strict=True):
            inside = need / 2 if setting.sizes.below else OFFSET + setting.disc(person) / 2
            at[person.id] = (x + inside, y + height * step / 2 - (LIFT if setting.sizes.below else 0.0))
            x += need + gap
        y += height * step
    return at


def _small(
    setting: Setting,
    filling: Filling,
    bands: Sequence[Band],
    strip: Band | None,
    at: dict[str, tuple[float, float]],
) -> tuple[list[Dots], list[Bar]]:
    """Dots and bars of people not drawn in full."""
    left: dict[Cell, list[PersonResult]] = {}
    for person in setting.content.report.people:
        if person.id not in at:
            left.setdefault(setting.cells[person.id], []).append(person)
    bottoms = {band.level: band.y + band.height for band in bands}
    longest = max((len(people) for cell, people in left.items() if cell != STRIP), default=1)
    dots: list[Dots] = []
    bars: list[Bar] = []
    for cell, people in left.items():
        if cell == STRIP:
            assert strip is not None
            x, width = setting.frame.gutter, setting.frame.width - setting.frame.gutter
            bottom, most = strip.y + strip.height, len(people)
        else:
            column = filling.column(cell)
            x, width, bottom, most = column.x, column.width, bottoms[cell[1]], longest
        if is_bar(len(people), width, setting):
            bars.append(bar_of(people, x, width, bottom, most))
        else:
            dots.append(Dots(people, x, width, bottom))
    return dots, bars
