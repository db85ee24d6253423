"""People without room in full: dots at the bottom of their cell, or a bar of stances where they are many."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.analysis.report.results import PersonResult
from viz import encodings
from viz.scene.metrics import width_of
from viz.scene.scene import Bar, Dot, TextLine
from viz.scene.setting import Setting

Box = tuple[float, float, float, float]

PITCH = 8.0
AWAY = 3.0
"""A dot nearer to a label than this, at its middle, would touch it."""
MARGIN = 14.0
MOST_ROWS = 3
DOTS_UP_TO = 1000
"""With more people than this every cell has a bar: dots could not be counted any more."""
BAR, BAR_HEIGHT = 7.0, 14.0
BELOW_DOTS = 5.0
COUNT = 11.0


def height_of_small(count: int, width: float, setting: Setting) -> float:
    """The height that so many people need at the bottom of a cell of this width."""
    if not count:
        return 0.0
    if is_bar(count, width, setting):
        return BAR_HEIGHT
    return math.ceil(count / _per_row(width)) * PITCH + BELOW_DOTS


def is_bar(count: int, width: float, setting: Setting) -> bool:
    """Whether so many people are a bar."""
    return len(setting.content.report.people) > DOTS_UP_TO or count > MOST_ROWS * _per_row(width)


@dataclass(frozen=True)
class Dots:
    """The people of a cell, of this left edge, width and bottom, as dots."""

    people: Sequence[PersonResult]
    x: float
    width: float
    bottom: float

    def placed(self, boxes: Sequence[Box] = ()) -> Iterator[Dot]:
        """Dots in rows from the bottom up, grouped by stance, avoiding these boxes while the rows have room."""
        per_row = _per_row(self.width)
        rows = math.ceil(len(self.people) / per_row)
        spots = [
            (self.x + 9.0 + along * PITCH, self.bottom - 7.0 - row * PITCH)
            for row in range(rows)
            for along in range(per_row)
        ]
        top = self.bottom - 7.0 - rows * PITCH
        near = [box for box in boxes if box[1] < self.bottom and box[1] + box[3] > top]
        free = [place for place, spot in enumerate(spots) if not any(_is_on(spot, box) for box in near)]
        covered = sorted(set(range(len(spots))) - set(free))
        chosen = sorted([*free, *covered][: len(self.people)])
        for person, place in zip(_by_form(self.people), chosen, strict=True):
            yield Dot(person.id, *spots[place])


def _is_on(spot: tuple[float, float], box: Box) -> bool:
    x, y, width, height = box
    return x - AWAY < spot[0] < x + width + AWAY and y - AWAY < spot[1] < y + height + AWAY


def bar_of(people: Sequence[PersonResult], x: float, width: float, bottom: float, longest: int) -> Bar:
    """A bar as long as there are people, against the largest cell's; in it the stances, after it the count."""
    rows = _by_form(people)
    parts: dict[str, int] = {}
    for person in rows:
        form = encodings.person_form(person)
        parts[form] = parts.get(form, 0) + 1
    count = f"{len(rows):,}"
    room = width - MARGIN - width_of(f"{longest:,}", COUNT) - 4.0
    length = max(6.0, room * len(rows) / longest)
    y = bottom - BAR_HEIGHT + 3.0
    label = TextLine(x + 6.0 + length + 4.0, y + BAR, count)
    return Bar(x + 6.0, y, length, BAR, tuple(parts.items()), tuple(row.id for row in rows), label)


def _per_row(width: float) -> int:
    return max(1, int((width - MARGIN) // PITCH))


def _by_form(people: Sequence[PersonResult]) -> list[PersonResult]:
    return sorted(people, key=lambda person: _ORDER[encodings.person_form(person)])


_ORDER = {form: place for place, form in enumerate(encodings.FORMS["light"])}
