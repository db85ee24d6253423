"""Writes parts as a workbook with frozen heads, filters, formats and conditional formats. Same parts, same bytes."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from viz import encodings
from viz.book.part import Column, Form, Part, Share, Value
from viz.words.printable import printable

COLOUR = encodings.COLOURS["light"]
LONGEST = 32_767
"""Characters that a cell of Excel holds."""

FIRST_DAY = datetime.date(1900, 3, 1)
"""Excel counts a 29 February 1900 that did not exist: earlier days are written as text."""

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
"""First characters that Excel takes for a formula when the cell is edited."""

NUMBERS: dict[Form, str] = {
    "text": "@",
    "long": "@",
    "integer": "0",
    "number": "0.00",
    "share": "0.0 %",
    "date": "yyyy-mm-dd",
    "mixed": "0.00",
}


def workbook(parts: Sequence[Part], title: str, as_of: datetime.date) -> bytes:
    """The parts as a workbook, dated by the day that it shows."""
    written = io.BytesIO()
    book = Workbook(written, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    day = datetime.datetime.combine(as_of, datetime.time())
    book.set_properties({"title": printable(title)[:255], "author": "swaymap", "created": day})
    writer = _Writer(book)
    for part in parts:
        writer.add(part)
    book.close()
    return written.getvalue()


class _Writer:
    """Writes parts into one workbook, each format made once."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self._formats: dict[tuple[str, bool], Format] = {}
        self._head = book.add_format(
            {
                "bold": True,
                "font_color": COLOUR["page"],
                "bg_color": COLOUR["text"],
                "text_wrap": True,
                "valign": "vcenter",
            }
        )

    def add(self, part: Part) -> None:
        """Add a part as a sheet."""
        sheet = self.book.add_worksheet(part.name)
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, part.frozen)
        last = max(1, len(part.rows))
        for place, column in enumerate(part.columns):
            sheet.set_column(place, place, column.width, self._format(column.form))
            sheet.write_string(0, place, column.head, self._head)
            self._show(sheet, place, last, column)
        for row, values in enumerate(part.rows, 1):
            for place, (column, value) in enumerate(zip(part.columns, values, strict=True)):
                self._write(sheet, row, place, column.form, value)
        sheet.autofilter(0, 0, last, len(part.columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _write(self, sheet: Worksheet, row: int, place: int, form: Form, value: Value | Share) -> None:
        if isinstance(value, Share):
            value, form = value.value, "share"
        if value is None:
            return
        if isinstance(value, datetime.date):
            if value >= FIRST_DAY:
                sheet.write_datetime(
                    row, place, datetime.datetime.combine(value, datetime.time()), self._format("date")
                )
                return
            value = value.isoformat()
        if isinstance(value, str):
            shown = printable(value)[:LONGEST]
            kept: Form = "long" if form == "long" else "text"
            sheet.write_string(row, place, shown, self._format(kept, quoted=shown.startswith(RUNS)))
        else:
            whole = form == "mixed" and isinstance(value, int)
            sheet.write_number(row, place, value, self._format("integer" if whole else form))

    def _show(self, sheet: Worksheet, place: int, last: int, column: Column) -> None:
        """The conditional format of a column of numbers; bars and colours are scaled from 0 to the largest."""
        if column.look == "bar":
            rule: dict[str, Any] = {"type": "data_bar", "bar_color": _pale(COLOUR["ours"]), "bar_solid": True}
            rule |= {"min_type": "num", "min_value": 0}
        elif column.look:
            strong = COLOUR["ours"] if column.look == "better" else COLOUR["red"]
            rule = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": _pale(strong)}
            rule |= {"min_type": "num", "min_value": 0}
        else:
            return
        sheet.conditional_format(1, place, last, place, rule)

    def _format(self, form: Form, *, quoted: bool = False) -> Format:
        key = (form, quoted)
        if key not in self._formats:
            look: dict[str, Any] = {"num_format": NUMBERS[form], "valign": "top"}
            look |= {"text_wrap": True} if form == "long" else {}
            look |= {"quote_prefix": True} if quoted else {}
            look |= {"align": "left"} if form in ("text", "long", "mixed", "date") else {}
            self._formats[key] = self.book.add_format(look)
        return self._formats[key]


def _pale(colour: str) -> str:
    """The colour at two fifths on white, so that the number on it can be read."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - 0.4 * (255 - part)):02X}" for part in parts)
