"""The sheets of a spreadsheet as tables of text, whichever library reads their cells."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass
from typing import Any

from loaders.caps import Caps
from loaders.problems import unreadable
from loaders.tables import CHUNK, Chunk, Flaw, Table, columns_of, header_cells


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell that is not empty: its column from 0, its text, and the code of its problem, if it has one.

    `places` fill the message of the problem.
    """

    place: int
    text: str
    problem: str | None = None
    places: tuple[tuple[str, str], ...] = ()


EXACT = 10**15
"""Spreadsheets keep 15 digits: the last digits of a larger number are lost."""

Rows = Iterator[tuple[int, list[SheetCell]]]
"""Row number and cells of each row that is not empty."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a spreadsheet; `rows` reads it from the beginning."""

    name: str
    hidden: bool
    rows: Callable[[], Rows]


class Spreadsheet:
    """The sheets of one file, each read as a table when asked for."""

    def __init__(self, file: str, sheets: Iterable[Sheet], caps: Caps) -> None:
        self._file, self._caps = file, caps
        self._sheets = {sheet.name: sheet for sheet in sheets}

    def answers(self, question: Any) -> Iterator[Any]:
        """Answer a question of the parent process: None for the names of the sheets, else `{sheet, rows}`.

        A sheet is answered by its header and, with `rows`, by its chunks.
        """
        if question is None:
            yield list(self._sheets)
            return
        sheet = self._sheets[question["sheet"]]
        table = self.table(sheet.name)
        if table is None:
            yield {"hidden": sheet.hidden, "header": None, "row": 0}
            return
        yield {"hidden": sheet.hidden, "header": table.header, "row": table.header_row}
        for chunk in table.chunks if question["rows"] else ():
            flaws = [astuple(flaw) for flaw in chunk.flaws]
            yield {"rows": chunk.rows, "columns": chunk.columns, "flaws": flaws}

    def table(self, name: str) -> Table | None:
        """The table of a sheet, None if it is empty. Raises Unreadable; so may iterating over its chunks."""
        rows = self._sheets[name].rows()
        number, cells = next(rows, (0, []))
        if not cells:
            return None
        width = cells[-1].place + 1
        if width > self._caps.columns:
            raise unreadable("too_many_columns", self._file, name, number, found=width, most=self._caps.columns)
        header = header_cells(_filled(cells, width))
        return Table(self._file, name, header, number, self._chunks(name, rows, len(header)))

    def _chunks(self, name: str, rows: Rows, width: int) -> Iterator[Chunk]:
        numbers: list[int] = []
        body: list[list[str]] = []
        flaws: list[Flaw] = []
        for total, (number, cells) in enumerate(rows, 1):
            flaws += _flaws(number, cells, width)
            body.append(_filled(cells, width))
            numbers.append(number)
            if total > self._caps.rows:
                raise unreadable("too_many_rows", self._file, name, most=self._caps.rows)
            if len(body) == CHUNK:
                yield Chunk(numbers, columns_of(body, width), flaws)
                numbers, body, flaws = [], [], []
        yield Chunk(numbers, columns_of(body, width), flaws)


def value_text(value: Any) -> str:
    """The text of a spreadsheet's value, as a person would type it: a day without its midnight, 7 for 7.0."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else str(value)


def _filled(cells: list[SheetCell], width: int) -> list[str]:
    row = [""] * width
    for cell in cells:
        if cell.place < width and (cell.problem is None or cell.text):
            row[cell.place] = cell.text
    return row


def _flaws(number: int, cells: list[SheetCell], width: int) -> Iterator[Flaw]:
    beyond = False
    for cell in cells:
        if cell.place >= width:
            if not beyond and cell.text:
                yield Flaw(number, cell.place, "value_without_header", cell.text)
            beyond = True
        elif cell.problem is not None:
            yield Flaw(number, cell.place, cell.problem, cell.text or None, dict(cell.places))
