"""The map as a notebook shows it, in a real browser: a sandboxed frame in which everything answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from swaymap.power_map import PowerMap
from tests.browser.maps import DRAWN, watch
from tests.viz.dossiers import hostile_dossier, sample_dossier

pytestmark = pytest.mark.browser

CELL = '<!doctype html><meta charset="utf-8"><h1>In [1]</h1><div style="width: 960px">{}</div>'


@pytest.fixture
def page(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that shows a map as a notebook's cell does; nothing may be requested, logged as wrong or raised."""
    dossier = getattr(request, "param", sample_dossier)()
    shown = PowerMap(SimpleNamespace(map_content=dossier.map, dossier=dossier, graph=None))._repr_html_()
    path = tmp_path / "notebook.html"
    path.write_text(CELL.format(shown), encoding="utf-8", errors="replace")
    wrong: list[str] = []
    context = browser.new_context(viewport={"width": 1100, "height": 900}, accept_downloads=True, offline=True)
    opened = context.new_page()
    watch(opened, path, wrong)
    opened.goto(path.as_uri())
    frame = frame_of(opened)
    frame.wait_for_selector("html.ready", state="attached")
    frame.evaluate(DRAWN)
    yield opened
    context.close()
    assert wrong == []


def frame_of(page: Page) -> Frame:
    """The frame that the map is in."""
    return page.frames[1]


def test_a_click_on_a_disc_selects_the_person(page: Page) -> None:
    frame = frame_of(page)
    disc = next(disc for disc in frame.evaluate("swaymap.map()")["discs"] if disc["id"] == "zhao-mingyuan")
    frame.locator("#map").click(position={"x": disc["x"], "y": disc["y"]})
    expect(frame.locator(".row[aria-selected='true']")).to_have_attribute("data-person", "zhao-mingyuan")


def test_views_and_language_change(page: Page) -> None:
    frame = frame_of(page)
    frame.get_by_role("button", name="Fishbone").first.click()
    frame.get_by_role("button", name="中文").click()
    expect(frame.locator("html")).to_have_attribute("lang", "zh")


def test_it_is_exported_and_printed(page: Page) -> None:
    frame = frame_of(page)
    frame.evaluate("window.addEventListener('beforeprint', () => { window.printed = true; })")
    frame.locator("#export").click()
    with page.expect_download() as download:
        frame.locator("#export-choices button").first.click()
    assert download.value.suggested_filename.endswith(".svg")
    frame.locator("#export").click()
    frame.locator("#export-choices button").last.click()
    frame.wait_for_function("() => window.printed")


@pytest.mark.parametrize("page", [hostile_dossier], indirect=True)
def test_hostile_names_stay_text(page: Page) -> None:
    frame = frame_of(page)
    frame.locator("#people-toggle").click()
    for row in frame.locator(".row").all()[:5]:
        row.click()
    assert [frame.evaluate("window.hit") for frame in page.frames] == [None, None]
