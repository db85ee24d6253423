"""A window that changes its size: the whole map stays whole; a reader who has zoomed in keeps what they look at."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph.analysis.map import MapContent
from tests.browser.maps import Opens
from tests.browser.measured import KEYS, assert_whole_map, map_now, resize

pytestmark = pytest.mark.browser

CHANGES = {
    "grown": ((1180, 700), (1600, 1000)),
    "shrunk": ((1600, 1000), (1180, 700)),
    "wider": ((1200, 800), (1500, 800)),
    "taller": ((1440, 700), (1440, 1000)),
    "a little smaller": ((1440, 900), (1420, 890)),
    "on a large monitor": ((1440, 900), (2560, 1400)),
    "tablet turned upright": ((1024, 768), (768, 1024)),
    "tablet turned back": ((768, 1024), (1024, 768)),
    "panel becomes a drawer": ((1200, 800), (1000, 800)),
    "drawer becomes a panel": ((1000, 800), (1200, 800)),
}
Size = tuple[int, int]
each_change = pytest.mark.parametrize(("before", "after"), CHANGES.values(), ids=list(CHANGES))


def picture(page: Page) -> dict[str, float]:
    """The visible state of the map in numbers: scale and window, and where everybody and every name is."""
    drawn = map_now(page)
    width, height = drawn["window"]
    found = {"scale": drawn["scale"], "width": width, "height": height}
    for kind in ("discs", "tiles"):
        for item in drawn[kind]:
            found |= {f"{kind} {item['id']} {side}": item[side] for side in ("x", "y")}
    for label in drawn["labels"]:
        found |= {f"label {label['id']} {place}": side for place, side in enumerate(label["box"])}
    return found


def middle(page: Page) -> tuple[str, float, float]:
    """The person nearest to the middle of the window, and how far from it."""
    drawn = map_now(page)
    across, down = (side / 2 for side in drawn["window"])
    offsets = [(disc["id"], disc["x"] - across, disc["y"] - down) for disc in drawn["discs"]]
    return min(offsets, key=lambda offset: offset[1] ** 2 + offset[2] ** 2)


def zoom_in(page: Page) -> None:
    """Three steps nearer, and the map dragged aside, as a reader does who looks at somebody."""
    for _ in range(3):
        page.keyboard.press("+")
    at = page.locator("#map").bounding_box()
    assert at is not None
    x, y = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 30, steps=4)
    page.mouse.up()


@each_change
def test_the_map_is_that_of_a_page_opened_in_this_size(
    opens: Opens, sample_file: Path, before: Size, after: Size
) -> None:
    page = opens(sample_file, *before)
    resize(page, *after)
    assert_whole_map(page)
    assert picture(page) == pytest.approx(picture(opens(sample_file, *after)))


@each_change
@pytest.mark.parametrize("view", ["fishbone", "coverage"])
def test_a_change_in_another_view_is_taken_up(
    opens: Opens, sample_file: Path, before: Size, after: Size, view: str
) -> None:
    page = opens(sample_file, *before)
    page.keyboard.press(KEYS[view])
    resize(page, *after)
    page.keyboard.press(KEYS["power"])
    resize(page, *after)
    assert_whole_map(page)


@each_change
def test_a_reader_who_has_zoomed_in_keeps_scale_and_middle(
    opens: Opens, sample_file: Path, before: Size, after: Size
) -> None:
    page = opens(sample_file, *before)
    zoom_in(page)
    scale, (person, across, down) = map_now(page)["scale"], middle(page)
    resize(page, *after)
    assert map_now(page)["scale"] == pytest.approx(scale)
    assert middle(page) == (person, pytest.approx(across, abs=1), pytest.approx(down, abs=1))
    page.keyboard.press("0")
    assert_whole_map(page)


def test_a_window_dragged_through_many_sizes(opens: Opens, sample_file: Path) -> None:
    page = opens(sample_file, 1600, 1000)
    for width, height in itertools.product(range(1600, 1000, -150), (1000, 720)):
        page.set_viewport_size({"width": width, "height": height})
    resize(page, 1300, 850)
    assert_whole_map(page)


def test_a_map_that_was_hidden_meanwhile_is_as_it_was(opens: Opens, sample_file: Path) -> None:
    page = opens(sample_file)
    resize(page, 390, 800)
    assert map_now(page)["window"] == [0, 0]
    resize(page, 1440, 900)
    assert_whole_map(page)
    zoom_in(page)
    scale, (person, across, down) = map_now(page)["scale"], middle(page)
    resize(page, 390, 800)
    resize(page, 1440, 900)
    assert map_now(page)["scale"] == pytest.approx(scale)
    assert middle(page) == (person, pytest.approx(across, abs=1), pytest.approx(down, abs=1))


def test_a_phone_turned_with_the_map_open(opens: Opens, sample_file: Path) -> None:
    page = opens(sample_file, 390, 800)
    page.locator("#map-toggle").click()
    resize(page, 390, 800)
    assert_whole_map(page)
    resize(page, 700, 390)
    assert_whole_map(page)


def test_a_map_of_no_size_takes_every_key(opens: Opens, sample_file: Path) -> None:
    """The page's errors fail the test, as in every test of `opens`."""
    page = opens(sample_file, 390, 800)
    for key in ("l", "+", "-", "0", "ArrowDown", "l"):
        page.keyboard.press(key)
    page.locator(".row").first.click()
    page.locator("#map-toggle").click()
    resize(page, 390, 800)
    assert map_now(page)["window"][0] == 390


