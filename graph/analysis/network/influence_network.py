"""The network that influence paths run on: ties of our team members and influence lines (measures, section 7)."""

from __future__ import annotations

import heapq
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

import numpy as np

from graph.analysis.ground.named import Named
from graph.analysis.measures.measures import Measures
from graph.model import Conflict

N = TypeVar("N", int, str)


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path: a tie (`connection`) or an influence line, and its weight in (0, 1].

    `assumed`: the line is inferred from who reports to whom. `conflict`: the two people are in conflict.
    """

    source: str
    target: str
    type: Literal["connection", "influence"]
    weight: float
    assumed: bool
    conflict: bool


@dataclass(frozen=True, slots=True)
class PathNode:
    """A team member or a stakeholder on a path."""

    id: str
    name: str | None
    kind: Literal["member", "person"]


@dataclass(frozen=True, slots=True)
class InfluencePath:
    """A path to a person; `strength` is the product of the weights of its hops, in (0, 1]."""

    nodes: tuple[PathNode, ...]
    strength: float
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class InfluencePaths:
    """The best paths to a person, strongest first."""

    to: Named
    paths: tuple[InfluencePath, ...]


@dataclass(frozen=True)
class InfluenceNetwork:
    """Ties and influence lines as mappings. People and members are named by id; `ties` are those of at least a tie.

    `follows` maps a person to those whom they influence: target → (weight, assumed). `carriers` can be passed on a
    path; of them, `against` are those with a stance below 0. `conflicts` are pairs in the order of their ids.
    """

    people: Mapping[str, str | None]
    members: Mapping[str, str | None]
    ties: Mapping[str, Mapping[str, float]]
    follows: Mapping[str, Mapping[str, tuple[float, bool]]]
    carriers: frozenset[str]
    against: frozenset[str]
    conflicts: frozenset[tuple[str, str]]

    @cached_property
    def precedes(self) -> Mapping[str, Mapping[str, float]]:
        """The sources of influence on each person: source → weight."""
        before: dict[str, dict[str, float]] = {}
        for source, targets in self.follows.items():
            for target, (weight, _) in targets.items():
                before.setdefault(target, {})[source] = weight
        return before

    @cached_property
    def tied(self) -> Mapping[str, list[tuple[str, float]]]:
        """The team members with a tie to each person: (member, strength) in the order of members' ids."""
        ties: dict[str, list[tuple[str, float]]] = {}
        for member in sorted(self.ties):
            for person, strength in self.ties[member].items():
                ties.setdefault(person, []).append((member, strength))
        return ties

    def hop(self, source: str, target: str) -> Hop:
        """The step along the influence line between two people."""
        weight, assumed = self.follows[source][target]
        conflict = (min(source, target), max(source, target)) in self.conflicts
        return Hop(source, target, "influence", weight, assumed, conflict)

    def connection(self, member: str, person: str, strength: float) -> Hop:
        """The first step of a path: the tie of a team member with a person."""
        return Hop(member, person, "connection", strength, assumed=False, conflict=False)


def influence_network(measures: Measures) -> InfluenceNetwork:
    """The network of an account, built once for its measures and shared by all that ask."""
    return measures.once(_network)


def _network(measures: Measures) -> InfluenceNetwork:
    view, lines, strength = measures.view, measures.lines, measures.connected.strength
    ids = [person.id for person in view.people]
    follows: dict[str, dict[str, tuple[float, bool]]] = {}
    columns = (lines.source.tolist(), lines.target.tolist(), lines.weight.tolist(), lines.assumed.tolist())
    for source, target, weight, assumed in zip(*columns, strict=True):
        follows.setdefault(ids[source], {})[ids[target]] = (weight, assumed)
    ties: dict[str, dict[str, float]] = {member.id: {} for member in view.members}
    for u, i in zip(*(at.tolist() for at in np.nonzero(measures.connected.ties(view.calibration.tie))), strict=True):
        ties[view.members[u].id][ids[i]] = float(strength[u, i])
    return InfluenceNetwork(
        people={person.id: person.name for person in view.people},
        members={member.id: member.name for member in view.members},
        ties=ties,
        follows=follows,
        carriers=frozenset(ids[i] for i in view.known.nonzero()[0].tolist()),
        against=frozenset(ids[i] for i in view.opponents.nonzero()[0].tolist()),
        conflicts=frozenset(
            (min(conflict.a, conflict.b), max(conflict.a, conflict.b)) for conflict in measures.dataset.of(Conflict)
        ),
    )


def strongest_first(
    starts: Iterable[tuple[N, float]], ahead: Mapping[N, Mapping[N, float]], among: Container[N]
) -> Iterator[tuple[N, float, N]]:
    """Dijkstra's search over products: (node, strength, the node before) for each node reached, strongest first.

    `starts` are nodes with the strength at which the search begins; the node before such a one is itself. `ahead` maps
    a node to the next ones and the weights in (0, 1] to them; of these only nodes in `among` are visited. Equal
    strengths come in the order of node, then of the node before. A reader that has seen enough may stop.

    >>> ahead = {"a": {"b": 0.5, "c": 0.2}, "b": {"c": 0.5}}
    >>> list(strongest_first([("a", 1.0)], ahead, "bc"))
    [('a', 1.0, 'a'), ('b', 0.5, 'a'), ('c', 0.25, 'b')]

    Reference: Dijkstra 1959, "A note on two problems in connexion with graphs", Numerische Mathematik 1, 269.
    """
    seen: set[N] = set()
    queue = [(-strength, node, node) for node, strength in starts]
    heapq.heapify(queue)
    while queue:
        product, node, before = heapq.heappop(queue)
        if node in seen:
            continue
        seen.add(node)
        yield node, -product, before
        for following, weight in ahead.get(node, {}).items():
            if following in among and following not in seen:
                heapq.heappush(queue, (product * weight, following, node))
