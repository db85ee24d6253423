"""What is drawn of whom, before anything has a place: who in full, how large, in which column and band."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.analysis.reporting.subjects import subjects
from graph.analysis.results import MapContent, PersonResult
from graph.model.names import in_script
from graph.model.scales import GONE, LEVEL
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


def sizes_of(content: MapContent) -> Sizes:
    """The sizes for a content. Tiers fill unevenly and come with surveys, dense in lines: they are drawn small."""
    people = len(content.report.people)
    return sizes_for(31 if 12 < people <= 30 and by_tiers(content) else people)


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
    """The units that have people, in the order of least line length; those outside first or last.

    Up to seven units every order is tried; above, one at a time moves to where it costs least until nothing improves.
    """
    present = set(column.values())
    units = [unit.id for unit in content.report.units if unit.id in present]
    outside = OUTSIDE in present or any(rival.ties for rival in content.rivals)
    search = _Search(units, outside, _pulls(content, column))
    order = search.all_orders() if len(units) <= 7 else search.moving_one()
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


class _Search:
    """The search for an order of columns. Orders are rows of places: column j of a row is the place of name j.

    Names are the units in the order of the file, then those outside, if there are any.
    """

    def __init__(self, units: list[str], outside: bool, pulls: Mapping[tuple[str, str], float]) -> None:
        self.names = [*units, OUTSIDE] if outside else list(units)
        self.units = len(units)
        self.outside = outside
        at = {name: place for place, name in enumerate(self.names)}
        pairs = [(at[a], at[b], weight) for (a, b), weight in sorted(pulls.items()) if a in at and b in at]
        self._a = np.array([a for a, _, _ in pairs], dtype=np.int64)
        self._b = np.array([b for _, b, _ in pairs], dtype=np.int64)
        self._weights = np.array([weight for _, _, weight in pairs])

    def all_orders(self) -> list[str]:
        """The best of all orders."""
        if self.units == 0:
            return self.names
        orders = np.array(list(itertools.permutations(range(self.units))), dtype=np.int64)
        return self._best(np.concatenate([self._placed(orders, side) for side in self._sides()]))[1]

    def moving_one(self) -> list[str]:
        """The best that moving one unit at a time leads to, from the order of the file."""
        found = [self._improved(side) for side in self._sides()]
        return min(found, key=lambda one: (round(one[0], 9), one[1]))[1]

    def _sides(self) -> tuple[int, ...]:
        return (0, 1) if self.outside else (0,)

    def _improved(self, side: int) -> tuple[float, list[str]]:
        order = np.arange(self.units)
        moves = np.array([self._moved(one, place) for one in range(self.units) for place in range(self.units)])
        cost, names = self._best(self._placed(order[None, :], side))
        while True:
            costs = self._costs(self._placed(order[moves], side))
            best = int(np.argmin(costs.round(9)))
            if costs[best] >= cost - 1e-9:
                return cost, names
            order = order[moves[best]]
            cost, names = self._best(self._placed(order[None, :], side))

    def _moved(self, one: int, place: int) -> NDArray[np.int64]:
        """The places of an order after one of them moved to another."""
        rest = np.delete(np.arange(self.units), one)
        return np.insert(rest, place, one)

    def _placed(self, orders: NDArray[np.int64], side: int) -> NDArray[np.int64]:
        """Orders of units (which unit stands where) as places, with those outside first (side 0) or last."""
        places = np.argsort(orders, axis=1)
        if not self.outside:
            return places
        edge = np.full((len(places), 1), 0 if side == 0 else self.units)
        return np.hstack([places + (1 if side == 0 else 0), edge])

    def _costs(self, places: NDArray[np.int64]) -> NDArray[np.float64]:
        lines = np.abs(places[:, self._a] - places[:, self._b]) @ self._weights
        shifted = places[:, : self.units] - places[:, : self.units].min(axis=1, initial=self.units, keepdims=True)
        costs: NDArray[np.float64] = lines + 0.02 * np.abs(shifted - np.arange(self.units)).sum(axis=1)
        return costs

    def _best(self, places: NDArray[np.int64]) -> tuple[float, list[str]]:
        costs = self._costs(places)
        best = int(np.argmin(costs.round(9)))
        return float(costs[best]), [self.names[i] for i in np.argsort(places[best])]


def name_of(person: PersonResult, lang: str) -> str:
    """The name as the map shows it: a seat without a name says so."""
    if person.status == "unidentified" and not person.name:
        return text("map.unidentified", lang)
    name = in_script(person.name, lang) if person.name else person.id
    return text("map.left", lang, name=name) if person.status in GONE else name


def title_of(person: PersonResult, lang: str) -> str:
    """The title as the map shows it."""
    return in_script(person.title, lang) if person.title else ""


def chips_of(person: PersonResult, only_heavy: bool) -> str:
    """The role letters, V for a veto; in large pictures only those that decide."""
    letters = "".join(person.roles) + ("V" if person.veto else "")
    return "".join(letter for letter in letters if letter in "DAV") if only_heavy else letters
