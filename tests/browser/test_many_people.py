"""Many people: everybody is reachable, and the page is soon there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from graph.analysis.map import MapContent, map_content
from tests.browser.chromium import seconds_to_map
from tests.browser.maps import AS_OF, DRAWN, Opens, written
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

pytestmark = pytest.mark.browser

Crowd = Callable[[int], Path]


def test_everybody_is_listed_and_found_on_the_map(opens: Opens, crowd: Crowd) -> None:
    page = opens(crowd(200))
    assert page.locator(".row").count() == 200
    shown = page.evaluate("swaymap.map()")
    dots = [dot["id"] for dot in shown["dots"]]
    assert len(dots) + len(shown["discs"]) == 200
    page.evaluate("(id) => { location.hash = 'person=' + id }", dots[-1])
    page.wait_for_selector("#detail:visible")
    assert dots[-1] in {label["id"] for label in page.evaluate("swaymap.map()")["labels"]}


def test_nearer_the_hidden_names_appear(opens: Opens, crowd: Crowd) -> None:
    page = opens(crowd(200))
    before = len(page.evaluate("swaymap.map()")["labels"])
    for _ in range(4):
        page.keyboard.press("+")
    page.evaluate(DRAWN)
    near = page.evaluate("swaymap.map()")
    visible = [dot for dot in near["dots"] if 0 < dot["x"] < near["window"][0] and 0 < dot["y"] < near["window"][1]]
    named = {label["id"] for label in near["labels"]}
    assert before < 200
    assert any(dot["id"] in named for dot in visible)


def test_a_page_weighs_no_more_than_its_people(crowd: Crowd, sample_file: Path, sample: MapContent) -> None:
    assert sample_file.stat().st_size <= 1_000_000 + 2_000 * len(sample.report.people)
    for people in (60, 200):
        assert crowd(people).stat().st_size <= 1_000_000 + 2_000 * people


@pytest.mark.slow
def test_500_people_are_on_the_screen_within_three_times_the_sample(
    browser: Browser, sample_file: Path, crowd: Crowd
) -> None:
    """The least of five, taken in turns, so that whatever else the machine does slows both alike."""
    assert crowd(500).stat().st_size <= 1_000_000 + 2_000 * 500
    pages = (crowd(500), sample_file)
    many, few = zip(*([seconds_to_map(browser, page, 1) for page in pages] for _ in range(5)), strict=True)
    assert min(many) <= 3 * min(few)


@pytest.mark.parametrize("members", [5, 8, 9, 20])
def test_names_have_room_beside_any_number_of_team_members(opens: Opens, tmp_path: Path, members: int) -> None:
    rows = random_account(seed=3, people=30, members=members, interactions=400, opportunities=1)
    for row in rows["team"]:
        row["active"] = True
    page = opens(written(map_content(dataset_of(rows), "acme", AS_OF), tmp_path, view="coverage"))
    assert page.locator(".cover .of-tie").count() == min(members, 9)
    widths = page.evaluate("[...document.querySelectorAll('.cover td.person')].map((one) => one.clientWidth)")
    assert min(widths) >= 120
