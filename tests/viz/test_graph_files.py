"""An account's graph as GraphML, GEXF and node-link JSON, read back by networkx."""

from __future__ import annotations

import json
import stat
from collections import Counter
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from defusedxml.ElementTree import fromstring

from graph.analysis.measures.measures import Measures
from graph.analysis.network.account_graph import account_graph, writable
from graph.model import Competitor, CompetitorTie, Influence, Participation, Person, TeamMember
from tests.analysis.accounts import random_measures, sample_measures
from tests.analysis.records import seen, touches
from tests.viz.hostile import HOSTILE
from viz.graph_files import graph_file, write_graph

CONTROL = "".join(map(chr, [*range(32), 0x7F, 0x85, 0xD800, 0xFFFE, 0xFFFF]))


def hostile() -> Measures:
    """Names that a careless writer of XML or JSON is broken by, each at a person, a rival and a team member."""
    names = [*HOSTILE, CONTROL, *(f"a{character}b" for character in CONTROL)]
    people = [Person(f"p{number:03}", "q", name=name) for number, name in enumerate(names)]
    return seen(
        *people,
        TeamMember("u", CONTROL, role="AR"),
        Competitor("rival", CONTROL),
        CompetitorTie("rival", "p000", 0.5),
        *(Influence(person.id, "p000", 0.3, evidence=person.name) for person in people[1:]),
        Participation("o", "p000", ("D",), stance=1),
        *touches(("thematic_exchange", 3, "two_way", 1), person="p000"),
    )


def read_back(path: Path) -> nx.MultiDiGraph[str]:
    """The graph in a file as networkx reads it, with the keys and attributes of `account_graph`."""
    if path.suffix == ".graphml":
        graph = nx.read_graphml(path, force_multigraph=True)
    elif path.suffix == ".gexf":
        graph = nx.MultiDiGraph(nx.read_gexf(path))  # a graph without two edges of one pair is read as a simple one
    else:
        graph = nx.node_link_graph(json.loads(path.read_text("utf-8")), edges="edges")
    again: nx.MultiDiGraph[str] = nx.MultiDiGraph(**{} if path.suffix == ".gexf" else graph.graph)
    again.graph.pop("node_default", None)
    again.graph.pop("edge_default", None)
    for node, attributes in graph.nodes(data=True):
        attributes.pop("label", None)
        again.add_node(node, id=attributes.pop("record_id"), **attributes)
    for source, target, key, attributes in graph.edges(keys=True, data=True):
        kind = attributes.pop("relationship", attributes.pop("label", key))
        for extra in ("id", "edge_id"):
            attributes.pop(extra, None)
        again.add_edge(source, target, kind, **attributes)
    return again


@pytest.mark.parametrize("ending", [".graphml", ".gexf", ".json"])
@pytest.mark.parametrize(
    "measures",
    [sample_measures(), sample_measures("linjiang"), random_measures(3), random_measures(4), hostile()],
    ids=["sample", "sample without an opportunity", "random 3", "random 4", "hostile"],
)
def test_networkx_reads_back_what_was_written(tmp_path: Path, ending: str, measures: Measures) -> None:
    graph, path = account_graph(measures), tmp_path / f"graph{ending}"
    write_graph(graph, path)
    again = read_back(path)
    if ending == ".gexf":
        graph.graph.clear()
    assert again.graph == graph.graph
    assert dict(again.nodes(data=True)) == dict(graph.nodes(data=True))
    assert edges_of(again) == edges_of(graph)
    assert nx.utils.graphs_equal(account_graph(measures), account_graph(measures)), "writing changes no other graph"


def edges_of(graph: nx.MultiDiGraph[str]) -> dict[tuple[str, str, str], dict[str, Any]]:
    return {(source, target, key): attributes for source, target, key, attributes in graph.edges(keys=True, data=True)}


def test_a_graph_written_stays_as_it_was(tmp_path: Path) -> None:
    graph = account_graph(sample_measures())
    for ending in (".graphml", ".gexf", ".json"):
        write_graph(graph, tmp_path / f"graph{ending}")
    assert nx.utils.graphs_equal(graph, account_graph(sample_measures()))


def test_networkx_writes_it_without_our_help(tmp_path: Path) -> None:
    graph = account_graph(hostile())
    nx.write_graphml(graph, tmp_path / "own.graphml")
    again = nx.read_graphml(tmp_path / "own.graphml", force_multigraph=True)
    del again.graph["node_default"], again.graph["edge_default"]
    assert nx.utils.graphs_equal(again, graph)


@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
def test_ids_in_the_xml_are_unique_and_no_name_becomes_markup(ending: str) -> None:
    written = graph_file(account_graph(hostile()), ending)
    root = fromstring(written)
    for tag in ("node", "edge"):
        ids = Counter(element.get("id") for element in root.iter() if element.tag.rpartition("}")[2] == tag)
        assert ids
        assert set(ids.values()) == {1}
        assert None not in ids
    assert b"<script" not in written.lower()
    assert b"<!DOCTYPE" not in written


def test_gephi_shows_names() -> None:
    root = fromstring(graph_file(account_graph(sample_measures()), ".gexf"))
    labels = {element.get("id"): element.get("label") for element in root.iter("{http://www.gexf.net/1.2draft}node")}
    assert labels["person:wu-tao"] == "Wu Tao / 吴涛"
    assert labels["person:architecture-seat"] == "person:architecture-seat"


def test_a_file_is_for_its_owner_and_bytes_are_the_same_each_time(tmp_path: Path) -> None:
    for ending in (".graphml", ".json"):
        path = tmp_path / f"graph{ending}"
        write_graph(account_graph(sample_measures()), path)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.read_bytes() == graph_file(account_graph(sample_measures()), ending)


@pytest.mark.parametrize("name", ["graph.doc", "graph", "graph.csv"])
def test_another_ending_is_refused_and_nothing_written(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match=r"\.graphml, \.gexf, \.json"):
        write_graph(account_graph(sample_measures()), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_hostile_names_stay_what_they_are_but_for_characters_that_no_file_can_hold() -> None:
    measures = hostile()
    data = json.loads(graph_file(account_graph(measures), ".json"))
    names = {node["record_id"]: node.get("name") for node in data["nodes"] if node["kind"] == "person"}
    assert names == {person.id: writable(person.name or "") or None for person in measures.view.people}
