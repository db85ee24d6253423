"""What-if on the page: the header shows the figures before and after one change, equal to `swaymap what-if`."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph.analysis.ground.limits import UNASKED_PEOPLE
from graph.analysis.map import MapContent
from graph.analysis.scenarios.changes import Change, Stance, Without
from graph.analysis.scenarios.what_if import Figure, what_if
from graph.model.dataset import Dataset
from graph.model.names import in_script
from graph.model.words import text
from loaders import read, sample_company
from tests.browser.maps import Opens, crowd_dataset

pytestmark = pytest.mark.browser

AS_OF = datetime.date(2026, 11, 23)
FIGURES = {
    "coverage": "decision_chain_coverage",
    "supportive": "supportive_coverage",
    "status": "status",
    "routes": "independent_routes",
    "forecast": "support.forecast",
}
STANCES: tuple[int | None, ...] = (3, 2, 1, 0, -1, -2, None)


@pytest.fixture(scope="module")
def records() -> Dataset:
    """The records of the sample company."""
    with sample_company() as folder:
        return read([folder], today=AS_OF).dataset


@pytest.fixture
def page(opens: Opens, sample_file: Path) -> Page:
    """The sample company, opened."""
    return opens(sample_file)


def written(figure: str, value: Figure, lang: str = "en") -> str:
    if value is None:
        return "–"
    if isinstance(value, str):
        return text(f"status.{value}", lang)
    if figure == "routes":
        return str(value)
    if figure == "forecast":
        return ("−" if value < 0 else "+") + f"{abs(value):.2f}".removeprefix("0")
    return f"{100 * value:.1f} %"


def shown(page: Page) -> dict[str, tuple[str, str]]:
    """The figures of the head by name, before and after."""
    found = {}
    for figure in page.locator("#supposed [data-figure]").all():
        found[figure.get_attribute("data-figure") or ""] = (
            figure.locator(".before").inner_text(),
            figure.locator("b").inner_text(),
        )
    return found


def expected(records: Dataset, account: str, change: Change) -> dict[str, tuple[str, str]]:
    found = what_if(records, account, AS_OF, [change])
    return {
        figure: (written(figure, found.before[name]), written(figure, found.after[name]))
        for figure, name in FIGURES.items()
    }


def choose(page: Page, choice: str) -> None:
    page.locator(f"#detail [data-if='{choice}']").click()


def test_everybody_who_leaves_and_every_stance_are_what_if_of_it(
    page: Page, sample: MapContent, records: Dataset
) -> None:
    account = sample.report.account.id
    for person in sample.report.people:
        page.locator(f".row[data-person='{person.id}']").click()
        if person.status in ("left", "moved"):
            assert page.locator("#detail [data-if]").count() == 0
            continue
        choose(page, "leaves")
        assert shown(page) == expected(records, account, Without(person.id)), person.id
        for stance in STANCES:
            code = "unknown" if stance is None else str(stance)
            button = page.locator(f"#detail [data-if='{code}']")
            if stance == person.stance:
                assert button.is_disabled()
                continue
            button.click()
            assert shown(page) == expected(records, account, Stance(person.id, stance)), (person.id, stance)


def test_each_of_ours_who_leaves_is_what_if_of_it(page: Page, sample: MapContent, records: Dataset) -> None:
    for member in sample.members:
        page.evaluate("(id) => { location.hash = 'member=' + encodeURIComponent(id) }", member.id)
        expect(page.locator(".detail-name")).to_have_text(in_script(member.name or "", "en"))
        choose(page, "leaves")
        assert shown(page) == expected(records, sample.report.account.id, Without(member.id)), member.id


def test_numbers_of_a_crowd_are_what_if_too(opens: Opens, crowd: Callable[[int], Path]) -> None:
    page, records = opens(crowd(60)), crowd_dataset(60)
    for row in page.locator(".row").all()[::11]:
        person = row.get_attribute("data-person") or ""
        row.click()
        choose(page, "leaves")
        assert shown(page) == expected(records, "acme", Without(person)), person
        enabled = page.locator("#detail [data-if='-2']:not(:disabled)")
        if enabled.count():
            enabled.click()
            assert shown(page) == expected(records, "acme", Stance(person, -2)), person


def test_escape_and_the_button_lead_back_and_nothing_else_moves(page: Page, sample: MapContent) -> None:
    person = sample.report.people[0]
    page.locator(f".row[data-person='{person.id}']").click()
    before = page.evaluate("swaymap.map()")
    rows = page.locator("#people").inner_text()
    choose(page, "leaves")
    expect(page.locator("#supposed")).to_be_visible()
    assert "if=leaves" in page.url
    after = page.evaluate("swaymap.map()")
    assert (after["discs"], after["lines"], after["labels"]) == (before["discs"], before["lines"], before["labels"])
    assert page.locator("#people").inner_text() == rows
    page.keyboard.press("Escape")
    expect(page.locator("#supposed")).to_be_hidden()
    expect(page.locator("#detail")).to_be_visible()
    assert "if=" not in page.url
    choose(page, "3")
    page.locator(".if-back").click()
    expect(page.locator("#supposed")).to_be_hidden()
    choose(page, "3")
    choose(page, "3")
    expect(page.locator("#supposed")).to_be_hidden()


def test_another_person_ends_what_is_supposed(page: Page, sample: MapContent) -> None:
    first, second = (person.id for person in sample.report.people[:2])
    page.locator(f".row[data-person='{first}']").click()
    choose(page, "leaves")
    page.locator(f".row[data-person='{second}']").click()
    expect(page.locator("#supposed")).to_be_hidden()
    assert page.locator("#detail [aria-pressed='true']").count() == 0


def test_by_keyboard_alone_and_said_aloud(page: Page, sample: MapContent, records: Dataset) -> None:
    person = sample.report.people[1]
    page.locator("#people").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("#detail [data-if='leaves']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#supposed")).to_be_visible()
    before, after = expected(records, sample.report.account.id, Without(person.id))["coverage"]
    said = page.locator("#live").inner_text()
    assert in_script(person.name or "", "en") in said
    assert f"{before} → {after}" in said
    page.locator(".if-back").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.if") == "leaves"


def test_a_click_on_a_tile_selects_one_of_ours(page: Page, sample: MapContent) -> None:
    member = sample.members[0]
    tile = page.evaluate("(id) => swaymap.map().tiles.find((one) => one.id === id)", member.id)
    frame = page.locator("#map").bounding_box()
    assert frame is not None
    page.mouse.click(frame["x"] + tile["x"], frame["y"] + tile["y"])
    assert f"member={member.id}" in page.url
    tied = {tie.person: tie.strength for tie in sample.ties if tie.member == member.id}
    assert {disc["id"] for disc in page.evaluate("swaymap.map().discs") if disc["opacity"] == 1} == set(tied)
    strongest = max(tied, key=lambda item: tied[item])
    name = page.locator(".tied-list .link").first
    assert page.locator(".tied-list .product").first.inner_text() == f"{tied[strongest]:.2f}".removeprefix("0")
    name.click()
    assert f"person={strongest}" in page.url
    assert "member=" not in page.url
    page.locator("#detail .ties .link", has_text=in_script(member.name or "", "en")).click()
    assert f"member={member.id}" in page.url
    page.keyboard.press("Escape")
    expect(page.locator("#detail")).to_be_hidden()


def test_the_address_brings_it_back_and_what_it_does_not_know_is_nothing(
    opens: Opens, sample_file: Path, sample: MapContent
) -> None:
    person = sample.report.people[0].id
    page = opens(sample_file, fragment=f"#person={person}&if=-2&lang=zh")
    expect(page.locator("#supposed")).to_be_visible()
    assert text("viz.if.back", "zh") in page.locator("#supposed").inner_text()
    assert page.locator("#detail [aria-pressed='true']").get_attribute("data-if") == "-2"
    for wrong in (f"#person={person}&if=17", "#if=leaves", f"#person={person}&if=constructor"):
        expect(opens(sample_file, fragment=wrong).locator("#supposed")).to_be_hidden()


def test_paper_knows_nothing_of_it(page: Page, sample: MapContent) -> None:
    page.locator(f".row[data-person='{sample.report.people[0].id}']").click()
    choose(page, "leaves")
    page.emulate_media(media="print")
    expect(page.locator("#supposed")).to_be_hidden()
    expect(page.locator(".worst")).to_be_visible()


@pytest.mark.parametrize("size", [(1024, 768), (1440, 900), (1920, 1080), (390, 800)])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_nothing_of_it_is_cut(
    opens: Opens, sample_file: Path, sample: MapContent, size: tuple[int, int], lang: str
) -> None:
    longest = max(sample.report.people, key=lambda person: len(person.name or "") * (person.status != "left"))
    page = opens(sample_file, *size, fragment=f"#person={longest.id}&if=-2&lang={lang}")
    expect(page.locator("#supposed")).to_be_visible()
    cut = page.evaluate(
        """() => {
            const box = document.querySelector("#supposed"), all = box.getBoundingClientRect();
            const outside = ({ right, bottom }) => right > all.right + 1 || bottom > all.bottom + 1;
            const wide = (one) => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1;
            const found = [...box.querySelectorAll("*")].filter((one) => outside(one.getBoundingClientRect()));
            return [...found, ...[...document.querySelectorAll("#supposed *, .if-choices, .if-choices *")].filter(wide)]
                .map((one) => one.className + ":" + one.textContent);
        }"""
    )
    assert cut == []
    small = page.evaluate(
        """() => [...document.querySelectorAll("#supposed *, .if-choices *")]
            .filter((one) => parseFloat(getComputedStyle(one).fontSize) < 11).length"""
    )
    assert small == 0


@pytest.mark.parametrize("key", ["f", "b", "v"])
def test_it_works_beside_every_view(page: Page, sample: MapContent, records: Dataset, key: str) -> None:
    person = sample.report.people[3]
    page.keyboard.press(key)
    page.evaluate("(id) => { location.hash += '&person=' + encodeURIComponent(id) }", person.id)
    choose(page, "leaves")
    assert shown(page) == expected(records, sample.report.account.id, Without(person.id))
    page.keyboard.press("Escape")
    expect(page.locator("#supposed")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#detail")).to_be_hidden()


def test_one_of_ours_does_not_make_the_dots_grow(opens: Opens, crowd: Callable[[int], Path]) -> None:
    page = opens(crowd(200))
    labels = len(page.evaluate("swaymap.map().labels"))
    page.evaluate("location.hash = 'member=' + encodeURIComponent(swaymap.map().tiles[0].id)")
    expect(page.locator("#detail .tile")).to_be_visible()
    assert len(page.evaluate("swaymap.map().labels")) == labels


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_beyond_200_people_the_panel_says_how_to_ask(opens: Opens, crowd: Callable[[int], Path], lang: str) -> None:
    most = UNASKED_PEOPLE
    page = opens(crowd(most + 1), fragment=f"#lang={lang}")
    page.locator(".row").first.click()
    person = page.locator(".row").first.get_attribute("data-person") or ""
    told = text("viz.if.too_many", lang, most=most, account="acme", id=f"person:{person}")
    expect(page.locator("#detail .if-words")).to_have_text(told)
    brief = text("viz.brief.too_many", lang, most=most, id=person)
    expect(page.locator("#detail .brief-elsewhere")).to_have_text(brief)
    assert page.locator("#detail [data-if]").count() == 0
    member = page.evaluate("swaymap.map().tiles[0].id")
    page.evaluate("(hash) => { location.hash = hash }", f"member={member}&lang={lang}")
    told = text("viz.if.too_many", lang, most=most, account="acme", id=f"member:{member}")
    expect(page.locator("#detail .if-words")).to_have_text(told)
