"""From a page on disk to its map, against the sample and pyvis; frames while it is dragged; the size of the page."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import networkx as nx
from playwright.sync_api import Browser

from benchmarks.measuring import Result, side_by_side
from graph.analysis.map import MapContent
from tests.browser.chromium import chromium, frames_while_panning, seconds_to_map
from tests.browser.maps import crowd_content, sample_content, written

ENOUGH_FRAMES = 20.0
PAGE, A_PERSON = 1.0, 0.002
"""Limits on the size of a page in MB, and on what each person adds to it."""


def paint_500() -> Result:
    """Our page of 500 random people against pyvis' page of the same graph: seconds until the map is there."""
    with _pages(500) as (browser, ours, folder):
        peer = _pyvis_page(_crowd(500), folder)
        return side_by_side(
            lambda: seconds_to_map(browser, ours, runs=1), lambda: seconds_to_map(browser, peer, runs=1), unit="s"
        )


def paint_500_growth() -> Result:
    """Our page of 500 people against three times the sample company's page: seconds until the map is there."""
    return _beside_sample(500, 3)


def paint_5000() -> Result:
    """Our page of 5,000 people against ten times the sample company's page: seconds until the map is there."""
    return _beside_sample(5000, 10)


def pan_5000() -> Result:
    """Frames a second while the map of 5,000 people is dragged, against 20."""
    with _pages(5000) as (browser, ours, _):
        return side_by_side(
            lambda: frames_while_panning(browser, ours),
            lambda: ENOUGH_FRAMES,
            unit="frames/s",
            better="higher",
        )


def page_size_5000() -> Result:
    """The page of 5,000 people in MB, against 1 MB and 2 KB a person."""
    with tempfile.TemporaryDirectory() as name:
        size = written(_crowd(5000), Path(name)).stat().st_size / 1e6
    return side_by_side(lambda: size, lambda: PAGE + 5000 * A_PERSON, unit="MB", runs=1, warmup=0)


def _beside_sample(people: int, times: int) -> Result:
    with _pages(people) as (browser, ours, folder):
        few = written(sample_content(), folder)
        return side_by_side(
            lambda: seconds_to_map(browser, ours, runs=1),
            lambda: times * seconds_to_map(browser, few, runs=1),
            unit="s",
        )


@contextmanager
def _pages(people: int) -> Iterator[tuple[Browser, Path, Path]]:
    """A browser, the page of so many random people, and a folder for another page."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as empty, chromium() as browser:
        yield browser, written(_crowd(people), Path(folder)), Path(empty)


@cache
def _crowd(people: int) -> MapContent:
    return crowd_content(people)


def _pyvis_page(content: MapContent, folder: Path) -> Path:
    """pyvis' own page of the same graph, with its scripts inside."""
    from pyvis.network import Network

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(person.id for person in content.report.people)
    graph.add_weighted_edges_from((line.source, line.target, line.weight) for line in content.influences)
    network = Network(directed=True, cdn_resources="in_line")
    network.from_nx(graph)
    path = folder / "pyvis.html"
    path.write_text(network.generate_html(notebook=False), encoding="utf-8")
    return path
