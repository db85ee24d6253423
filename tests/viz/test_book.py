"""The workbook, opened again: a sheet for each part, the report's numbers to 1e-9, text as text, same bytes."""

from __future__ import annotations

import datetime
import io
import zipfile
from functools import cache
from typing import Any

import openpyxl
import pytest

from graph.analysis.map import Dossier
from graph.model.words import text
from tests.viz.dossiers import SECRET, hostile_dossier, random_dossier, sample_dossier
from tests.viz.hostile import HOSTILE
from tests.viz.views import AS_OF
from viz.book.book import PARTS, report_book
from viz.book.portfolio import portfolio_book
from viz.words.names import name_of
from viz.words.printable import printable

CASES = [("sample", "en"), ("sample", "zh"), (10, "en"), (200, "zh")]
LONGEST = 32_767


def dossier_of(case: str | int) -> Dossier:
    return sample_dossier() if case == "sample" else random_dossier(int(case))


@cache
def written(case: str | int, lang: str) -> bytes:
    return report_book(dossier_of(case), lang)


def sheet(content: bytes, key: str, lang: str) -> list[dict[str, Any]]:
    """The rows of a sheet by the heads of its columns."""
    found = openpyxl.load_workbook(io.BytesIO(content))[text(f"book.sheet.{key}", lang)]
    head, *rows = found.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def head(key: str, lang: str) -> str:
    return text(f"book.head.{key}", lang)


def close(shown: Any, value: float | None) -> bool:
    return shown is None if value is None else isinstance(shown, int | float) and abs(shown - value) <= 1e-9


@pytest.mark.parametrize(("case", "lang"), CASES)
def test_every_part_has_a_sheet_with_frozen_head_and_filter(case: str | int, lang: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(written(case, lang)))
    assert len(book.sheetnames) == len(PARTS) == len(set(book.sheetnames))
    for worksheet in book.worksheets:
        assert worksheet.freeze_panes is not None
        assert worksheet.auto_filter.ref
        assert all(isinstance(cell.value, str) and cell.value for cell in worksheet[1])
    assert book[text("book.sheet.people", lang)].conditional_formatting


@pytest.mark.parametrize(("case", "lang"), CASES)
def test_people_are_the_reports(case: str | int, lang: str) -> None:
    report = dossier_of(case).map.report
    rows = sheet(written(case, lang), "people", lang)
    assert [row[head("id", lang)] for row in rows] == [person.id for person in report.people]
    for row, result in zip(rows, report.people, strict=True):
        for key in ("decision_influence", "formal_power", "phi", "role_power", "connection_strength"):
            assert close(row[head(key, lang)], getattr(result, key))
        for key in ("required_strength", "coverage", "competitor_strength", "trust", "final_stance", "level"):
            assert close(row[head(key, lang)], getattr(result, key))
        assert close(row[head("stance_value", lang)], result.stance), "unknown is empty, never 0"
        assert row[head("name", lang)] == name_of(result, lang)


