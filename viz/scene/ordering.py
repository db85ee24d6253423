"""The order of columns in which lines are shortest."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from graph.analysis.map import MapContent
from viz.scene.plan import OTHERS, OUTSIDE

ALL_ORDERS = 7
"""Up to so many units every order is tried."""
TO_FILE = 0.02
"""The cost of a place away from the file's order, so that ties are stable."""

Ints = NDArray[np.int64]


def ordered(content: MapContent, column: Mapping[str, str], present: Iterable[str]) -> list[str]:
    """The units that have people, in the order of least line length; those outside first or last.

    Up to seven units every order is tried; above, one at a time moves to where it costs least until nothing improves.
    """
    there = set(present)
    units = [name for name in (*(unit.id for unit in content.report.units), OTHERS) if name in there]
    outside = OUTSIDE in there or any(rival.ties for rival in content.rivals)
    search = _Search(units, outside, _pulls(content, column))
    return search.all_orders() if len(units) <= ALL_ORDERS else search.moving_one()


def _pulls(content: MapContent, column: Mapping[str, str]) -> dict[tuple[str, str], float]:
    """How strongly two columns want to be near: by influence; conflicts count half, rivals four fifths."""
    pulls: dict[tuple[str, str], float] = {}

    def pull(a: str, b: str, weight: float) -> None:
        if a != b:
            key = (a, b) if a < b else (b, a)
            pulls[key] = pulls.get(key, 0.0) + weight

    for line in content.influences:
        pull(column[line.source], column[line.target], line.weight)
    for line in content.conflicts:
        pull(column[line.source], column[line.target], 0.5 * line.weight)
    for rival in content.rivals:
        for person, strength in rival.ties.items():
            pull(OUTSIDE, column[person], 0.8 * strength)
    return pulls


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
        orders = _orders(self.units)
        return self._best(np.concatenate([self._placed(orders, side) for side in self._sides()]))[1]

    def moving_one(self) -> list[str]:
        """The best that moving one unit at a time leads to, from the order of the file."""
        improved = [self._improved(side) for side in self._sides()]
        return min(improved, key=lambda item: (round(item[0], 9), item[1]))[1]

    def _sides(self) -> tuple[int, ...]:
        return (0, 1) if self.outside else (0,)

    def _improved(self, side: int) -> tuple[float, list[str]]:
        order = np.arange(self.units)
        moves = _moves(self.units)
        cost, names = self._best(self._placed(order[None, :], side))
        while True:
            costs = self._costs(self._placed(order[moves], side))
            best = int(np.argmin(costs.round(9)))
            if costs[best] >= cost - 1e-9:
                return cost, names
            order = order[moves[best]]
            cost, names = self._best(self._placed(order[None, :], side))

    def _placed(self, orders: Ints, side: int) -> Ints:
        """Orders of units (which unit stands where) as places, with those outside first (side 0) or last."""
        places = np.argsort(orders, axis=1)
        if not self.outside:
            return places
        edge = np.full((len(places), 1), 0 if side == 0 else self.units)
        return np.hstack([places + (1 if side == 0 else 0), edge])

    def _costs(self, places: Ints) -> NDArray[np.float64]:
        lines = np.abs(places[:, self._a] - places[:, self._b]) @ self._weights
        shifted = places[:, : self.units] - places[:, : self.units].min(axis=1, initial=self.units, keepdims=True)
        costs: NDArray[np.float64] = lines + TO_FILE * np.abs(shifted - np.arange(self.units)).sum(axis=1)
        return costs

    def _best(self, places: Ints) -> tuple[float, list[str]]:
        costs = self._costs(places)
        best = int(np.argmin(costs.round(9)))
        return float(costs[best]), [self.names[i] for i in np.argsort(places[best])]


@cache
def _orders(units: int) -> Ints:
    return np.array(list(itertools.permutations(range(units))), dtype=np.int64)


@cache
def _moves(units: int) -> Ints:
    """The orders after any one of so many units moved to any place."""
    whole = np.arange(units)
    return np.array([np.insert(np.delete(whole, moved), place, moved) for moved in whole for place in whole])
