"""Parse the cells of one worksheet row by row into the text that a person sees or would type.

openpyxl's own iteration fills every gap: for one cell at XFD1048576 it returns a million rows of 16,384 cells. This
parser returns only the cells that are in the file.
"""

from __future__ import annotations

import re
from typing import Any

from openpyxl.worksheet._reader import DATA_TAG, FORMULA_TAG, INLINE_STRING, ROW_TAG, VALUE_TAG, WorkSheetParser
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from loaders.sheets import EXACT, Rows, SheetCell, value_text

_TEXT_TAG = f"{{{SHEET_MAIN_NS}}}t"
_RUN_TAG = f"{{{SHEET_MAIN_NS}}}r"
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


class SheetCells(WorkSheetParser):
    """Parses the rows of a worksheet and nothing else: drop-downs, formats, comments and links are ignored."""

    def rows(self) -> Rows:
        """Row number and non-empty cells of every row that has any."""
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                self.row_counter = int(element.get("r") or self.row_counter + 1)
                self.col_counter = 0
                cells = [cell for cell in map(self._cell, element) if cell is not None]
                element.clear()
                if cells:
                    yield self.row_counter, cells
            elif element.tag == DATA_TAG:
                return

    def _cell(self, element: Any) -> SheetCell | None:
        """The cell of an XML element; None for an empty one."""
        form = element.get("t", "n")
        if form == "inlineStr":
            text = string_of(element.find(INLINE_STRING))
            place = self.parse_cell(element)["column"] - 1
            return SheetCell(place, text) if text else None
        cell = self.parse_cell(element)
        value, place = cell["value"], cell["column"] - 1
        if value is None or value == "":
            # A formula whose result is an empty text has an empty value; one that was never computed has no value.
            computed = form == "str" and element.find(VALUE_TAG) is not None
            not_computed = element.find(FORMULA_TAG) is not None and not computed
            return SheetCell(place, "", "formula_without_value") if not_computed else None
        if cell["data_type"] == "e":
            return SheetCell(place, str(value), "spreadsheet_error")
        if form == "str":
            return SheetCell(place, _unescaped(value))
        if isinstance(value, float) and abs(value) >= EXACT:
            return SheetCell(place, repr(value), "long_number")
        return SheetCell(place, value_text(value))


def string_of(element: Any) -> str:
    """The text of a string element: its runs joined, without phonetic hints (furigana)."""
    if element is None:
        return ""
    pieces = (piece for piece in element if piece.tag in (_TEXT_TAG, _RUN_TAG))
    parts = (piece if piece.tag == _TEXT_TAG else piece.find(_TEXT_TAG) for piece in pieces)
    return "".join(_unescaped(part.text) for part in parts if part is not None and part.text)


def _unescaped(text: str) -> str:
    """Decode the escapes of a workbook: _x000D_ is a carriage return, _x005F_x000D_ is the text _x000D_."""
    return _ESCAPE.sub(_character, text) if "_x" in text else text


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1], 16)
    # NUL and surrogates are not text: such an escape stays as it is written.
    return escape[0] if code == 0 or 0xD800 <= code <= 0xDFFF else chr(code)
