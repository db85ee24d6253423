"""Influence paths: one tie of a team member, then influence lines (measures, section 7)."""

from __future__ import annotations

import datetime
import heapq
from bisect import insort
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.analysis.ground.limits import PATHS
from graph.analysis.ground.named import Named
from graph.analysis.ground.rounding import PATH_ABOVE, PATH_BELOW, PATH_DIGITS, PATH_UNIT
from graph.analysis.ground.unknown import called
from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.network.influence_network import (
    Hop,
    InfluenceNetwork,
    InfluencePath,
    InfluencePaths,
    PathNode,
    influence_network,
    strongest_first,
)
from graph.model import Person
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset
from graph.model.whole_numbers import whole_number

Nodes = tuple[str, ...]

Rank = tuple[float, int, Nodes]
"""The order of paths: strength (12 decimals, negative), the number of nodes, ids."""


def best_paths(
    network: InfluenceNetwork, to: str, *, member: str | None = None, k: int = PATHS, avoid_opponents: bool = False
) -> tuple[InfluencePath, ...]:
    """The k best paths to a person, from any team member or from one: strength (12 decimals) falling, fewer nodes, ids.

    People and members by id; `avoid_opponents`: nobody with a stance below 0 carries. Vacant and unidentified people
    carry nothing, but may be the person themselves. The search is best first, not Yen's.

    Reference: Yen 1971, "Finding the k shortest loopless paths in a network", Management Science 17, 712 (the problem).
    """
    carriers = network.carriers - network.against if avoid_opponents else network.carriers
    search = _Search(network, to, carriers, k, member)
    return tuple(_path(network, nodes, strength) for strength, nodes in search.run())


@dataclass(frozen=True, slots=True)
class _Onward:
    """The best way on from each person to the target: strength, the next person, and the fewest hops of any way."""

    strength: dict[str, float]
    then: dict[str, str]
    hops: dict[str, int]


class _Search:
    """Best-first search over partial paths, each bounded by its strength times the best that can follow.

    A floor keeps it small: k paths are at least as strong as the k-th best of "a tie, then the best way on", so that
    people whose best way on is below it are left out. The bound is first taken from the best way on of the path's last
    person. Where that way meets the path again, it is computed anew without the people already passed; so whatever is
    extended leads to a path as strong as its bound.
    """

    def __init__(
        self, network: InfluenceNetwork, to: str, carriers: frozenset[str], k: int, member: str | None
    ) -> None:
        self._network = network
        self._to = to
        self._carriers = carriers
        self._k = k
        self._member = member
        self._floor, self._onward = self._ways_back()
        self._best: list[tuple[Rank, float]] = []
        self._queue: list[tuple[float, int, Nodes, float, bool]] = []

    def _ties_to(self, person: str) -> list[tuple[str, float]]:
        ties = self._network.tied.get(person, [])
        return ties if self._member is None else [tie for tie in ties if tie[0] == self._member]

    def _ways_back(self) -> tuple[float, _Onward]:
        """The least that k paths have, each a tie to somebody and the best way on from there (0 if there are fewer);
        and the best way on from everybody from whom it is at least so strong."""
        best: list[float] = []
        strengths: dict[str, float] = {}
        then: dict[str, str] = {}
        for person, strength, following in strongest_first([(self._to, 1.0)], self._network.precedes, self._carriers):
            if len(best) >= self._k and strength < best[0] - PATH_UNIT:
                break
            strengths[person], then[person] = strength, following
            if person == self._to or person in self._carriers:
                for _, tie in self._ties_to(person):
                    heapq.heappush(best, strength * tie)
            while len(best) > self._k:
                heapq.heappop(best)
        floor = best[0] - PATH_UNIT if len(best) == self._k > 0 else 0.0
        return floor, _Onward(strengths, then, _fewest_hops(self._network, self._to, strengths))

    def run(self) -> list[tuple[float, Nodes]]:
        """The best paths, as (strength, nodes)."""
        for person in self._onward.strength:
            for us, strength in self._ties_to(person):
                self._consider((us, person), strength)
        while self._queue and self._k > 0:
            bound, least, nodes, strength, exact = heapq.heappop(self._queue)
            if self._too_weak(-bound):
                break
            if self._too_long(-bound, least):
                continue
            if nodes[-1] == self._to:
                insort(self._best, ((-round(strength, PATH_DIGITS), len(nodes), nodes), strength))
            elif exact or self._way_on_is_free(nodes):
                for target, (weight, _) in self._network.follows.get(nodes[-1], {}).items():
                    if target not in nodes[1:]:
                        self._consider((*nodes, target), strength * weight)
            else:
                self._bound_anew(nodes, strength)
        return [(strength, rank[2]) for rank, strength in self._best[: self._k]]

    def _consider(self, nodes: Nodes, strength: float) -> None:
        last = nodes[-1]
        if last in self._onward.strength and (last == self._to or last in self._carriers):
            bound = strength * self._onward.strength[last]
            if bound >= self._floor:
                heapq.heappush(self._queue, (-bound, len(nodes) + self._onward.hops[last], nodes, strength, False))

    def _way_on_is_free(self, nodes: Nodes) -> bool:
        here = nodes[-1]
        while here != self._to:
            here = self._onward.then[here]
            if here in nodes[1:]:
                return False
        return True

    def _bound_anew(self, nodes: Nodes, strength: float) -> None:
        last = nodes[-1]
        least = self._floor / strength if strength > 0 else 0.0
        onward = _onward(self._network, self._to, self._carriers - set(nodes[1:-1]), least)
        if last in onward.strength:
            entry = (-strength * onward.strength[last], len(nodes) + onward.hops[last], nodes, strength, True)
            heapq.heappush(self._queue, entry)

    def _too_weak(self, bound: float) -> bool:
        """Whether nothing of this bound can be among the k best, since its rounded strength is below the last one's."""
        return len(self._best) >= self._k and bound < -self._best[self._k - 1][0][0] - PATH_BELOW

    def _too_long(self, bound: float, least: int) -> bool:
        """Whether something of this bound and length can only tie with the last of the k best, and is longer."""
        if len(self._best) < self._k:
            return False
        strength, nodes, _ = self._best[self._k - 1][0]
        return least > nodes and bound < -strength + PATH_ABOVE


