"""Decisions before the layout: people drawn in full, radii, columns and bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from graph.analysis.map import MapContent
from graph.analysis.report.gap_subjects import first_subjects
from graph.analysis.report.results import CoverageReport, PersonResult
from graph.model.scales import LEVEL
from graph.model.words import text

OUTSIDE = "outside"
NOWHERE = "nowhere"
OTHERS = "others"
BADGES = 6
ALL_IN_FULL = 30
"""Up to this many people all are drawn in full."""
MOST_NAME = 220.0
"""A name longer than this, in pixels, is cut wherever it stands."""
TIERS = 5
"""How many tiers of influence stand for levels where most levels are not recorded."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes that depend on the number of people, in pixels."""

    largest: float
    smallest: float
    ring: float
    shift: float
    titles: bool
    below: bool
    cuts: bool = False
    """Whether a name may be cut rather than hidden."""


COMPACT = Sizes(15.0, 7.5, 5.0, 8.0, titles=False, below=False)
"""For windows too low for all people who must be named."""
COMPACT_UP_TO = 200


def sizes_of(content: MapContent) -> list[Sizes]:
    """The sizes to try for a content, the best first; the next where not all names that must be read have room.

    Tiers fill unevenly and come with surveys, dense in lines: they are drawn small.
    """
    people = len(content.report.people)
    small = 12 < people <= 30 and by_tiers(content)
    usual = [sizes_for(people)] if people > ALL_IN_FULL else [sizes_for(people), sizes_for(31)]
    usual = [sizes_for(31)] if small else usual
    return usual if people > COMPACT_UP_TO else [*usual, replace(COMPACT, cuts=people > 60)]


def sizes_for(people: int) -> Sizes:
    """Radii, ring, shift of every second band, and the form of labels for so many people."""
    if people <= 30:
        return Sizes(31.0, 10.0, 6.0, 18.0, titles=True, below=False)
    if people <= 80:
        return Sizes(22.0, 8.0, 5.0, 8.0, titles=False, below=False, cuts=people > 60)
    return Sizes(19.0, 7.5, 5.0, 8.0, titles=False, below=True, cuts=True)


def radii(people: Sequence[PersonResult], sizes: Sizes) -> dict[str, float]:
    """A radius each: area in proportion to influence, never below the floor."""
    influence = np.array([person.decision_influence for person in people])
    largest = influence.max(initial=0.0)
    if largest <= 0:
        return {person.id: sizes.smallest for person in people}
    found = np.maximum(sizes.smallest, sizes.largest * np.sqrt(influence / largest)).tolist()
    return {person.id: radius for person, radius in zip(people, found, strict=True)}


def badges_of(report: CoverageReport) -> dict[str, int]:
    """The gap number on the map of each person among the worst gap subjects."""
    worst = enumerate(first_subjects(report, BADGES), 1)
    return {person: number for number, (person, _) in worst if person is not None}


def first_in_full(content: MapContent) -> tuple[PersonResult, ...]:
    """The people in the order in which they are drawn in full: with a badge, then D or A, then by influence."""
    return content.once(_first_in_full)


def _first_in_full(content: MapContent) -> tuple[PersonResult, ...]:
    numbered = badges_of(content.report)

    def order(person: PersonResult) -> tuple[int, float, str]:
        group = 0 if person.id in numbered else 1 if {"D", "A"} & set(person.roles) else 2
        return group, -round(person.decision_influence, 9), person.id

    return tuple(sorted(content.report.people, key=order))


def limit_for(people: int) -> int:
    """How many are drawn in full at most, as far as they have room."""
    return people if people <= ALL_IN_FULL else 60 if people <= 80 else 52


def must_be_named(content: MapContent) -> frozenset[str]:
    """People whose names are never hidden: roles D and A, and people with a gap number."""
    return content.once(_must_be_named)


def _must_be_named(content: MapContent) -> frozenset[str]:
    deciding = {person.id for person in content.report.people if {"D", "A"} & set(person.roles)}
    return frozenset(deciding | set(badges_of(content.report)))


def by_tiers(content: MapContent) -> bool:
    """Whether bands are tiers of influence: where more than half of the levels are not recorded."""
    return content.once(_by_tiers)


def _by_tiers(content: MapContent) -> bool:
    people = content.report.people
    return sum(person.level_inferred for person in people) * 2 > len(people)


def band_of(content: MapContent) -> Mapping[str, int | None]:
    """The band of each person, 7 on top; None without a recorded level."""
    return content.once(_band_of)


def _band_of(content: MapContent) -> Mapping[str, int | None]:
    people = content.report.people
    if not by_tiers(content):
        return {person.id: None if person.level_inferred else round(person.level) for person in people}
    # Tiers grow downwards: few on top, as in a hierarchy.
    shares = np.cumsum(np.arange(1, TIERS + 1)) / sum(range(1, TIERS + 1))
    return {
        person.id: 7 - int(np.searchsorted(shares, (rank + 0.5) / len(people))) for rank, person in enumerate(people)
    }


def band_name(level: int, lang: str, *, tiers: bool) -> str:
    """The name of a band: the word of a level, or of a tier of influence."""
    return tier_name(level, lang) if tiers else LEVEL.word(level, lang)


def tier_name(level: int, lang: str) -> str:
    """The name of a tier of influence: the first and the last have one."""
    return text("map.tier.top", lang) if level == 7 else text("map.tier.low", lang) if level == 8 - TIERS else ""


def column_of(content: MapContent) -> Mapping[str, str]:
    """The column of each person: a unit's id, outside, or nowhere."""
    return content.once(_column_of)


def _column_of(content: MapContent) -> Mapping[str, str]:
    units = {unit.id for unit in content.report.units}
    return {
        person.id: OUTSIDE if person.external else person.unit if person.unit in units else NOWHERE
        for person in content.report.people
    }
