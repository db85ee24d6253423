"""Two days on one page: signs on the map, what changed in the panel, and the numbers of the comparison."""

from __future__ import annotations

import datetime
from dataclasses import fields, replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from graph.analysis.history.compared_map import ComparedMap, compared_map
from graph.model import Account, Participation, Person
from graph.model.calibration import load_calibration
from graph.model.dataset import Dataset
from graph.model.names import in_script
from graph.model.words import text
from loaders import read, sample_company
from tests.browser.maps import Opens
from tests.browser.measured import assert_whole_map, resize
from viz.map_page import compared_page
from viz.page.compared import figure
from viz.scene.power import power_scene
from viz.scene.signs import signs_of
from viz.scene.views import POWER_SIZES
from viz.svg.power import power_map_svg
from viz.words.bilingual import written_date

pytestmark = pytest.mark.browser

AS_OF, THEN = datetime.date(2026, 11, 23), datetime.date(2026, 10, 1)
CAME, WENT, LEFT, MOVED = "deng-yu", "zz-gone", "zheng-hao", "xia-min"
STANCES = {"wu-tao": 1, "kong-lin": 0, "pan-yi": None}


def earlier(after: Dataset, account: str) -> Dataset:
    """The records as they might have been: one was not there yet, one still was, others sat or stood elsewhere."""
    unit = next(person.unit for person in after.of(Person) if person.account == account and person.unit)
    records: list[Any] = [Person(WENT, account, unit, "Xu Qiang / 许强", "Controller / 主计长", 4)]
    for record in after:
        if any(getattr(record, field.name) == CAME for field in fields(record)):
            continue
        for field in fields(record):
            value = getattr(record, field.name)
            if isinstance(value, tuple) and CAME in value:
                record = replace(record, **{field.name: tuple(each for each in value if each != CAME)})
        if isinstance(record, Person) and record.id in (LEFT, MOVED):
            record = replace(record, status="active", unit=unit)
        if isinstance(record, Participation) and record.person in STANCES:
            record = replace(record, stance=STANCES[record.person])
        records.append(record)
    return Dataset.collect(records)


@pytest.fixture(scope="module")
def found() -> ComparedMap:
    with sample_company() as folder:
        after = read([folder], today=AS_OF).dataset
    account = after.of(Account)[0].id
    return compared_map(earlier(after, account), after, account, THEN, AS_OF, None, load_calibration(None))


