"""Reach, introductions and the minimal winning coalition against every simple path."""

from __future__ import annotations

import datetime
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.network.influence_network import InfluenceNetwork, influence_network
from graph.analysis.network.introductions import introductions
from graph.analysis.network.paths import influenced_by, strongest_paths_from
from graph.analysis.network.reach import reach_matrix, strongest_products
from graph.analysis.network.winning_coalition import minimal_winning_coalition
from graph.model.problem import UnknownRecord
from tests.oracle.random_account import random_account
from tests.oracle.reach import strength_from
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)


def account(seed: int, people: int = 8) -> Measures:
    rows = random_account(seed, people=people, members=3, lines=2 * people, opportunities=1)
    return compute_measures(dataset_of(rows), rows["accounts"][0]["id"], AS_OF)


def every_way(network: InfluenceNetwork, start: str, end: str) -> list[tuple[float, int, tuple[str, ...]]]:
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
    network = influence_network(account(seed))
    for person in network.people:
        found = {path.nodes[-1].id: path for path in strongest_paths_from(network, person)}
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
def test_the_reach_of_a_team_member_is_the_best_of_ties_and_paths(seed: int) -> None:
    found = account(seed)
    network, reach = influence_network(found), reach_matrix(found)
    for u, ties in enumerate(network.ties.values()):
        for i, person in enumerate(network.people):
            best = [ties[person]] if person in ties else []
            for first, tie in ties.items():
                if first != person and first in network.carriers:
                    best += [-tie * way[0] for way in every_way(network, first, person)[:1]]
            assert reach[u, i] == pytest.approx(max(best, default=0.0), abs=1e-11)


@pytest.mark.parametrize("seed", range(20))
def test_reach_is_to_the_last_bit_what_one_search_a_member_finds(seed: int) -> None:
    found = account(seed, people=5 + 9 * seed)
    network = influence_network(found)
    loops = [[strength_from(network, member).get(person, 0.0) for person in network.people] for member in network.ties]
    assert reach_matrix(found).tolist() == loops
    assert reach_matrix(found) is reach_matrix(found)


def test_of_ways_equal_but_for_rounding_the_larger_product_counts() -> None:
    # .3 * .7 * .1 is below .3 * .1 * .7 in the last bit; both ways are there, in either order of the nodes.
    for first, second in ((0.7, 0.1), (0.1, 0.7)):
        source, target = np.array([0, 0, 1, 2]), np.array([1, 2, 3, 3])
        found = strongest_products(np.array([[0.3, 0, 0, 0]]), source, target, np.array([first, second, second, first]))
        assert found[0, 3] == max(0.3 * first * second, 0.3 * second * first)


def test_nobody_is_reached_without_members_ties_or_lines() -> None:
    none = np.array([], dtype=np.int64)
    assert strongest_products(np.zeros((0, 3)), none, none, np.zeros(0)).shape == (0, 3)
    assert strongest_products(np.zeros((2, 3)), np.array([0]), np.array([1]), np.ones(1)).tolist() == [[0.0] * 3] * 2
    assert strongest_products(np.array([[1.0, 0.0]]), none, none, np.zeros(0)).tolist() == [[1.0, 0.0]]
    assert strongest_products(np.array([[1.0, 0.0]]), np.array([0]), np.array([1]), np.ones(1)).tolist() == [[1.0, 1.0]]


@pytest.mark.parametrize("seed", range(8))
def test_introductions_come_through_each_friendly_person_with_a_path(seed: int) -> None:
    found = account(seed, people=10)
    network, view = influence_network(found), found.view
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


def _reached(network: InfluenceNetwork, helper: str, avoiding: str, friendly: frozenset[str]) -> list[bool]:
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
        influenced_by(found, "p11")
    with pytest.raises(UnknownRecord):
        introductions(found, "nobody")
