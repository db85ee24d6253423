"""Section 7: how well each team member reaches everybody, one search with a heap for each of them."""

from __future__ import annotations

import heapq

from graph.analysis.network.influence_network import InfluenceNetwork


def strength_from(network: InfluenceNetwork, member: str) -> dict[str, float]:
    """The strength of the best path from a team member to everybody whom they reach, by a tie or through others."""
    best: dict[str, float] = {}
    queue = [(-strength, person) for person, strength in network.ties.get(member, {}).items()]
    heapq.heapify(queue)
    while queue:
        strength, person = heapq.heappop(queue)
        if person in best:
            continue
        best[person] = -strength
        if person in network.carriers:
            for target, (weight, _) in network.follows.get(person, {}).items():
                if target not in best:
                    heapq.heappush(queue, (strength * weight, target))
    return best
