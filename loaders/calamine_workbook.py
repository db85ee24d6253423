"""Read .ods and .xls workbooks with calamine, inside the sandbox.

calamine is used without pandas, which would lose the row numbers. In .xls it reads an error value of a formula (#N/A)
as an empty cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from loaders.caps import Caps
from loaders.container import OLE, ZIP, check_archive, first_bytes
from loaders.problems import Unreadable, unreadable
from loaders.sheets import EXACT, Rows, Sheet, SheetCell, Spreadsheet, value_text

REQUIRED_PART = "content.xml"

UNASKED = 1_000_000
"""Characters of cells below which the ratio to the size of the file is not checked."""


@contextmanager
def open_ods(path: Path, caps: Caps) -> Iterator[Callable[[Any], Iterator[Any]]]:
    """Open an OpenDocument spreadsheet and give the function that answers questions about it.

    Raises Unreadable where it is not one, encrypted or too large, OSError.
    """
    with path.open("rb") as file:
        check_archive(file, path.name, caps, REQUIRED_PART)
    yield _Workbook(path, caps).answers


@contextmanager
def open_xls(path: Path, caps: Caps) -> Iterator[Callable[[Any], Iterator[Any]]]:
    """Open an Excel 97-2003 workbook and give the function that answers questions about it.

    Raises Unreadable where it is not one, encrypted or too large, OSError.
    """
    with path.open("rb") as file:
        start = first_bytes(file, path.name, caps)
    if start.startswith(ZIP):
        raise unreadable("other_ending", path.name, ending=".ods" if b"opendocument" in start else ".xlsx")
    if not start.startswith(OLE):
        raise unreadable("not_a_workbook", path.name, ending=".xls")
    yield _Workbook(path, caps).answers


class _Workbook(Spreadsheet):
    """A workbook that calamine has opened. It counts the characters that it gives out.

    A file of some hundred bytes can say that a row is repeated a million times: what is far larger than its file is
    refused.
    """

    def __init__(self, path: Path, caps: Caps) -> None:
        self._name, self._given = path.name, 0
        self._most = max(UNASKED, caps.ratio * path.stat().st_size)
        with _refusing_broken(path.name, None):
            self._workbook = CalamineWorkbook.from_path(path)
            sheets = [
                Sheet(sheet.name, sheet.visible != SheetVisibleEnum.Visible, partial(self._rows, sheet.name))
                for sheet in self._workbook.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet
            ]
        super().__init__(path.name, sheets, caps)

    def _rows(self, name: str) -> Rows:
        with _refusing_broken(self._name, name):
            sheet = self._workbook.get_sheet_by_name(name)
            first_row, first_column = sheet.start or (0, 0)
            for number, values in enumerate(sheet.iter_rows(), first_row + 1):
                cells = [_cell(place, value) for place, value in enumerate(values, first_column) if value != ""]
                if cells:
                    self._given += sum(len(cell.text) + 1 for cell in cells)
                    if self._given > self._most:
                        raise unreadable("unpacks_too_large", self._name, found=self._given)
                    yield number, cells


def _cell(place: int, value: Any) -> SheetCell:
    if isinstance(value, float) and abs(value) >= EXACT:
        return SheetCell(place, repr(value), "long_number")
    return SheetCell(place, value_text(value))


@contextmanager
def _refusing_broken(file: str, sheet: str | None) -> Iterator[None]:
    """Turn any exception of calamine into the finding that the workbook is broken, its panics included."""
    try:
        yield
    except PasswordError as error:
        raise unreadable("password", file) from error
    except (Unreadable, GeneratorExit, MemoryError):
        raise
    except BaseException as error:  # a panic in Rust is a BaseException
        raise unreadable("broken_workbook", file, sheet, why=" ".join(str(error).split())[:120]) from error
