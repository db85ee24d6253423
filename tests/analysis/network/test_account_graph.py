"""The account as a networkx graph: what stands in it, what does not, and that it gives the paths of the product."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import Any

import networkx as nx
import pytest

from graph.analysis.measures.measures import Measures
from graph.analysis.network.account_graph import account_graph, node_id, writable
from graph.analysis.network.influence_network import influence_network
from graph.analysis.network.paths import best_paths
from graph.analysis.report.coverage_report import report_of
from graph.analysis.report.report_json import person_json
from graph.model import (
    Competitor,
    CompetitorTie,
    Conflict,
    Influence,
    OrgUnit,
    Participation,
    Person,
    ReportsTo,
    TeamMember,
)
from tests.analysis.accounts import RANDOM, everything, random_measures, sample_measures
from tests.analysis.records import seen, touches

ACCOUNTS = [pytest.param(measures, id=name) for name, measures in everything()]
PLAIN = (str, int, float, bool)


def example_cost(_source: str, _target: str, edges: dict[str, dict[str, Any]]) -> float | None:
    """The weight function that the docstring shows: edges without a cost are hidden."""
    return min((edge["cost"] for edge in edges.values() if "cost" in edge), default=None)


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_nodes_are_the_records_with_the_measures_of_the_report(measures: Measures) -> None:
    graph, view, report = account_graph(measures), measures.view, report_of(measures)
    kinds = Counter(attributes["kind"] for _, attributes in graph.nodes(data=True))
    assert (
        kinds
        == Counter(
            {
                "person": len(view.people),
                "member": len(view.members),
                "rival": len(view.competitors),
                "unit": len(view.units),
            }
        )
        - Counter()
    )
    for node, attributes in graph.nodes(data=True):
        assert node == f"{attributes['kind']}:{attributes['id']}"
    for person in report.people:
        attributes = graph.nodes[f"person:{person.id}"]
        told = person_json(person)
        for name in attributes.keys() & told.keys() - {"roles"}:
            assert attributes[name] == told[name], name
        assert attributes.get("roles") == (";".join(person.roles) or None)
        assert ("stance" in attributes) == (person.stance is not None)
        assert ("name" in attributes) == bool(person.name)
        assert {"decision_influence", "formal_power", "coverage", "trust"} <= attributes.keys()
        assert ("final_stance" in attributes) == (view.opportunity is not None)
    assert graph.graph["account"] == view.account.id
    assert graph.graph["as_of"] == view.as_of.isoformat()
    assert graph.graph.get("opportunity") == (view.opportunity and view.opportunity.id)
    assert "uncalibrated" in graph.graph["calibration"]


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_edges_are_what_the_analysis_computes_with(measures: Measures) -> None:
    graph, view, lines = account_graph(measures), measures.view, measures.lines
    ids = [person.id for person in view.people]
    edges: dict[str, list[tuple[str, str, dict[str, Any]]]] = {}
    for source, target, key, attributes in graph.edges(keys=True, data=True):
        edges.setdefault(key, []).append((source, target, attributes))
    assert {(s, t, a["weight"], a["assumed"]) for s, t, a in edges.get("INFLUENCES", [])} == {
        (f"person:{ids[s]}", f"person:{ids[t]}", w, a)
        for s, t, w, a in zip(lines.source, lines.target, lines.weight, lines.assumed, strict=True)
    }
    assert {(s, t): a["strength"] for s, t, a in edges.get("CONNECTED_TO", [])} == {
        (f"member:{view.members[u].id}", f"person:{ids[i]}"): measures.connected.strength[u, i]
        for u, i in zip(*measures.connected.strength.nonzero(), strict=True)
    }
    assert {(s, t) for s, t, _ in edges.get("REPORTS_TO", [])} == {
        (f"person:{line.person}", f"person:{line.manager}")
        for line in measures.dataset.of(ReportsTo)
        if line.person in view.index and line.manager in view.index
    }
    assert {a["kind"] for _, _, a in edges.get("REPORTS_TO", [])} <= {"solid", "dotted"}
    assert all(s < t for s, t, _ in edges.get("CONFLICTS_WITH", []))
    assert Counter(t for _, t, _ in edges.get("MEMBER_OF", [])) == {
        f"unit:{unit}": len(people) for unit, people in view.unit_people.items() if people
    }
    strongest: dict[str, float] = {}
    for _, person, attributes in edges.get("TIED_TO", []):
        strongest[person] = max(strongest.get(person, 0.0), attributes["strength"])
    assert strongest == {f"person:{ids[i]}": view.rival[i] for i in view.rival.nonzero()[0]}


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_values_are_plain_and_the_unknown_is_absent(measures: Measures) -> None:
    graph = account_graph(measures)
    every = [graph.graph, *(a for _, a in graph.nodes(data=True)), *(a for _, _, a in graph.edges(data=True))]
    for attributes in every:
        for name, value in attributes.items():
            assert type(value) in PLAIN, name
            assert value != ""
            assert not (isinstance(value, float) and math.isnan(value))
    types: dict[str, set[type]] = {}
    for attributes in every:
        for name, value in attributes.items():
            types.setdefault(name, set()).add(type(value))
    # One name, one type: a table of nodes or edges in another program has one column for it.
    assert {name: found for name, found in types.items() if len(found) > 1} == {}


@pytest.mark.parametrize("measures", [pytest.param(sample_measures(), id="sample"), *map(random_measures, RANDOM)])
@pytest.mark.filterwarnings("error")
def test_the_shortest_path_has_the_strength_of_the_paths(measures: Measures) -> None:
    graph, network = account_graph(measures), influence_network(measures)
    for member in network.members:
        lengths = nx.single_source_dijkstra_path_length(graph, f"member:{member}", weight=example_cost)
        for person in network.people:
            best = best_paths(network, person, member=member, k=1)
            length = lengths.get(f"person:{person}")
            assert (length is None) == (not best)
            if best:
                path = nx.shortest_path(graph, f"member:{member}", f"person:{person}", weight=example_cost)
                assert math.exp(-length) == pytest.approx(best[0].strength, abs=1e-12)
                assert path[0] == f"member:{member}"


@pytest.mark.parametrize("measures", ACCOUNTS)
def test_it_is_as_if_networkx_had_added_each_edge(measures: Measures) -> None:
    graph = account_graph(measures)
    added: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph.graph)
    added.add_nodes_from(graph.nodes(data=True))
    for source, target, key, attributes in graph.edges(keys=True, data=True):
        added.add_edge(source, target, key, **attributes)
    assert nx.utils.graphs_equal(graph, added)
    assert {node: dict(graph.pred[node]) for node in graph} == {node: dict(added.pred[node]) for node in graph}
    for source, target, key, attributes in graph.edges(keys=True, data=True):
        assert graph.pred[target][source][key] is attributes
    copy = graph.copy()
    copy.remove_nodes_from(list(copy))
    assert nx.utils.graphs_equal(graph, added)


def test_it_is_a_fresh_copy_each_time() -> None:
    measures = sample_measures()
    graph, other = account_graph(measures), account_graph(measures)
    assert nx.utils.graphs_equal(graph, other)
    person = next(node for node in graph if node.startswith("person:"))
    graph.nodes[person]["name"] = "changed"
    graph.graph.clear()
    graph.remove_nodes_from([node for node in graph if node != person])
    assert nx.utils.graphs_equal(account_graph(measures), other)


def test_equal_ids_on_all_sides_never_meet() -> None:
    measures = seen(
        TeamMember("x", "Ours", role="AR"),
        Competitor("x", "Rival"),
        OrgUnit("x", "q", "Unit"),
        CompetitorTie("x", "x", 0.5),
        Person("x", "q", "x", "Theirs"),
        Influence("x", "b", 0.4),
        Participation("o", "b", ("D",)),
        *touches(("thematic_exchange", 3, "two_way", 1), person="x", members=("x",)),
        people="b",
    )
    graph = account_graph(measures)
    assert {node: graph.nodes[node]["name"] for node in graph if node.endswith(":x")} == {
        "member:x": "Ours", "rival:x": "Rival", "unit:x": "Unit", "person:x": "Theirs",
    }  # fmt: skip
    assert set(graph.edges(keys=True)) == {
        ("member:x", "person:x", "CONNECTED_TO"),
        ("rival:x", "person:x", "TIED_TO"),
        ("person:x", "unit:x", "MEMBER_OF"),
        ("person:x", "person:b", "INFLUENCES"),
    }
    assert nx.number_of_selfloops(graph) == 0


def test_what_is_recorded_of_a_line_goes_with_it() -> None:
    measures = seen(
        Influence("a", "b", 1.0, "expert", 0.8, "said so\x00 twice"),
        Influence("b", "a", 0.25),
        ReportsTo("c", "b"),
        ReportsTo("c", "a", "dotted"),
        Conflict("c", "a", 0.5),
        Conflict("c", "b"),
        Person("seat", "q", status="unidentified"),
        Influence("seat", "a", 0.2),
        people="a b c",
    )
    edges = account_graph(measures).edges
    assert edges["person:a", "person:b", "INFLUENCES"] == {
        "weight": 1.0,
        "assumed": False,
        "basis": "expert",
        "confidence": 0.8,
        "evidence": "said so␀ twice",
        "cost": 0.0,
    }
    assert math.copysign(1, edges["person:a", "person:b", "INFLUENCES"]["cost"]) == 1
    assert edges["person:b", "person:a", "INFLUENCES"] == {"weight": 0.25, "assumed": False, "cost": -math.log(0.25)}
    assert edges["person:b", "person:c", "INFLUENCES"]["assumed"]
    assert edges["person:c", "person:b", "REPORTS_TO"] == {"kind": "solid"}
    assert edges["person:c", "person:a", "REPORTS_TO"] == {"kind": "dotted"}
    assert edges["person:a", "person:c", "CONFLICTS_WITH"] == {"intensity": 0.5}
    assert edges["person:b", "person:c", "CONFLICTS_WITH"] == {}
    assert "cost" not in edges["person:seat", "person:a", "INFLUENCES"], "who is not known carries nothing"


def test_without_an_opportunity_what_needs_one_is_absent() -> None:
    graph = account_graph(seen(people="a", opportunity=False))
    assert "opportunity" not in graph.graph
    assert not {"phi", "final_stance", "stance"} & graph.nodes["person:a"].keys()


def test_texts_are_without_what_no_xml_file_can_hold() -> None:
    everything_bad = "".join(map(chr, [*range(32), 0x7F, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF, 0x1F600]))
    cleaned = writable(everything_bad)
    assert re.fullmatch("[\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*", cleaned)
    assert cleaned[:3] == "␀␁␂"
    assert "\t\n" in cleaned
    assert cleaned.endswith("\ufffd\U0001f600")
    assert writable("Wu Tao / 吴涛\u00a0\u3000=1+1 </script>") == "Wu Tao / 吴涛\u00a0\u3000=1+1 </script>"
    assert node_id("person", "a\x01b") == "person:a␁b"
