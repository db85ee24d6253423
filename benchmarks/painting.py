"""From a page on disk to its map: 500 people against the sample, and pyvis' own page of the same graph."""

from __future__ import annotations

import tempfile
from pathlib import Path

import networkx as nx

from benchmarks.measuring import Result, side_by_side
from graph.analysis.results import MapContent
from tests.browser.chromium import chromium, seconds_to_map
from tests.browser.maps import crowd_content, written


def paint_500() -> Result:
    """Our page of 500 random people against pyvis' page of the same graph: seconds until the map is there."""
    content = crowd_content(500)
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        ours, peer = written(content, Path(name)), _pyvis_page(content, Path(name))
        return side_by_side(
            lambda: seconds_to_map(browser, ours, runs=1),
            lambda: seconds_to_map(browser, peer, runs=1),
            unit="s",
            runs=5,
        )


def paint_500_growth() -> Result:
    """Our page of 500 people against three times our page of the sample's size (24 people)."""
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        small = Path(name) / "small"
        small.mkdir()
        many, few = written(crowd_content(500), Path(name)), written(crowd_content(24), small)
        return side_by_side(
            lambda: seconds_to_map(browser, many, runs=1),
            lambda: 3 * seconds_to_map(browser, few, runs=1),
            unit="s",
            runs=5,
        )


def _pyvis_page(content: MapContent, folder: Path) -> Path:
    """What pyvis makes of the same graph by itself, its scripts inside the page."""
    from pyvis.network import Network

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(person.id for person in content.report.people)
    graph.add_weighted_edges_from((line.source, line.target, line.weight) for line in content.influences)
    network = Network(directed=True, cdn_resources="in_line")
    network.from_nx(graph)
    path = folder / "pyvis.html"
    path.write_text(network.generate_html(notebook=False), encoding="utf-8")
    return path
