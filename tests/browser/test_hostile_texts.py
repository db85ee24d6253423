"""Whatever a record says is text on the page: markup, scripts, template syntax, reversed and endless names."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.random_account import random_account
from benchmarks.records import dataset_of
from graph.analysis.map_content import map_content
from tests.browser.maps import AS_OF, Opens, written

pytestmark = pytest.mark.browser

HOSTILE = (
    "</script><script>window.hit = 1</script>",
    "<img src=x onerror='window.hit = 1'>",
    "<!--<script>",
    "{{ 7 * 7 }}{% raw %}",
    "}}}]);window.hit = 1;//",
    "' onmouseover='window.hit = 1",
    '"><svg onload="window.hit = 1">',
    "javascript:window.hit=1",
    "A\u2028B\u2029C",
    "\u202egnp.exe",
    "__proto__",
    "constructor",
    "&lt;b&gt;not bold&lt;/b&gt;",
    "=1+1",
    "001",
    "漢" * 300,
    "W" * 300,
    "👩‍👩‍👧‍👦 Zoë",
    "]]>",
    "$& $1 \\u003c",
)


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A map in which every text is hostile."""
    rows = random_account(seed=7, people=len(HOSTILE), opportunities=1)
    for sheet in ("accounts", "units", "people", "opportunities", "team", "competitors", "steps"):
        for number, row in enumerate(rows[sheet]):
            row["name"] = HOSTILE[number % len(HOSTILE)]
            if "title" in row:
                row["title"] = HOSTILE[-1 - number % len(HOSTILE)]
    for row in rows["people"]:
        row["status"] = "active"
    return written(map_content(dataset_of(rows), "acme", AS_OF), tmp_path_factory.mktemp("hostile"))


def test_hostile_texts_are_shown_as_text(opens: Opens, hostile_file: Path) -> None:
    page = opens(hostile_file)
    names = {row.text_content() for row in page.locator(".row .name").all()}
    assert names == set(HOSTILE)
    for row in page.locator(".row").all():
        row.click()
        name = row.locator(".name").text_content()
        assert page.locator(".detail-name").text_content() == name
        page.keyboard.press("l")
        page.keyboard.press("l")
    for subject in page.locator(".subject").all():
        subject.click()
        page.keyboard.press("Escape")
    assert page.evaluate("window.hit") is None
    assert page.locator("img, iframe, object, embed, base").count() == 0
    assert page.locator("script").count() == 3
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_ids_lead_where_they_say(opens: Opens, tmp_path: Path) -> None:
    rows = random_account(seed=9, people=6, opportunities=1)
    renamed = {f"p{number + 1:02}": HOSTILE[number] for number in range(6)}

    def rename(value: object) -> object:
        if isinstance(value, list):
            return [rename(one) for one in value]
        return renamed.get(value, value) if isinstance(value, str) else value

    for sheet in rows.values():
        for row in sheet:
            row.update({key: rename(value) for key, value in row.items()})
    page = opens(written(map_content(dataset_of(rows), "acme", AS_OF), tmp_path))
    for line in page.locator(".row").all():
        line.click()
        assert line.get_attribute("aria-selected") == "true"
        address = page.url
        page.keyboard.press("Escape")
        page.goto(address)
        assert line.get_attribute("aria-selected") == "true"
    assert page.evaluate("window.hit") is None
