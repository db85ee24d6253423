"""The cells of one sheet of a workbook, row by row, each as the text that a person sees or would type.

openpyxl's own reading of rows fills every gap: one cell at XFD1048576 makes it give a million rows of 16,384 cells.
This takes what is there.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.worksheet._reader import DATA_TAG, FORMULA_TAG, INLINE_STRING, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

_TEXT_TAG = f"{{{SHEET_MAIN_NS}}}t"
_RUN_TAG = f"{{{SHEET_MAIN_NS}}}r"
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_EXACT = 10**15


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell that holds something: its column's place from 0, its text, and what is wrong with it, if anything."""

    place: int
    text: str
    wrong: str | None = None


class SheetCells(WorkSheetParser):
    """Reads rows and nothing else of a sheet: drop-downs, formats, comments and links are not looked at."""

    def rows(self) -> Iterator[tuple[int, list[SheetCell]]]:
        """Row number and the cells that hold something, for every row that has any."""
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                self.row_counter = int(element.get("r") or self.row_counter + 1)
                self.col_counter = 0
                held = [cell for cell in map(self._held, element) if cell is not None]
                element.clear()
                if held:
                    yield self.row_counter, held
            elif element.tag == DATA_TAG:
                return

    def _held(self, element: Any) -> SheetCell | None:
        """The cell of an element; None for one that holds nothing."""
        form = element.get("t", "n")
        if form == "inlineStr":
            text = string_of(element.find(INLINE_STRING))
            place = self.parse_cell(element)["column"] - 1
            return SheetCell(place, text) if text else None
        cell = self.parse_cell(element)
        value, place = cell["value"], cell["column"] - 1
        if value is None or value == "":
            # A formula that gives an empty text has a value, an empty one; one never computed has none.
            computed = form == "str" and element.find(VALUE_TAG) is not None
            waiting = element.find(FORMULA_TAG) is not None and not computed
            return SheetCell(place, "", "formula_without_value") if waiting else None
        if cell["data_type"] == "e":
            return SheetCell(place, str(value), "spreadsheet_error")
        if form == "str":
            return SheetCell(place, _unescaped(value))
        if isinstance(value, float) and abs(value) >= _EXACT:
            return SheetCell(place, repr(value), "long_number")
        return SheetCell(place, _as_text(value))


def string_of(element: Any) -> str:
    """The text of a string element, its runs put together, without the pronunciation that some languages add."""
    if element is None:
        return ""
    pieces = (one for one in element if one.tag in (_TEXT_TAG, _RUN_TAG))
    parts = (piece if piece.tag == _TEXT_TAG else piece.find(_TEXT_TAG) for piece in pieces)
    return "".join(_unescaped(part.text) for part in parts if part is not None and part.text)


def _unescaped(text: str) -> str:
    """A workbook writes characters that XML may not hold as _x000D_, and that very text as _x005F_x000D_."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    # NUL and halves of a character are no text: such an escape stays as it is written.
    return escape[0] if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)
