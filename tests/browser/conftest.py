"""A real Chromium, and maps opened in it from disk, each watched: no request, no error, no breach of its policy."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from graph.analysis.map import MapContent
from tests.browser.chromium import chromium, chromium_path
from tests.browser.maps import DRAWN, Opens, crowd_content, sample_content, watch, written


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium. In CI its absence is a failure."""
    if chromium_path() is None:
        reason = "no Chromium on this machine: install chromium, or put it on PATH"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def sample() -> MapContent:
    """The map of the sample company."""
    return sample_content()


@pytest.fixture(scope="session")
def sample_file(sample: MapContent, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample company's page on disk."""
    return written(sample, tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """The page of so many random people on disk."""

    @cache
    def page_of(people: int) -> Path:
        return written(crowd_content(people), tmp_path_factory.mktemp(f"crowd{people}"))

    return page_of


@pytest.fixture
def opens(browser: Browser) -> Iterator[Opens]:
    """Open a page from disk in a window of a size, at a fragment; watched, and judged when the test ends."""
    contexts = []
    wrong: list[str] = []

    def open_page(path: Path, width: int = 1440, height: int = 900, fragment: str = "", **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, accept_downloads=True, **options)
        contexts.append(context)
        page = context.new_page()
        watch(page, path, wrong)
        page.goto(path.as_uri() + fragment)
        page.wait_for_selector("html.ready", state="attached")
        page.evaluate(DRAWN)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []
