"""The person's panel says what of our offer matters to them, and carries the essence of the visit brief."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from graph.analysis.map import MapContent
from graph.model.names import in_script
from graph.model.scales import ELEMENT
from graph.model.words import text
from tests.browser.maps import Opens

pytestmark = pytest.mark.browser


@pytest.fixture
def page(opens: Opens, sample_file: Path) -> Page:
    """The sample company, opened."""
    return opens(sample_file)


def select(page: Page, person: str) -> None:
    page.locator(f".row[data-person='{person}']").click()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_person_sees_the_elements_that_matter_to_them(page: Page, sample: MapContent, lang: str) -> None:
    if lang == "zh":
        page.keyboard.press("l")
    assert any(element.matters_to for element in sample.elements)
    for person in sample.report.people:
        select(page, person.id)
        mine = [element for element in sample.elements if person.id in element.matters_to]
        blocks = page.locator("#detail .value")
        assert blocks.count() == len(mine)
        for block, expected in zip(blocks.all(), mine, strict=True):
            assert block.locator(".value-word").inner_text() == ELEMENT.word(expected.element, lang)
            assert in_script(expected.statement or "", lang) in block.inner_text()
            assert block.locator(".score.ours b").inner_text() == f"{expected.ours:g}"
            assert block.locator(".score.rival b").inner_text() == f"{expected.rival:g}"
            bars = [
                block.locator(f".score.{whose} .bar i").evaluate("(one) => one.getBoundingClientRect().width")
                for whose in ("ours", "rival")
            ]
            assert (bars[0] > bars[1]) == ((expected.ours or 0) > (expected.rival or 0))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_brief_unfolds_to_what_it_says(page: Page, sample: MapContent, lang: str) -> None:
    if lang == "zh":
        page.keyboard.press("l")
    for person, brief in sample.briefs.items():
        select(page, person)
        fold = page.locator("#detail .visit-brief")
        assert fold.get_attribute("open") is None
        fold.locator("summary").click()
        said = fold.inner_text()
        for goal in [goal for goal in brief.goals if goal.here][:3]:
            assert goal.text.render(lang) in said
        assert next(question for question in brief.questions if question.heart).text.render(lang) in said
        assert brief.ask.text.render(lang) in said
        for missing in brief.ask.missing:
            assert missing.render(lang) in said
        assert f"swaymap brief {person}" in said


def test_of_the_others_the_command_is_named(page: Page, sample: MapContent) -> None:
    others = [person for person in sample.report.people if person.id not in sample.briefs]
    known = [other for other in others if other.status == "active"]
    assert known
    for person in others:
        select(page, person.id)
        expect(page.locator("#detail .visit-brief")).to_have_count(0)
        named = page.locator("#detail .brief-elsewhere")
        if person in known:
            assert named.inner_text() == text("viz.brief.elsewhere", "en", id=person.id)
        else:
            assert named.count() == 0
