"""A pyvis network of a map, changed, written and opened in a real browser: hostile names stay text."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.viz.dossiers import hostile_dossier
from tests.viz.hostile import HOSTILE
from viz.pyvis import pyvis_network

pytestmark = pytest.mark.browser

DRAWN = "() => typeof network !== 'undefined' && document.querySelector('#mynetwork canvas') !== null"
SPOT = """(id) => {
  network.moveTo({ position: network.getPosition(id), scale: 4, animation: false });
  const { x, y } = network.canvasToDOM(network.getPosition(id));
  const { left, top } = document.querySelector("#mynetwork canvas").getBoundingClientRect();
  return [left + x, top + y];
}"""
SHOWN = """(title) => {
  const tip = document.querySelector(".vis-tooltip");
  const letters = (text) => text.replace(/\\s/g, "");
  return tip?.style.visibility === "visible" && letters(tip.textContent) === letters(title);
}"""
MADE = "img, iframe, object, embed, base, video, math, plaintext, textarea, svg, details, input, a[href^=javascript]"


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Page:
    """The map of an account full of hostile names with one more node, as pyvis writes it; it asks no server."""
    network = pyvis_network(hostile_dossier().map)
    network.add_node("mine", label="<b>mine</b>", x=40, y=40, title="added later")
    network.add_edge("mine", network.nodes[0]["id"], title="looks at")
    path = tmp_path / "network.html"
    network.write_html(str(path))
    opened = browser.new_page(viewport={"width": 1440, "height": 900})
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(path.as_uri())
    opened.wait_for_function(DRAWN)
    assert [address for address in asked if not address.startswith(("file:", "data:"))] == []
    return opened


def test_the_changed_network_is_drawn(page: Page) -> None:
    network = pyvis_network(hostile_dossier().map)
    assert page.evaluate("nodes.length") == len(network.nodes) + 1
    assert page.evaluate("edges.length") == len(network.edges) + 1
    assert page.evaluate("nodes.get('mine').label") == "<b>mine</b>"
    assert page.evaluate("network.getPosition('mine')") == {"x": 40, "y": 40}
    first = network.nodes[0]
    assert page.evaluate("(id) => network.getPosition(id)", first["id"]) == {"x": first["x"], "y": first["y"]}


def test_no_name_becomes_an_element_or_runs(page: Page) -> None:
    elements = page.locator("*").count()
    network = pyvis_network(hostile_dossier().map)
    people = [node for node in network.nodes if node["id"].startswith("person:") and node["label"] != " "]
    assert len(people) > 20
    for node in people[:20]:
        page.mouse.move(5, 5)
        page.mouse.move(*page.evaluate(SPOT, node["id"]))
        page.wait_for_function(SHOWN, arg=node["title"])
        tip = page.locator(".vis-tooltip")
        assert set(tip.evaluate("(tip) => [...tip.children].map((child) => child.tagName)")) <= {"BR"}
    assert page.evaluate("window.hit") is None
    assert page.locator(MADE).count() == 0
    assert page.locator("*").count() <= elements + 1 + page.locator(".vis-tooltip br").count()
    assert len(HOSTILE) == 120
