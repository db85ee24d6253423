"""Key-player sets, brokers, bottlenecks and shape against brute force, networkx, and published tables."""

from __future__ import annotations

import datetime
import math
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.measures.influence_lines import InfluenceLines
from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.network import key_sets
from graph.analysis.network.bottlenecks import bottlenecks
from graph.analysis.network.brokers import Brokerage, bridged_units, brokerage, structural_holes
from graph.analysis.network.key_sets import fragmentation, kpp_neg, kpp_pos, nearness_of
from graph.analysis.network.organisation_shape import organisation_shape
from graph.model import Person
from graph.model.calibration import load_calibration
from tests import krackhardt
from tests.oracle.brokers import broker_kind
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)
TEAM = "us"
NUMBERS = load_calibration()

# The example of "keyplayer: An R package for locating key players in social networks", R Journal 8 (2016), no. 1.
R_JOURNAL = np.array(
    [[0, 1, 3, 0, 0], [0, 0, 0, 4, 0], [1, 1, 0, 2, 0], [0, 0, 0, 0, 3], [0, 2, 0, 0, 0]], dtype=np.float64
)


def lines_of(arcs: list[tuple[int, int]]) -> InfluenceLines:
    ordered = sorted(set(arcs))
    pairs = np.array(ordered, dtype=np.int64).reshape(-1, 2)
    return InfluenceLines(pairs[:, 0], pairs[:, 1], np.full(len(pairs), 0.5), np.zeros(len(pairs), dtype=bool))


networks = st.integers(2, 8).flatmap(
    lambda n: st.tuples(
        st.just([f"p{i}" for i in range(n)]),
        st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda a: a[0] != a[1]), max_size=20),
    )
)


def account(seed: int, people: int = 14) -> Measures:
    rows = random_account(seed, people=people, members=4, opportunities=1)
    return compute_measures(dataset_of(rows), rows["accounts"][0]["id"], AS_OF)


@settings(max_examples=60, deadline=None)
@given(networks)
def test_key_sets_are_the_best_of_all(network: tuple[list[str], list[tuple[int, int]]]) -> None:
    ids, arcs = network
    directed: nx.DiGraph[int] = nx.DiGraph(arcs)
    directed.add_nodes_from(range(len(ids)))
    breaking, reaching = kpp_neg(lines_of(arcs), ids, 3), kpp_pos(lines_of(arcs), ids, 3)
    for size in range(1, min(3, len(ids)) + 1):
        sets = list(combinations(range(len(ids)), size))
        without = {key_set: _fragmentation(directed.to_undirected(), key_set) for key_set in sets}
        reached = {key_set: _reach(directed, key_set) for key_set in sets}
        for found, scores in ((breaking[size - 1], without), (reaching[size - 1], reached)):
            best = max(round(score, 9) for score in scores.values())
            assert found.score == pytest.approx(best, abs=1e-9)
            assert found.exact
            expected = sorted(tuple(ids[i] for i in item) for item, score in scores.items() if round(score, 9) == best)
            assert list(found.sets) == expected


@pytest.mark.parametrize("people", [64, 65, 130])
def test_breaking_sets_of_more_people_than_bits_in_a_word(people: int) -> None:
    ids = [f"p{i:03}" for i in range(people)]
    directed = nx.gnp_random_graph(people, 2.5 / people, seed=people, directed=True)
    alone = kpp_neg(lines_of(list(directed.edges)), ids, most=1)[0]
    scores = {i: _fragmentation(directed.to_undirected(), (i,)) for i in range(people)}
    best = max(round(score, 9) for score in scores.values())
    assert alone.score == pytest.approx(best, abs=1e-9)
    assert list(alone.sets) == [(ids[i],) for i, score in scores.items() if round(score, 9) == best]


def test_bits_are_counted_alike_with_every_numpy() -> None:
    words = np.array([[0, 1, 2**63], [2**64 - 1, 0b1011, 2**40 - 1]], dtype=np.uint64)
    counts = [[int(word).bit_count() for word in row] for row in words]
    assert key_sets._bits_set(words).tolist() == key_sets._bits_looked_up(words).tolist() == counts


def _fragmentation(graph: nx.Graph[int], gone: tuple[int, ...]) -> float:
    left = graph.copy()
    left.remove_nodes_from(gone)
    n = left.number_of_nodes()
    if n < 2:
        return 1.0
    lengths = dict(nx.all_pairs_shortest_path_length(left))
    return 1.0 - sum(1.0 / d for i in lengths for j, d in lengths[i].items() if i != j) / (n * (n - 1))


