"""Influence paths: from one of ours by one tie, then along influence lines (measures, section 7).

The k strongest simple paths, best first with an exact bound (in the spirit of Yen 1971).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from graph.analysis.results import Hop, InfluencePath, PathNode

DIGITS = 12


@dataclass(frozen=True)
class Network:
    """What paths run on. People and members are named by id; `ties` are those of at least a tie's strength.

    `follows` maps a person to those whom they sway: (target, weight, assumed).
    """

    people: Mapping[str, str | None]
    members: Mapping[str, str | None]
    ties: Mapping[str, Mapping[str, float]]
    follows: Mapping[str, tuple[tuple[str, float, bool], ...]]
    carriers: frozenset[str]
    against: frozenset[str]
    conflicts: frozenset[tuple[str, str]]


def best_paths(
    network: Network, to: str, *, member: str | None = None, k: int = 3, avoid_opponents: bool = False
) -> tuple[InfluencePath, ...]:
    """The k best paths to a person: strength (12 decimals) falling, fewer nodes, ids."""
    carriers = network.carriers - network.against if avoid_opponents else network.carriers
    found = _search(network, to, member, k, carriers)
    return tuple(_path(network, nodes, strength) for strength, nodes in found)


def _search(
    network: Network, to: str, member: str | None, k: int, carriers: frozenset[str]
) -> list[tuple[float, tuple[str, ...]]]:
    """Best-first over partial paths, each bounded by its strength times the best that can still follow."""
    ahead = _best_ahead(network, to, carriers)
    queue: list[tuple[float, int, tuple[str, ...], float]] = []
    for us in sorted(network.ties) if member is None else [member]:
        for person, strength in network.ties.get(us, {}).items():
            if person in ahead and (person == to or person in carriers):
                heapq.heappush(queue, (-strength * ahead[person], 2, (us, person), strength))
    found: list[tuple[float, tuple[str, ...]]] = []
    while queue:
        bound, _, nodes, strength = heapq.heappop(queue)
        if len(found) >= k and -bound < sorted(one[0] for one in found)[-k] - 10.0**-DIGITS * 2:
            break
        if nodes[-1] == to:
            found.append((strength, nodes))
            continue
        for target, weight, _ in network.follows.get(nodes[-1], ()):
            if target in ahead and target not in nodes[1:] and (target == to or target in carriers):
                heapq.heappush(
                    queue, (-strength * weight * ahead[target], len(nodes) + 1, (*nodes, target), strength * weight)
                )
    found.sort(key=lambda one: (-round(one[0], DIGITS), len(one[1]), one[1]))
    return found[:k]


def _best_ahead(network: Network, to: str, carriers: frozenset[str]) -> dict[str, float]:
    """The strongest product from each person to the target (Dijkstra backwards): never too low."""
    before: dict[str, list[tuple[str, float]]] = {}
    for source, targets in network.follows.items():
        if source in carriers:
            for target, weight, _ in targets:
                before.setdefault(target, []).append((source, weight))
    best: dict[str, float] = {}
    queue = [(-1.0, to)]
    while queue:
        strength, person = heapq.heappop(queue)
        if person in best:
            continue
        best[person] = -strength
        for source, weight in before.get(person, ()):
            if source not in best:
                heapq.heappush(queue, (strength * weight, source))
    return best


def _path(network: Network, nodes: tuple[str, ...], strength: float) -> InfluencePath:
    return InfluencePath(
        nodes=(
            PathNode(nodes[0], network.members[nodes[0]], "member"),
            *(PathNode(one, network.people[one], "person") for one in nodes[1:]),
        ),
        strength=strength,
        hops=tuple(_hops(network, nodes)),
    )


def _hops(network: Network, nodes: tuple[str, ...]) -> Iterator[Hop]:
    yield Hop(nodes[0], nodes[1], "connection", network.ties[nodes[0]][nodes[1]], assumed=False, conflict=False)
    for source, target in pairwise(nodes[1:]):
        weight, assumed = next((w, a) for t, w, a in network.follows[source] if t == target)
        conflict = (min(source, target), max(source, target)) in network.conflicts
        yield Hop(source, target, "influence", weight, assumed, conflict)
