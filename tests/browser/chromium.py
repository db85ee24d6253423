"""The system's Chromium, and how soon a page is on its screen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from math import sin
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, sync_playwright

ARGUMENTS = ("--no-sandbox", "--disable-background-networking", "--disable-gpu")
NAMES = ("chromium", "chromium-browser", "google-chrome")

FIRST_PAINT = """() => new Promise((resolve) => {
  const found = performance.getEntriesByName("first-contentful-paint")[0];
  if (found) return resolve(found.startTime);
  new PerformanceObserver((list, observer) => {
    const entry = list.getEntriesByName("first-contentful-paint")[0];
    if (entry) { observer.disconnect(); resolve(entry.startTime); }
  }).observe({ type: "paint", buffered: true });
})"""

DRAWN = """() => new Promise((resolve) => {
  const look = () => document.querySelector(".ready, .vis-network canvas")
    ? requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
    : requestAnimationFrame(look);
  look();
})"""

ONE_DISC = "(({ x, y }) => `${x} ${y}`)(swaymap.map().discs[0])"

COUNT_FRAMES = """() => {
  const start = performance.now();
  let frames = 0;
  let counting = true;
  const count = () => { frames += 1; if (counting) requestAnimationFrame(count); };
  requestAnimationFrame(count);
  window.panned = () => { counting = false; return (1000 * frames) / (performance.now() - start); };
}"""


def chromium_path() -> str | None:
    """Where the system's Chromium is, None where there is none."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless. Raises FileNotFoundError where there is none."""
    path = chromium_path()
    if path is None:
        raise FileNotFoundError("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def seconds_to_first_paint(browser: Browser, page: Path, runs: int = 5) -> float:
    """From opening a page from disk to its first paint with content, in seconds; the median of some runs."""
    return median(_timed(browser, page, FIRST_PAINT) for _ in range(runs))


def seconds_to_map(browser: Browser, page: Path, runs: int = 5) -> float:
    """From opening a page from disk until its canvas is on the screen, in seconds; the median of some runs.

    A page of pyvis counts too: its canvas is there when vis-network has made it.
    """
    return median(_timed(browser, page, DRAWN) for _ in range(runs))


def frames_while_panning(browser: Browser, page: Path, moves: int = 90) -> float:
    """Frames a second while the map of a page is dragged to and fro. Raises RuntimeError where it does not move."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        opened = context.new_page()
        opened.goto(page.resolve().as_uri())
        opened.wait_for_selector("html.ready", state="attached")
        opened.wait_for_timeout(500)
        before = opened.evaluate(ONE_DISC)
        opened.mouse.move(500, 500)
        opened.mouse.down()
        opened.evaluate(COUNT_FRAMES)
        for number in range(moves):
            opened.mouse.move(500 + 150 * sin(number / 9), 500 + 90 * sin(number / 7))
        frames = float(opened.evaluate("window.panned()"))
        if opened.evaluate(ONE_DISC) == before:
            raise RuntimeError("the map did not move")
        opened.mouse.up()
        return frames
    finally:
        context.close()


def _timed(browser: Browser, page: Path, script: str) -> float:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        opened = context.new_page()
        opened.goto(page.resolve().as_uri(), wait_until="commit")
        return float(opened.evaluate(script)) / 1000
    finally:
        context.close()
