"""The votes of a step side by side: as wide as they weigh, with what fits into each."""

from __future__ import annotations

from collections.abc import Mapping

from graph.analysis.report.results import PersonResult
from viz.scene.fish_parts import Box, Segment
from viz.scene.labels import CHIP
from viz.scene.metrics import width_of
from viz.scene.scene import Chip, TextLine
from viz.scene.votes import Tally
from viz.words.names import name_of

SMALL = 11.0
GLYPH = 15.0
"""What a glyph needs of a segment's width."""
BESIDE_BAR = 40.0
"""A segment narrower than this shows no veto chip: the words name who can veto."""


def segments_of(
    tally: Tally, box: Box, tick: float | None, people: Mapping[str, PersonResult], lang: str, *, named: bool
) -> tuple[Segment, ...]:
    """The segments of a step's bar; `tick` is where its quota stands, `named` whether voters' names go under it."""
    left, top, width, height = box
    made, x = [], left
    for person, votes, veto in tally.votes:
        wide = width * votes / tally.total
        label = _voter(people[person], x, top + height + 11.0, wide, lang) if named else None
        told = veto and wide >= BESIDE_BAR
        chip = Chip(x + wide - CHIP - 4.0, top + (height - CHIP) / 2.0, "V") if told else None
        free = wide - (CHIP + 5.0 if chip else 0.0)
        made.append(Segment(person, votes, veto, x, wide, _glyph(x, free, tick), label, chip))
        x += wide
    return tuple(made)


def _voter(person: PersonResult, x: float, y: float, wide: float, lang: str) -> TextLine | None:
    """A voter's name, or its first word, in the middle under the segment - if it fits."""
    name = name_of(person, lang)
    for words in (name, name.split(" ")[0]):
        if width_of(words, SMALL) <= wide - 3.0:
            return TextLine(x + wide / 2.0, y, words)
    return None


def _glyph(x: float, wide: float, tick: float | None) -> float | None:
    """Where the glyph's middle is in so much of a segment, beside the tick of the quota; None without room."""
    if wide < GLYPH:
        return None
    middle = x + wide / 2.0
    if tick is None or abs(tick - middle) > GLYPH / 2.0:
        return middle
    left, right = tick - x, x + wide - tick
    if max(left, right) < GLYPH:
        return None
    return x + left / 2.0 if left >= right else tick + right / 2.0
