"""Pictures judge ties by the calibration of their report: another threshold, another picture, in every renderer."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation

from graph.analysis.map import Dossier, dossier
from graph.analysis.report.results import PersonResult
from graph.model.calibration import load_calibration
from graph.model.words import text
from loaders import read, sample_company
from tests.viz.views import AS_OF
from viz.book.book import report_book
from viz.deck.deck import deck
from viz.map_json import map_json
from viz.map_page import power_map_page
from viz.svg.coverage import coverage_svg
from viz.svg.power import power_map_svg
from viz.words.numbers import strength

LIMIT = 0.4


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Dossier:
    """The sample company by a calibration that takes stronger connections for ties."""
    path = tmp_path_factory.mktemp("calibration") / "strict.json"
    path.write_text(json.dumps({"tie": LIMIT, "firm_tie": 0.5}), encoding="utf-8")
    with sample_company() as folder:
        records = read([folder], today=AS_OF).dataset
    return dossier(records, "qinglan", AS_OF, None, load_calibration(path))


def between(found: Dossier) -> list[PersonResult]:
    """Those who have a tie by the default calibration only."""
    usual = load_calibration().tie
    people = [person for person in found.map.report.people if usual <= person.connection_strength < LIMIT]
    assert people
    assert any(person.connection_strength >= LIMIT for person in found.map.report.people)
    return people


def named_in(content: str) -> bool:
    """Whether the calibration is named: file, digest, count."""
    return re.search(r"strict\.json[(（]\w{8}[,，]", re.sub(r"\s", "", content)) is not None


def page_data(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_the_page_draws_and_tells_ties_by_it(own: Dossier) -> None:
    page = power_map_page(own.map)
    data = page_data(page)
    assert data["drawing"]["tie"] == LIMIT
    shown = {member["id"]: member["ties"] for member in data["members"]}
    strong = [tie.member for person in own.map.report.people for tie in person.covered_by if tie.strength >= LIMIT]
    assert shown == {member: strong.count(member) for member in shown}
    assert named_in(page)
    assert text("viz.made.default_calibration", "en") not in re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_svg_draws_ties_and_says_none_by_it(own: Dossier, lang: str) -> None:
    drawn = power_map_svg(own.map, lang).count('<path class="tie"')
    assert 0 < drawn <= len(own.map.ties) < sum(len(person.covered_by) for person in own.map.report.people)
    rows = map_json(own.map, lang, "coverage")["scene"]["table"]["rows"]
    words = {row["person"]: row["words"] for row in rows}
    none = text("cover.none", lang)
    assert {words[person.id] for person in between(own)} == {none}
    assert all(words[person.id] != none for person in own.map.report.people if person.connection_strength >= LIMIT)
    assert coverage_svg(own.map, lang).count(f">{none}<") == list(words.values()).count(none)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_slides_say_so_too(own: Dossier, lang: str) -> None:
    slides = Presentation(io.BytesIO(deck(own, lang))).slides
    notes = "\n".join(slide.notes_slide.notes_text_frame.text for slide in slides if slide.notes_slide.notes_text_frame)
    for person in between(own):
        assert (
            text(
                "viz.tie_words",
                lang,
                tie=strength(person.connection_strength),
                required=strength(person.required_strength),
            )
            not in notes
        )
    assert text("viz.no_tie_words", lang, required=strength(between(own)[0].required_strength)) in notes
    assert all(named_in("".join(shape.text_frame.text for shape in _texts(slide))) for slide in slides)


def _texts(slide: Any) -> list[Any]:
    return [shape for shape in slide.shapes if shape.has_text_frame]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_workbook_has_the_gaps_and_the_name_of_it(own: Dossier, lang: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(report_book(own, lang)))

    def rows(key: str) -> list[tuple[Any, ...]]:
        return list(book[text(f"book.sheet.{key}", lang)].iter_rows(min_row=2, values_only=True))

    headline = {row[0]: row[1] for row in rows("headline")}
    assert named_in(headline[text("book.figure.calibration", lang)])
    triangle = own.map.report.triangle
    for role, share in triangle.items():
        assert headline[text("book.figure.triangle", lang, role=role)] == pytest.approx(share)
    silent = {gap.person for gap in own.map.report.gaps if gap.type == "no_contact"}
    told = [row for row in rows("gaps") if row[3] == text("gap.no_contact", lang)]
    assert len(told) == len(silent)
    assert silent & {person.id for person in between(own)}


def test_no_picture_reads_the_default_calibration() -> None:
    viz = Path(__file__).parents[2] / "viz"
    assert [path for path in viz.rglob("*.py") if "calibration import" in path.read_text(encoding="utf-8")] == []
