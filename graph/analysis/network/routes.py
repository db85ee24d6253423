"""How many independent routes lead from our team to the deciders: maximum flow (measures, section 6).

Written out, not by networkx, since every report counts them, and departures count them again without each person.
`independent_routes` lists them with their people.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from graph.analysis.ground.arrays import Flags, Floats, Ints
from graph.analysis.ground.batch import Batch
from graph.analysis.ground.rounding import SLACK
from graph.analysis.measures.influence_lines import InfluenceLines

DECISION = -1
"""The one node that all deciders are merged into."""

Room = dict[int, set[int]]


NO_DECIDER = -1
"""The number of routes of an account that has no deciders."""


def independent_routes(batch: Batch, together: Floats, lines: InfluenceLines) -> Ints:
    """The number of routes from our team to the deciders of each account that share no person.

    The maximum flow from our team, which reaches every known person with a firm tie (C of .30), to all deciders as one
    sink; everybody between is known, has no stance below 0, and is used once. A firm tie to a decider is a route.
    `NO_DECIDER` without deciders.

    Parameters: `together`, C of our team with each person, in [0, 1], in the order of the batch's people.

    References: Ford & Fulkerson 1956, "Maximal flow through a network", Canadian Journal of Mathematics 8, 399;
    Menger 1927, "Zur allgemeinen Kurventheorie", Fundamenta Mathematicae 10, 96.
    """
    firm = batch.known & (together >= batch.calibration.firm_tie - SLACK)
    may_carry = batch.known & ~batch.opponents
    ends = batch.people_from.tolist()
    first = np.searchsorted(lines.source, ends).tolist()
    found = np.full(batch.accounts, NO_DECIDER, dtype=np.int64)
    for account in np.flatnonzero(batch.some(batch.deciders)).tolist():
        people, own = slice(*ends[account : account + 2]), slice(*first[account : account + 2])
        source, target = lines.source[own] - ends[account], lines.target[own] - ends[account]
        routes = Routes(source, target, firm[people], may_carry[people], batch.deciders[people])
        found[account] = routes.count
    return found


def routes_of_account(batch: Batch, together: Floats, lines: InfluenceLines) -> int | None:
    """`independent_routes` of the one account of a batch; None without deciders."""
    routes = int(independent_routes(batch, together, lines)[0])
    return None if routes == NO_DECIDER else routes


class Routes:
    """A largest set of routes along lines: its size, and the size without a person.

    Person i is split into an entrance 2i and an exit 2i + 1, with room for one route between. All capacities are 1, so
    a residual network is a set of nodes for each node; this takes a tenth of the time of a general flow network.
    """

    def __init__(self, source: Ints, target: Ints, firm: Flags, may_carry: Flags, deciders: Flags) -> None:
        carries = may_carry & ~deciders
        usable = carries[source] & (carries | deciders)[target]
        self._deciders, self._carriers = deciders, carries.nonzero()[0].tolist()
        entrances = np.where(deciders[target], DECISION, 2 * target)[usable]
        self._lines = list(zip((2 * source[usable] + 1).tolist(), entrances.tolist(), strict=True))
        self._room = self._without_routes()
        self._starts = [2 * i for i in (firm & carries).nonzero()[0].tolist()]
        self._used = self._choose()
        self.count = int((firm & deciders).sum()) + len(self._used)

    def _without_routes(self) -> Room:
        """The room there is before any route is chosen."""
        room: Room = {DECISION: set()}
        for i in self._carriers:
            room[2 * i], room[2 * i + 1] = {2 * i + 1}, set()
        for out, entrance in self._lines:
            room[out].add(entrance)
        return room

    def _choose(self) -> set[int]:
        """Where the routes start, those that go straight on first; there are never more than people before deciders."""
        last = {out for out, entrance in self._lines if entrance == DECISION}
        used: set[int] = set()
        closed: set[int] = set()
        for start in sorted(self._starts, key=lambda start: start + 1 not in last):
            if len(used) == len(last):
                break
            if _one_more_way(self._room, start, closed):
                used.add(start)
        return used

    @cached_property
    def _onward(self) -> Room:
        """Where every node leads before any route is chosen."""
        return self._without_routes()

    @cached_property
    def _reached(self) -> set[int]:
        """The nodes that those who start no route reach in vain."""
        reached: set[int] = set()
        for start in self._starts:
            if start not in self._used:
                _one_more_way(self._room, start, reached)
        return reached

    def passes(self, person: int) -> bool:
        """Whether one of the chosen routes passes a person who carries."""
        return 2 * person + 1 in self._room and 2 * person in self._room[2 * person + 1]

    def without(self, person: int, opened: Iterable[tuple[int, int]] = ()) -> int:
        """How many routes are left without somebody who does not decide, where lines (source, target) open with that.

        Their route is taken back, and others looked for.
        """
        arcs = [(2 * source + 1, DECISION if self._deciders[target] else 2 * target) for source, target in opened]
        new = [(out, into) for out, into in arcs if out in self._room and into in self._room]
        lost = self.passes(person)
        if not lost and not self._may_join(new):
            return self.count
        room = {node: set(onward) for node, onward in self._room.items()}
        free = [start for start in self._starts if start not in self._used]
        if lost:
            free.insert(0, self._take_back(room, person))
        for out, into in new:
            room[out].add(into)
        closed, regained = {2 * person, 2 * person + 1}, 0
        for start in free:
            regained += start not in closed and _one_more_way(room, start, closed)
            if regained and not new:  # as many as were taken back: there cannot be more
                break
        return self.count - lost + regained

    def _may_join(self, new: Sequence[tuple[int, int]]) -> bool:
        """Whether new arcs could make one more route: one leaves what is reached in vain, one enters what leads on."""
        return any(out in self._reached for out, _ in new) and any(into in self._leading_on for _, into in new)

    @cached_property
    def _leading_on(self) -> set[int]:
        """The nodes from which room is left up to the decision."""
        back: dict[int, list[int]] = {}
        for node, onward in self._room.items():
            for following in onward:
                back.setdefault(following, []).append(node)
        reached, queue = {DECISION}, [DECISION]
        for node in queue:
            fresh = [before for before in back.get(node, ()) if before not in reached]
            reached.update(fresh)
            queue += fresh
        return reached

    def _take_back(self, room: Room, person: int) -> int:
        """Turn the arcs of the route through somebody back; where it starts."""
        node = 2 * person
        while before := self._room[node] - self._onward[node]:
            (node,) = before
        first = node
        while node != DECISION:
            (onward,) = self._onward[node] - self._room[node]
            room[onward].remove(node)
            room[node].add(onward)
            node = onward
        return first


def _one_more_way(room: Room, start: int, closed: set[int]) -> bool:
    """Find an augmenting path and turn its arcs round; whether there is one.

    What a search without success has seen is `closed`: no later way can pass it, since none leaves it.
    """
    came = {start: start}
    queue = [start]
    for node in queue:
        if DECISION in room[node]:
            came[DECISION] = node
            _turn(room, came, start)
            return True
        for onward in room[node]:
            if onward not in came and onward not in closed:
                came[onward] = node
                queue.append(onward)
    closed.update(came)
    return False


def _turn(room: Room, came: dict[int, int], start: int) -> None:
    node = DECISION
    while node != start:
        before = came[node]
        room[before].remove(node)
        room[node].add(before)
        node = before
