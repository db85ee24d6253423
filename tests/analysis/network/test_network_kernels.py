"""Every kernel of the network against plain networkx on the account's graph.

Nothing here but what stands in the graph: who carries, who decides and which ties are firm is told by its attributes.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Iterator
from itertools import combinations, islice, pairwise
from typing import Any

import networkx as nx
import numpy as np
import pytest

from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.network.account_graph import account_graph
from graph.analysis.network.bottlenecks import bottlenecks
from graph.analysis.network.brokers import brokerage, groups, structural_holes
from graph.analysis.network.centralities import centralities, listening_graph
from graph.analysis.network.groups import informal_groups
from graph.analysis.network.independent_routes import list_independent_routes
from graph.analysis.network.influence_network import influence_network
from graph.analysis.network.introductions import Introductions, introductions
from graph.analysis.network.key_sets import kpp_neg, kpp_pos
from graph.analysis.network.organisation_shape import organisation_shape
from graph.analysis.network.paths import best_paths, strongest_paths_from
from graph.analysis.network.reach import reach_matrix
from graph.analysis.network.routes import Routes, routes_of_account
from graph.analysis.network.winning_coalition import minimal_winning_coalition
from tests.analysis.accounts import AS_OF, everything
from tests.oracle.brokers import broker_kind
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

ACCOUNTS = [pytest.param(measures, id=name) for name, measures in everything()]
SMALL = [pytest.param(measures, id=name) for name, measures in everything() if len(measures.view.people) <= 30]
TEAM, DECISION = "team", "decision"
FIRM, TIE = 0.30, 0.05
HIGHEST = 1e-9

Graph = nx.MultiDiGraph


def people_of(graph: Graph) -> list[str]:
    """The person nodes in the order of their ids."""
    return sorted(node for node, kind in graph.nodes(data="kind") if kind == "person")


def lines_of(graph: Graph) -> nx.DiGraph:
    """The influence lines alone, with all people."""
    lines: nx.DiGraph = nx.DiGraph()
    lines.add_nodes_from((person, graph.nodes[person]) for person in people_of(graph))
    lines.add_edges_from((s, t, d) for s, t, key, d in graph.edges(keys=True, data=True) if key == "INFLUENCES")
    return lines


def known(graph: Graph, person: str) -> bool:
    return graph.nodes[person]["status"] == "active"


def against(graph: Graph, person: str) -> bool:
    return graph.nodes[person].get("stance", 0) < 0


def deciders_of(graph: Graph, measures: Measures) -> set[str]:
    """Known people with role D; if none, A; if none, those with a vote (which the graph does not hold)."""
    for role in ("D", "A"):
        found = {
            person
            for person in people_of(graph)
            if known(graph, person) and role in graph.nodes[person].get("roles", "").split(";")
        }
        if found:
            return found
    voters = {f"person:{vote.person}" for step in measures.view.steps for vote in step.votes}
    return {person for person in voters if known(graph, person)}


def firm_of(graph: Graph) -> set[str]:
    return {
        person
        for person in people_of(graph)
        if known(graph, person) and graph.nodes[person]["connection_strength"] >= FIRM - HIGHEST
    }


def paths_network(graph: Graph) -> nx.DiGraph:
    """The edges that paths run on: those with a cost."""
    network: nx.DiGraph = nx.DiGraph()
    network.add_nodes_from(graph)
    for source, target, edge in graph.edges(data=True):
        if "cost" in edge:
            network.add_edge(source, target, cost=edge["cost"], strength=edge.get("strength", edge.get("weight")))
    return network


def strength_of(network: nx.DiGraph, nodes: Iterable[Hashable]) -> float:
    return math.prod(network.edges[pair]["strength"] for pair in pairwise(nodes))


def some(people: list[str]) -> Iterator[str]:
    return islice(people, 0, None, max(1, len(people) // 8))


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_k_best_paths_are_the_shortest_simple_paths(measures: Measures) -> None:
    graph = account_graph(measures)
    network, ours = paths_network(graph), influence_network(measures)
    for member in list(ours.members)[:2]:
        for person in some(people_of(graph)):
            found = best_paths(ours, person.removeprefix("person:"), member=member, k=3)
            start = f"member:{member}"
            if not nx.has_path(network, start, person):
                assert found == ()
                continue
            best = list(islice(nx.shortest_simple_paths(network, start, person, weight="cost"), 3))
            assert [path.strength for path in found] == pytest.approx([strength_of(network, nodes) for nodes in best])
            for path in found:
                nodes = [f"{node.kind}:{node.id}" for node in path.nodes]
                assert len(set(nodes)) == len(nodes)
                assert path.strength == pytest.approx(strength_of(network, nodes))


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_reach_is_the_shortest_path_length(measures: Measures) -> None:
    graph = account_graph(measures)
    network, reach = paths_network(graph), reach_matrix(measures)
    for u, member in enumerate(measures.view.members):
        lengths = nx.single_source_dijkstra_path_length(network, f"member:{member.id}", weight="cost")
        for i, person in enumerate(measures.view.people):
            length = lengths.get(f"person:{person.id}", math.inf)
            assert reach[u, i] == pytest.approx(math.exp(-length), abs=1e-13)


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_whom_somebody_influences_is_whom_they_reach(measures: Measures) -> None:
    graph = account_graph(measures)
    network, ours = paths_network(graph), influence_network(measures)
    for person in some(people_of(graph)):
        lengths = nx.single_source_dijkstra_path_length(network, person, weight="cost")
        found = strongest_paths_from(ours, person.removeprefix("person:"))
        assert {f"person:{path.nodes[-1].id}" for path in found} == lengths.keys() - {person}
        for path in found:
            assert path.strength == pytest.approx(math.exp(-lengths[f"person:{path.nodes[-1].id}"]), abs=1e-12)


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_an_introduction_is_the_strongest_path_through_friends(measures: Measures) -> None:
    graph = account_graph(measures)
    best = Introductions(measures.view, measures.connected, measures.lines)
    for person in some(people_of(graph)):
        network = paths_network(graph)
        friends = {p for p in people_of(graph) if known(graph, p) and not against(graph, p)}
        network.remove_nodes_from([p for p in people_of(graph) if p not in friends and p != person])
        network.remove_edges_from([(m, person) for m in list(network.predecessors(person)) if m.startswith("member:")])
        network.add_edges_from((TEAM, node, {"cost": 0.0}) for node in list(network) if node.startswith("member:"))
        strength = (
            math.exp(-nx.dijkstra_path_length(network, TEAM, person, weight="cost"))
            if TEAM in network and nx.has_path(network, TEAM, person)
            else 0.0
        )
        asked = introductions(measures, person.removeprefix("person:")).introductions
        assert max((introduction.strength for introduction in asked), default=0.0) == pytest.approx(strength, abs=1e-12)
        found = best.to(measures.view.index[person.removeprefix("person:")])
        if found is not None:
            assert found.strength <= strength + 1e-12


def ways_network(graph: Graph, deciders: set[str], carriers: set[str]) -> nx.DiGraph:
    """Our team as one node, firm ties, lines between those who carry, and an edge from each decider to one sink."""
    ways: nx.DiGraph = nx.DiGraph()
    ways.add_nodes_from((TEAM, DECISION))
    ways.add_edges_from((TEAM, person) for person in firm_of(graph) if person in carriers | deciders)
    ways.add_edges_from((s, t) for s, t in lines_of(graph).edges if s in carriers and t in carriers | deciders)
    ways.add_edges_from((decider, DECISION) for decider in deciders)
    return ways


def flow_value(ways: nx.DiGraph, deciders: set[str]) -> int:
    """The maximum flow in which everybody but deciders is passed once."""
    split: nx.DiGraph = nx.DiGraph()
    split.add_nodes_from([(TEAM, "out"), (DECISION, "in")])
    for node in set(ways) - deciders - {TEAM, DECISION}:
        split.add_edge((node, "in"), (node, "out"), capacity=1)
    for source, target in ways.edges:
        if target == DECISION:
            continue
        end = (DECISION, "in") if target in deciders else (target, "in")
        if source not in deciders:
            room = split.get_edge_data((source, "out"), end, {"capacity": 0})["capacity"] if source == TEAM else 0
            split.add_edge((source, "out"), end, capacity=room + 1)
    return int(nx.maximum_flow_value(split, (TEAM, "out"), (DECISION, "in")))


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_independent_routes_are_a_maximum_flow_and_the_list_is_one(measures: Measures) -> None:
    graph = account_graph(measures)
    deciders = deciders_of(graph, measures)
    count = routes_of_account(measures.view.batch, measures.connected.together, measures.lines)
    listed = list_independent_routes(measures)
    assert listed.independent_routes == count
    if not deciders:
        assert (count, listed.routes) == (None, ())
        return
    carriers = {p for p in people_of(graph) if known(graph, p) and not against(graph, p)} - deciders
    ways = ways_network(graph, deciders, carriers)
    assert count == flow_value(ways, deciders) == len(listed.routes)
    network, passed = paths_network(graph), []
    for route in listed.routes:
        member, *people = (f"{node.kind}:{node.id}" for node in route.nodes)
        assert nx.is_path(ways, [TEAM, *people, DECISION])
        assert people[-1] in deciders
        assert not deciders & set(people[:-1])
        passed += people[:-1] or [people[-1]]
        closest = max(
            graph.get_edge_data(m, people[0], "CONNECTED_TO", {"strength": 0.0})["strength"]
            for m in graph
            if m.startswith("member:")
        )
        assert graph.edges[member, people[0], "CONNECTED_TO"]["strength"] == closest
        assert route.strength == pytest.approx(closest * strength_of(network, people))
    assert len(set(passed)) == len(passed)
    assert [route.strength for route in listed.routes] == sorted((r.strength for r in listed.routes), reverse=True)
    assert list_independent_routes(measures) == listed


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_routes_left_without_somebody_are_the_flow_without_them(measures: Measures) -> None:
    graph = account_graph(measures)
    deciders = deciders_of(graph, measures)
    if not deciders:
        assert routes_of_account(measures.view.batch, measures.connected.together, measures.lines) is None
        return
    view, lines = measures.view, measures.lines
    firm = view.known & (measures.connected.together >= FIRM - HIGHEST)
    routes = Routes(lines.source, lines.target, firm, view.known & ~view.opponents, view.deciders)
    carriers = {p for p in people_of(graph) if known(graph, p) and not against(graph, p)} - deciders
    for person in some(people_of(graph)):
        if person not in deciders:
            left = ways_network(graph, deciders, carriers - {person})
            assert routes.without(view.index[person.removeprefix("person:")]) == flow_value(left, deciders)


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_bottlenecks_are_dominators_articulation_points_and_a_smallest_cut(measures: Measures) -> None:
    graph = account_graph(measures)
    found = bottlenecks(measures.view, measures.connected.together, measures.lines)
    deciders = deciders_of(graph, measures)
    everybody = {person for person in people_of(graph) if known(graph, person)}
    ways = ways_network(graph, deciders, everybody)
    dominators = nx.immediate_dominators(ways, TEAM)
    assert {f"person:{told.decider}" for told in found.deciders} == deciders
    for told in found.deciders:
        node = f"person:{told.decider}"
        assert told.reached == (node in dominators)
        chain = []
        while told.reached and dominators[node] not in (TEAM, node, None):
            node = dominators[node]
            chain.append(node.removeprefix("person:"))
        assert list(told.passes) == chain[::-1]
    lines = lines_of(graph).to_undirected()
    assert {f"person:{person}" for person in found.articulation} == set(nx.articulation_points(lines))
    cut = {f"person:{person}" for person in found.cut}
    split: nx.DiGraph = nx.DiGraph()
    for node in set(ways) - {TEAM, DECISION}:
        split.add_edge((node, "in"), (node, "out"), capacity=1)
    split.add_nodes_from([(TEAM, "out"), (DECISION, "in")])
    split.add_edges_from(((source, "out"), (target, "in")) for source, target in ways.edges)
    assert len(cut) == nx.maximum_flow_value(split, (TEAM, "out"), (DECISION, "in"))
    ways.remove_nodes_from(cut)
    assert not nx.has_path(ways, TEAM, DECISION)


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_brokers_are_the_open_triads(measures: Measures) -> None:
    graph = account_graph(measures)
    lines = lines_of(graph)
    unit = {person: graph.nodes[person].get("unit", person) for person in lines}
    found = brokerage(measures.lines, groups(measures.view))
    for i, b in enumerate(people_of(graph)):
        kinds = dict.fromkeys(("coordinator", "itinerant", "representative", "gatekeeper", "liaison"), 0)
        for a in lines.predecessors(b):
            for c in lines.successors(b):
                if a != c and not lines.has_edge(a, c):
                    kinds[broker_kind(unit[a], unit[b], unit[c])] += 1
        assert {name: getattr(found[i], name) for name in kinds} == kinds


def undirected(lines: nx.DiGraph) -> nx.Graph:
    """Lines without direction, the weight the larger of the two."""
    both: nx.Graph = nx.Graph()
    both.add_nodes_from(lines)
    for source, target, weight in lines.edges(data="weight"):
        before = both.get_edge_data(source, target, {"weight": 0.0})["weight"]
        both.add_edge(source, target, weight=max(before, weight))
    return both


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_constraint_and_effective_size_are_networkx_s(measures: Measures) -> None:
    graph = account_graph(measures)
    both = undirected(lines_of(graph))
    found = structural_holes(measures.lines, len(both))
    constraint = nx.constraint(both, weight="weight")
    effective = nx.effective_size(both, list(both), weight="weight")  # naming the nodes avoids a faulty shortcut
    for i, person in enumerate(people_of(graph)):
        if both.degree(person):
            assert found.constraint[i] == pytest.approx(constraint[person], abs=1e-9)
            assert found.effective_size[i] == pytest.approx(effective[person], abs=1e-9)
        else:
            assert np.isnan(found.constraint[i])


@pytest.mark.parametrize("measures", SMALL)
def test_key_player_sets_score_best(measures: Measures) -> None:
    graph = account_graph(measures)
    lines, ids = lines_of(graph), [person.id for person in measures.view.people]
    people = [f"person:{identity}" for identity in ids]
    undirected_lines = nx.Graph(lines.edges)
    undirected_lines.add_nodes_from(people)
    lengths = dict(nx.all_pairs_shortest_path_length(lines))
    for size in range(1, min(2, len(ids)) + 1):
        neg, pos = kpp_neg(measures.lines, ids, size)[size - 1], kpp_pos(measures.lines, ids, size)[size - 1]
        sets = list(combinations(people, size))
        broken = {chosen: fragmentation(undirected_lines, chosen) for chosen in sets}
        reached = {chosen: reach_of(lengths, chosen, people) for chosen in sets}
        for found, scores in ((neg, broken), (pos, reached)):
            best = max(scores.values())
            assert found.score == pytest.approx(best, abs=1e-9)
            best_sets = {chosen for chosen, score in scores.items() if score > best - 1e-9}
            assert {tuple(f"person:{identity}" for identity in chosen) for chosen in found.sets} == best_sets


def fragmentation(graph: nx.Graph, gone: tuple[str, ...]) -> float:
    """1 - the mean of 1/d over pairs of those who are left."""
    left = nx.restricted_view(graph, gone, [])
    n = left.number_of_nodes()
    if n < 2:
        return 1.0
    near = sum(1 / d for _, ways in nx.all_pairs_shortest_path_length(left) for d in ways.values() if d)
    return 1.0 - near / (n * (n - 1))


def reach_of(lengths: dict[str, dict[str, int]], chosen: tuple[str, ...], people: list[str]) -> float:
    """The mean over all people of 1/d from the set, members 1."""
    shortest = [
        min((lengths[source].get(person, math.inf) for source in chosen), default=math.inf) for person in people
    ]
    return sum(1.0 if d == 0 else 1.0 / d for d in shortest) / len(people)


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_centralities_are_networkx_s(measures: Measures) -> None:
    graph = account_graph(measures)
    listens = lines_of(graph).reverse()
    pagerank, between = nx.pagerank(listens, weight="weight"), nx.betweenness_centrality(listens)
    for person, found in centralities(measures).items():
        node = f"person:{person}"
        assert found.pagerank == pytest.approx(pagerank[node], abs=1e-9)
        assert found.betweenness == pytest.approx(between[node], abs=1e-12)
        assert not found.betweenness_sampled
        assert found.in_degree == listens.in_degree(node) == graph.nodes[node]["turned_to_by"]
    assert sum(centrality.pagerank for centrality in centralities(measures).values()) == pytest.approx(1.0)


def test_betweenness_of_a_large_network_is_estimated_and_the_same_each_time() -> None:
    dataset = dataset_of(random_account(5, people=400, lines=1600, members=1, interactions=10))
    found, again = (centralities(compute_measures(dataset, "acme", AS_OF)) for _ in range(2))
    assert found == again
    assert all(centrality.betweenness_sampled for centrality in found.values())
    listens = listening_graph(compute_measures(dataset, "acme", AS_OF))
    exact = nx.betweenness_centrality(listens)
    estimated = [centrality.betweenness for centrality in found.values()]
    assert np.corrcoef(estimated, [exact[i] for i in range(len(found))])[0, 1] > 0.9


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_informal_groups_are_a_partition_of_high_modularity(measures: Measures) -> None:
    graph, found = account_graph(measures), informal_groups(measures)
    lines = lines_of(graph)
    lines.remove_edges_from([(s, t) for s, t, assumed in lines.edges(data="assumed") if assumed])
    both = undirected(lines)
    linked = {person for person in both if both.degree(person)}
    parts = [{f"person:{person.id}" for person in group.people} for group in found.groups]
    assert {f"person:{person.id}" for person in found.alone} == set(both) - linked
    if not linked:
        assert (parts, found.modularity) == ([], None)
        return
    assert nx.community.is_partition(both.subgraph(linked), parts)
    modularity = nx.community.modularity(both.subgraph(linked), parts, weight="weight")
    assert found.modularity == pytest.approx(modularity)
    greedy = nx.community.greedy_modularity_communities(both.subgraph(linked), weight="weight")
    least = nx.community.modularity(both.subgraph(linked), greedy, weight="weight")
    assert modularity >= least - 0.05, "about as good as another method"
    number = {person: group.group for group, part in zip(found.groups, parts, strict=True) for person in part}
    for group, part in zip(found.groups, parts, strict=True):
        heard = {
            person: sum(d["weight"] for _, t, d in lines.out_edges(person, data=True) if t in part) for person in part
        }
        assert group.hub_weight == pytest.approx(max(heard.values()))
        assert group.hub_weight == pytest.approx(heard[f"person:{group.hub.id}"])
        assert group.influence == pytest.approx(sum(graph.nodes[person]["decision_influence"] for person in part))
        assert sum(unit.people for unit in group.units) == len(part)
        linking = {(link.person, link.group): (link.lines, pytest.approx(link.weight)) for link in group.links}
        expected: dict[tuple[str, int], tuple[int, Any]] = {}
        for person in part:
            for other, edge in both[person].items():
                if other not in part:
                    key = (person.removeprefix("person:"), number[other])
                    count, weight = expected.get(key, (0, 0.0))
                    expected[key] = count + 1, weight + edge["weight"]
        assert expected == linking
    assert [group.group for group in found.groups] == list(range(1, len(parts) + 1))


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_the_winning_coalition_is_the_first_whose_influence_decides(measures: Measures) -> None:
    graph = account_graph(measures)
    share = {person: graph.nodes[person]["decision_influence"] for person in people_of(graph) if known(graph, person)}
    found = minimal_winning_coalition(measures)
    ranked = sorted(share, key=lambda person: (-round(share[person], 9), person))
    assert [f"person:{person.person}" for person in found.people] == ranked[: len(found.people)]
    totals = np.cumsum([share[person] for person in ranked])
    assert found.enough == bool((totals > 0.5 + HIGHEST).any())
    assert len(found.people) == (int((totals <= 0.5 + HIGHEST).sum()) + 1 if found.enough else len(ranked))


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_the_shape_counts_who_reaches_whom(measures: Measures) -> None:
    lines = lines_of(account_graph(measures))
    shape = organisation_shape(nx.to_numpy_array(lines, weight=None) > 0)
    reaches = {person: nx.descendants(lines, person) for person in lines}
    pairs = list(combinations(lines, 2))
    either = [(a, b) for a, b in pairs if b in reaches[a] or a in reaches[b]]
    both = [(a, b) for a, b in either if b in reaches[a] and a in reaches[b]]
    parts = list(nx.weakly_connected_components(lines))
    together = sum(math.comb(len(part), 2) for part in parts)
    assert shape.connectedness == pytest.approx(together / len(pairs))
    assert shape.hierarchy == (pytest.approx(1 - len(both) / len(either)) if either else None)
    more = lines.number_of_edges() - sum(len(part) - 1 for part in parts)
    most = sum(len(part) * (len(part) - 1) - (len(part) - 1) for part in parts)
    assert shape.efficiency == (pytest.approx(1 - more / most) if most else None)
