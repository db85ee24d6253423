"""The independent routes from our team to the deciders, listed with their people (measures, section 6)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx
import numpy as np

from graph.analysis.ground.arrays import Flags
from graph.analysis.ground.rounding import PATH_DIGITS, SLACK
from graph.analysis.measures.measures import Measures
from graph.analysis.network.influence_network import InfluenceNetwork, InfluencePath, PathNode, influence_network
from graph.analysis.network.paths import ids_of

TEAM, DECISION = -1, -2
"""The nodes that stand for our team as a whole and for all deciders together; other nodes are indices of people."""


@dataclass(frozen=True, slots=True)
class IndependentRoutes:
    """Routes of which no two share a person before the decider, strongest first.

    `independent_routes` is how many there are, as in the report: None where there are no deciders. Every route begins
    with the team member who has the strongest tie to its first person.
    """

    independent_routes: int | None
    routes: tuple[InfluencePath, ...]


def list_independent_routes(measures: Measures) -> IndependentRoutes:
    """A largest set of routes from our team to the deciders that share nobody but deciders.

    A route begins at a known person with whom our team together has a firm tie (C of .30) and follows influence lines;
    the people between are known, do not decide, and have no stance below 0. Each direct firm tie to a decider is a
    route. By Menger's theorem there are as many as the maximum flow that the report counts.

    Returns: the routes by strength (12 decimals) falling, fewer nodes, ids. Where several largest sets exist this is
    one of them, the same each time.

    References: Menger 1927, "Zur allgemeinen Kurventheorie", Fundamenta Mathematicae 10, 96; Ford & Fulkerson 1956,
    "Maximal flow through a network", Canadian Journal of Mathematics 8, 399. By `networkx.node_disjoint_paths`.
    """
    view = measures.view
    if not view.deciders.any():
        return IndependentRoutes(None, ())
    together = measures.connected.together
    firm = view.known & (together > 0) & (together >= view.calibration.firm_tie - SLACK)
    chains = [[decider] for decider in np.flatnonzero(firm & view.deciders).tolist()]
    chains += _through_others(measures, firm)
    network = influence_network(measures)
    routes = [_route(measures, network, chain) for chain in chains]
    routes.sort(key=lambda route: (-round(route.strength, PATH_DIGITS), len(route.nodes), ids_of(route)))
    return IndependentRoutes(len(routes), tuple(routes))


def _through_others(measures: Measures, firm: Flags) -> list[list[int]]:
    """The people of each route that passes somebody before a decider."""
    ways = _ways(measures, firm)
    if not nx.has_path(ways, TEAM, DECISION):
        return []
    chains = []
    for route in nx.node_disjoint_paths(ways, TEAM, DECISION):
        # Of the people whom the flow took, the strongest way: it may pass fewer of them.
        best = nx.dijkstra_path(ways.subgraph(route), TEAM, DECISION, weight="cost")
        chains.append([*best[1:-1], ways.edges[best[-2], DECISION]["decider"]])
    return chains


def _ways(measures: Measures, firm: Flags) -> nx.DiGraph[int]:
    """Our team, everybody who may carry, and all deciders as one; an edge to these names the one it leads to."""
    view, lines = measures.view, measures.lines
    carries = view.known & ~view.opponents & ~view.deciders
    ways: nx.DiGraph[int] = nx.DiGraph()
    ways.add_nodes_from((TEAM, DECISION))
    best = measures.connected.strength.max(axis=0, initial=0.0)
    best = best / max(1.0, best.max(initial=0.0))  # a calibration may put connections above 1
    for person in np.flatnonzero(firm & carries).tolist():
        ways.add_edge(TEAM, person, cost=-math.log(best[person]))
    columns = (lines.source.tolist(), lines.target.tolist(), lines.weight.tolist())
    for source, target, weight in zip(*columns, strict=True):
        cost = -math.log(weight) if weight > 0 else math.inf
        if not carries[source]:
            continue
        if carries[target]:
            ways.add_edge(source, target, cost=cost)
        elif view.deciders[target] and not (
            ways.has_edge(source, DECISION) and ways.edges[source, DECISION]["cost"] <= cost
        ):
            ways.add_edge(source, DECISION, cost=cost, decider=target)
    return ways


def _route(measures: Measures, network: InfluenceNetwork, chain: list[int]) -> InfluencePath:
    """The route along these people, from the team member who is closest to the first."""
    view, strength = measures.view, measures.connected.strength
    member = view.members[int(strength[:, chain[0]].argmax())]
    people = [view.people[person] for person in chain]
    hops = [
        network.connection(member.id, people[0].id, float(strength[:, chain[0]].max())),
        *(network.hop(source.id, target.id) for source, target in pairwise(people)),
    ]
    return InfluencePath(
        nodes=(
            PathNode(member.id, member.name, "member"),
            *(PathNode(person.id, person.name, "person") for person in people),
        ),
        strength=math.prod(hop.weight for hop in hops),
        hops=tuple(hops),
    )
