"""The two sheets of our workbooks that are not imported: the guide and the example."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook

from graph.model.kind import KINDS
from graph.model.words import text
from loaders.example import example
from loaders.workbook_sheets import Sheets, header_name, sheet_name
from loaders.workbook_styles import Styles

REQUIRED = ("accounts", "people")


def add_guide(book: Workbook, styles: Styles, lang: str) -> None:
    """Add the guide: how to fill in the workbook, with a link to every sheet."""
    sheet = book.add_worksheet(text("template.sheet.guide", lang))
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 80)
    sheet.set_column(2, 2, 18)
    sheet.write_string(0, 0, text("template.title", lang), styles.title)
    row = 2
    for line in _lines(lang):
        sheet.merge_range(row, 0, row, 2, line, styles.line)
        row += 1
    row += 1
    for place, key in enumerate(("sheet", "about", "required")):
        sheet.write_string(row, place, text(f"template.head.{key}", lang), styles.optional)
    for kind in KINDS.values():
        row += 1
        name = sheet_name(kind, lang)
        sheet.write_url(row, 0, f"internal:'{name}'!A1", styles.link, name)
        sheet.write_string(row, 1, kind.note_zh if lang == "zh" else kind.note, styles.line)
        if kind.sheet in REQUIRED:
            sheet.write_string(row, 2, text("template.required_sheet", lang), styles.line)


def _lines(lang: str) -> list[str]:
    accounts, people = (sheet_name(KINDS[name], lang) for name in REQUIRED)
    return [
        text("template.step.fill", lang, accounts=accounts, people=people),
        text("template.step.ids", lang),
        text("template.step.forms", lang),
        text("template.step.import", lang),
        text("template.step.example", lang, example=text("template.sheet.example", lang)),
    ]


def add_example(book: Workbook, styles: Styles, sheets: Sheets) -> None:
    """Add the example: name, header and rows of every kind."""
    lang = sheets.lang
    sheet = book.add_worksheet(text("template.sheet.example", lang))
    sheet.set_column(0, max(len(kind.columns) for kind in KINDS.values()), 20)
    sheet.write_string(0, 0, text("template.example.title", lang), styles.title)
    records = example()
    row = 2
    for kind in KINDS.values():
        sheet.write_string(row, 0, sheet_name(kind, lang), styles.section)
        for place, column in enumerate(kind.columns):
            sheet.write_string(row + 1, place, header_name(column, lang), styles.header(column))
        row += 2
        for record in records.of(kind.record):
            sheets.write_row(sheet, row, kind, record)
            row += 1
        row += 1
