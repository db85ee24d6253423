"""The power map as a `pyvis.network.Network` that the caller may change and write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from graph.analysis.map import MapContent
from graph.analysis.report.gap_subjects import subjects
from graph.analysis.report.results import PersonResult
from graph.model.words import text
from viz import encodings
from viz.scene.metrics import cut
from viz.scene.plan import MOST_NAME
from viz.scene.power import power_scene
from viz.scene.scene import Curve, LineKind, Node, Point, Scene, ends_of
from viz.words.names import name_of, record_name
from viz.words.numbers import strength
from viz.words.printable import printable
from viz.words.sentences import gap_sentences, person_sentence

if TYPE_CHECKING:
    from pyvis.network import Network

COLOUR = encodings.COLOURS["light"]
FORMS = encodings.FORMS["light"]
FONT_SIZE = 12
FONT = {"face": "Arial, sans-serif", "size": FONT_SIZE, "color": COLOUR["text"]}
ARROW = 0.62
"""The size of an arrow against vis-network's own."""
SMALL = 2.6
"""The radius of people whom the map does not draw in full."""

_BOOTSTRAP = re.compile(r"<link\s[^>]*/bootstrap@[^>]*>|<script\s[^>]*/bootstrap@[^>]*></script>")

Line = tuple[LineKind, str, str, float, bool]
"""Kind, source, target, weight, and whether the line is assumed."""


def pyvis_network(content: MapContent, lang: str = "en") -> Network:
    """The power map as a pyvis network: our positions, sizes, colours and tooltips, physics off.

    Node ids are `person:ID`, `member:ID` and `rival:ID`. Every line between two nodes is an edge with its `kind`;
    reporting lines are there but hidden. Write it with `network.write_html(path)`: the network is made with
    `cdn_resources="in_line"`, so that the page asks no server for anything; texts of records stay text in it.

    >>> from graph.analysis.map import map_content
    >>> from graph.model.dataset import Dataset
    >>> from graph.model import Account, Person
    >>> import datetime
    >>> dataset = Dataset.collect([Account("acme"), Person("ann", "acme"), Person("bob", "acme")])
    >>> network = pyvis_network(map_content(dataset, "acme", datetime.date(2026, 11, 23)))
    >>> sorted(node["id"] for node in network.nodes)
    ['person:ann', 'person:bob']
    >>> network.add_node("note", label="ask Ann first", x=0, y=0)
    >>> network.num_nodes()
    3
    """
    from pyvis.network import Network

    scene = power_scene(content, lang)
    network = Network(height=f"{scene.frame.height:.0f}px", directed=True, cdn_resources="in_line")
    _keep_offline(network)
    network.toggle_physics(False)
    nodes = dict(_nodes(scene, content))
    for node, looks in nodes.items():
        network.add_node(_id(node), **looks)
    curves = {(curve.kind, *curve.ends): curve for curve in scene.curves}
    names = {node: looks["name"] for node, looks in nodes.items()}
    for line in _lines(content):
        source, target = ends_of(*line[:3])
        if source in nodes and target in nodes:
            looks = _edge(line, curves.get((line[0], source, target)), f"{names[source]} → {names[target]}", lang)
            network.add_edge(_id(source), _id(target), **looks)
    return network


def _keep_offline(network: Network) -> None:
    """Take the style and script of Bootstrap out of pyvis' template, which asks a server for them even when in line.

    Neither is needed to draw a network; the pages name customers, and nobody else is to learn that they are opened.
    With the template compiled here, pyvis' own `show` works in notebooks too.
    """
    from jinja2 import FunctionLoader

    shipped = network.templateEnv.loader

    def without_bootstrap(name: str) -> str:
        source: str = shipped.get_source(network.templateEnv, name)[0]
        return _BOOTSTRAP.sub("", source)

    network.templateEnv.loader = FunctionLoader(without_bootstrap)
    network.templateEnv.cache.clear()
    network.template = network.templateEnv.get_template("template.html")


def _id(node: Node) -> str:
    side, identity = node
    return f"{side}:{identity}"


