"""Rows of people along a bone: height of a row, label, disc, dots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.analysis.report.results import PersonResult
from viz.scene import plan
from viz.scene.labels import AWAY, CHIP, CHIP_STEP, NAME, NAME_LINE, TITLE, TITLE_LINE
from viz.scene.metrics import cut, width_of, wrap
from viz.scene.scene import Chip, Disc, Dot, Label, TextLine
from viz.words.names import name_of, role_letters, title_of

BADGE = 16.0
BADGE_OUT = 5.0
CHIPS_AWAY = 4.0
PITCH = 8.0


@dataclass(frozen=True)
class Looks:
    """Radii of people, ring, gap numbers by person, and the language."""

    radius: Mapping[str, float]
    ring: float
    badges: Mapping[str, int]
    lang: str

    def outer(self, person: PersonResult) -> float:
        """The radius of a person's disc with its ring."""
        return self.radius[person.id] + self.ring

    def reach(self, person: PersonResult, room: float, lines: int) -> tuple[float, float]:
        """How far a person's row reaches up and down from its middle, with so many lines of title at most."""
        outer = self.outer(person)
        written = label_of(person, 0.0, 0.0, room, lines, self.lang).box[3] / 2.0
        up = outer + (BADGE_OUT + 1.0 if person.id in self.badges else 0.0)
        return max(up, written) + 1.0, max(outer, written) + 1.0


def looks_of(people: Sequence[PersonResult], largest: float, badges: Mapping[str, int], lang: str) -> Looks:
    """Radii with area in proportion to influence, the largest as given."""
    sizes = plan.sizes_for(len(people))
    sizes = replace(sizes, largest=max(largest, sizes.smallest))
    return Looks(plan.radii(people, sizes), sizes.ring, badges, lang)


def label_of(person: PersonResult, x: float, y: float, room: float, lines: int, lang: str) -> Label:
    """A label that begins at x, its middle at y: name with chips, and so many lines of title at most.

    Chips that have no room beside the name stand before the title; without lines for it, only as many as fit.
    """
    whole = name_of(person, lang)
    chips = role_letters(person, only_heavy=lines == 0)
    wide = width_of(whole, NAME, bold=True)
    beside = int(max(0.0, room - wide - CHIPS_AWAY + CHIP_STEP - CHIP) // CHIP_STEP)
    under = len(chips) > beside and lines > 0
    shown = chips if under else chips[:beside]
    name = cut(whole, NAME, room, bold=True)
    named = min(wide, width_of(name, NAME, bold=True))
    row = CHIP_STEP * len(shown) + CHIPS_AWAY - (CHIP_STEP - CHIP) if shown else 0.0
    titles: tuple[str, ...] = ()
    title = title_of(person, lang)
    indent = row if under else 0.0
    if lines and title and room - indent > 24.0:
        titles, _ = wrap(title, TITLE, room - indent, lines)
    below = max(len(titles), 1 if under else 0)
    height = NAME_LINE + TITLE_LINE * below
    widest = max([named + (0.0 if under else row), *(indent + width_of(line, TITLE) for line in titles), indent])
    top = y - height / 2.0
    at_x, at_y = (x, top + NAME_LINE + 1.0) if under else (x + named + CHIPS_AWAY, top + 1.0)
    return Label(
        box=(x, top, widest, height),
        align="left",
        origin=(x - AWAY, y),
        name=TextLine(x, top + 11.5, name),
        titles=tuple(TextLine(x + indent, top + 11.5 + TITLE_LINE * (i + 1), line) for i, line in enumerate(titles)),
        chips=tuple(Chip(at_x + CHIP_STEP * i, at_y, letter) for i, letter in enumerate(shown)),
        shown=True,
        cut=name != whole,
    )


def disc_at(person: PersonResult, x: float, y: float, room: float, lines: int, looks: Looks) -> Disc:
    """A person in full: disc, label at the right, badge at the top left."""
    outer = looks.outer(person)
    number = looks.badges.get(person.id)
    badge = None if number is None else (number, x - outer - BADGE_OUT, y - outer - BADGE_OUT)
    label = label_of(person, x + outer + AWAY, y, room, lines, looks.lang)
    return Disc(person.id, x, y, looks.radius[person.id], label, badge)


def dots_in(people: Iterable[PersonResult], x: float, y: float, width: float) -> tuple[Dot, ...]:
    """Dots in rows of a width, from the top left corner on."""
    across = dots_across(width)
    return tuple(
        Dot(person.id, x + PITCH * (place % across + 0.5), y + PITCH * (place // across + 0.5))
        for place, person in enumerate(people)
    )


def dots_across(width: float) -> int:
    """How many dots stand side by side."""
    return max(1, int(width // PITCH))
