"""The system's Chromium, and how soon a page is on its screen."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
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


def _timed(browser: Browser, page: Path, script: str) -> float:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    try:
        opened = context.new_page()
        opened.goto(page.resolve().as_uri(), wait_until="commit")
        return float(opened.evaluate(script)) / 1000
    finally:
        context.close()