def _onward(network: InfluenceNetwork, to: str, carriers: frozenset[str], least: float) -> _Onward:
    """The best way on from everybody whose best product is at least so much, and separately the fewest hops."""
    strength: dict[str, float] = {}
    then: dict[str, str] = {}
    for person, product, following in strongest_first([(to, 1.0)], network.precedes, carriers):
        if product < least:
            break
        strength[person], then[person] = product, following
    return _Onward(strength, then, _fewest_hops(network, to, strength))


def _fewest_hops(network: InfluenceNetwork, to: str, among: Container[str]) -> dict[str, int]:
    """The fewest hops to a person from each of these people."""
    hops = {to: 0}
    level = [to]
    for person in level:
        for source in network.precedes.get(person, {}):
            if source in among and source not in hops:
                hops[source] = hops[person] + 1
                level.append(source)
    return hops


def _path(network: InfluenceNetwork, nodes: Nodes, strength: float) -> InfluencePath:
    """The path of a team member (the first node) along these people."""
    member, *people = nodes
    return InfluencePath(
        nodes=(PathNode(member, network.members[member], "member"), *_people(network, people)),
        strength=strength,
        hops=(network.connection(member, people[0], network.ties[member][people[0]]), *_hops(network, people)),
    )


def _people(network: InfluenceNetwork, people: Sequence[str]) -> Iterator[PathNode]:
    return (PathNode(person, network.people[person], "person") for person in people)


def _hops(network: InfluenceNetwork, people: Sequence[str]) -> Iterator[Hop]:
    return (network.hop(source, target) for source, target in pairwise(people))


def ids_of(path: InfluencePath) -> Nodes:
    """The ids of a path's nodes."""
    return tuple(node.id for node in path.nodes)


def influence_paths(
    dataset: Dataset,
    account: str,
    to: str,
    as_of: datetime.date,
    *,
    member: str | None = None,
    k: int = PATHS,
    avoid_opponents: bool = False,
    opportunity: str | None = None,
    calibration: Calibration | None = None,
) -> InfluencePaths:
    """The k best paths from our team, or from one team member, to a person; none to one who left without a seat.

    People and members by id or name. Raises InputError unless k is a whole number above 0, UnknownRecord for an
    account, opportunity, person or active member that is not there, AmbiguousName for a name of several.
    """
    measures = compute_measures(dataset, account, as_of, opportunity, calibration)
    return paths_to(measures, to, member=member, k=k, avoid_opponents=avoid_opponents)


def paths_to(
    measures: Measures, to: str, *, member: str | None = None, k: int = PATHS, avoid_opponents: bool = False
) -> InfluencePaths:
    """The k best paths to a person in an account as measured. Arguments and errors as of `influence_paths`."""
    k = whole_number(k, "k")
    account = measures.view.account.id
    people = {person.id: person for person in measures.dataset.of(Person) if person.account == account}
    to = called("people", to, people.values())
    if member is not None:
        member = called("team", member, measures.view.members)
    paths = best_paths(influence_network(measures), to, member=member, k=k, avoid_opponents=avoid_opponents)
    return InfluencePaths(Named(to, people[to].name), paths)


@dataclass(frozen=True, slots=True)
class InfluencedBy:
    """The people whom somebody (`influencer`, an id) influences: the strongest path to each, strongest first."""

    influencer: str
    paths: tuple[InfluencePath, ...]


def influenced_by(measures: Measures, person: str) -> InfluencedBy:
    """The people influenced by a person, who is given by id or name.

    Raises UnknownRecord or AmbiguousName for a person who is not in the graph.
    """
    person = called("people", person, measures.view.people)
    return InfluencedBy(person, strongest_paths_from(influence_network(measures), person))


def strongest_paths_from(network: InfluenceNetwork, person: str) -> tuple[InfluencePath, ...]:
    """The strongest path from a person to everybody whom they influence: strength (12 decimals) falling, fewer nodes,
    ids.

    Dijkstra's search over whole paths, since ties are broken by their length and ids. Somebody who is vacant or
    unidentified carries nothing, and influences nobody.
    """
    best: dict[str, tuple[float, Nodes]] = {}
    start: list[tuple[float, int, Nodes, float]] = [(-1.0, 1, (person,), 1.0)]
    queue = start if person in network.carriers else []
    while queue:
        _, _, nodes, strength = heapq.heappop(queue)
        here = nodes[-1]
        if here in best:
            continue
        best[here] = strength, nodes
        if here in network.carriers:
            for target, (weight, _) in network.follows.get(here, {}).items():
                if target not in best:
                    onward = strength * weight
                    heapq.heappush(queue, (-round(onward, PATH_DIGITS), len(nodes) + 1, (*nodes, target), onward))
    paths = [
        InfluencePath(tuple(_people(network, nodes)), strength, tuple(_hops(network, nodes)))
        for target, (strength, nodes) in best.items()
        if target != person
    ]
    return tuple(sorted(paths, key=lambda path: (-round(path.strength, PATH_DIGITS), len(path.nodes), ids_of(path))))