def _reach(graph: nx.DiGraph[int], chosen: tuple[int, ...]) -> float:
    lengths = nx.multi_source_dijkstra_path_length(graph, set(chosen), weight=None)
    return sum(1.0 if item in chosen else 1.0 / d for item, d in lengths.items()) / graph.number_of_nodes()


def test_fragmentation_and_reach_of_the_r_journal() -> None:
    longest = R_JOURNAL.max()
    lengths = np.divide(longest, R_JOURNAL, out=np.zeros_like(R_JOURNAL), where=R_JOURNAL > 0)
    left = [[i for i in range(5) if i != gone] for gone in range(5)]
    broken = [fragmentation(nearness_of(lengths[np.ix_(kept, kept)])) for kept in left]
    assert broken == pytest.approx([0.6365079, 0.7446429, 0.6733500, 0.8333333, 0.7250000], abs=5e-8)
    assert (nearness_of(lengths).sum(axis=1) / 4).tolist() == pytest.approx(
        [0.3785714, 0.3571429, 0.3250000, 0.2625000, 0.2083333], abs=5e-8
    )


@settings(max_examples=40, deadline=None)
@given(networks, st.randoms(use_true_random=False))
def test_brokers_are_counted_one_by_one(network: tuple[list[str], list[tuple[int, int]]], chance: object) -> None:
    ids, arcs = network
    group = np.array([chance.randrange(3) for _ in ids])  # type: ignore[attr-defined]
    tied, n = set(arcs), range(len(ids))
    for b, found in enumerate(brokerage(lines_of(arcs), group)):
        kinds = [
            broker_kind(group[a], group[b], group[c])
            for a in n
            for c in n
            if len({a, b, c}) == 3 and (a, b) in tied and (b, c) in tied and (a, c) not in tied
        ]
        names = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison")
        assert found == Brokerage(*(kinds.count(name) for name in names))
        assert found.total == len(kinds)


@pytest.mark.skipif(not krackhardt.DATA.is_dir(), reason=krackhardt.MISSING)
@pytest.mark.parametrize(
    ("network", "expected"), [("advice", [28, 69, 95, 62, 246, 500]), ("friends", [26, 27, 80, 55, 68, 256])]
)
def test_brokers_of_krackhardts_managers(network: str, expected: list[int]) -> None:
    people = sorted({person.id for person in krackhardt.account().of(Person)})
    units = {person.id: person.unit for person in krackhardt.account().of(Person)}
    arcs = [(people.index(a), people.index(b)) for a, b in krackhardt.edges(network)]
    number = {unit: i for i, unit in enumerate(sorted({str(unit) for unit in units.values()}))}
    found = brokerage(lines_of(arcs), np.array([number[str(units[person])] for person in people]))
    totals = [sum(getattr(item, name) for item in found) for name in (
        "coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total",
    )]  # fmt: skip
    assert totals == expected


@pytest.mark.skipif(not krackhardt.DATA.is_dir(), reason=krackhardt.MISSING)
@pytest.mark.parametrize(
    ("network", "turned", "expected"),
    [
        ("advice", False, (1, 0, 0.575, 1)),
        ("friends", False, (1, 0.1818, 0.795, 1)),
        ("reports", False, (1, 1, 1, 0.063)),
        ("reports", True, (1, 1, 1, 1)),
    ],
)
def test_the_shape_of_krackhardts_organisation(network: str, turned: bool, expected: tuple[float, ...]) -> None:
    people = sorted({person.id for person in krackhardt.account().of(Person)})
    arcs = np.zeros((len(people), len(people)), dtype=bool)
    for a, b in krackhardt.edges(network):
        arcs[people.index(a), people.index(b)] = True
    shape = organisation_shape(arcs.T if turned else arcs)
    found = (shape.connectedness, shape.hierarchy, shape.efficiency, shape.unity_of_command)
    assert found == pytest.approx(expected, abs=5e-4)


@settings(max_examples=100, deadline=None)
@given(networks)
def test_unity_of_command_is_counted_pair_by_pair(network: tuple[list[str], list[tuple[int, int]]]) -> None:
    ids, arcs = network
    graph: nx.DiGraph[int] = nx.DiGraph(arcs)
    graph.add_nodes_from(range(len(ids)))
    above = {i: nx.ancestors(graph, i) | {i} for i in graph}
    without, most = 0, 0
    for component in nx.weakly_connected_components(graph):
        most += (len(component) - 1) * (len(component) - 2) // 2
        for a, b in combinations(component, 2):
            shared = above[a] & above[b]
            without += not any(all(top in above[other] for other in shared) for top in shared)
    shape = organisation_shape(nx.to_numpy_array(graph, nodelist=range(len(ids)), weight=None) > 0)
    assert shape.unity_of_command == (1 - without / most if most else None)


