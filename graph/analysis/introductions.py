"""Introductions: through whom of theirs, and by whom of ours, somebody is best reached (measures, section 7)."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass

from graph.analysis.network import Network


@dataclass(frozen=True, slots=True)
class Introduction:
    """The strongest way to a person that goes through somebody: who of ours sets out, who speaks to the person."""

    member: str
    through: str
    strength: float


def introductions(network: Network) -> Mapping[str, Introduction]:
    """The best introduction to everyone who has one; nobody who is against us introduces. Ties by ids.

    One search forward from our team (Dijkstra over products) serves all.
    """
    reached = _reached(network)
    found: dict[str, Introduction] = {}
    for person, sources in network.precedes.items():
        ways = [
            (-reached[source][0] * weight, source, reached[source][1])
            for source, weight in sources.items()
            if source in reached and person not in reached[source][2]
        ]
        if ways:
            strength, through, member = min(ways)
            found[person] = Introduction(member, through, -strength)
    return found


def _reached(network: Network) -> dict[str, tuple[float, str, tuple[str, ...]]]:
    """Everyone who can introduce: the best strength, the member who sets out, and the people on the way."""
    friendly = network.carriers - network.against
    queue: list[tuple[float, str, tuple[str, ...]]] = [
        (-strength, us, (person,))
        for us, held in network.ties.items()
        for person, strength in held.items()
        if person in friendly
    ]
    heapq.heapify(queue)
    reached: dict[str, tuple[float, str, tuple[str, ...]]] = {}
    while queue:
        strength, us, way = heapq.heappop(queue)
        if way[-1] in reached:
            continue
        reached[way[-1]] = (-strength, us, way)
        for target, (weight, _) in network.follows.get(way[-1], {}).items():
            if target in friendly and target not in reached:
                heapq.heappush(queue, (strength * weight, us, (*way, target)))
    return reached
