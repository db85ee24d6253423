"""What is drawn of whom, before anything has a place: who in full, how large, in which column and band."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from graph.analysis.results import MapContent, PersonResult
from graph.analysis.subjects import subjects
from graph.model.names import in_script
from graph.model.scales import LEVEL
from graph.model.words import text

OUTSIDE = "outside"
NOWHERE = "nowhere"
BADGES = 6
TIERS = 5
"""How many tiers of influence stand for levels where most levels are not recorded."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """What depends on how many people there are: pixels."""

    largest: float
    smallest: float
    ring: float
    shift: float
    titles: bool
    below: bool


def sizes_for(people: int) -> Sizes:
    """Radii, ring, shift of every second band, and the form of labels for so many people."""
    if people <= 30:
        return Sizes(31.0, 10.0, 6.0, 18.0, titles=True, below=False)
    if people <= 80:
        return Sizes(22.0, 8.0, 5.0, 8.0, titles=False, below=False)
    return Sizes(19.0, 7.5, 5.0, 8.0, titles=False, below=True)


def radii(people: Sequence[PersonResult], sizes: Sizes) -> dict[str, float]:
    """A radius each: area in proportion to influence, never below the floor."""
    largest = max((person.decision_influence for person in people), default=0.0)
    if largest <= 0:
        return {person.id: sizes.smallest for person in people}
    return {
        person.id: max(sizes.smallest, sizes.largest * math.sqrt(person.decision_influence / largest))
        for person in people
    }


def badges(content: MapContent) -> dict[str, int]:
    """The numbers of the worst gap subjects that are people."""
    return {one.person: one.number for one in subjects(content.report)[:BADGES] if one.person is not None}


def first_in_full(content: MapContent) -> list[PersonResult]:
    """The people in the order in which they are drawn in full: with a badge, then D or A, then by influence."""
    numbered = badges(content)

    def order(person: PersonResult) -> tuple[int, float, str]:
        group = 0 if person.id in numbered else 1 if {"D", "A"} & set(person.roles) else 2
        return group, -round(person.decision_influence, 9), person.id

    return sorted(content.report.people, key=order)


def limit_for(people: int) -> int:
    """How many are drawn in full at most."""
    return people if people <= 30 else 60 if people <= 80 else 52


def by_tiers(content: MapContent) -> bool:
    """Whether bands are tiers of influence: where more than half of the levels are not recorded."""
    people = content.report.people
    return sum(person.level_inferred for person in people) * 2 > len(people)


def band_of(content: MapContent) -> dict[str, int | None]:
    """The band of each person, 7 on top; None for those who have no recorded level."""
    people = content.report.people
    if not by_tiers(content):
        return {one.id: None if one.level_inferred else round(one.level) for one in people}
    # Tiers grow downwards: few on top, as in a hierarchy.
    shares = np.cumsum(np.arange(1, TIERS + 1)) / sum(range(1, TIERS + 1))
    return {
        person.id: 7 - int(np.searchsorted(shares, (rank + 0.5) / len(people))) for rank, person in enumerate(people)
    }


def band_name(level: int, content: MapContent, lang: str) -> str:
    """The name of a band: the word of a level, or of a tier of influence."""
    if not by_tiers(content):
        return LEVEL.word(level, lang)
    return text("map.tier.top", lang) if level == 7 else text("map.tier.low", lang) if level == 8 - TIERS else ""


def column_of(content: MapContent) -> dict[str, str]:
    """The column of each person: a unit's id, outside, or nowhere."""
    units = {unit.id for unit in content.report.units}
    return {
        one.id: OUTSIDE if one.external else one.unit if one.unit in units else NOWHERE for one in content.report.people
    }


def ordered_columns(content: MapContent, column: Mapping[str, str]) -> list[str]:
    """The units that have people, in the order of least line length; those outside first or last."""
    present = set(column.values())
    units = [unit.id for unit in content.report.units if unit.id in present]
    outside = OUTSIDE in present or any(rival.ties for rival in content.rivals)
    pulls = _pulls(content, column)
    best: tuple[float, list[str]] | None = None
    for arrangement in _arrangements(units, outside):
        for made in _improved(arrangement, pulls, units, outside):
            cost = _length(made, pulls, units)
            if best is None or cost < best[0] - 1e-9:
                best = (cost, made)
    order = best[1] if best else []
    return [*order, NOWHERE] if NOWHERE in present and by_tiers(content) else order


def _pulls(content: MapContent, column: Mapping[str, str]) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}

    def pull(a: str, b: str, weight: float) -> None:
        if a != b:
            key = (min(a, b), max(a, b))
            found[key] = found.get(key, 0.0) + weight

    for line in content.influences:
        pull(column[line.source], column[line.target], line.weight)
    for line in content.conflicts:
        pull(column[line.source], column[line.target], 0.5 * line.weight)
    for rival in content.rivals:
        for person, strength in rival.ties.items():
            pull(OUTSIDE, column[person], 0.8 * strength)
    return found


def _arrangements(units: list[str], outside: bool) -> list[list[str]]:
    sides = [[OUTSIDE, *units], [*units, OUTSIDE]] if outside else [list(units)]
    if len(units) > 7:
        return sides
    return [
        made
        for order in itertools.permutations(units)
        for made in ([[OUTSIDE, *order], [*order, OUTSIDE]] if outside else [list(order)])
    ]


def _improved(
    arrangement: list[str], pulls: Mapping[tuple[str, str], float], units: list[str], outside: bool
) -> list[list[str]]:
    """Above seven units: move one at a time to where it costs least, until nothing improves."""
    if len(units) <= 7:
        return [arrangement]
    order, cost = arrangement, _length(arrangement, pulls, units)
    first = 1 if outside and order[0] == OUTSIDE else 0
    last = len(order) - 1 if outside and order[-1] == OUTSIDE else len(order)
    while True:
        best = (cost, order)
        for unit in units:
            rest = [one for one in order if one != unit]
            for place in range(first, last):
                made = [*rest[:place], unit, *rest[place:]]
                if (length := _length(made, pulls, units)) < best[0] - 1e-9:
                    best = (length, made)
        if best[1] == order:
            return [order]
        cost, order = best


def _length(order: list[str], pulls: Mapping[tuple[str, str], float], units: list[str]) -> float:
    at = {name: place for place, name in enumerate(order)}
    lines = sum(weight * abs(at[a] - at[b]) for (a, b), weight in pulls.items() if a in at and b in at)
    inner = [name for name in order if name != OUTSIDE]
    moved = sum(abs(place - units.index(name)) for place, name in enumerate(inner))
    return lines + 0.02 * moved


def name_of(person: PersonResult, lang: str) -> str:
    """The name as the map shows it: a seat without a name says so."""
    if person.status == "unidentified" and not person.name:
        return text("map.unidentified", lang)
    name = in_script(person.name, lang) if person.name else person.id
    return text("map.left", lang, name=name) if person.status in ("left", "moved") else name


def title_of(person: PersonResult, lang: str) -> str:
    """The title as the map shows it."""
    return in_script(person.title, lang) if person.title else ""


def chips_of(person: PersonResult, only_heavy: bool) -> str:
    """The role letters, V for a veto; in large pictures only those that decide."""
    letters = "".join(person.roles) + ("V" if person.veto else "")
    return "".join(letter for letter in letters if letter in "DAV") if only_heavy else letters
