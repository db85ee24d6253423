"""Reach, introductions and the minimal winning coalition against every simple path."""

from __future__ import annotations

import datetime
from itertools import pairwise

import networkx as nx
import pytest

from graph.analysis.ground.unknown import UnknownRecord
from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.network.influence_network import Network, network_of
from graph.analysis.network.reach import introductions, minimal_winning_coalition, strength_from, swayed, swayed_by
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)


def account(seed: int, people: int = 8) -> Measures:
    rows = random_account(seed, people=people, members=3, lines=2 * people, opportunities=1)
    return compute_measures(dataset_of(rows), rows["accounts"][0]["id"], AS_OF)


def every_way(network: Network, start: str, end: str) -> list[tuple[float, int, tuple[str, ...]]]:
    """Every simple path between two stakeholders whose inner people carry: -strength, nodes, ids."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(network.people)
    graph.add_edges_from((s, t) for s, targets in network.follows.items() for t in targets)
    ways = []
    for nodes in nx.all_simple_paths(graph, start, end):
        if all(node in network.carriers for node in nodes[:-1]):
            strength = 1.0
            for s, t in pairwise(nodes):
                strength *= network.follows[s][t][0]
            ways.append((-round(strength, 12), len(nodes), tuple(nodes)))
    return sorted(ways)


@pytest.mark.parametrize("seed", range(12))
def test_reach_within_the_account_is_the_best_of_all_paths(seed: int) -> None:
    network = network_of(account(seed))
    for person in network.people:
        found = {path.nodes[-1].id: path for path in swayed_by(network, person)}
        for other in network.people:
            ways = every_way(network, person, other) if other != person else []
            assert (other in found) == bool(ways)
            if ways:
                assert tuple(node.id for node in found[other].nodes) == ways[0][2]
                assert found[other].strength == pytest.approx(-ways[0][0], abs=1e-11)
                product = 1.0
                for hop in found[other].hops:
                    product *= hop.weight
                assert product == pytest.approx(found[other].strength, abs=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_the_strength_from_a_member_is_the_best_of_ties_and_paths(seed: int) -> None:
    network = network_of(account(seed))
    for member, ties in network.ties.items():
        reach = strength_from(network, member)
        for person in network.people:
            best = [ties[person]] if person in ties else []
            for first, tie in ties.items():
                if first != person and first in network.carriers:
                    best += [-tie * way[0] for way in every_way(network, first, person)[:1]]
            assert reach.get(person, 0.0) == pytest.approx(max(best, default=0.0), abs=1e-11)


@pytest.mark.parametrize("seed", range(8))
def test_introductions_come_through_each_friendly_person_with_a_path(seed: int) -> None:
    found = account(seed, people=10)
    network, view = network_of(found), found.view
    friendly = network.carriers - network.against
    for person in network.people:
        told = introductions(found, person).introductions
        assert [item.strength for item in told] == sorted((item.strength for item in told), reverse=True)
        for item in told:
            nodes = [node.id for node in item.path.nodes]
            assert (nodes[0], nodes[1], nodes[-2], nodes[-1]) == (item.member, item.ask, item.through, person)
            assert set(nodes[1:-1]) <= friendly
            stance, trust = view.stances[view.index[item.ask]], found.trust[:, view.index[item.ask]]
            trusted = trust[[member.id for member in view.members].index(item.member)]
            assert item.ready == (stance is not None and stance >= 0 and trusted >= 0.5)
        through = {source for source in network.precedes.get(person, {}) if source in friendly}
        reached = {source for source in through if any(_reached(network, source, person, friendly))}
        assert {item.through for item in told} == reached


def _reached(network: Network, helper: str, avoiding: str, friendly: frozenset[str]) -> list[bool]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(friendly - {avoiding})
    graph.add_edges_from(
        (s, t) for s, ts in network.follows.items() for t in ts if {s, t} <= friendly - {avoiding}
    )  # fmt: skip
    known = [tie for ties in network.ties.values() for tie in ties if tie in graph]
    return [nx.has_path(graph, item, helper) for item in known]


@pytest.mark.parametrize("seed", range(8))
def test_the_fewest_to_win_are_the_first_that_sum_above_half(seed: int) -> None:
    found = account(seed, people=15)
    told = minimal_winning_coalition(found)
    known = sorted(
        (-round(float(found.influence[i]), 9), person.id)
        for i, person in enumerate(found.view.people)
        if found.view.known[i]
    )
    assert [person.person for person in told.people] == [name for _, name in known[: len(told.people)]]
    sums = [person.total for person in told.people]
    assert all(item <= 0.5 + 1e-9 for item in sums[:-1])
    assert told.enough == (sums[-1] > 0.5 + 1e-9)
    assert told.enough or len(told.people) == len(known)


def test_a_person_outside_the_graph_is_answered_with_the_nearest() -> None:
    found = account(1)
    with pytest.raises(UnknownRecord, match="Did you mean p01"):
        swayed(found, "p11")
    with pytest.raises(UnknownRecord):
        introductions(found, "nobody")