@pytest.mark.parametrize(("case", "lang"), CASES)
def test_the_headline_and_the_other_parts_are_the_reports(case: str | int, lang: str) -> None:
    found = dossier_of(case)
    report = found.map.report
    figures = {
        row[head("figure", lang)]: row[head("value", lang)] for row in sheet(written(case, lang), "headline", lang)
    }
    figures |= {
        row[head("figure", lang)]: row[head("value", lang)] for row in sheet(written(case, lang), "support", lang)
    }

    def figure(key: str) -> Any:
        return figures[text(f"book.figure.{key}", lang)]

    for key in ("decision_chain_coverage", "supportive_coverage", "identified", "redundancy", "independent_routes"):
        assert close(figure(key), getattr(report, key)), key
    if report.support is not None:
        assert close(figure("support_forecast"), report.support.forecast)
        assert close(figure("support_low"), report.support.low)
    gaps = sheet(written(case, lang), "gaps", lang)
    assert [row[head("reason", lang)] for row in gaps] == [gap.reason.render(lang) for gap in report.gaps]
    assert all(close(row[head("severity", lang)], gap.severity) for row, gap in zip(gaps, report.gaps, strict=True))
    ties = [tie for person in report.people for tie in person.covered_by]
    rows = sheet(written(case, lang), "ties", lang)
    assert len(rows) == len(ties)
    for row, tie in zip(rows, ties, strict=True):
        assert close(row[head("strength", lang)], tie.strength)
        last = row[head("last_touch", lang)]
        assert (last.date() if last else None) == tie.last_touch, "dates are dates"
    units = sheet(written(case, lang), "units", lang)
    assert all(close(row[head("coverage", lang)], unit.coverage) for row, unit in zip(units, report.units, strict=True))
    race = sheet(written(case, lang), "race", lang)
    assert all(
        close(row[head("lead", lang)], person.lead) for row, person in zip(race, report.race.people, strict=True)
    )
    plan = sheet(written(case, lang), "plan", lang)
    for row, action in zip(plan, found.plan.actions, strict=True):
        assert close(row[head("priority", lang)], action.priority)
        assert row[head("by", lang)].date() == action.by_when
        assert row[head("reason", lang)] == action.reason.render(lang)
    lines = sheet(written(case, lang), "lines", lang)
    assert len(lines) == len(found.map.influences) + len(found.map.conflicts) + len(found.map.reporting)


def test_hostile_texts_stay_text() -> None:
    found = hostile_dossier()
    for lang in ("en", "zh"):
        book = openpyxl.load_workbook(io.BytesIO(report_book(found, lang)))
        for worksheet in book.worksheets:
            for row in worksheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f", (worksheet.title, cell.coordinate, cell.value)
                    assert cell.hyperlink is None
                    starts = isinstance(cell.value, str) and cell.row > 1 and cell.value[:1] in tuple("=+-@\t'＝＋－＠")
                    assert not starts or cell.quotePrefix, "Excel keeps it a text when it is edited, too"
        rows = sheet(report_book(found, lang), "people", lang)
        for row, person in zip(rows, found.map.report.people, strict=True):
            shown = row[head("name", lang)] or ""
            assert shown == _read(name_of(person, lang)), repr(person.name)
    assert {person.name for person in found.map.report.people} == set(HOSTILE)


def _read(name: str) -> str:
    """A text as a reader of XML gets it: without characters that XML does not have."""
    return printable(name)[:LONGEST]


@pytest.mark.parametrize(("case", "lang"), [("sample", "en"), (10, "zh")])
def test_same_data_same_bytes(case: str | int, lang: str) -> None:
    assert report_book(dossier_of(case), lang) == written(case, lang)
    with zipfile.ZipFile(io.BytesIO(written(case, lang))) as package:
        assert {member.date_time for member in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for member in package.namelist():
            assert SECRET.encode() not in package.read(member)
    properties = openpyxl.load_workbook(io.BytesIO(written(case, lang))).properties
    assert properties.created is not None
    assert properties.created.date() == AS_OF


def test_the_portfolio_has_a_row_an_opportunity_or_none() -> None:
    row = {
        "account": "a",
        "account_name": "=1+1",
        "opportunity": None,
        "opportunity_name": None,
        "bid_date": "2026-12-15",
        "as_of": "2026-11-23",
        "status": "red",
        "influence_assumed": True,
        "decision_chain_coverage": 0.5123456789,
        "critical_gaps": 3,
        "worst_gap": "no_contact",
    }
    (found,) = sheet(portfolio_book([row], AS_OF, "en"), "portfolio", "en")
    assert found["Account name"] == "=1+1"
    assert found["Bid"] == datetime.datetime(2026, 12, 15)
    assert found["Status"] == "Red"
    assert found["Decision covered"] == 0.5123456789
    assert found["Opportunity"] is None
    assert sheet(portfolio_book([], AS_OF, "zh"), "portfolio", "zh") == []