@pytest.fixture(scope="module")
def file(found: ComparedMap, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("compared") / "map.html"
    path.write_text(compared_page(found), encoding="utf-8")
    return path


@pytest.fixture
def page(opens: Opens, file: Path) -> Page:
    """The two days, opened."""
    return opens(file)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_panel_says_what_changed(page: Page, found: ComparedMap, lang: str) -> None:
    if lang == "zh":
        page.keyboard.press("l")
    told, panel = found.comparison, page.locator("#detail")
    names = {person.id: in_script(person.name or person.id, lang) for person in found.content.report.people}
    changed = [change.person for group in (told.came, told.went, told.moved, told.stances) for change in group]
    assert {CAME, WENT, LEFT, MOVED, *STANCES} <= set(changed)
    listed = [element.get_attribute("data-person") for element in panel.locator(".change").all()]
    ties = [tie.person for tie in (*told.ties_won, *told.ties_lost)]
    assert sorted(person or "" for person in listed) == sorted([*changed, *ties])
    said = panel.inner_text()
    assert all(names[person].removesuffix("（已离任）") in said for person in changed)
    rows = panel.locator(".moved").all()
    assert len(rows) == len(told.measures)
    for row, measure in zip(rows, told.measures, strict=True):
        before, after = (figure(measure.measure, value) for value in (measure.before, measure.after))
        written = row.inner_text()
        assert text(f"measure.{measure.measure}", lang) in written
        assert f"{getattr(before, lang)} → {getattr(after, lang)}" in written.replace("\n", " ")
    assert f"{100 * found.before.decision_chain_coverage:.0f} %" in panel.locator(".day").first.inner_text()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_head_says_both_days_at_every_size(opens: Opens, file: Path, lang: str) -> None:
    for width in (1024, 1440):
        page = opens(file, width, 768, fragment=f"#lang={lang}")
        days = {day: getattr(written_date(day), lang) for day in (THEN, AS_OF)}
        told = page.locator(".made")
        assert text("viz.made.compared", lang, date=days[AS_OF], earlier=days[THEN]) in told.inner_text()
        assert told.evaluate("(one) => one.scrollWidth <= one.clientWidth")


def test_signs_stand_beside_those_who_came_went_and_moved(page: Page) -> None:
    signs = {
        row.get_attribute("data-person"): row.locator(".sign").inner_text()
        for row in page.locator(".row:has(.sign)").all()
    }
    assert signs == {CAME: "+", WENT: "−", LEFT: "−", MOVED: "→"}
    drawn = {change["id"]: (change["kind"], change["was"]) for change in page.evaluate("swaymap.map().changes")}
    assert {person: kind for person, (kind, _) in drawn.items() if kind} == {
        CAME: "came",
        WENT: "went",
        LEFT: "went",
        MOVED: "moved",
    }
    assert {person: was for person, (_, was) in drawn.items() if was} == {
        "wu-tao": "1",
        "kong-lin": "0",
        "pan-yi": "unknown",
    }


def test_who_went_has_no_rank_and_moves_nobody_elses(page: Page, found: ComparedMap) -> None:
    row = page.locator(f".row[data-person='{WENT}']")
    assert row.locator(".rank").inner_text() == "–"
    ranks = [element.inner_text() for element in page.locator(".row .rank").all()]
    counted = len(found.content.report.people) - 1
    assert ranks[:counted] == [str(rank) for rank in range(1, counted + 1)]
    row.click()
    detail = page.locator("#detail")
    assert text("viz.compared.went.removed", "en") in detail.inner_text()
    assert detail.locator("[data-if]").count() == 0
    page.locator(f".row[data-person='{found.content.report.people[0].id}']").click()
    assert f"of {counted}" in detail.inner_text()


def test_a_person_says_what_changed_since(page: Page, found: ComparedMap) -> None:
    page.locator("#detail .change[data-person='kong-lin'] .link").first.click()
    detail = page.locator("#detail")
    assert "Neutral → Opponent" in detail.locator(".changes").inner_text()
    assert "Neutral → Opponent" in page.locator("#live").inner_text()
    moved = next(person for person in found.comparison.people if person.person == "kong-lin")
    before, after = (f"{100 * side['coverage']:.1f} %" for side in (moved.before, moved.after))
    if before != after:
        assert f"coverage {before} → {after}" in detail.inner_text()
    page.keyboard.press("Escape")
    expect(detail.locator(".day")).to_have_count(2)


def test_ties_won_stand_out(page: Page, found: ComparedMap) -> None:
    won = {(tie.member, tie.person) for tie in found.comparison.ties_won}
    assert won
    strong = {
        (line["from"][2:], line["to"][2:]) for line in page.evaluate("swaymap.map().lines") if line["opacity"] == 1
    }
    assert {frozenset(pair) for pair in strong} == {frozenset(pair) for pair in won}


def test_a_page_of_one_day_knows_of_no_change(opens: Opens, sample_file: Path) -> None:
    page = opens(sample_file)
    expect(page.locator("#detail")).to_be_hidden()
    assert page.locator(".sign").count() == 0
    assert page.evaluate("swaymap.map().changes") == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_drawing_has_the_same_signs(found: ComparedMap, lang: str) -> None:
    written = power_map_svg(found.content, lang, comparison=found.comparison)
    scene = power_scene(found.content, lang)
    signs = signs_of(scene, found.comparison)
    assert {sign.person for sign in signs if sign.kind} == {CAME, WENT, LEFT, MOVED}
    texts = [
        (element.get("x"), element.get("y"), element.text)
        for element in ElementTree.fromstring(written).iter()
        if element.text
    ]
    for sign in signs:
        if sign.kind:
            x, y = sign.at
            assert any(
                text == {"came": "+", "went": "−", "moved": "→"}[sign.kind]
                and abs(float(left or 0) - x) < 0.1
                and abs(float(top or 0) - y - 4.4) < 0.1
                for left, top, text in texts
            )
    lost = written.count('class="lost"')
    assert 0 < lost <= len(found.comparison.ties_lost)
    assert 'class="lost"' not in power_map_svg(found.content, lang)


def test_signs_on_the_page_are_those_of_the_scene(page: Page, found: ComparedMap) -> None:
    shown = page.evaluate("swaymap.map()")
    scene = next(
        drawn
        for size in POWER_SIZES
        if (drawn := power_scene(found.content, "en", *size)).frame.width == shown["scene"][0]
        and drawn.frame.height == shown["scene"][1]
    )
    by_disc = {disc["id"]: disc for disc in shown["discs"]}
    placed = {disc.person: disc for disc in scene.discs}
    for sign, on_page in zip(signs_of(scene, found.comparison), shown["changes"], strict=True):
        assert sign.person == on_page["id"]
        if sign.person in by_disc:
            offset = (on_page["x"] - by_disc[sign.person]["x"]) / shown["scale"]
            assert offset == pytest.approx(sign.at[0] - placed[sign.person].x, abs=0.2)


def test_who_went_comes_last_in_the_other_views_too(page: Page, found: ComparedMap) -> None:
    page.keyboard.press("v")
    expect(page.locator("#coverage")).to_be_visible()
    ranks = [element.inner_text() for element in page.locator("#coverage tbody .rank").all()]
    counted = len(found.content.report.people) - 1
    assert ranks == [*(str(rank) for rank in range(1, counted + 1)), "–"]
    page.keyboard.press("b")
    expect(page.locator("#fishbone")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#detail .day")).to_have_count(2)


def test_a_window_of_another_size_shows_the_whole_map(page: Page) -> None:
    for width, height in ((1600, 1000), (1180, 700), (768, 1024)):
        resize(page, width, height)
        assert_whole_map(page)
