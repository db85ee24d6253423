"""The index page of the server in a real browser: nothing is cut, on a desk or on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from tests.api.conftest import client, sample_store, sample_url

__all__ = ["client", "sample_store", "sample_url"]

pytestmark = pytest.mark.browser

CUT = """() => [...document.querySelectorAll("a, td, tbody th, p")]
  .filter((element) => element.checkVisibility())
  .map((element) => ({ text: element.textContent.trim(), box: element.getBoundingClientRect() }))
  .filter(({ box }) => box.left < 0 || box.right > innerWidth + 0.5)
  .map(({ text }) => text)"""


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844), (320, 568)])
def test_nothing_is_cut(
    browser: Browser, client: TestClient, tmp_path: Path, width: int, height: int, lang: str
) -> None:
    path = tmp_path / "index.html"
    path.write_text(client.get("/", params={"as_of": "2026-11-23", "lang": lang}).text, encoding="utf-8")
    context = browser.new_context(viewport={"width": width, "height": height}, is_mobile=width < 500)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CUT) == []
    context.close()
