"""Ways among the customer's people: whom somebody sways, who can introduce us, how few are enough (section 7)."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from graph.analysis.ground.account_view import Floats
from graph.analysis.ground.rounding import DIGITS, PATH_DIGITS, SLACK
from graph.analysis.ground.unknown import called
from graph.analysis.measures.measures import Measures
from graph.analysis.network.influence_network import InfluencePath, Network, PathNode, network_of
from graph.analysis.network.paths import best_paths


@dataclass(frozen=True, slots=True)
class Swayed:
    """Whom a person sways: the strongest way to each, strongest first."""

    whom: str
    paths: tuple[InfluencePath, ...]


def swayed(measures: Measures, person: str) -> Swayed:
    """People swayed by one, given by id or name. Raises UnknownRecord or AmbiguousName for anybody else."""
    person = called("people", person, measures.view.people)
    return Swayed(person, swayed_by(network_of(measures), person))


def swayed_by(network: Network, person: str) -> tuple[InfluencePath, ...]:
    """The strongest way from a person to everybody whom they sway: strength (12 decimals) falling, fewer nodes, ids.

    A search forward (Dijkstra over products); nobody who is vacant or unidentified carries, nor sways from the start.
    """
    best: dict[str, tuple[float, tuple[str, ...]]] = {}
    start: list[tuple[float, int, tuple[str, ...], float]] = [(-1.0, 1, (person,), 1.0)]
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
    found = [_way(network, nodes, strength) for target, (strength, nodes) in best.items() if target != person]
    return tuple(sorted(found, key=lambda item: (-round(item.strength, PATH_DIGITS), len(item.nodes), _ids(item))))


def strength_from(network: Network, member: str) -> dict[str, float]:
    """The strength of the best way from one of ours to everybody whom they reach, by a tie or through others."""
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


def reach_of(measures: Measures) -> Floats:
    """The strength of the best way from each of ours to each of theirs, 0 without one: members x people."""
    network, view = network_of(measures), measures.view
    reach = np.zeros((len(view.members), len(view.people)))
    for u, member in enumerate(view.members):
        for person, strength in strength_from(network, member.id).items():
            reach[u, view.index[person]] = strength
    return reach


def _way(network: Network, nodes: tuple[str, ...], strength: float) -> InfluencePath:
    return InfluencePath(
        nodes=tuple(PathNode(node, network.people[node], "person") for node in nodes),
        strength=strength,
        hops=tuple(network.hop(source, target) for source, target in pairwise(nodes)),
    )


def _ids(path: InfluencePath) -> tuple[str, ...]:
    return tuple(node.id for node in path.nodes)


@dataclass(frozen=True, slots=True)
class IntroductionRequest:
    """One of ours asks somebody for an introduction; `through` is who speaks to the person in the end.

    `ready`: trust and stance allow to ask for something today.
    """

    member: str
    ask: str
    through: str
    strength: float
    ready: bool
    path: InfluencePath


@dataclass(frozen=True, slots=True)
class IntroductionRequests:
    """Who of ours can ask whom for an introduction to a person, the strongest first."""

    to: str
    introductions: tuple[IntroductionRequest, ...]


def introductions(measures: Measures, to: str) -> IntroductionRequests:
    """Introductions to a person of the graph, by id or name: the team member who asks, and the stakeholder asked.

    Raises UnknownRecord or AmbiguousName for anybody else.
    """
    to = called("people", to, measures.view.people)
    return IntroductionRequests(to, introduction_requests(measures, to))


def introduction_requests(measures: Measures, to: str) -> tuple[IntroductionRequest, ...]:
    """For everybody who sways the person, is known and not against us: the best way by which we can ask them.

    Nobody who is against us carries the request.
    """
    network = network_of(measures)
    friendly = network.carriers - network.against
    asking = replace(network, carriers=friendly - {to})
    requests = []
    for helper in sorted(network.precedes.get(to, {})):
        if helper in friendly:
            requests += [_request(measures, network, path, to) for path in best_paths(asking, helper, k=1)]
    return tuple(
        sorted(
            requests,
            key=lambda request: (-round(request.strength, PATH_DIGITS), len(request.path.nodes), _ids(request.path)),
        )
    )


def _request(measures: Measures, network: Network, path: InfluencePath, to: str) -> IntroductionRequest:
    member, asked, helper = path.nodes[0].id, path.nodes[1].id, path.nodes[-1].id
    last = network.hop(helper, to)
    way = InfluencePath(
        (*path.nodes, PathNode(to, network.people[to], "person")), path.strength * last.weight, (*path.hops, last)
    )
    view = measures.view
    stance = view.stances[view.index[asked]]
    trusted = measures.trust[[one.id for one in view.members].index(member), view.index[asked]]
    ready = stance is not None and stance >= 0 and bool(trusted >= view.calibration.moves.ask_trust - SLACK)
    return IntroductionRequest(member, asked, helper, way.strength, ready, way)


@dataclass(frozen=True, slots=True)
class Needed:
    """One of the fewest to win: influence, the sum so far, connection, and our best way there."""

    person: str
    decision_influence: float
    total: float
    connection_strength: float
    path: InfluencePath | None


@dataclass(frozen=True, slots=True)
class WinningCoalition:
    """The known people with most influence, until their sum exceeds `share` of the decision; `enough` says if so."""

    enough: bool
    people: tuple[Needed, ...]
    share: float = field(repr=False)


def minimal_winning_coalition(measures: Measures) -> WinningCoalition:
    """Whom to win at the least, by influence (9 decimals), then id."""
    view, influence, network = measures.view, measures.influence.tolist(), network_of(measures)
    known = sorted(view.known.nonzero()[0].tolist(), key=lambda i: (-round(influence[i], DIGITS), view.people[i].id))
    needed: list[Needed] = []
    total, share = 0.0, view.calibration.winning_share
    for i in known:
        if total > share + SLACK:
            break
        total += influence[i]
        person = view.people[i].id
        path = next(iter(best_paths(network, person, k=1)), None)
        needed.append(Needed(person, influence[i], total, float(measures.connected.together[i]), path))
    return WinningCoalition(total > share + SLACK, tuple(needed), share)
