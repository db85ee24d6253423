"""Every text of a record is shown as text on the page: markup, scripts, template syntax, reversed and endless names."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from graph.analysis.map import MapContent, map_content
from graph.model.names import in_script
from tests.browser.hostile import HOSTILE
from tests.browser.maps import AS_OF, Opens, written
from tests.browser.measured import CUT, VIEWS, is_inside, overlap, places, show
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

pytestmark = pytest.mark.browser

VISIBLE = ("name", "title", "statement", "notes", "strategy", "ours", "rival", "evidence", "win", "interests")
"""The fields of a record that somebody may read somewhere."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[MapContent, Path]:
    """A map in which every text is hostile."""
    rows = random_account(seed=7, people=len(HOSTILE), opportunities=1)
    for sheet in rows.values():
        for number, row in enumerate(sheet):
            for place, field in enumerate(VISIBLE):
                if field in row and not isinstance(row[field], list):
                    row[field] = HOSTILE[(number + 7 * place) % len(HOSTILE)]
    for row in rows["people"]:
        row["status"] = "active"
    content = map_content(dataset_of(rows), "acme", AS_OF)
    return content, written(content, tmp_path_factory.mktemp("hostile"))


def test_there_are_120_and_all_differ() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) == 120


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_hostile_texts_are_shown_as_text_in_every_view(
    opens: Opens, hostile: tuple[MapContent, Path], view: str, lang: str
) -> None:
    content, path = hostile
    page = opens(path)
    scripts = page.locator("script").count()
    show(page, view, lang)
    shown = {row.get_attribute("data-person"): row.text_content() for row in page.locator(".row").all()}
    for person in content.report.people:
        name = in_script(person.name or "", lang) or person.id
        assert name in (shown[person.id] or ""), person.id
    found = places(page, view)
    boxes = [label["box"] for label in found["labels"]]
    assert all(is_inside(box, found["frame"]) for box in boxes)
    assert not any(overlap(first, second) for first, second in combinations(boxes, 2))
    assert page.evaluate(CUT) == []
    for person in content.report.people[::12]:
        page.evaluate("(id) => { location.hash += '&person=' + encodeURIComponent(id) }", person.id)
        page.wait_for_selector("#detail:visible")
        assert page.evaluate(
            "document.querySelector('.panel').scrollWidth <= document.querySelector('.panel').clientWidth"
        )
        page.keyboard.press("Escape")
    for subject in page.locator(".subject").all():
        subject.click()
        page.keyboard.press("Escape")
    assert page.evaluate("window.hit") is None
    assert page.locator("img, iframe, object, embed, base, video, math, plaintext, textarea").count() == 0
    assert page.locator("script").count() == scripts
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_ids_lead_where_they_say(opens: Opens, tmp_path: Path) -> None:
    rows = random_account(seed=9, people=6, opportunities=1)
    renamed = {f"p{number + 1:02}": HOSTILE[number] for number in range(6)}

    def rename(value: object) -> object:
        if isinstance(value, list):
            return [rename(item) for item in value]
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
