"""Influence paths against every simple path of small networks, and searches that must stay short."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from graph.analysis.network.influence_network import InfluenceNetwork, strongest_first
from graph.analysis.network.paths import best_paths, influence_paths
from graph.model import Conflict, Influence, Participation, Person, TeamMember
from graph.model.problem import UnknownRecord
from tests.analysis.records import AS_OF, account, touches

GRID = (1.0, 0.5, 0.25, 0.2, 0.1)


def network(
    lines: dict[tuple[str, str], float],
    ties: dict[tuple[str, str], float],
    carriers: str = "",
    against: str = "",
) -> InfluenceNetwork:
    """A network of people with one letter; members are in capitals."""
    people = sorted({item for pair in lines for item in pair} | {person for _, person in ties})
    follows: dict[str, dict[str, tuple[float, bool]]] = {}
    for (source, target), weight in lines.items():
        follows.setdefault(source, {})[target] = (weight, False)
    held: dict[str, dict[str, float]] = {}
    for (member, person), strength in ties.items():
        held.setdefault(member, {})[person] = strength
    return InfluenceNetwork(
        people=dict.fromkeys(people),
        members=dict.fromkeys(sorted(held)),
        ties=held,
        follows=follows,
        carriers=frozenset(carriers.split() if carriers else people),
        against=frozenset(against.split()),
        conflicts=frozenset(),
    )


def ways(found: InfluenceNetwork, to: str, k: int, avoid: bool) -> list[tuple[float, tuple[str, ...]]]:
    """The k best by looking at every simple path."""
    carriers = found.carriers - (found.against if avoid else frozenset())
    graph = nx.DiGraph()
    graph.add_nodes_from(found.people)
    graph.add_weighted_edges_from(
        (source, target, weight)
        for source, targets in found.follows.items()
        for target, (weight, _) in targets.items()
        if source in carriers and (target in carriers or target == to)
    )
    every = []
    for member, held in found.ties.items():
        for person, strength in held.items():
            if person != to and person not in carriers:
                continue
            simple = [[to]] if person == to else nx.all_simple_paths(graph, person, to)
            for path in simple:
                product = strength
                for source, target in pairwise(path):
                    product *= graph[source][target]["weight"]
                every.append((product, (member, *path)))
    return sorted(every, key=lambda item: (-round(item[0], 12), len(item[1]), item[1]))[:k]


@given(
    seed=st.integers(0, 10**6),
    size=st.integers(1, 7),
    density=st.floats(0.1, 1.0),
    k=st.integers(1, 8),
    avoid=st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_every_simple_path_gives_the_same(seed: int, size: int, density: float, k: int, avoid: bool) -> None:
    chance = random.Random(seed)
    people = "abcdefg"[:size]
    lines = {(s, t): chance.choice(GRID) for s in people for t in people if s != t and chance.random() < density}
    ties = {(m, p): chance.choice(GRID) for m in "XY" for p in people if chance.random() < 0.6}
    carrying = " ".join(person for person in people if chance.random() < 0.9) or "-"
    found = network(lines, ties, carrying, " ".join(person for person in people if chance.random() < 0.2))
    assume(people[0] in found.people)
    best = best_paths(found, people[0], k=k, avoid_opponents=avoid)
    expected = ways(found, people[0], k, avoid)
    assert [tuple(node.id for node in path.nodes) for path in best] == [nodes for _, nodes in expected]
    assert [path.strength for path in best] == pytest.approx([strength for strength, _ in expected], abs=1e-15)
    for path in best:
        assert path.strength == pytest.approx(math.prod(hop.weight for hop in path.hops))
        assert [hop.type for hop in path.hops] == ["connection"] + ["influence"] * (len(path.hops) - 1)


def test_a_target_behind_one_person_does_not_make_the_search_walk_the_whole_network() -> None:
    crowd = [f"p{number:02d}" for number in range(40)]
    lines = {(s, t): 0.9 for s in crowd for t in crowd if s != t} | {("p00", "z"): 0.5}
    found = network(lines, {("X", "p00"): 0.8})
    assert [path.strength for path in best_paths(found, "z", k=5)] == [0.4]


def test_equal_lines_of_full_weight_do_not_either() -> None:
    crowd = [f"p{number:02d}" for number in range(30)]
    found = network({(s, t): 1.0 for s in crowd for t in crowd if s != t}, {("X", "p07"): 1.0, ("Y", "p03"): 1.0})
    best = best_paths(found, "p00", k=3)
    assert [[node.id for node in path.nodes] for path in best] == [
        ["X", "p07", "p00"], ["Y", "p03", "p00"], ["X", "p07", "p01", "p00"],
    ]  # fmt: skip


def test_a_path_from_the_records() -> None:
    records = [
        TeamMember("u", role="AR"),
        TeamMember("idle", role="SR", active=False),
        Participation("o", "b", stance=-1),
        Influence("a", "b", 0.5),
        Influence("b", "c", 0.4),
        Conflict("c", "b"),
        Person("ghost", "q", status="unidentified"),
        Influence("a", "ghost", 0.3),
        Influence("ghost", "c", 0.9),
        Person("gone", "q", status="left"),
        *touches(("thematic_exchange", 3, "two_way", 1)),
    ]
    dataset = account(*records, people="a b c")
    found = influence_paths(dataset, "q", "c", AS_OF)
    (path,) = found.paths
    assert [(node.id, node.kind) for node in path.nodes] == [
        ("u", "member"), ("a", "person"), ("b", "person"), ("c", "person"),
    ]  # fmt: skip
    assert [hop.conflict for hop in path.hops] == [False, False, True]
    assert [hop.weight for hop in path.hops[1:]] == [0.5, 0.4]
    assert influence_paths(dataset, "q", "c", AS_OF, avoid_opponents=True).paths == ()
    assert len(influence_paths(dataset, "q", "b", AS_OF, avoid_opponents=True).paths) == 1
    assert len(influence_paths(dataset, "q", "ghost", AS_OF).paths) == 1
    assert influence_paths(dataset, "q", "gone", AS_OF).paths == ()
    with pytest.raises(UnknownRecord, match="Did you mean ghost"):
        influence_paths(dataset, "q", "gost", AS_OF)
    with pytest.raises(UnknownRecord, match="No active team member is called idle"):
        influence_paths(dataset, "q", "c", AS_OF, member="idle")


def test_an_assumed_line_says_so() -> None:
    from graph.model import ReportsTo

    dataset = account(
        TeamMember("u", role="AR"),
        ReportsTo("b", "a"),
        *touches(("thematic_exchange", 3, "two_way", 1)),
        people="a b",
    )
    (path,) = influence_paths(dataset, "q", "b", AS_OF).paths
    assert [(hop.weight, hop.assumed) for hop in path.hops[1:]] == [(0.6, True)]


def test_the_paths_to_a_person_take_one_search_back_from_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least that the paths have and the best way on from everybody come from the same search."""
    lines = {("a", "b"): 0.5, ("b", "c"): 0.5, ("a", "c"): 0.2, ("c", "d"): 0.5}
    ties = {("U", "a"): 0.5, ("V", "b"): 0.4}
    searches: list[object] = []

    def counted(*asked: Any) -> Iterator[tuple[str, float, str]]:
        searches.append(asked)
        return strongest_first(*asked)

    monkeypatch.setattr("graph.analysis.network.paths.strongest_first", counted)
    found = [[node.id for node in path.nodes] for path in best_paths(network(lines, ties), "d")]
    assert found == [list("Vbcd"), list("Uabcd"), list("Uacd")]
    assert len(searches) == 1
