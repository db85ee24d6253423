"""The blank template: what it offers, that it reads back without a word, and that its example holds together."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest

from graph.model.kind import KINDS, Kind
from graph.model.rules import violations
from graph.model.words import LANGUAGES
from loaders import read
from loaders.example import example
from loaders.headers import GUIDES
from loaders.template import write_csv_folder, write_template, write_workbook
from loaders.workbook_sheets import sheet_name
from tests.loaders.bad_files import GOOD_ROWS

TODAY = datetime.date(2026, 11, 23)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_blank_template_holds_no_record_and_nothing_odd(lang: str, tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", lang)
    batch = read([tmp_path / "t.xlsx"], today=TODAY, strict=True)
    assert [finding.code for finding in batch.findings] == ["nothing_to_read"]
    assert set(batch.files[0].rows) == {sheet_name(kind, lang) for kind in KINDS.values()}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_filled_template_is_taken_without_a_word(lang: str, tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", lang)
    made = openpyxl.load_workbook(tmp_path / "t.xlsx")
    for sheet, rows in GOOD_ROWS.items():
        names = {column.name: place for place, column in enumerate(KINDS[sheet].columns, 1)}
        for number, row in enumerate(rows[1:], 2):
            for name, value in zip(rows[0], row, strict=True):
                made[sheet_name(KINDS[sheet], lang)].cell(number, names[name], value)
    made.save(tmp_path / "filled.xlsx")
    batch = read([tmp_path / "filled.xlsx"], today=TODAY, strict=True)
    assert list(batch.findings) == []
    assert len(batch.dataset) == 6


def test_the_example_has_every_kind_and_breaks_no_rule(tmp_path: Path) -> None:
    records = example()
    assert {kind.sheet for kind in records.kinds()} == set(KINDS)
    assert violations(records, records) == []
    write_csv_folder(tmp_path / "example", records)
    batch = read([tmp_path / "example"], today=TODAY, strict=True)
    assert list(batch.findings) == []
    assert batch.dataset == records


def test_the_example_is_shown_in_the_template(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["example"]
    shown = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"Acme Telecom / 顶峰电信", "Decision maker; Approver", datetime.datetime(2026, 11, 2)} <= shown
    assert "example" in GUIDES


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_choices_are_offered_and_none_is_forced(kind: Kind, tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx")
    made = openpyxl.load_workbook(tmp_path / "t.xlsx")
    offers = {
        str(validation.sqref).split("2:")[0]: validation
        for validation in made[kind.sheet].data_validations.dataValidation
    }
    for place, column in enumerate(kind.columns, 1):
        letter = openpyxl.utils.get_column_letter(place)
        assert (letter in offers) == (column.scale is not None or column.ref is not None or column.cell == "boolean")
        if letter in offers:
            assert not offers[letter].showErrorMessage
        if column.scale is not None:
            name = offers[letter].formula1.split("!$")[1].split("$")[0]
            words = [cell.value for cell in made["choices"][name][1:] if cell.value is not None]
            assert words == [choice.en for choice in column.scale.choices]


def test_columns_of_text_are_formatted_as_text_so_that_001_stays(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx")
    made = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert made["people"].column_dimensions["A"].number_format == "@"
    assert made["interactions"].column_dimensions["B"].number_format == "yyyy-mm-dd"
    assert made["people"].freeze_panes == "B2"
    assert made["participation"].freeze_panes == "C2"


def test_required_headers_look_different(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx")
    people = openpyxl.load_workbook(tmp_path / "t.xlsx")["people"]
    required, optional = people["A1"].fill.fgColor.rgb, people["C1"].fill.fgColor.rgb
    assert people["B1"].fill.fgColor.rgb == required != optional


def test_a_template_has_no_time_of_day(tmp_path: Path) -> None:
    for name in ("1.xlsx", "2.xlsx"):
        write_template(tmp_path / name)
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


def test_a_workbook_of_records_has_the_same_sheets_as_the_template(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx")
    write_workbook(tmp_path / "w.xlsx", example())
    names = [openpyxl.load_workbook(tmp_path / name).sheetnames for name in ("t.xlsx", "w.xlsx")]
    assert names[0] == names[1] == ["read me", "example", "choices", *KINDS]
