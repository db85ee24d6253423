"""Pages measured in the browser: boxes of labels and discs, text that is small, cut, outside or pale."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.maps import DRAWN

VIEWS = ("power", "fishbone", "coverage")
"""The views of the page; a further one is one more name here, and its `PLACES`."""
KEYS = {"power": "f", "fishbone": "b", "coverage": "v"}

POWER = """() => {
  const { labels, discs, window: size } = swaymap.map();
  return { labels, discs, frame: [0, 0, ...size] };
}"""

FISHBONE = """() => {
  const root = document.querySelector("#fishbone");
  const frame = root.getBoundingClientRect();
  const inside = (box) => [box.left - frame.left, box.top - frame.top, box.width, box.height];
  const found = { labels: [], discs: [], frame: [0, 0, frame.width, frame.height] };
  for (const group of root.querySelectorAll("g.person")) {
    const id = group.dataset.person;
    const [x, y, width] = inside(group.querySelector("circle").getBoundingClientRect());
    found.discs.push({ id, x: x + width / 2, y: y + width / 2, r: width / 2 });
    const texts = [...group.querySelectorAll("text")].filter((text) => text.textContent.length > 2);
    const boxes = texts.map((text) => inside(text.getBoundingClientRect()));
    if (!boxes.length) continue;
    const left = Math.min(...boxes.map((box) => box[0]));
    const top = Math.min(...boxes.map((box) => box[1]));
    const right = Math.max(...boxes.map((box) => box[0] + box[2]));
    const bottom = Math.max(...boxes.map((box) => box[1] + box[3]));
    // The box of a text is that of its font: the ink is a little less high.
    found.labels.push({ id, box: [left, top + 1.5, right - left, bottom - top - 3] });
  }
  return found;
}"""

COVERAGE = """() => {
  const root = document.querySelector("#coverage");
  const frame = root.getBoundingClientRect();
  const labels = [...root.querySelectorAll(".cover tbody .who")].map((who) => {
    const box = who.getBoundingClientRect();
    const inside = [box.left - frame.left, box.top - frame.top, box.width, box.height];
    return { id: who.closest("tr").dataset.person, box: inside };
  });
  return { labels, discs: [], frame: [0, 0, frame.width, Infinity] };
}"""

PLACES = {"power": POWER, "fishbone": FISHBONE, "coverage": COVERAGE}

SMALL = """() => [...document.querySelectorAll("body *")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest(".still, .symbols"))
  .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((element) => {
    const matrix = element.ownerSVGElement ? element.getScreenCTM() : null;
    const drawn = matrix ? Math.min(Math.hypot(matrix.a, matrix.b), Math.hypot(matrix.c, matrix.d)) : 1;
    return parseFloat(getComputedStyle(element).fontSize) * drawn < 10.95;
  }).map((element) => element.outerHTML.slice(0, 90))"""

CUT = """() => {
  const wrong = [];
  const held = (element) => {
    for (let above = element.parentElement; above && above !== document.body; above = above.parentElement)
      if (getComputedStyle(above).overflow !== "visible") return true;
    return false;
  };
  for (const element of document.querySelectorAll("h1,h2,dt,dd,p,button,li,select,input,.chip,.badge,span")) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest(".row,.unseen,.symbols,#detail") || held(element)) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0) continue;
    if (box.left < -0.5 || box.right > innerWidth + 0.5 || box.top < -0.5 || box.bottom > innerHeight + 0.5)
      wrong.push("outside: " + element.outerHTML.slice(0, 90));
    const style = getComputedStyle(element);
    const clips = style.overflow === "hidden" && style.textOverflow !== "ellipsis" && style.display !== "inline";
    if (clips && !element.matches(".reasons,.gap > span") && element.scrollWidth > element.clientWidth + 1)
      wrong.push("cut: " + element.outerHTML.slice(0, 90));
  }
  if (document.documentElement.scrollWidth > innerWidth) wrong.push("the page scrolls sideways");
  return wrong;
}"""

Box = list[float]


def show(page: Page, view: str, lang: str) -> None:
    """Lead the page to a view in a language, as the address does."""
    page.evaluate("([view, lang]) => { location.hash = `view=${view}&lang=${lang}` }", [view, lang])
    page.wait_for_function(
        "([view, lang]) => document.documentElement.dataset.view === view && document.documentElement.lang === lang",
        arg=[view, lang],
    )
    page.evaluate(DRAWN)


def places(page: Page, view: str) -> dict[str, Any]:
    """The labels (id, box), discs (id, x, y, r) and frame of the view, in pixels of the window."""
    found: dict[str, Any] = page.evaluate(PLACES[view])
    return found


def overlap(first: Box, second: Box, slack: float = 1.0) -> bool:
    """Whether two boxes share more than a hair."""
    across = min(first[0] + first[2], second[0] + second[2]) - max(first[0], second[0])
    down = min(first[1] + first[3], second[1] + second[3]) - max(first[1], second[1])
    return across > slack and down > slack


def reaches(disc: dict[str, float], box: Box, slack: float = 1.0) -> bool:
    """Whether a disc shares more than a hair with a box."""
    dx = disc["x"] - min(max(disc["x"], box[0]), box[0] + box[2])
    dy = disc["y"] - min(max(disc["y"], box[1]), box[1] + box[3])
    return bool((dx * dx + dy * dy) ** 0.5 < disc["r"] - slack)


def is_inside(box: Box, frame: Box) -> bool:
    """Whether a box is in the frame but for a hair."""
    left, top, width, height = box
    return left >= -1 and top >= -1 and left + width <= frame[2] + 1 and top + height <= frame[3] + 1


SETTLED = """([width, height]) => {
  const canvas = document.querySelector("#map canvas");
  return innerWidth === width && innerHeight === height
    && canvas.width === Math.round(canvas.clientWidth * devicePixelRatio)
    && canvas.height === Math.round(canvas.clientHeight * devicePixelRatio);
}"""


def resize(page: Page, width: int, height: int) -> None:
    """Give the window another size, and wait until the map's canvas has taken it and is drawn."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(SETTLED, arg=[width, height])
    page.evaluate(DRAWN)


def map_now(page: Page) -> dict[str, Any]:
    """The map as it is drawn now: scale, window, discs, labels and lines."""
    found: dict[str, Any] = page.evaluate("swaymap.map()")
    return found


def assert_whole_map(page: Page) -> None:
    """The whole map is in the middle of the window, as large as it may be."""
    drawn = map_now(page)
    (width, height), (wide, high) = drawn["window"], drawn["scene"]
    assert drawn["scale"] == pytest.approx(min(1.6, width / wide, height / high))
    for mark in drawn["discs"] + drawn["tiles"]:
        assert 0 <= mark["x"] <= width, mark
        assert 0 <= mark["y"] <= height, mark