def test_who_is_selected_stays_beside_the_drawer(opens: Opens, sample_file: Path) -> None:
    page = opens(sample_file, 1024, 768)
    person = max(map_now(page)["discs"], key=lambda disc: disc["x"])["id"]
    page.evaluate("(id) => { location.hash = 'person=' + encodeURIComponent(id) }", person)
    expect(page.locator("#panel")).to_be_visible()
    resize(page, 768, 1024)
    panel = page.locator("#panel").bounding_box()
    assert panel is not None
    spot = next(disc for disc in map_now(page)["discs"] if disc["id"] == person)
    assert 0 < spot["x"] < panel["x"]
    resize(page, 1440, 900)
    assert_whole_map(page)


def test_a_switch_of_language_keeps_what_is_looked_at(opens: Opens, sample_file: Path) -> None:
    page = opens(sample_file)
    zoom_in(page)
    scale, (person, across, down) = map_now(page)["scale"], middle(page)
    page.keyboard.press("l")
    page.wait_for_function("document.documentElement.lang === 'zh'")
    assert map_now(page)["scale"] == pytest.approx(scale)
    assert middle(page) == (person, pytest.approx(across, abs=1), pytest.approx(down, abs=1))


def test_paper_and_back(opens: Opens, sample_file: Path) -> None:
    page = opens(sample_file)
    page.emulate_media(media="print")
    page.wait_for_function("document.querySelector('#map canvas').clientWidth === 0")
    page.emulate_media(media="screen")
    resize(page, 1300, 850)
    assert_whole_map(page)


def test_what_is_supposed_stays(opens: Opens, sample_file: Path, sample: MapContent) -> None:
    person = sample.report.people[0].id
    page = opens(sample_file, fragment=f"#person={person}&if=leaves")
    figures = page.locator(".if-figures").inner_text()
    resize(page, 1180, 760)
    assert_whole_map(page)
    assert page.locator(".if-figures").inner_text() == figures


@each_change
def test_the_fishbone_takes_the_drawing_of_the_new_size(
    opens: Opens, sample_file: Path, before: Size, after: Size
) -> None:
    size = """() => { const drawn = document.querySelector('#fishbone svg');
        return [drawn.getAttribute('width'), drawn.getAttribute('height'), drawn.getAttribute('viewBox')]; }"""
    page = opens(sample_file, *before, fragment="#view=fishbone")
    resize(page, *after)
    assert page.evaluate(size) == opens(sample_file, *after, fragment="#view=fishbone").evaluate(size)


@each_change
def test_the_coverage_table_never_makes_the_page_scroll_sideways(
    opens: Opens, sample_file: Path, before: Size, after: Size
) -> None:
    page = opens(sample_file, *before, fragment="#view=coverage")
    resize(page, *after)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".cover tbody tr").first.is_visible()
