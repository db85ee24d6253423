"""The checklist of the pictures, each line measured in the browser over every account, view and language."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page

from graph.analysis.map import MapContent, map_content
from graph.model import Account, Opportunity, Participation, Person
from graph.model.dataset import Dataset
from tests.browser.accounts import ACCOUNTS, content_of
from tests.browser.maps import AS_OF, Opens, written
from tests.browser.measured import CUT, SMALL, VIEWS, is_inside, overlap, places, reaches, show
from viz import encodings
from viz.map_page import power_map_page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WINDOWS = [(1024, 768), (1440, 900), (1920, 1080)]
LANGS = ("en", "zh")
THEMES: tuple[encodings.Theme, ...] = ("light", "dark")
FOUND_BY_SEARCH = 200
"""Beyond so many in the list the search leads to a person."""


@pytest.fixture(scope="module")
def file_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Path]]:
    """The page of each account on disk."""
    made: dict[str, Path] = {}

    def file(account: str) -> Path:
        if account not in made:
            made[account] = written(content_of(account), tmp_path_factory.mktemp(account))
        return made[account]

    return file


FileOf = Callable[[str], Path]


@pytest.mark.parametrize(("width", "height"), WINDOWS)
@pytest.mark.parametrize("account", ACCOUNTS)
def test_labels_are_apart_and_nothing_is_cut_or_small(
    opens: Opens, file_of: FileOf, account: str, width: int, height: int
) -> None:
    page = opens(file_of(account), width, height)
    content = content_of(account)
    deciding = {person.id for person in content.report.people if {"D", "A"} & set(person.roles)}
    for lang in LANGS:
        for view in VIEWS:
            show(page, view, lang)
            found = places(page, view)
            where = (view, lang)
            boxes = {label["id"]: label["box"] for label in found["labels"]}
            for (first, box), (second, beside) in combinations(boxes.items(), 2):
                assert not overlap(box, beside), (where, first, second)
            for labelled, box in boxes.items():
                assert is_inside(box, found["frame"]), (where, labelled, box)
                assert not [disc["id"] for disc in found["discs"] if disc["id"] != labelled and reaches(disc, box)], (
                    where
                )
            drawn = {disc["id"] for disc in found["discs"]}
            if view == "power":
                assert drawn & deciding <= set(boxes), where
                assert page.evaluate("swaymap.map().text.small") >= 10.95
                if len(content.report.people) <= 200 and width >= 1440:
                    assert deciding <= drawn, where
            assert page.evaluate(SMALL) == [], where
            assert page.evaluate(CUT) == [], where


@pytest.mark.parametrize("account", ACCOUNTS)
def test_area_is_influence_and_the_filled_part_of_the_head_is_the_coverage(
    opens: Opens, file_of: FileOf, account: str
) -> None:
    report = content_of(account).report
    page = opens(file_of(account))
    shown = page.evaluate("swaymap.map()")
    influence = {person.id: person.decision_influence for person in report.people}
    radii = {disc["id"]: disc["r"] / shown["scale"] for disc in shown["discs"]}
    floor = min(radii.values())
    above = [(influence[person], radius**2) for person, radius in radii.items() if radius > floor + 0.01]
    for share, area in above[1:]:
        assert area / above[0][1] == pytest.approx(share / above[0][0], rel=0.01)
    area = page.evaluate(
        """() => {
          const path = document.querySelector("#profile .fill").getAttribute("d") || "";
          const boxes = [...path.matchAll(/h([\\d.]+)v([\\d.]+)/g)].map(([, wide, high]) => wide * high);
          const { width, height } = document.querySelector("#profile .empty").getBBox();
          return boxes.reduce((sum, box) => sum + box, 0) / (width * height);
        }"""
    )
    assert area == pytest.approx(report.decision_chain_coverage, abs=0.005)


def test_the_arc_of_a_ring_is_the_coverage_within_a_degree(opens: Opens, file_of: FileOf) -> None:
    content = content_of("sample")
    page = opens(file_of("sample"), device_scale_factor=4)
    for layer in ("i", "t", "c", "x"):
        page.keyboard.press(layer)
    shown = page.evaluate("swaymap.map()")
    frame = page.locator("#map").bounding_box()
    assert frame
    picture = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(int)
    ours = np.array([int(shown["colours"]["ours"].lstrip("#")[at : at + 2], 16) for at in (0, 2, 4)])
    coverage = {person.id: person.coverage for person in content.report.people}
    angles = np.deg2rad(np.arange(0, 360, 0.25))
    for disc in shown["discs"]:
        radius = disc["r"] + encodings.RING["gap"] * shown["scale"]
        x = 4 * (frame["x"] + disc["x"] + radius * np.sin(angles))
        y = 4 * (frame["y"] + disc["y"] - radius * np.cos(angles))
        seen = picture[y.astype(int), x.astype(int)]
        filled = (np.abs(seen - ours).sum(axis=1) < 120).mean() * 360
        badge = next((person for person in content.report.people if person.id == disc["id"]), None)
        assert badge is not None
        if page.evaluate("(id) => document.querySelector(`.row[data-person='${id}']`) === null", disc["id"]):
            continue
        if disc["id"] in _numbered(content):
            continue  # the number lies over the ring
        assert filled == pytest.approx(360 * coverage[disc["id"]], abs=1.5), disc["id"]


def _numbered(content: MapContent) -> set[str]:
    from viz.scene import plan

    return set(plan.badges_of(content.report))


def test_stances_are_told_apart_in_grey(opens: Opens, tmp_path: Path) -> None:
    stances: list[int | None] = [3, 2, 1, 0, -1, -2, None]
    people = [Person(f"p{place}", "a", level=4) for place in range(len(stances))]
    part = [
        Participation("o", person.id, roles=("D",), stance=stance)
        for person, stance in zip(people, stances, strict=True)
    ]
    data = Dataset.collect([Account("a"), Opportunity("o", "a"), *people, *part])
    page = opens(written(map_content(data, "a", AS_OF), tmp_path), device_scale_factor=3)
    shown = page.evaluate("swaymap.map()")
    assert len(shown["discs"]) == len(stances)
    frame = page.locator("#map").bounding_box()
    assert frame
    grey = np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("L")).astype(float)
    glyphs = {}
    for disc in shown["discs"]:
        half = int(3 * 0.6 * disc["r"])
        x, y = int(3 * (frame["x"] + disc["x"])), int(3 * (frame["y"] + disc["y"]))
        patch = grey[y - half : y + half, x - half : x + half]
        ground = np.median(patch)
        ink = np.abs(patch - ground) > 40
        small = Image.fromarray((255 * ink).astype("uint8")).resize((24, 24))
        glyphs[disc["id"]] = np.asarray(small) > 127
        assert 0.02 < glyphs[disc["id"]].mean() < 0.75, disc["id"]
    for first, second in combinations(glyphs, 2):
        both = (glyphs[first] & glyphs[second]).sum()
        either = (glyphs[first] | glyphs[second]).sum()
        assert both / either < 0.72, (first, second)


@pytest.mark.parametrize("theme", THEMES)
def test_text_and_marks_have_contrast(theme: encodings.Theme) -> None:
    colours = encodings.COLOURS[theme]
    for ground in ("page", "zebra", "lane"):
        for ink in ("text", "muted"):
            assert contrast(colours[ink], colours[ground]) >= 4.5, (ink, ground)
    for ink in ("ours", "conflict", "rival", "influence", "outline"):
        assert contrast(colours[ink], colours["page"]) >= 3, ink
    for code, form in encodings.FORMS[theme].items():
        assert contrast(form.glyph, form.fill) >= 3, code
        edge = max(contrast(form.fill, colours["page"]), contrast(form.outline or form.fill, colours["page"]))
        assert edge >= 3, code


def contrast(first: str, second: str) -> float:
    """The contrast of two colours by WCAG 2.2."""

    def light(colour: str) -> float:
        digits = colour.lstrip("#")
        digits = "".join(2 * digit for digit in digits) if len(digits) == 3 else digits
        parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((light(first), light(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("account", ["sample", "krackhardt", "200"])
def test_axe_finds_nothing_serious(opens: Opens, file_of: FileOf, account: str) -> None:
    page = opens(file_of(account), bypass_csp=True)
    person = content_of(account).report.people[0].id
    for view in VIEWS:
        for theme in THEMES:
            for lang in LANGS if account == "sample" else LANGS[:1]:
                page.evaluate("(hash) => { location.hash = hash }", f"view={view}&theme={theme}&lang={lang}")
                page.wait_for_function("(view) => document.documentElement.dataset.view === view", arg=view)
                assert serious(page) == [], (view, theme, lang)
    page.evaluate("(id) => { location.hash = 'person=' + encodeURIComponent(id) }", person)
    page.wait_for_selector("#detail:visible")
    assert serious(page) == []


def serious(page: Page) -> list[tuple[str, str]]:
    """The violations that axe reports as serious or critical: the rule and the first element."""
    found = Axe().run(page).response["violations"]
    return [
        (
            violation["id"],
            violation["nodes"][0]["html"][:120] + " " + violation["nodes"][0].get("failureSummary", "")[:160],
        )
        for violation in found
        if violation["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("account", ACCOUNTS)
def test_everybody_is_reached_by_keys_and_list_and_views_agree(opens: Opens, file_of: FileOf, account: str) -> None:
    people = content_of(account).report.people
    page = opens(file_of(account))
    page.keyboard.press("/")
    page.keyboard.press("ArrowDown")
    reached = []
    for _ in people[:FOUND_BY_SEARCH]:
        page.keyboard.press("ArrowDown")
        reached.append(page.evaluate("document.querySelector('.row.active').dataset.person"))
    assert reached == [person.id for person in people[:FOUND_BY_SEARCH]]
    assert page.evaluate("getComputedStyle(document.querySelector('#people')).outlineStyle") != "none"
    for person in {people[0].id: people[0], people[-1].id: people[-1]}.values():
        page.fill("#search", (person.name or person.id).split(" / ")[0])
        page.locator("#people").focus()
        page.keyboard.press("Home")
        for _ in people:
            if page.evaluate("document.querySelector('.row.active').dataset.person") == person.id:
                break
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        for view in VIEWS:
            page.evaluate("(view) => document.querySelector(`.view[data-view='${view}']`).click()", view)
            assert chosen(page, view) == [person.id], view
        page.keyboard.press("Escape")
        page.keyboard.press("Escape")
        assert all(chosen(page, view) == [] for view in VIEWS)
        page.keyboard.press("f")  # the list stands beside every view but coverage


def chosen(page: Page, view: str) -> list[str]:
    """The selected people by the list and by the view, which must be the same."""
    rows: list[str] = page.evaluate(
        "[...document.querySelectorAll(\".row[aria-selected='true']\")].map((row) => row.dataset.person)"
    )
    marks: dict[str, str] = {
        "fishbone": "#fishbone .person.chosen, #fishbone .grown > .chosen",
        "coverage": ".cover tr.selected",
    }
    if view in marks and rows:
        found = page.evaluate(
            "(which) => [...document.querySelectorAll(which)].map((one) => one.dataset.person)", marks[view]
        )
        assert found == rows, (view, found)
    if view == "power" and rows:
        shown = page.evaluate("swaymap.map()")
        bright = {disc["id"] for disc in shown["discs"] if disc["opacity"] == 1} | {
            person["id"] for person in shown["grown"]
        }
        assert rows[0] in bright
    return rows


def test_every_stop_of_the_tab_key_is_seen(opens: Opens, file_of: FileOf) -> None:
    page = opens(file_of("sample"))
    for view in VIEWS:
        show(page, view, "en")
        page.evaluate("document.activeElement.blur()")
        stops = set()
        for _ in range(40):
            page.keyboard.press("Tab")
            name, seen = page.evaluate(
                """() => {
                  const here = document.activeElement;
                  const style = getComputedStyle(here);
                  const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
                  return [here === document.body ? "" : here.id || here.className || here.tagName, outlined];
                }"""
            )
            if name == "":
                break
            assert seen, (view, name)
            stops.add(name)
        assert {"people", "search"} <= stops if view != "coverage" else "search" in stops


@pytest.mark.parametrize("account", ["sample", "60", "500"])
def test_the_same_account_gives_the_same_page(opens: Opens, file_of: FileOf, account: str) -> None:
    content = content_of(account)
    assert power_map_page(content) == file_of(account).read_text(encoding="utf-8")
    first, second = (opens(file_of(account)).evaluate("swaymap.map()") for _ in range(2))
    assert first == second


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_language_keeps_the_order_of_columns(opens: Opens, file_of: FileOf, account: str) -> None:
    page = opens(file_of(account))
    english = page.evaluate("swaymap.map().columns")
    assert english
    page.keyboard.press("l")
    assert page.evaluate("swaymap.map().columns") == english
