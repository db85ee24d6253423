"""XLSX: openpyxl read-only with defusedxml; what is no workbook or too large is refused with a message."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from loaders.caps import Caps
from loaders.problems import unreadable
from loaders.tables import FileFacts, Table, from_rows
from loaders.workbook_marks import FORMULA

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

if not openpyxl.DEFUSEDXML:
    raise ImportError("openpyxl must parse XML through defusedxml")


def read_workbook(path: Path, wanted: Iterable[str], caps: Caps) -> tuple[list[Table], FileFacts, list[str]]:
    """The tables of the sheets wanted (names folded), what the file is, and the names of the other sheets.

    Raises Unreadable where the file is no workbook, is encrypted or truncated, or is larger than the caps allow.
    """
    _check_container(path, caps)
    facts = FileFacts(path.name, "xlsx")
    names = set(wanted)
    tables, others = [], []
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                if sheet.title.strip().casefold() not in names:
                    others.append(sheet.title)
                    continue
                if sheet.sheet_state != "visible":
                    facts.hidden.append(sheet.title)
                table = _table(path, sheet, caps)
                facts.rows[sheet.title] = len(table.rows)
                tables.append(table)
        finally:
            book.close()
    except _BROKEN as wrong:
        raise unreadable("broken_workbook", path.name, why=type(wrong).__name__) from wrong
    return tables, facts, others


# What openpyxl and the XML and ZIP readers under it raise on a file that is not what it says it is.
_BROKEN = (
    zipfile.BadZipFile, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError, SyntaxError,
    NotImplementedError, RuntimeError, OverflowError, AssertionError, DefusedXmlException,
)  # fmt: skip


def _check_container(path: Path, caps: Caps) -> None:
    size = path.stat().st_size
    if size > caps.file_bytes:
        raise unreadable("too_many_bytes", path.name, most=caps.file_bytes)
    with path.open("rb") as file:
        start = file.read(8)
    if start == _OLE:
        raise unreadable("encrypted_or_old", path.name)
    if not zipfile.is_zipfile(path):
        raise unreadable("truncated_workbook" if start.startswith(b"PK") else "not_a_workbook", path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as wrong:
        raise unreadable("truncated_workbook", path.name) from wrong
    if len(members) > caps.members:
        raise unreadable("too_many_members", path.name, most=caps.members)
    unpacked = sum(member.file_size for member in members)
    if unpacked > caps.unpacked_bytes or unpacked > caps.ratio * max(size, 1):
        raise unreadable("unpacks_too_large", path.name, found=unpacked)
    if any(member.flag_bits & 1 for member in members):
        raise unreadable("encrypted_or_old", path.name)
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise unreadable("archive_not_workbook", path.name)


def _table(path: Path, sheet: ReadOnlyWorksheet, caps: Caps) -> Table:
    formulas = _empty_formulas(path, sheet.title) if _has_formulas(path, sheet) else {}
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, cells in enumerate(_rows(sheet, caps), 1):
        row = [_as_text(value) for value in cells]
        for column in formulas.get(number, ()):
            row += [""] * (column + 1 - len(row))
            row[column] = FORMULA
        while row and not row[-1]:
            row.pop()
        if not row and rows:
            continue
        if len(row) > caps.columns:
            raise unreadable("too_many_columns", path.name, sheet.title, number, found=len(row), most=caps.columns)
        if any(len(cell) > caps.cell_characters for cell in row):
            raise unreadable("cell_too_long", path.name, sheet.title, number, most=caps.cell_characters)
        rows.append(row)
        numbers.append(number)
        if len(rows) > caps.rows + 1:
            raise unreadable("too_many_rows", path.name, sheet.title, most=caps.rows)
    if not rows or not rows[0]:
        return Table(path.name, sheet.title, [], [], [])
    return from_rows(path.name, sheet.title, rows, numbers)


def _rows(sheet: ReadOnlyWorksheet, caps: Caps) -> Iterator[tuple[Any, ...]]:
    # The size that a file claims for itself is not believed: a claim of 16,384 x 1,048,576 would be filled up.
    sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True)  # type: ignore[misc]


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return value.date().isoformat() if midnight else value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _has_formulas(path: Path, sheet: ReadOnlyWorksheet) -> bool:
    """Whether the sheet's XML holds a formula at all: only then is it read a second time."""
    with zipfile.ZipFile(path) as archive, archive.open(sheet._worksheet_path) as xml:  # type: ignore[attr-defined]
        before = b""
        while chunk := xml.read(1 << 20):
            if b"<f>" in before + chunk or b"<f " in before + chunk or b"<f/>" in before + chunk:
                return True
            before = chunk[-3:]
    return False


def _empty_formulas(path: Path, title: str) -> dict[int, list[int]]:
    """Formula cells without a value: row number → column indices."""
    found: dict[int, list[int]] = {}
    with_formulas = openpyxl.load_workbook(path, read_only=True, data_only=False, keep_links=False)
    with_values = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
    try:
        formulas, values = with_formulas[title], with_values[title]
        formulas.reset_dimensions()
        values.reset_dimensions()
        for number, (written, held) in enumerate(
            zip(formulas.iter_rows(), values.iter_rows(values_only=True), strict=False), 1
        ):
            for column, cell in enumerate(written):
                if getattr(cell, "data_type", None) == "f" and (column >= len(held) or held[column] is None):
                    found.setdefault(number, []).append(column)
    finally:
        with_formulas.close()
        with_values.close()
    return found
