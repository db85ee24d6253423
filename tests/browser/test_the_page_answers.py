"""Choosing, searching, switching: the list, the map, the address and what is said aloud always agree."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from graph.analysis.map import MapContent
from graph.analysis.report.gap_subjects import subjects
from graph.model.names import in_script
from tests.browser.maps import Opens

pytestmark = pytest.mark.browser


@pytest.fixture
def page(opens: Opens, sample_file: Path) -> Page:
    """The sample company, opened."""
    return opens(sample_file)


def shown(page: Page) -> dict[str, Any]:
    """The state that the map reports of itself."""
    found: dict[str, Any] = page.evaluate("swaymap.map()")
    return found


def bright(page: Page) -> set[str]:
    """The people who are not dimmed on the map."""
    return {disc["id"] for disc in shown(page)["discs"] if disc["opacity"] == 1}


def disc_of(page: Page, person: str) -> dict[str, Any]:
    return next(disc for disc in shown(page)["discs"] if disc["id"] == person)


def selected(page: Page) -> list[str | None]:
    return [row.get_attribute("data-person") for row in page.locator(".row[aria-selected='true']").all()]


def click_on_map(page: Page, person: str) -> None:
    disc = disc_of(page, person)
    page.locator("#map").click(position={"x": disc["x"], "y": disc["y"]})


def test_the_list_is_the_people_by_influence(page: Page, sample: MapContent) -> None:
    rows = [row.get_attribute("data-person") for row in page.locator(".row").all()]
    assert rows == [person.id for person in sample.report.people]


@pytest.mark.parametrize("view", ["power", "fishbone", "coverage"])
def test_whoever_is_selected_is_in_sight_in_the_list(
    opens: Opens, sample_file: Path, sample: MapContent, view: str
) -> None:
    last = sample.report.people[-1].id
    page = opens(sample_file, fragment=f"#view={view}&person={last}")
    page.keyboard.press("f")
    listed, row = (page.locator(selector).bounding_box() for selector in ("#people", f".row[data-person='{last}']"))
    assert listed is not None
    assert row is not None
    assert row["y"] >= listed["y"] - 1
    assert row["y"] + row["height"] <= listed["y"] + listed["height"] + 1


def test_the_numbers_are_the_report_s(page: Page, sample: MapContent) -> None:
    report = sample.report
    assert page.locator(".covered b").inner_text() == f"{100 * report.decision_chain_coverage:.0f} %"
    assert page.locator(".routes dd").inner_text() == str(report.independent_routes)
    assert page.locator(".seats dd").inner_text() == f"{report.seats_identified}/{report.seats}"
    for row, person in zip(page.locator(".row").all(), report.people, strict=True):
        share, tie = (figure.inner_text() for figure in row.locator(".figure").all())
        assert share == f"{100 * person.decision_influence:.1f} %"
        required = f"{person.required_strength:.2f}".lstrip("0")
        tied = f"{person.connection_strength:.2f}".removeprefix("0") if person.connection_strength >= 0.05 else "none"
        assert tie == f"{tied} / {required}"


def test_the_filled_area_of_the_profile_is_the_coverage(page: Page, sample: MapContent) -> None:
    drawn = page.locator("#profile .fill").get_attribute("d")
    boxes = re.findall(r"h([\d.]+)v([\d.]+)", drawn or "")
    width, height = (float(page.locator("#profile .empty").get_attribute(side) or 0) for side in ("width", "height"))
    area = sum(float(wide) * float(high) for wide, high in boxes) / (width * height)
    assert area == pytest.approx(sample.report.decision_chain_coverage, abs=0.005)


def test_a_click_on_the_map_a_row_and_a_gap_line_select_the_same_way(page: Page, sample: MapContent) -> None:
    first, second = (person.id for person in sample.report.people[:2])
    click_on_map(page, first)
    assert selected(page) == [first]
    page.locator(f".row[data-person='{second}']").click()
    assert selected(page) == [second]
    assert f"person={second}" in page.url
    worst = subjects(sample.report)[0]
    page.locator(".subject").first.click()
    assert selected(page) == ([worst.person] if worst.person else [])
    page.keyboard.press("Escape")
    assert selected(page) == []
    assert "person=" not in page.url


def test_focus_keeps_the_routes_and_steps_the_rest_back(page: Page, sample: MapContent) -> None:
    person, routes = next((identity, ways) for identity, ways in sample.routes.items() if len(ways[0].nodes) > 2)
    page.evaluate("(id) => { location.hash = 'person=' + encodeURIComponent(id) }", person)
    expect(page.locator("#detail")).to_be_visible()
    on_way = {node.id for path in routes for node in path.nodes if node.kind == "person"} | {person}
    assert bright(page) == on_way
    hops = {(hop.source, hop.target) for hop in routes[0].hops}
    for line in shown(page)["lines"]:
        ends = (line["from"][2:], line["to"][2:])
        on_best = line["kind"] in ("influence", "tie") and (
            ends in hops or (line["kind"] == "tie" and ends[::-1] in hops)
        )
        if on_best:
            assert line["opacity"] == 1
        else:
            assert line["opacity"] <= 0.45
    products = page.locator(".routes-list .product").all_inner_texts()
    assert products == [f"{path.strength:.2f}".removeprefix("0") for path in routes]


def test_the_detail_says_what_the_report_says(page: Page, sample: MapContent) -> None:
    person = next(
        person
        for person in sample.report.people
        if person.covered_by and any(g.person == person.id for g in sample.report.gaps)
    )
    page.locator(f".row[data-person='{person.id}']").click()
    detail = page.locator("#detail")
    text = detail.inner_text()
    assert in_script(person.name or person.id, "en") in text
    assert f"{100 * person.decision_influence:.1f} %" in text
    for gap in (gap for gap in sample.report.gaps if gap.person == person.id):
        assert gap.reason.render("en") in text
    rows = detail.locator(".ties tbody tr").all()
    assert len(rows) == len(person.covered_by)
    for row, tie in zip(rows, person.covered_by, strict=True):
        cells = row.locator("td").all_inner_texts()
        figures = (tie.frequency, tie.breadth, tie.depth, tie.strength)
        assert cells[1:5] == [f"{value:.2f}".removeprefix("0") for value in figures]
        assert cells[5] == ("–" if tie.last_touch is None else str((sample.report.as_of - tie.last_touch).days))


def test_the_live_region_reads_the_selection(page: Page, sample: MapContent) -> None:
    person = sample.report.people[2]
    page.locator(f".row[data-person='{person.id}']").click()
    assert in_script(person.name or "", "en") in page.locator("#live").inner_text()
    assert page.locator("#map").get_attribute("aria-hidden") == "true"


def test_search_narrows_the_list_dims_the_map_and_enter_selects(page: Page, sample: MapContent) -> None:
    person = next(person for person in sample.report.people[5:] if person.name)
    name = in_script(person.name or "", "en")
    page.keyboard.press("/")
    page.keyboard.type(name.upper())
    assert [row.get_attribute("data-person") for row in page.locator(".row:visible").all()] == [person.id]
    assert bright(page) == {person.id}
    page.keyboard.press("Enter")
    assert selected(page) == [person.id]
    page.keyboard.press("Escape")
    assert selected(page) == []
    assert page.locator("#search").input_value() == name.upper()
    page.keyboard.press("Escape")
    assert page.locator("#search").input_value() == ""
    assert page.locator(".row:visible").count() == len(sample.report.people)


def test_search_finds_either_script(page: Page, sample: MapContent) -> None:
    person = next(
        person for person in sample.report.people if person.name and in_script(person.name, "zh") != person.name
    )
    page.fill("#search", in_script(person.name or "", "zh"))
    assert [row.get_attribute("data-person") for row in page.locator(".row:visible").all()] == [person.id]


def test_filters_dim_and_never_move(page: Page, sample: MapContent) -> None:
    before = [(disc["x"], disc["y"]) for disc in shown(page)["discs"]]
    gaps = {gap.person for gap in sample.report.gaps if gap.person}
    meant: dict[str, Callable[[Any], bool]] = {
        "gaps": lambda person: person.id in gaps,
        "role:D": lambda person: "D" in person.roles,
        "stance:1": lambda person: person.stance == 1 and person.status == "active",
        f"unit:{sample.report.people[0].unit}": lambda person: person.unit == sample.report.people[0].unit,
    }
    for choice, means in meant.items():
        page.select_option("#filter", choice)
        assert bright(page) == {person.id for person in sample.report.people if means(person)}, choice
        assert [(disc["x"], disc["y"]) for disc in shown(page)["discs"]] == before
    page.keyboard.press("Escape")
    assert len(bright(page)) == len(sample.report.people)


@pytest.mark.parametrize(
    ("key", "layer"), [("i", "influence"), ("t", "tie"), ("c", "rival"), ("x", "conflict"), ("r", "reporting")]
)
def test_layers_by_key_and_by_toggle(page: Page, key: str, layer: str) -> None:
    def hidden() -> set[bool]:
        return {line["hidden"] for line in shown(page)["lines"] if line["kind"] == layer}

    at_first = hidden()
    assert at_first == {layer == "reporting"}
    page.keyboard.press(key)
    assert hidden() == {layer != "reporting"}
    assert "layers=" in page.url
    page.locator(f".layer[data-layer='{layer}']").click()
    assert hidden() == at_first
    assert "layers=" not in page.url


def test_the_language_switches_without_a_reload_and_keeps_the_columns(page: Page, sample: MapContent) -> None:
    person = sample.report.people[0]
    page.locator(f".row[data-person='{person.id}']").click()
    english = sorted(shown(page)["discs"], key=lambda disc: disc["id"])
    page.evaluate("window.stillHere = true")
    page.keyboard.press("l")
    assert page.evaluate("window.stillHere")
    assert page.locator("html").get_attribute("lang") == "zh"
    assert in_script(person.name or "", "zh") in page.locator("#detail").inner_text()
    assert in_script(sample.report.account.name or "", "zh") == page.locator("h1").inner_text()
    assert selected(page) == [person.id]
    chinese = sorted(shown(page)["discs"], key=lambda disc: disc["id"])
    assert [disc["id"] for disc in english] == [disc["id"] for disc in chinese]
    units = {person.id: person.unit for person in sample.report.people}

    def order(discs: list[dict[str, Any]]) -> list[str | None]:
        middles: dict[str | None, list[float]] = {}
        for disc in discs:
            middles.setdefault(units[disc["id"]], []).append(disc["x"])
        return sorted(middles, key=lambda unit: sum(middles[unit]) / len(middles[unit]))

    assert order(english) == order(chinese)
    page.keyboard.press("l")
    assert page.locator("html").get_attribute("lang") == "en"


def test_the_theme_follows_the_system_until_chosen(opens: Opens, sample_file: Path) -> None:
    page = opens(sample_file, color_scheme="dark")
    assert shown(page)["colours"]["page"].upper() == "#12161C"
    page.keyboard.press("d")
    assert shown(page)["colours"]["page"].upper() in ("#FFF", "#FFFFFF")
    assert "theme=light" in page.url


def test_the_address_brings_everything_back(opens: Opens, sample_file: Path, sample: MapContent) -> None:
    person = sample.report.people[3].id
    page = opens(sample_file, fragment=f"#person={person}&layers=tie.conflict&lang=zh&theme=dark")
    assert selected(page) == [person]
    assert page.locator("html").get_attribute("lang") == "zh"
    assert page.locator("html").get_attribute("data-theme") == "dark"
    pressed = page.locator(".layer[aria-pressed='true']").all()
    assert [button.get_attribute("data-layer") for button in pressed] == ["tie", "conflict"]
    page.evaluate("location.hash = 'person=nobody-of-that-name&lang=fr&layers=none'")
    page.wait_for_function("document.documentElement.lang === 'en'")
    assert selected(page) == []


def test_the_list_by_keyboard_alone(page: Page, sample: MapContent) -> None:
    people = [person.id for person in sample.report.people]
    page.locator("#people").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert selected(page) == []
    page.keyboard.press("Enter")
    assert selected(page) == [people[1]]
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    assert selected(page) == [people[-1]]
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    assert selected(page) == [people[0]]
    active = page.locator("#people").get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("data-person") == people[0]
    sentence = page.locator(f"#{active}").get_attribute("aria-label")
    assert sentence is not None
    assert in_script(sample.report.people[0].name or "", "en") in sentence


def test_one_two_three_jump_to_the_gaps(page: Page, sample: MapContent) -> None:
    for subject in subjects(sample.report)[:3]:
        page.keyboard.press(str(subject.number))
        if subject.person:
            assert selected(page) == [subject.person]
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")


def test_arrows_on_the_map_go_to_the_nearest_that_way(page: Page, sample: MapContent) -> None:
    person = max(shown(page)["discs"], key=lambda disc: disc["y"])
    page.evaluate("(id) => { location.hash = 'person=' + encodeURIComponent(id) }", person["id"])
    expect(page.locator("#detail")).to_be_visible()
    page.keyboard.press("ArrowUp")
    assert selected(page) != [person["id"]]
    after = disc_of(page, selected(page)[0] or "")
    assert after["y"] < person["y"]


def test_letters_in_the_search_are_text(page: Page) -> None:
    page.locator("#search").focus()
    page.keyboard.type("dlitcxr123")
    assert page.locator("#search").input_value() == "dlitcxr123"
    assert page.locator("html").get_attribute("lang") == "en"


def test_zoom_and_fit(page: Page) -> None:
    at_first = shown(page)["scale"]
    page.keyboard.press("+")
    assert shown(page)["scale"] == pytest.approx(1.25 * at_first)
    page.keyboard.press("0")
    assert shown(page)["scale"] == pytest.approx(at_first)
    for _ in range(20):
        page.keyboard.press("-")
    assert shown(page)["scale"] >= 0.49 * at_first
    assert shown(page)["text"]["small"] >= 10.99


def test_the_picture_is_saved_as_svg_and_png(page: Page, tmp_path: Path) -> None:
    for ending, begins in (("svg", b"<svg"), ("png", b"\x89PNG")):
        page.locator("#export").click()
        with page.expect_download() as download:
            page.locator(f"[data-export='{ending}']").click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        assert path.suffix == f".{ending}"
        assert path.read_bytes().startswith(begins)


def test_a_narrow_window_keeps_the_panel_in_a_drawer(opens: Opens, sample_file: Path) -> None:
    page = opens(sample_file, 1024, 768)
    assert not page.locator("#panel").is_visible()
    page.locator("#people-toggle").click()
    expect(page.locator("#panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).not_to_be_visible()


def test_the_smallest_window_is_the_list_and_the_map_on_demand(opens: Opens, sample_file: Path) -> None:
    page = opens(sample_file, 390, 800)
    expect(page.locator(".row").first).to_be_visible()
    expect(page.locator("#map")).not_to_be_visible()
    page.locator("#map-toggle").click()
    expect(page.locator("#map")).to_be_visible()
    assert shown(page)["discs"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