def _nodes(scene: Scene, content: MapContent) -> Iterator[tuple[Node, dict[str, Any]]]:
    """Every node of the map with pyvis' arguments for it."""
    lang = scene.lang
    places, radii = _places(scene)
    gaps = {subject.person: subject for subject in subjects(content.report) if subject.person is not None}
    for person in content.report.people:
        title = [person_sentence(person, content.report, lang)]
        title += gap_sentences(gaps[person.id], lang) if person.id in gaps else []
        looks = _person(person, radii.get(person.id), lang)
        yield ("person", person.id), {**looks, **_at(places[person.id]), "title": _plain("\n".join(title))}
    members = {member.id: member for member in content.members}
    for tile in scene.tiles:
        name = _plain(record_name(members[tile.member].name, tile.member, lang))
        yield (
            ("member", tile.member),
            {
                **_at((tile.x, tile.y)),
                "shape": "box",
                "label": cut(f"{_plain(tile.role)} {name}", FONT_SIZE, MOST_NAME),
                "name": name,
                "title": f"{_plain(tile.role)} {name}, {text('map.ties', lang, count=tile.ties)}",
                "color": COLOUR["ours"],
                "font": {**FONT, "color": COLOUR["page"]},
            },
        )
    rivals = {rival.id: rival for rival in content.rivals}
    for hexagon in scene.rivals:
        name = _plain(record_name(rivals[hexagon.rival].name, hexagon.rival, lang))
        yield (
            ("rival", hexagon.rival),
            {
                **_at((hexagon.x, hexagon.y)),
                "shape": "hexagon",
                "size": hexagon.radius,
                "label": cut(name, FONT_SIZE, MOST_NAME),
                "name": name,
                "title": f"{name}, {text('map.competitor', lang)}",
                "color": COLOUR["rival"],
                "font": FONT,
            },
        )


def _places(scene: Scene) -> tuple[dict[str, Point], dict[str, float]]:
    """Where each person is, and the radius of those drawn in full."""
    places = {disc.person: (disc.x, disc.y) for disc in scene.discs}
    places |= {dot.person: (dot.x, dot.y) for dot in scene.dots}
    for bar in scene.bars:
        step = bar.width / len(bar.people)
        places |= {
            person: (bar.x + step * (number + 0.5), bar.y + bar.height / 2) for number, person in enumerate(bar.people)
        }
    return places, {disc.person: disc.radius for disc in scene.discs}


def _person(person: PersonResult, radius: float | None, lang: str) -> dict[str, Any]:
    form = FORMS[encodings.person_form(person)]
    name = _plain(name_of(person, lang))
    return {
        "shape": "square" if form.square else "dot",
        "size": round(SMALL if radius is None else radius, 2),
        "label": " " if radius is None else cut(name, FONT_SIZE, MOST_NAME),
        "name": name,
        "color": {"background": form.fill, "border": form.outline or form.fill},
        "borderWidth": form.outline_width,
        "shapeProperties": {"borderDashes": [4, 3] if form.dashed else False},
        "font": FONT,
    }


def _at(place: Point) -> dict[str, float]:
    return {"x": round(place[0], 1), "y": round(place[1], 1)}


def _lines(content: MapContent) -> Iterator[Line]:
    for influence in content.influences:
        yield "influence", influence.source, influence.target, influence.weight, influence.assumed
    for conflict in content.conflicts:
        yield "conflict", conflict.source, conflict.target, conflict.weight, False
    for rival in content.rivals:
        for person, held in rival.ties.items():
            yield "rival", rival.id, person, held, False
    for tie in content.ties:
        yield "tie", tie.member, tie.person, tie.strength, False
    for report in content.reporting:
        yield "reporting", report.source, report.target, report.weight, False


def _edge(line: Line, curve: Curve | None, names: str, lang: str) -> dict[str, Any]:
    """pyvis' arguments for a line; one that the map does not draw is straight."""
    kind, _, _, weight, assumed = line
    style = encodings.LINES[kind]
    width, opacity = (
        (curve.width, curve.opacity) if curve else encodings.line_look(kind, weight, slim=True, assumed=assumed)
    )
    bend = curve.roundness if curve else 0.0
    dashes = encodings.ASSUMED_DASHES if assumed else style.dashes
    figure = "" if kind == "reporting" else f" {strength(weight)}"
    return {
        "kind": kind,
        "weight": weight,
        "assumed": assumed,
        "title": _plain(f"{text(f'viz.layer.{kind}', lang)}: {names}{figure}"),
        "width": round(width, 2),
        "color": {"color": COLOUR[style.colour], "opacity": round(opacity, 3)},
        "dashes": list(dashes) or False,
        "arrows": {"to": {"enabled": style.arrow, "scaleFactor": ARROW}},
        "smooth": _smooth(bend),
        "hidden": kind in encodings.HIDDEN_AT_FIRST,
    }


def _smooth(bend: float) -> dict[str, Any] | bool:
    """vis-network's name for a bend, clockwise above 0; straight lines are no curves to it."""
    return {"type": "curvedCW" if bend > 0 else "curvedCCW", "roundness": abs(bend)} if bend else False


def _plain(words: str) -> str:
    """A text that stays text in the page that pyvis writes.

    Where a node's title holds `href`, pyvis' template reads all titles as HTML: a word joiner parts it.
    """
    return printable(words).replace("href", "h\u2060ref")
