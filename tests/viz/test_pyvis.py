"""The power map as a pyvis network: the map's nodes and edges, which the user may change."""

from __future__ import annotations

from collections import Counter

import pytest

from graph.analysis.map import MapContent
from tests.viz.dossiers import hostile_dossier
from tests.viz.views import content_of, sample
from viz import encodings
from viz.pyvis import pyvis_network
from viz.scene.power import power_scene

CASES = [sample(), content_of(10, 1), content_of(60, 2), content_of(200, 1)]


def lines_of(content: MapContent) -> Counter[tuple[str, str, str]]:
    """Every line of a map as (kind, source, target), named as the network names nodes."""
    lines = [
        ("influence", f"person:{influence.source}", f"person:{influence.target}") for influence in content.influences
    ]
    lines += [("conflict", f"person:{conflict.source}", f"person:{conflict.target}") for conflict in content.conflicts]
    lines += [("reporting", f"person:{report.source}", f"person:{report.target}") for report in content.reporting]
    lines += [("tie", f"member:{tie.member}", f"person:{tie.person}") for tie in content.ties]
    lines += [("rival", f"rival:{rival.id}", f"person:{held}") for rival in content.rivals for held in rival.ties]
    return Counter(lines)


@pytest.mark.parametrize("content", CASES)
def test_nodes_and_edges_are_those_of_the_map(content: MapContent) -> None:
    network = pyvis_network(content)
    scene = power_scene(content, "en")
    nodes = {node["id"] for node in network.nodes}
    assert nodes == (
        {f"person:{person.id}" for person in content.report.people}
        | {f"member:{member.id}" for member in content.members}
        | {f"rival:{rival.rival}" for rival in scene.rivals}
    )
    drawn = Counter({line: count for line, count in lines_of(content).items() if nodes >= set(line[1:])})
    assert Counter((edge["kind"], edge["from"], edge["to"]) for edge in network.edges) == drawn


def test_places_sizes_and_colours_are_those_of_the_map() -> None:
    content = sample()
    scene = power_scene(content, "zh")
    nodes = {node["id"]: node for node in pyvis_network(content, "zh").nodes}
    people = {person.id: person for person in content.report.people}
    assert scene.discs
    for disc in scene.discs:
        node = nodes[f"person:{disc.person}"]
        form = encodings.FORMS["light"][encodings.person_form(people[disc.person])]
        assert (node["x"], node["y"], node["size"]) == (round(disc.x, 1), round(disc.y, 1), round(disc.radius, 2))
        assert node["color"]["background"] == form.fill
    edges = {(edge["kind"], edge["from"], edge["to"]): edge for edge in pyvis_network(content).edges}
    for curve in power_scene(content, "en").curves:
        source, target = (f"{side}:{identity}" for side, identity in curve.ends)
        edge = edges[curve.kind, source, target]
        assert (edge["width"], edge["color"]["opacity"]) == (round(curve.width, 2), round(curve.opacity, 3))
        assert edge["hidden"] == (curve.kind == "reporting")


def test_physics_is_off_and_arrows_belong_to_influence() -> None:
    network = pyvis_network(sample())
    assert network.options.physics.enabled is False
    assert {edge["kind"] for edge in network.edges if edge["arrows"]["to"]["enabled"]} == {"influence"}


def test_equal_ids_of_a_person_a_member_and_a_rival_are_three_nodes() -> None:
    network = pyvis_network(content_of(10, 1))
    assert len(network.nodes) == len({node["id"] for node in network.nodes})
    assert {node["id"].partition(":")[0] for node in network.nodes} == {"person", "member", "rival"}


def test_no_title_makes_pyvis_read_titles_as_markup() -> None:
    """pyvis' template shows titles as HTML where any of them holds `href`."""
    network = pyvis_network(hostile_dossier().map)
    assert any("h\u2060ref" in node["title"] for node in network.nodes)
    assert not [part["title"] for part in (*network.nodes, *network.edges) if "href" in part["title"]]
    assert "popup.innerHTML" not in network.generate_html()


@pytest.mark.parametrize("notebook", [False, True])
def test_a_written_page_needs_nothing_from_elsewhere(notebook: bool) -> None:
    network = pyvis_network(sample())
    network.add_node("note", label="mine", title='<link href="https://example.com/bootstrap@5">')
    page = network.generate_html(notebook=notebook)
    assert "cdn.jsdelivr.net" not in page
    assert "<script src=" not in page
    assert r"https://example.com/bootstrap@5" in page
