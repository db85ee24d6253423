"""Write the data sheets of our workbooks, one for each kind: header with notes, drop-downs, rows."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from graph.model.columns import Column
from graph.model.kind import KINDS, Kind, scales_of
from graph.model.problem import InputError
from graph.model.scales import Scale
from graph.model.words import message, text
from loaders.emptied_cells import escaped
from loaders.workbook_styles import Styles, is_numeric, width
from loaders.written import cell_text, yes_no

CHOICE_ROWS = 5_000
"""Rows of a sheet that have drop-downs."""

_FIRST_DAY = datetime.date(1900, 3, 1)
"""Earlier days are wrong in Excel, which counts 1900-02-29."""


def sheet_name(kind: Kind, lang: str) -> str:
    """The name of a kind's sheet in a language."""
    return kind.zh if lang == "zh" else kind.sheet


def header_name(column: Column, lang: str) -> str:
    """The header of a column in a language."""
    return column.zh if lang == "zh" else column.name


class Sheets:
    """Writes the kinds' sheets into one workbook."""

    def __init__(self, book: Workbook, styles: Styles, lang: str) -> None:
        self.book, self.styles, self.lang = book, styles, lang
        self._ranges: dict[str, str] = {}

    def add(self, kind: Kind, records: Iterable[Any] = ()) -> None:
        """Add the sheet of a kind, with these records as rows."""
        sheet = self.book.add_worksheet(sheet_name(kind, self.lang))
        sheet.freeze_panes(1, len(kind.key))
        sheet.set_row(0, 22)
        for place, column in enumerate(kind.columns):
            sheet.set_column(place, place, width(column), self.styles.cell(column))
            self.write_header(sheet, 0, place, column)
            self._offer(sheet, place, column)
        for row, record in enumerate(records, 1):
            self.write_row(sheet, row, kind, record)

    def add_choices(self) -> None:
        """Add the hidden sheet with the words of the scales for the drop-downs."""
        title = text("template.sheet.choices", self.lang)
        sheet = self.book.add_worksheet(title)
        sheet.hide()
        for place, (name, scale) in enumerate(scales_of(list(KINDS.values())).items()):
            letter = xl_col_to_name(place)
            sheet.write_string(0, place, name)
            for row, choice in enumerate(scale.choices, 1):
                sheet.write_string(row, place, scale.word(choice.code, self.lang))
            self._ranges[name] = f"='{title}'!${letter}$2:${letter}${len(scale.choices) + 1}"

    def write_header(self, sheet: Worksheet, row: int, place: int, column: Column) -> None:
        """Write a header cell with its note."""
        sheet.write_string(row, place, header_name(column, self.lang), self.styles.header(column))
        note = header_note(column, self.lang)
        lines = note.count("\n") + len(note) // 36 + 2
        size = {"author": "swaymap", "font_name": "Calibri", "font_size": 10, "width": 260, "height": 18 * lines}
        sheet.write_comment(row, place, note, size)

    def write_row(self, sheet: Worksheet, row: int, kind: Kind, record: Any) -> None:
        """Write a record as a row."""
        for place, (column, value) in enumerate(zip(kind.columns, kind.values_of(record), strict=True)):
            style = self.styles.cell(column)
            if value is None or value == ():
                continue
            if column.cell == "date" and value >= _FIRST_DAY:
                sheet.write_datetime(row, place, datetime.datetime.combine(value, datetime.time()), style)
            elif is_numeric(column) and float(f"{value:.16G}") == value and abs(value) < 1e15:
                sheet.write_number(row, place, value, style)
            else:
                self._write_text(sheet, row, place, escaped(cell_text(value, column, self.lang)), column)

    def _write_text(self, sheet: Worksheet, row: int, place: int, written: str, column: Column) -> None:
        if sheet.write_string(row, place, written, self.styles.cell(column)):
            spot = {"sheet": sheet.get_name(), "row": row + 1, "column": header_name(column, self.lang)}
            raise InputError("text_too_long", message("template.text_too_long", **spot))

    def _offer(self, sheet: Worksheet, place: int, column: Column) -> None:
        """Add the drop-down of a column. Other values may be typed: reading checks them."""
        source: str | list[str] | None = None
        if column.scale is not None:
            source = self._ranges[column.scale.name]
        elif column.cell == "boolean":
            source = list(yes_no(self.lang))
        elif column.ref is not None:
            ids = f"'{sheet_name(KINDS[column.ref], self.lang)}'!$A$2"
            source = f"=OFFSET({ids},0,0,MAX(1,COUNTA({ids}:$A${CHOICE_ROWS})),1)"
        if source is not None:
            choice = {"validate": "list", "source": source, "show_error": False, "ignore_blank": True}
            sheet.data_validation(1, place, CHOICE_ROWS, place, choice)


def header_note(column: Column, lang: str) -> str:
    """The note of a header cell: the name in the other language, meaning, form and choices."""
    other = column.name if lang == "zh" else column.zh
    lines = [other]
    if column.required:
        lines.append(text("template.required" if column.must_be_filled else "template.id", lang))
    note = column.note_zh if lang == "zh" else column.note
    if note:
        lines.append(note)
    lines += _form(column, lang)
    return "\n".join(lines)


def _form(column: Column, lang: str) -> list[str]:
    if column.ref is not None:
        key = "template.refers.list" if column.is_list else "template.refers"
        return [text(key, lang, sheet=sheet_name(KINDS[column.ref], lang))]
    if column.scale is not None:
        key = "template.choices.list" if column.is_list else "template.choices"
        return [text(key, lang), *_choices(column.scale)]
    if column.cell in ("date", "boolean"):
        return [text(f"template.{column.cell}", lang)]
    return [text("template.range", lang, range=column.bounds)] if column.bounds else []


def _choices(scale: Scale) -> list[str]:
    return [f"{choice.code} · {choice.en} · {choice.zh}" for choice in scale.choices]
