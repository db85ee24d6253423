"""Independent routes from our team to the deciders: maximum flow (Ford & Fulkerson 1956; measures, section 6)."""

from __future__ import annotations

from graph.analysis.account import AccountView, Flags, Floats
from graph.analysis.influence_lines import InfluenceLines

SLACK = 1e-9
DECISION = -1
"""The one node that all deciders are merged into."""

Room = dict[int, set[int]]


def independent_routes(view: AccountView, together: Floats, lines: InfluenceLines) -> int | None:
    """How many ways lead from our team to the deciders without sharing a person; None without deciders.

    Everyone between is known, not against us, and used once; a firm tie to a decider is a route by itself.
    """
    deciders = view.deciders
    if not deciders.any():
        return None
    firm = view.known & (together >= view.calibration.firm_tie - SLACK)
    carries = view.known & ~view.opponents & ~deciders
    return int((firm & deciders).sum()) + _disjoint_ways(lines, firm & carries, carries, deciders)


def _disjoint_ways(lines: InfluenceLines, starts: Flags, carries: Flags, ends: Flags) -> int:
    """How many ways from `starts` along the lines into `ends` share nobody who carries.

    Person i has an entrance 2i and an exit 2i + 1, with room for one way between. On a graph this small, of capacities
    that are all 1, this takes a tenth of the time of building a general flow network of it.
    """
    room: Room = {DECISION: set()}
    for i in carries.nonzero()[0].tolist():
        room[2 * i], room[2 * i + 1] = {2 * i + 1}, set()
    usable = carries[lines.source] & (carries | ends)[lines.target]
    onward = [(lines.source[usable] * 2 + 1).tolist(), (lines.target[usable] * 2).tolist()]
    for source, target, decides in zip(*onward, ends[lines.target[usable]].tolist(), strict=True):
        room[source].add(DECISION if decides else target)
    closed: set[int] = set()
    return sum(_one_more_way(room, 2 * start, closed) for start in starts.nonzero()[0].tolist())


def _one_more_way(room: Room, start: int, closed: set[int]) -> bool:
    """Find an augmenting path and turn its arcs round; whether there is one.

    What a search without success has seen is `closed`: no later way can pass it, since none leaves it.
    """
    came = {start: start}
    queue = [start]
    for node in queue:
        if node == DECISION:
            while node != start:
                before = came[node]
                room[before].remove(node)
                room[node].add(before)
                node = before
            return True
        for onward in room[node]:
            if onward not in came and onward not in closed:
                came[onward] = node
                queue.append(onward)
    closed.update(came)
    return False
