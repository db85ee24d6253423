"""On paper: A4 landscape, page by page, a foot on every sheet, nothing too small, always light."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.maps import Opens

pytestmark = pytest.mark.browser

VIEWS = ("power", "fishbone", "coverage")
SHEET = {"width": 1062, "height": 714}
"""The room of a sheet between its margins, in pixels."""

LEAST = 7 / 0.75 - 0.05
"""Seven points in pixels."""

SMALLEST = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement;
    if (!node.textContent.trim() || !holder.checkVisibility({ visibilityProperty: true })) continue;
    const box = holder.getBoundingClientRect();
    if (!box.width || !box.height || getComputedStyle(holder).clipPath !== "none") continue;
    const svg = holder.ownerSVGElement;
    const drawn = svg?.viewBox.baseVal?.width
      ? Math.min(svg.clientWidth / svg.viewBox.baseVal.width, svg.clientHeight / svg.viewBox.baseVal.height) : 1;
    found.push([parseFloat(getComputedStyle(holder).fontSize) * drawn, node.textContent.trim()]);
  }
  return found.sort((a, b) => a[0] - b[0])[0];
}"""


def printed(page: Page) -> bytes:
    return page.pdf(prefer_css_page_size=True, print_background=True)


def sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def streams(pdf: bytes) -> bytes:
    """The unpacked content of the streams of a PDF."""
    made = []
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            made.append(zlib.decompress(found[1]))
        except zlib.error:
            made.append(found[1])
    return b"\n".join(made)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("view", VIEWS)
def test_sheets_are_a4_landscape_and_few(opens: Opens, sample_file: Path, view: str, lang: str) -> None:
    page = opens(sample_file, fragment=f"#view={view}&lang={lang}")
    pdf = printed(page)
    assert sheets(pdf) == (3 if view == "coverage" else 2)
    boxes = {
        tuple(round(float(number)) for number in box.split()) for box in re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pdf)
    }
    assert boxes == {(0, 0, 842, 595)}


@pytest.mark.parametrize("view", VIEWS)
def test_many_people_leave_no_sheet_empty(opens: Opens, crowd: Callable[[int], Path], view: str) -> None:
    page = opens(crowd(60), fragment=f"#view={view}")
    assert sheets(printed(page)) <= (5 if view == "coverage" else 3)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_smaller_than_seven_points(opens: Opens, sample_file: Path, view: str, lang: str) -> None:
    page = opens(sample_file, fragment=f"#view={view}&lang={lang}")
    page.set_viewport_size({"width": SHEET["width"], "height": SHEET["height"]})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    size, words = page.evaluate(SMALLEST)
    assert size >= LEAST, words
    assert page.evaluate("document.documentElement.scrollWidth") <= SHEET["width"]


@pytest.mark.parametrize("view", VIEWS)
def test_paper_is_light_and_shows_everybody(opens: Opens, sample_file: Path, view: str) -> None:
    page = opens(sample_file, fragment=f"#view={view}", color_scheme="dark")
    page.fill("#search", "nobody is called so")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(22, 32, 43)"
    if view == "coverage":
        assert page.locator(".cover tbody tr").first.is_visible()
    else:
        assert page.locator(".row").first.is_visible()
        assert page.locator(".row").last.is_visible()
    assert not page.locator(".toolbar").is_visible()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_foot_says_whose_when_by_what_and_for_whom(opens: Opens, sample_file: Path, lang: str) -> None:
    page = opens(sample_file, fragment=f"#lang={lang}")
    feet = page.evaluate(
        """(lang) => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
        .filter((rule) => rule instanceof CSSPageRule && rule.selectorText === lang).map((rule) => rule.cssText)""",
        lang,
    )
    assert len(feet) == 1
    wanted = {
        "en": ("Qinglan Mobile", "As of 23 Nov 2026", "uncalibrated defaults", "for the account team only"),
        "zh": ("青岚移动", "截至2026年11月23日", "未校准默认值", "仅限客户团队内部"),
    }
    for words in wanted[lang]:
        assert words in feet[0]
    used = page.evaluate("""() => { const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
        return rules.filter((rule) => rule instanceof CSSMediaRule).map((rule) => rule.cssText).join(""); }""")
    assert f"page: {lang}" in used


def test_a_hostile_name_stays_a_string_of_the_foot(opens: Opens, tmp_path: Path) -> None:
    from graph.analysis.map import map_content
    from tests.browser.maps import AS_OF, written
    from tests.oracle.random_account import random_account
    from tests.oracle.records import dataset_of

    rows = random_account(seed=3, people=5, opportunities=1)
    rows["accounts"][0]["name"] = '"; } </style><script>window.hit = 1</script> body { display: none } \\'
    page = opens(written(map_content(dataset_of(rows), "acme", AS_OF), tmp_path))
    assert page.evaluate("window.hit") is None
    assert page.locator(".strip").is_visible()
    feet = page.evaluate("""() => [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
        .filter((rule) => rule instanceof CSSPageRule).map((rule) => rule.cssText).join("")""")
    assert "window.hit" in feet
    assert sheets(printed(page)) == 2
