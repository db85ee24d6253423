"""Read .xlsx workbooks with openpyxl and defusedxml, inside the sandbox.

Files that are not workbooks, too large or made to do harm are refused with a message.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from loaders.caps import Caps
from loaders.container import check_archive
from loaders.problems import Unreadable, unreadable
from loaders.sheet_cells import SheetCells, string_of
from loaders.sheets import Rows, Sheet, Spreadsheet

if not openpyxl.DEFUSEDXML:
    raise ImportError("openpyxl must parse XML through defusedxml: unset OPENPYXL_DEFUSEDXML")

REQUIRED_PART = "[Content_Types].xml"


class _Reader(ExcelReader):
    """openpyxl's reader, but with shared strings exactly as written: its own decodes _x005F_ escapes wrongly."""

    def read_strings(self) -> None:
        part = self.package.find(SHARED_STRINGS)  # type: ignore[no-untyped-call]
        if part is None:
            return
        with self.archive.open(part.PartName[1:]) as source:
            for _, node in iterparse(source):
                if node.tag == f"{{{SHEET_MAIN_NS}}}si":
                    self.shared_strings.append(string_of(node))
                    node.clear()


@contextmanager
def open_answerer(path: Path, caps: Caps) -> Iterator[Callable[[Any], Iterator[Any]]]:
    """Open a workbook and give the function that answers questions about it (`Spreadsheet.answers`).

    Raises Unreadable where it is not a workbook or too large, OSError.
    """
    with path.open("rb") as file:
        check_archive(file, path.name, caps, REQUIRED_PART)
        with _refusing_broken(path.name, None):
            reader = _Reader(file, read_only=True, data_only=True, keep_links=False)
            reader.read()
            _refuse_lost_sheets(path.name, reader)
        sheets = [
            Sheet(sheet.title, sheet.sheet_state != "visible", partial(_rows, path.name, reader, sheet))
            for sheet in reader.wb.worksheets
        ]
        yield Spreadsheet(path.name, sheets, caps).answers


def _rows(file: str, reader: Any, sheet: Any) -> Rows:
    book = reader.wb
    with _refusing_broken(file, sheet.title), reader.archive.open(sheet._worksheet_path) as source:
        yield from SheetCells(
            source,
            reader.shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        ).rows()


def _refuse_lost_sheets(name: str, reader: Any) -> None:
    """Refuse a workbook that lists a sheet whose part is missing: openpyxl would skip its rows silently."""
    for _, part in reader.parser.find_sheets():
        if part.target not in reader.valid_files:
            raise unreadable("broken_workbook", name, why="a sheet is missing")


@contextmanager
def _refusing_broken(file: str, sheet: str | None) -> Iterator[None]:
    """Turn any exception of openpyxl into the finding that the workbook is broken; ignore its warnings."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except Unreadable:
            raise
        except Exception as error:  # the XML, ZIP and date readers under it raise many kinds of their own
            # openpyxl wraps the exceptions of the first parts that it reads.
            if isinstance(error.__cause__ or error, DefusedXmlException):
                raise unreadable("xml_entities", file, sheet) from error
            raise unreadable("broken_workbook", file, sheet, why=type(error).__name__) from error
