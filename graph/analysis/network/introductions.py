"""Introductions: through whom of theirs, and by whom of ours, somebody is best reached (measures, section 7)."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.analysis.ground.account_view import AccountView
from graph.analysis.measures.connection import Connection
from graph.analysis.measures.influence_lines import InfluenceLines

Reached = dict[int, tuple[float, int, int]]


@dataclass(frozen=True, slots=True)
class Introduction:
    """The strongest way to a person that goes through somebody: who of ours sets out, who speaks to the person."""

    member: int
    through: int
    strength: float


@dataclass(frozen=True)
class Introductions:
    """Who can introduce us to whom, by index; nobody who is against us introduces. Ties by the order of ids.

    Worked out when the first is asked for.
    """

    view: AccountView
    connected: Connection
    lines: InfluenceLines

    def to(self, person: int) -> Introduction | None:
        """The best introduction to a person, if there is one."""
        ways = [
            (-self._reached[source][0] * weight, source)
            for source, weight in self._listened_to.get(person, ())
            if source in self._reached and person not in self._way_to(source)
        ]
        if not ways:
            return None
        strength, through = min(ways)
        return Introduction(self._reached[self._way_to(through)[-1]][1], through, -strength)

    def _way_to(self, person: int) -> list[int]:
        """The people on the best way to somebody, back to the one whom we know."""
        way = [person]
        while (before := self._reached[way[-1]][2]) != way[-1]:
            way.append(before)
        return way

    @cached_property
    def _listened_to(self) -> dict[int, list[tuple[int, float]]]:
        found: dict[int, list[tuple[int, float]]] = {}
        for source, target, weight in self._lines:
            found.setdefault(target, []).append((source, weight))
        return found

    @cached_property
    def _lines(self) -> list[tuple[int, int, float]]:
        lines = self.lines
        return list(zip(lines.source.tolist(), lines.target.tolist(), lines.weight.tolist(), strict=True))

    @cached_property
    def _reached(self) -> Reached:
        """Everyone who can introduce: strength, who of ours begins (where we know them), and who comes before.

        One search forward from our team (Dijkstra over products) serves all.
        """
        onward: dict[int, list[tuple[int, float]]] = {}
        for source, target, weight in self._lines:
            onward.setdefault(source, []).append((target, weight))
        friendly = (self.view.known & ~self.view.opponents).tolist()
        queue: list[tuple[float, int, int, int]] = []
        for person, strength, member in self._first_ties():
            if friendly[person]:
                queue.append((-strength, person, person, member))
        heapq.heapify(queue)
        reached: Reached = {}
        while queue:
            strength, person, before, member = heapq.heappop(queue)
            if person in reached:
                continue
            reached[person] = (-strength, member, before)
            for target, weight in onward.get(person, ()):
                if target not in reached and friendly[target]:
                    heapq.heappush(queue, (strength * weight, target, person, -1))
        return reached

    def _first_ties(self) -> list[tuple[int, float, int]]:
        """Everyone whom we know, the strength of the best of ours, and who that is."""
        strength = self.connected.strength
        if not strength.size:
            return []
        best = strength.argmax(axis=0)
        tied = np.flatnonzero(self.connected.ties(self.view.calibration.tie).any(axis=0)).tolist()
        return [(i, float(strength[best[i], i]), int(best[i])) for i in tied]
