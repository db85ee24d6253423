"""The visit brief in a real browser: one sheet of A4, no request, no error."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from graph.analysis.briefing.brief import brief
from graph.analysis.measures.measures import compute_measures
from loaders import read, sample_company
from tests.browser.maps import AS_OF, watch
from viz.brief.page import brief_page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_one_sheet(browser: Browser, tmp_path: Path, lang: str) -> None:
    with sample_company() as folder:
        dataset = read([folder], today=datetime.date(2026, 11, 23)).dataset
    found = compute_measures(dataset, "qinglan", AS_OF)
    path, wrong = tmp_path / "brief.html", []
    for person in ("wu-tao", "gao-feng", "zhao-mingyuan"):
        path.write_text(brief_page(brief(found, person), lang), encoding="utf-8")
        page = browser.new_page(viewport={"width": 1024, "height": 900})
        watch(page, path, wrong)
        page.goto(path.as_uri())
        assert page.locator("section").count() == 7
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        printed = page.pdf(prefer_css_page_size=True)
        assert printed.count(b"/Type /Page\n") == 1
        page.close()
    assert wrong == []
