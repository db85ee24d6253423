"""Power map, fishbone, coverage: one page, one choice; the numbers are the report's in each, nothing is cut."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from graph.analysis.map import MapContent
from graph.analysis.report.gap_subjects import subjects
from graph.model.names import in_script
from graph.model.words import text
from tests.browser.maps import Opens, crowd_content, written
from viz.scene.coverage import chosen_members
from viz.scene.fishbone import fishbone_scene
from viz.scene.views import FISHBONE_SIZES, View
from viz.scene.votes import tallies

pytestmark = pytest.mark.browser

VIEWS = ("power", "fishbone", "coverage")
WINDOWS = [(1440, 900), (1024, 768), (1920, 1080)]
SMALL = """(root) => [...document.querySelectorAll(`${root} :is(text, span, button, b)`)]
  .filter((element) => element.checkVisibility() && element.textContent.trim())
  .filter((element) => {
    const box = element.ownerSVGElement?.getScreenCTM();
    return parseFloat(getComputedStyle(element).fontSize) * (box ? box.a : 1) < 10.95;
  }).map((element) => element.outerHTML.slice(0, 90))"""
CUT = """() => [...document.querySelectorAll('.gap .words')].filter((one) => one.scrollHeight > one.clientHeight + 1)
  .map((one) => one.textContent)"""
WIDER = "(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)(document.querySelector('#coverage'))"
BOXES = """() => [...document.querySelectorAll('#fishbone svg > text, #fishbone svg > g')].map((element) => {
  const box = element.getBoundingClientRect();
  return [element.getAttribute('data-person') || element.textContent, box.left, box.top, box.right, box.bottom];
})"""


def view_of(page: Page) -> str | None:
    return page.locator("html").get_attribute("data-view")


def people_on(page: Page) -> set[str | None]:
    """The ids of the people on the fishbone, in full or as a dot."""
    found = page.locator("#fishbone .person, #fishbone .dot").all()
    assert len({element.get_attribute("data-person") for element in found}) == len(found)
    return {element.get_attribute("data-person") for element in found}


def rows(page: Page) -> list[str | None]:
    return [row.get_attribute("data-person") for row in page.locator(".cover tbody tr[data-person]").all()]


def chosen(page: Page) -> set[str | None]:
    return {element.get_attribute("data-person") for element in page.locator("#fishbone .person.chosen").all()}


def test_tabs_and_keys_lead_to_each_view_and_the_address_keeps_it(opens: Opens, sample_file: Path) -> None:
    page = opens(sample_file)
    assert view_of(page) == "power"
    for key, view, shown in (("b", "fishbone", "#fishbone svg"), ("v", "coverage", ".cover"), ("f", "power", "#map")):
        page.keyboard.press(key)
        assert view_of(page) == view
        expect(page.locator(shown)).to_be_visible()
        assert page.locator(".view[aria-pressed='true']").get_attribute("data-view") == view
        assert ("view=" in page.url) == (view != "power")
        page.locator(".view[data-view='power']").click()
        page.locator(f".view[data-view='{view}']").click()
        assert view_of(page) == view
    page.keyboard.press("b")
    address = page.url
    page.evaluate("location.hash = ''")
    page.wait_for_function("document.documentElement.dataset.view === 'power'")
    page.goto(address)
    page.wait_for_function("document.documentElement.dataset.view === 'fishbone'")
    assert page.title().endswith("Fishbone")


@pytest.mark.parametrize("view", ["fishbone", "coverage"])
def test_a_page_opens_on_the_view_asked_for(opens: Opens, sample: MapContent, tmp_path: Path, view: View) -> None:
    path = written(sample, tmp_path, view=view)
    page = opens(path)
    assert view_of(page) == view
    assert "view=" not in page.url
    page.keyboard.press("f")
    assert "view=power" in page.url


@pytest.mark.parametrize("view", ["fishbone", "coverage"])
def test_without_scripts_the_view_asked_for_is_a_picture(
    sample: MapContent, tmp_path: Path, browser: Any, view: View
) -> None:
    path = written(sample, tmp_path, view=view)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.locator(f".still[data-view='{view}'] svg").is_visible()
    assert not page.locator(".still[data-view='power'] svg").first.is_visible()
    context.close()


def test_the_choice_of_a_person_is_kept_across_views(opens: Opens, sample_file: Path, sample: MapContent) -> None:
    page = opens(sample_file)
    first, second = sample.report.people[0].id, sample.report.people[4].id
    page.locator(f".row[data-person='{first}']").click()
    page.keyboard.press("b")
    assert chosen(page) == {first}
    page.locator(f"#fishbone .person[data-person='{second}']").click()
    assert f"person={second}" in page.url
    page.keyboard.press("v")
    assert page.locator(".cover tr.selected").get_attribute("data-person") == second
    expect(page.locator("#detail")).to_be_visible()
    name = in_script(sample.report.people[4].name or "", "en")
    assert name in page.locator("#detail").inner_text()
    assert name in page.locator("#live").inner_text()
    page.locator(f".cover tr[data-person='{first}']").click()
    page.keyboard.press("f")
    assert page.locator(".row[aria-selected='true']").get_attribute("data-person") == first
    page.keyboard.press("b")
    page.keyboard.press("Escape")
    assert chosen(page) == set()
    assert "person=" not in page.url


def test_gap_lines_keys_language_and_theme_work_in_every_view(
    opens: Opens, sample_file: Path, sample: MapContent
) -> None:
    page = opens(sample_file)
    worst = [subject.person for subject in subjects(sample.report)[:3]]
    for key, selected in (("b", "#fishbone .person.chosen"), ("v", ".cover tr.selected")):
        page.keyboard.press(key)
        for number, person in enumerate(worst, 1):
            page.keyboard.press(str(number))
            if person:
                assert page.locator(selected).get_attribute("data-person") == person
        page.keyboard.press("l")
        assert page.locator("html").get_attribute("lang") == "zh"
        assert page.locator(selected).get_attribute("data-person") == worst[-1]
        name = next(person.name for person in sample.report.people if person.id == worst[-1])
        assert in_script(name or "", "zh") in page.locator(selected).text_content() or ""
        page.keyboard.press("l")
        page.keyboard.press("d")
        assert page.locator("html").get_attribute("data-theme") == "dark"
        page.keyboard.press("d")
        page.keyboard.press("Escape")


def test_the_fishbone_shows_everybody_and_counts_the_votes(opens: Opens, sample_file: Path, sample: MapContent) -> None:
    page = opens(sample_file, fragment="#view=fishbone")
    assert people_on(page) == {person.id for person in sample.report.people}
    drawn = page.locator("#fishbone").text_content() or ""
    for step in tallies(sample, "en"):
        assert step.name in drawn
        assert step.words in drawn
    support = sample.report.support
    assert support
    assert support.bottleneck
    assert f"{support.bottleneck.value:.2f}".removeprefix("0") in drawn
    names = {step.id: step for step in sample.steps}
    widths: dict[str, list[tuple[float, float]]] = {step: [] for step in names}
    for step in sample.steps:
        for person, weight, _ in step.votes:
            width = page.locator(f"#fishbone .vote[data-person='{person}'] rect").first.bounding_box()
            assert width
            widths[step.id].append((weight, width["width"]))
    for pairs in widths.values():
        ratios = [width / weight for weight, width in pairs]
        assert max(ratios) / min(ratios) < 1.35
    said = page.locator("#fishbone").get_attribute("aria-label") or ""
    assert tallies(sample, "en")[0].words in said


def test_rings_and_places_on_the_fishbone_are_the_scene_s(opens: Opens, sample_file: Path, sample: MapContent) -> None:
    page = opens(sample_file, fragment="#view=fishbone")
    shown = page.locator("#fishbone svg")
    size = tuple(float(part) for part in (shown.get_attribute("viewBox") or "").split()[2:])
    assert size in FISHBONE_SIZES
    scene = fishbone_scene(sample, "en", *size)
    coverage = {person.id: person.coverage for person in sample.report.people}
    for disc in scene.discs:
        group = page.locator(f"#fishbone .person[data-person='{disc.person}']")
        circle = group.locator("circle").first
        x, y = (float(circle.get_attribute(side) or 0) for side in ("cx", "cy"))
        assert (x, y) == pytest.approx((disc.x, disc.y), abs=0.1)
        arc = group.locator(".arc")
        drawn = float((arc.get_attribute("stroke-dasharray") or "0").split()[0]) if arc.count() else 0.0
        assert drawn == pytest.approx(coverage[disc.person], abs=1 / 360)


def test_the_coverage_map_s_numbers_are_the_report_s(opens: Opens, sample_file: Path, sample: MapContent) -> None:
    page = opens(sample_file, fragment="#view=coverage")
    assert rows(page) == [person.id for person in sample.report.people]
    own, _ = chosen_members(sample)
    ties = {(tie.person, tie.member): tie.strength for tie in sample.ties}
    found = {subject.person: subject for subject in subjects(sample.report)}
    for row, person in zip(page.locator(".cover tbody tr").all(), sample.report.people, strict=True):
        assert row.locator(".share").inner_text() == f"{100 * person.decision_influence:.1f}"
        shown = [cell.locator("text").all_text_contents() for cell in row.locator("td.tie").all()]
        held = [ties.get((person.id, member)) for member in own]
        assert shown == [[] if value is None else [f"{value:.2f}".removeprefix("0")] for value in held]
        (together,) = row.locator(".together text").all_text_contents()
        if person.status != "active":
            assert together == "–"
        elif person.connection_strength < 0.05:
            assert together == text("cover.none", "en")
        else:
            assert together == f"{person.connection_strength:.2f}".removeprefix("0")
        gap = row.locator(".gap .words")
        if person.id in found:
            worst = found[person.id].gaps[0]
            assert gap.inner_text() == f"{text(f'gap.{worst.type}', 'en')} → {worst.brief.render('en')}"
        else:
            assert gap.count() == 0
    beside = page.locator("#side").text_content() or ""
    for value in (*sample.report.by_role.values(), *sample.report.triangle.values(), sample.report.redundancy):
        assert f"{100 * (value or 0):.0f} %" in beside


def test_every_column_sorts_both_ways_and_the_choice_stays(opens: Opens, sample_file: Path, sample: MapContent) -> None:
    page = opens(sample_file, fragment="#view=coverage")
    people = {person.id: person for person in sample.report.people}
    person = sample.report.people[3].id
    page.locator(f".cover tr[data-person='{person}']").click()
    expected: dict[str, Callable[[str], Any]] = {
        "rank": lambda person: -people[person].decision_influence,
        "share": lambda person: people[person].decision_influence,
        "together": lambda person: round(people[person].connection_strength, 6),
        "person": lambda person: in_script(people[person].name or "Unidentified", "en").lower(),
    }
    assert page.locator(".cover th button").count() == 5 + len(chosen_members(sample)[0])
    for column in page.locator(".cover th button").all():
        name = column.get_attribute("data-column") or ""
        page.locator(f"[data-column='{name}']").click()
        first = rows(page)
        direction = page.locator("th[aria-sort]").get_attribute("aria-sort")
        assert page.locator("th[aria-sort] button").get_attribute("data-column") == name
        assert page.evaluate("document.activeElement.dataset.column") == name
        page.locator(f"[data-column='{name}']").click()
        second = rows(page)
        assert page.locator("th[aria-sort]").get_attribute("aria-sort") != direction
        assert sorted(map(str, first)) == sorted(map(str, second)) == sorted(people)
        assert first != second
        if name in expected:
            keys = [expected[name](str(person)) for person in (first if direction == "ascending" else second)]
            assert keys == sorted(keys)
        assert page.locator(".cover tr.selected").get_attribute("data-person") == person
    members = chosen_members(sample)[0]
    ties = {tie.person: tie.strength for tie in sample.ties if tie.member == members[0]}
    page.locator("[data-column='m0']").click()
    shown = [ties.get(str(row), -1.0) for row in rows(page)]
    assert shown == sorted(shown, reverse=True)


def test_the_head_of_the_table_stays(opens: Opens, crowd: Callable[[int], Path]) -> None:
    page = opens(crowd(60), fragment="#view=coverage")
    before = page.locator(".cover th").first.bounding_box()
    page.evaluate("document.getElementById('coverage').scrollTop = 400")
    after = page.locator(".cover th").first.bounding_box()
    assert before
    assert after
    assert after["y"] == pytest.approx(before["y"], abs=1)


def test_search_and_filter_dim_and_never_move(opens: Opens, sample_file: Path, sample: MapContent) -> None:
    page = opens(sample_file, fragment="#view=fishbone")
    before = page.evaluate(BOXES)
    deciders = {person.id for person in sample.report.people if "D" in person.roles}
    page.select_option("#filter", "role:D")
    bright = {element.get_attribute("data-person") for element in page.locator("#fishbone .person:not(.dimmed)").all()}
    assert bright == deciders
    assert page.evaluate(BOXES) == before
    page.keyboard.press("v")
    assert len(rows(page)) == len(sample.report.people)
    clear = {element.get_attribute("data-person") for element in page.locator(".cover tbody tr:not(.dimmed)").all()}
    assert clear == deciders
    page.keyboard.press("Escape")
    assert page.locator(".cover tr.dimmed").count() == 0


def test_arrows_go_to_the_nearest_on_the_fishbone_and_row_by_row_in_the_table(
    opens: Opens, sample_file: Path, sample: MapContent
) -> None:
    page = opens(sample_file, fragment="#view=fishbone")
    scene = fishbone_scene(sample, "en")
    lowest = max(scene.discs, key=lambda disc: disc.y)
    page.locator(f"#fishbone .person[data-person='{lowest.person}']").click()
    page.keyboard.press("ArrowUp")
    (after,) = chosen(page)
    places = {disc.person: disc for disc in scene.discs}
    assert places[str(after)].y < lowest.y
    page.keyboard.press("ArrowRight")
    (right,) = chosen(page)
    assert places[str(right)].x > places[str(after)].x
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    people = [person.id for person in sample.report.people]
    for expected in (people[0], people[1], people[2]):
        page.keyboard.press("ArrowDown")
        assert page.locator(".cover tr.selected").get_attribute("data-person") == expected
    page.keyboard.press("ArrowUp")
    assert page.locator(".cover tr.selected").get_attribute("data-person") == people[1]


def test_the_table_has_one_tab_stop_and_keys_inside(opens: Opens, sample_file: Path, sample: MapContent) -> None:
    page = opens(sample_file, fragment="#view=coverage")
    assert page.locator(".cover .who[tabindex='0']").count() == 1
    page.locator(".cover .who[tabindex='0']").focus()
    people = [person.id for person in sample.report.people]
    for key, person in (("ArrowDown", people[1]), ("End", people[-1]), ("Home", people[0]), ("ArrowDown", people[1])):
        page.keyboard.press(key)
        focused = page.evaluate("document.activeElement.closest('tr').dataset.person")
        assert focused == person
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    assert page.locator(".cover tr.selected").get_attribute("data-person") == people[1]


@pytest.mark.parametrize(("width", "height"), WINDOWS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_is_cut_or_too_small_in_any_view(
    opens: Opens, sample_file: Path, width: int, height: int, lang: str
) -> None:
    page = opens(sample_file, width, height, f"#lang={lang}&view=fishbone")
    assert page.evaluate(SMALL, "#fishbone") == []
    frame = page.locator("#fishbone").bounding_box()
    assert frame
    for what, left, top, right, bottom in page.evaluate(BOXES):
        assert left >= frame["x"] - 0.5, what
        assert right <= frame["x"] + frame["width"] + 0.5, what
        assert top >= frame["y"] - 0.5, what
        assert bottom <= frame["y"] + frame["height"] + 0.5, what
    page.keyboard.press("v")
    assert page.evaluate(SMALL, "#coverage") == []
    assert page.evaluate(SMALL, ".panel") == []
    assert not page.evaluate(WIDER)
    assert page.evaluate(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("people", [60, 200])
def test_many_people_are_all_there(opens: Opens, crowd: Callable[[int], Path], people: int) -> None:
    page = opens(crowd(people), fragment="#view=fishbone")
    everybody = {person.id for person in crowd_content(people).report.people}
    assert people_on(page) == everybody
    assert page.evaluate(SMALL, "#fishbone") == []
    dots = page.locator("#fishbone .dot")
    if dots.count():
        person = dots.first.get_attribute("data-person")
        page.evaluate("(id) => { location.hash = 'view=fishbone&person=' + encodeURIComponent(id) }", person)
        expect(page.locator("#fishbone .grown text")).to_have_count(1)
    page.keyboard.press("Escape")
    page.keyboard.press("v")
    assert set(rows(page)) == everybody
    for column in ("together", "m0", "gap", "person"):
        page.locator(f"[data-column='{column}']").click()
    assert set(rows(page)) == everybody


def test_of_very_many_the_table_has_the_first_and_whoever_is_searched(
    opens: Opens, crowd: Callable[[int], Path]
) -> None:
    page = opens(crowd(500), fragment="#view=coverage")
    people = [person.id for person in crowd_content(500).report.people]
    assert rows(page) == people[:400]
    assert page.locator(".cover .more").inner_text() == text("cover.more_rows", "en", count=100)
    last = next(person for person in crowd_content(500).report.people if person.id == people[-1])
    page.fill("#search", last.name or "")
    assert people[-1] in rows(page)
    page.fill("#search", "")
    page.evaluate("(id) => { location.hash = 'view=coverage&person=' + encodeURIComponent(id) }", people[-1])
    expect(page.locator(".cover tr.selected")).to_have_attribute("data-person", people[-1])


def test_a_narrow_window_has_the_side_in_a_drawer_and_the_smallest_the_view_on_demand(
    opens: Opens, sample_file: Path
) -> None:
    page = opens(sample_file, 1024, 768, "#view=coverage")
    assert not page.locator("#side").is_visible()
    page.locator("#people-toggle").click()
    expect(page.locator("#side svg")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#side")).not_to_be_visible()
    small = opens(sample_file, 390, 800, "#view=fishbone")
    expect(small.locator(".row").first).to_be_visible()
    expect(small.locator("#fishbone")).not_to_be_visible()
    small.locator("#map-toggle").click()
    expect(small.locator("#fishbone svg")).to_be_visible()
    assert small.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("view", ["fishbone", "coverage"])
def test_a_view_is_taken_along_and_printed(opens: Opens, sample_file: Path, tmp_path: Path, view: str) -> None:
    page = opens(sample_file, fragment=f"#view={view}&theme=dark")
    for ending, begins in (("svg", b"<svg"), ("png", b"\x89PNG")):
        page.locator("#export").click()
        with page.expect_download() as download:
            page.locator(f"[data-export='{ending}']").click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        assert path.read_bytes().startswith(begins)
        if ending == "svg":
            drawn = path.read_text(encoding="utf-8")
            assert "var(" not in drawn
            assert {"fishbone": "Commercial decision", "coverage": "Coverage by role"}[view] in drawn
    page.emulate_media(media="print")
    shown = {"fishbone": "#fishbone svg", "coverage": ".cover"}[view]
    assert page.locator(shown).is_visible()
    assert not page.locator("#map").is_visible()
    assert not page.locator(".still svg").first.is_visible()
