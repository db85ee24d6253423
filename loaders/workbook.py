"""XLSX: openpyxl with defusedxml; what is no workbook, too large or made to hurt is refused with a message."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from typing import Any

import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from loaders.caps import Caps
from loaders.container import check_container
from loaders.problems import Unreadable, unreadable
from loaders.sheet_cells import SheetCell, SheetCells, string_of
from loaders.tables import CHUNK, Chunk, FileFacts, Flaw, Table, columns_of, header_cells

if not openpyxl.DEFUSEDXML:
    raise ImportError("openpyxl must parse XML through defusedxml: unset OPENPYXL_DEFUSEDXML")


class _Reader(ExcelReader):
    """openpyxl's reader of a package, with strings as they are written: its own makes _x005F_ and its text one."""

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _, node in iterparse(source):
                if node.tag == f"{{{SHEET_MAIN_NS}}}si":
                    self.shared_strings.append(string_of(node))
                    node.clear()


class Book:
    """A workbook opened for reading."""

    def __init__(self, name: str, reader: Any, caps: Caps) -> None:
        self.facts = FileFacts(name, "xlsx")
        self._reader, self._caps = reader, caps
        self._sheets = {sheet.title: sheet for sheet in reader.wb.worksheets}

    @property
    def sheets(self) -> list[str]:
        """The names of its sheets, in its order."""
        return list(self._sheets)

    def table(self, name: str) -> Table | None:
        """The table of a sheet, None where it is empty. Raises Unreadable; so may taking the table's chunks."""
        sheet = self._sheets[name]
        if sheet.sheet_state != "visible":
            self.facts.hidden.append(name)
        rows = self._rows(sheet)
        number, cells = next(rows, (0, []))
        if not cells:
            return None
        width = cells[-1].place + 1
        if width > self._caps.columns:
            raise unreadable("too_many_columns", self.facts.file, name, number, found=width, most=self._caps.columns)
        header = header_cells(_filled(cells, width))
        return Table(self.facts.file, name, header, number, self._chunks(name, rows, len(header)))

    def _rows(self, sheet: Any) -> Iterator[tuple[int, list[SheetCell]]]:
        book = self._reader.wb
        with self._understanding(sheet.title), self._reader.archive.open(sheet._worksheet_path) as source:
            yield from SheetCells(
                source,
                self._reader.shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            ).rows()

    def _chunks(self, name: str, rows: Iterator[tuple[int, list[SheetCell]]], width: int) -> Iterator[Chunk]:
        numbers: list[int] = []
        body: list[list[str]] = []
        flaws: list[Flaw] = []
        for total, (number, cells) in enumerate(rows, 1):
            flaws += _flaws(number, cells, width)
            body.append(_filled(cells, width))
            numbers.append(number)
            if total > self._caps.rows:
                raise unreadable("too_many_rows", self.facts.file, name, most=self._caps.rows)
            if len(body) == CHUNK:
                yield Chunk(numbers, columns_of(body, width), flaws)
                numbers, body, flaws = [], [], []
        yield Chunk(numbers, columns_of(body, width), flaws)

    @contextmanager
    def _understanding(self, sheet: str) -> Iterator[None]:
        with _understanding(self.facts.file, sheet):
            yield


@contextmanager
def answering(path: Path, caps: Caps) -> Iterator[Callable[[Any], Iterator[Any]]]:
    """What a workbook answers: its sheets, and of one the header alone or with the chunks under it."""
    with opened_workbook(path, caps) as book:

        def answers(asked: Any) -> Iterator[Any]:
            if asked is None:
                yield book.sheets
                return
            table = book.table(asked["sheet"])
            hidden = asked["sheet"] in book.facts.hidden
            if table is None:
                yield {"hidden": hidden, "header": None, "row": 0}
                return
            yield {"hidden": hidden, "header": table.header, "row": table.header_row}
            for chunk in table.chunks if asked["rows"] else ():
                flaws = [astuple(flaw) for flaw in chunk.flaws]
                yield {"rows": chunk.rows, "columns": chunk.columns, "flaws": flaws}

        yield answers


@contextmanager
def opened_workbook(path: Path, caps: Caps) -> Iterator[Book]:
    """A workbook, open while its sheets are read. Raises Unreadable where it is none or too large, OSError."""
    with path.open("rb") as file:
        check_container(file, path.name, caps)
        with _understanding(path.name, None):
            reader = _Reader(file, read_only=True, data_only=True, keep_links=False)
            reader.read()
            _refuse_lost_sheets(path.name, reader)
        yield Book(path.name, reader, caps)


def _refuse_lost_sheets(name: str, reader: Any) -> None:
    """A sheet whose part is not in the package: openpyxl would pass over it, and its rows be lost without a word."""
    for _, part in reader.parser.find_sheets():
        if part.target not in reader.valid_files:
            raise unreadable("broken_workbook", name, why="a sheet is missing")


@contextmanager
def _understanding(file: str, sheet: str | None) -> Iterator[None]:
    """Say of anything that openpyxl stumbles over that the workbook is broken; what it only remarks on is no matter."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except Unreadable:
            raise
        except Exception as wrong:  # of which there are many: the XML, ZIP and date readers under it raise their own
            # openpyxl wraps what it meets at the beginning.
            if isinstance(wrong.__cause__ or wrong, DefusedXmlException):
                raise unreadable("xml_entities", file, sheet) from wrong
            raise unreadable("broken_workbook", file, sheet, why=type(wrong).__name__) from wrong


def _filled(cells: list[SheetCell], width: int) -> list[str]:
    row = [""] * width
    for cell in cells:
        if cell.place < width and (cell.wrong is None or cell.text):
            row[cell.place] = cell.text
    return row


def _flaws(number: int, cells: list[SheetCell], width: int) -> Iterator[Flaw]:
    beyond = False
    for cell in cells:
        if cell.place >= width:
            if not beyond and cell.text:
                yield Flaw(number, cell.place, "value_without_header", cell.text)
            beyond = True
        elif cell.wrong is not None:
            yield Flaw(number, cell.place, cell.wrong, cell.text or None)
