"""The input of every step of the layout: content, size of the picture, column, band and radius of each person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from graph.analysis.map import MapContent
from graph.analysis.report.results import PersonResult
from graph.model.words import text
from viz.scene import plan
from viz.scene.labels import CHIP_STEP, NAME, NAME_LINE, TITLE, TITLE_LINE, TITLE_ROOM
from viz.scene.metrics import width_of, wrap
from viz.scene.scene import Frame
from viz.words.names import name_of, role_letters, title_of

OFFSET = 8.0
BELOW_LINE = 17.0
"""The height that a name adds under a disc."""


Cell = tuple[str, int]
"""A column's name and a level; people without either are in the strip."""
STRIP: Cell = ("", 0)


@dataclass(frozen=True)
class Setting:
    """An account to lay out in a frame and a language; `column` names the column of each person, `level` the band."""

    content: MapContent
    frame: Frame
    sizes: plan.Sizes
    lang: str
    column: Mapping[str, str]
    level: Mapping[str, int | None]
    radius: Mapping[str, float]
    order: Sequence[str]

    @cached_property
    def must(self) -> frozenset[str]:
        """People whose names are never hidden."""
        return plan.must_be_named(self.content)

    @cached_property
    def badges(self) -> dict[str, int]:
        """The numbers of the worst gap subjects that are people."""
        return plan.badges_of(self.content.report)

    @cached_property
    def tiers(self) -> bool:
        """Whether bands are tiers of influence."""
        return plan.by_tiers(self.content)

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """The cell of each person, or the strip."""
        return {
            person.id: (self.column[person.id], self.level[person.id] or 0) if self.is_placed(person) else STRIP
            for person in self.content.report.people
        }

    @cached_property
    def sizes_of_cells(self) -> Counter[Cell]:
        """How many people belong to each cell."""
        return Counter(self.cells.values())

    @cached_property
    def for_rivals(self) -> frozenset[Cell]:
        """Cells of the column outside kept free for competitors: those with the least influence."""
        rivals = sum(bool(rival.ties) for rival in self.content.rivals)
        weight = {(plan.OUTSIDE, level): 0.0 for _, level in self.sizes_of_cells if level}
        for person in self.content.report.people if rivals else ():
            cell = self.cells[person.id]
            if cell in weight:
                weight[cell] += person.decision_influence + (person.id in self.must)
        free = sorted(weight, key=lambda cell: (round(weight[cell], 9), cell))
        if len(self.content.report.people) <= plan.ALL_IN_FULL:
            free = [cell for cell in free if not self.sizes_of_cells[cell]]
        return frozenset(free[:rivals])

    def band_name(self, level: int) -> str:
        """The name of a band in the language of the picture."""
        return plan.band_name(level, self.lang, tiers=self.tiers)

    def is_placed(self, person: PersonResult) -> bool:
        """Whether a person has a cell: a column and a recorded level."""
        return self.level[person.id] is not None and self.column[person.id] in self.order

    def disc(self, person: PersonResult) -> float:
        """The width of a person's disc with its ring, in pixels."""
        return 2 * (self.radius[person.id] + self.sizes.ring)

    def row_height(self, person: PersonResult) -> float:
        """How high a row with this person in full is, in pixels."""
        disc = self.disc(person)
        if self.sizes.below:
            return disc + BELOW_LINE
        if not self.sizes.titles:
            return max(disc + 4.0, 20.0)
        title = title_of(person, self.lang)
        titles = len(wrap(title, TITLE, TITLE_ROOM, 2)[0]) if title else 0
        chips = CHIP_STEP if role_letters(person) else 0.0
        return max(disc, NAME_LINE + TITLE_LINE * titles + chips) + 4.0

    def need(self, person: PersonResult) -> float:
        """The width that a person in full needs with the name, in pixels."""
        disc = self.disc(person)
        name = min(width_of(name_of(person, self.lang), NAME, bold=True), plan.MOST_NAME)
        chips = CHIP_STEP * len(role_letters(person, only_heavy=self.sizes.below))
        if self.sizes.below:
            return max(disc, name + chips) + 12.0
        if not self.sizes.titles:
            return OFFSET + disc + 5.0 + name + chips + 12.0
        titles = wrap(title_of(person, self.lang), TITLE, TITLE_ROOM, 2)[0]
        beside = max(name, chips, *(width_of(title, TITLE) for title in titles))
        return OFFSET + disc + 5.0 + beside + 10.0 + self.sizes.shift


def by_influence(person: PersonResult) -> tuple[float, str]:
    """The order of influence, largest first; ids where it is the same."""
    return -round(person.decision_influence, 9), person.id


def column_word(name: str, units: int, lang: str) -> str:
    """The name of a column that is no unit; `units` are those merged in it."""
    return text(f"map.{name}", lang, count=units) if name == plan.OTHERS else text(f"map.{name}", lang)
