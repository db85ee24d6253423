"""The page opens from disk in a real browser: nothing is asked of anybody, nothing is wrong, nothing is cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.analysis.map import MapContent, map_content
from graph.model import Account, Influence, Person
from graph.model.dataset import Dataset
from tests.browser.maps import AS_OF, Opens, written

pytestmark = pytest.mark.browser

EDGE_CASES: dict[str, list[object]] = {
    "no opportunity": [Account("a", "Bank / 银行"), Person("p", "a", name="Hu / 胡", level=5)],
    "nobody": [Account("a", "Bank / 银行")],
    "nothing but ids": [Account("a"), Person("p", "a"), Person("q", "a"), Influence("p", "q", 0.5)],
}

WINDOWS = [(1440, 900), (1024, 768), (1920, 1080)]

CUT = """() => {
  const wrong = [];
  const shortened = (element) => {
    for (let above = element.parentElement; above !== document.body; above = above.parentElement)
      if (getComputedStyle(above).overflow === "hidden") return true;
    return false;
  };
  for (const element of document.querySelectorAll("h1,h2,dt,dd,p,button,li,select,input,.chip,.badge,span")) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    if (element.closest(".row,.unseen,.symbols,#detail") || shortened(element)) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0) continue;
    if (box.left < -0.5 || box.right > innerWidth + 0.5 || box.top < -0.5 || box.bottom > innerHeight + 0.5)
      wrong.push("outside: " + element.outerHTML.slice(0, 90));
    const style = getComputedStyle(element);
    const clips = style.overflow === "hidden" && style.textOverflow !== "ellipsis" && style.display !== "inline";
    if (clips && !element.matches(".reasons") && element.scrollWidth > element.clientWidth + 1)
      wrong.push("cut: " + element.outerHTML.slice(0, 90));
  }
  return wrong;
}"""

SMALL_TEXT = """() => [...document.querySelectorAll("body *")]
  .filter((element) => element.checkVisibility())
  .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
  .filter((element) => !element.closest(".still") && parseFloat(getComputedStyle(element).fontSize) < 11)
  .map((element) => element.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize(("width", "height"), WINDOWS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_is_cut_or_too_small(opens: Opens, sample_file: Path, width: int, height: int, lang: str) -> None:
    page = opens(sample_file, width, height, f"#lang={lang}")
    assert page.evaluate(CUT) == []
    assert page.evaluate(SMALL_TEXT) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1024, 1100, 1220, 1280, 1366, 1420])
def test_the_tools_fit_in_one_row(opens: Opens, sample_file: Path, width: int) -> None:
    page = opens(sample_file, width, 800)
    assert page.evaluate("document.querySelector('.toolbar').scrollWidth <= innerWidth")


@pytest.mark.parametrize(("width", "height"), WINDOWS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_labels_are_inside_readable_and_apart(
    opens: Opens, sample_file: Path, sample: MapContent, width: int, height: int, lang: str
) -> None:
    shown = opens(sample_file, width, height, f"#lang={lang}").evaluate("swaymap.map()")
    assert shown["text"]["small"] >= 10.99
    named = {label["id"] for label in shown["labels"]}
    assert named == {disc["id"] for disc in shown["discs"]}
    assert named >= {person.id for person in sample.report.people if {"D", "A"} & set(person.roles)}
    if width >= 1440:
        assert named == {person.id for person in sample.report.people}
    for number, label in enumerate(shown["labels"]):
        left, top, wide, high = label["box"]
        assert left >= -1, label
        assert top >= -1, label
        assert left + wide <= shown["window"][0] + 1, label
        assert top + high <= shown["window"][1] + 1, label
        for other in shown["labels"][number + 1 :]:
            assert not overlap(label["box"], other["box"]), (label, other)


def test_the_switch_to_another_window_takes_the_scene_that_fits(opens: Opens, sample_file: Path) -> None:
    page = opens(sample_file, 1440, 900)
    wide = page.evaluate("swaymap.map()")
    page.set_viewport_size({"width": 1024, "height": 768})
    page.wait_for_function("swaymap.map().window[0] === 1024")
    narrow = page.evaluate("swaymap.map()")
    assert narrow["scene"] != wide["scene"]
    assert all(0 <= disc["x"] <= narrow["window"][0] for disc in narrow["discs"])


def test_it_is_small_enough(sample_file: Path) -> None:
    assert sample_file.stat().st_size < 1_500_000


def test_the_policy_lets_nothing_else_run(opens: Opens, sample_file: Path) -> None:
    page = opens(sample_file)
    policy = page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
    assert policy is not None
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_without_scripts_there_is_the_picture_and_the_header(opens: Opens, sample_file: Path, browser: object) -> None:
    from playwright.sync_api import Browser

    assert isinstance(browser, Browser)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.goto(sample_file.as_uri())
    assert page.locator(".still[lang='en'] svg").is_visible()
    assert not page.locator(".still[lang='zh'] svg").is_visible()
    assert page.locator(".covered b").inner_text().endswith(" %")
    context.close()


def test_the_printed_sheet_is_the_still_picture_and_the_whole_list(opens: Opens, sample_file: Path) -> None:
    page = opens(sample_file, fragment="#theme=dark")
    page.fill("#search", "nobody at all")
    page.emulate_media(media="print")
    assert page.locator(".still[lang='en'] svg").is_visible()
    assert not page.locator("#map").is_visible()
    assert page.locator(".row").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--page').trim().toUpperCase()") == "#FFFFFF"


def overlap(first: list[float], second: list[float]) -> bool:
    """Whether two boxes share more than a hair."""
    across = min(first[0] + first[2], second[0] + second[2]) - max(first[0], second[0])
    down = min(first[1] + first[3], second[1] + second[3]) - max(first[1], second[1])
    return across > 1 and down > 1


@pytest.mark.parametrize("case", EDGE_CASES)
def test_what_is_absent_is_a_dash_and_nothing_breaks(opens: Opens, tmp_path: Path, case: str) -> None:
    path = written(map_content(Dataset.collect(EDGE_CASES[case]), "a", AS_OF), tmp_path)
    page = opens(path)
    assert page.locator(".facts dd").all_inner_texts() == ["–", "–", "–"]
    for row in page.locator(".row").all():
        row.click()
        assert page.locator("#detail .none-words").count() > 0
    page.keyboard.press("Escape")
    for key in "lditcxr0+-123":
        page.keyboard.press(key)


def test_whom_no_route_reaches_shows_who_sways_them(opens: Opens, tmp_path: Path) -> None:
    path = written(map_content(Dataset.collect(EDGE_CASES["nothing but ids"]), "a", AS_OF), tmp_path)
    page = opens(path, fragment="#person=q")
    assert {disc["id"] for disc in page.evaluate("swaymap.map()")["discs"] if disc["opacity"] == 1} == {"p", "q"}