def test_an_organisation_of_one_has_no_shape() -> None:
    shape = organisation_shape(np.zeros((1, 1), dtype=bool))
    assert {shape.connectedness, shape.hierarchy, shape.efficiency, shape.unity_of_command} == {None}


@pytest.mark.parametrize("seed", range(8))
def test_structural_holes_are_networkx_s(seed: int) -> None:
    found = account(seed)
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(found.view.people)))
    for s, t, w in zip(found.lines.source, found.lines.target, found.lines.weight, strict=True):
        before = graph.get_edge_data(int(s), int(t), {"weight": 0.0})["weight"]
        graph.add_edge(int(s), int(t), weight=max(before, float(w)))
    holes = structural_holes(found.lines, len(found.view.people))
    constraint, effective = (
        nx.constraint(graph, weight="weight"),
        nx.effective_size(graph, list(graph), weight="weight"),
    )
    # The shortcut of networkx for all nodes at once disagrees with its own definition; naming the nodes avoids it.
    for i in graph:
        if graph.degree(i):
            assert holes.constraint[i] == pytest.approx(constraint[i], abs=1e-9)
            assert holes.effective_size[i] == pytest.approx(effective[i], abs=1e-9)
        else:
            assert math.isnan(holes.constraint[i])


@pytest.mark.parametrize("seed", range(10))
def test_bottlenecks_are_those_whose_deletion_cuts(seed: int) -> None:
    found = account(seed)
    view, ids = found.view, [person.id for person in found.view.people]
    told = bottlenecks(view, found.connected.together, found.lines)
    ways: nx.DiGraph[str] = nx.DiGraph()
    ways.add_nodes_from([TEAM, *ids])
    ways.add_edges_from((TEAM, ids[i]) for i in np.flatnonzero(view.known & (found.connected.together >= 0.3 - 1e-9)))
    ways.add_edges_from(
        (ids[s], ids[t])
        for s, t in zip(found.lines.source, found.lines.target, strict=True)
        if view.known[s] and view.known[t]
    )
    for decider in told.deciders:
        assert decider.reached == nx.has_path(ways, TEAM, decider.decider)
        if decider.reached:
            cutting = {p for p in ids if p != decider.decider and not _reached_without(ways, {p}, decider.decider)}
            assert set(decider.passes) == cutting
    deciders = [decider.decider for decider in told.deciders]
    assert not any(_reached_without(ways, set(told.cut), decider) for decider in deciders)
    for smaller in combinations(ids, max(0, len(told.cut) - 1)):
        if told.cut:
            assert any(_reached_without(ways, set(smaller), decider) for decider in deciders)
    both = nx.Graph(zip(found.lines.source.tolist(), found.lines.target.tolist(), strict=True))
    both.add_nodes_from(range(len(ids)))
    parts = nx.number_connected_components(both)
    splitting = {ids[i] for i in both if both.degree(i) and nx.number_connected_components(_without(both, i)) > parts}
    assert set(told.articulation) == splitting


def _without(graph: nx.Graph[int], person: int) -> nx.Graph[int]:
    return nx.restricted_view(graph, [person], [])


def _reached_without(ways: nx.DiGraph[str], gone: set[str], decider: str) -> bool:
    return decider not in gone and nx.has_path(nx.restricted_view(ways, gone, []), TEAM, decider)


def test_bridged_units_are_counted_one_by_one() -> None:
    found = account(3)
    view, lines = found.view, found.lines
    tied = set(zip(lines.source.tolist(), lines.target.tolist(), strict=True))
    unit = [person.unit for person in view.people]
    n = range(len(unit))
    for b in n:
        expected = [
            (unit[a], unit[c])
            for a in n
            for c in n
            if (a, b) in tied and (b, c) in tied and (a, c) not in tied and a != c and None not in (unit[a], unit[c])
            if unit[a] != unit[c]
        ]
        told = bridged_units(view, lines, b)
        assert {(s, t): times for s, t, times in told} == {pair: expected.count(pair) for pair in expected}
        assert [times for _, _, times in told] == sorted((times for _, _, times in told), reverse=True)
