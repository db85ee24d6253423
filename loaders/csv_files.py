"""CSV: encoding by BOM, then strict UTF-8, then GB18030; the delimiter found; ragged rows refused, never shifted."""

from __future__ import annotations

import codecs
import csv
import io
import sys
from collections import Counter
from pathlib import Path

from loaders.caps import Caps
from loaders.findings import shown_value
from loaders.formulas import as_written
from loaders.problems import Unreadable, unreadable
from loaders.tables import FileFacts, Table, from_rows

DELIMITERS = (",", ";", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_csv(path: Path, sheet: str, encoding: str | None, caps: Caps) -> tuple[Table, FileFacts]:
    """The table of a CSV file. Raises Unreadable where it is no CSV or too large."""
    written, used = _decoded(path, encoding, caps)
    if "\0" in written:
        raise unreadable("nul_character", path.name, sheet, written[: written.index("\0")].count("\n") + 1)
    delimiter = _delimiter(written)
    rows, numbers = _rows(path.name, sheet, written, delimiter, caps)
    table = from_rows(path.name, sheet, rows, numbers)
    preview = shown_value(written.split("\n", 2)[1] if written.count("\n") else written)
    facts = FileFacts(path.name, "csv", used, delimiter, preview, rows={sheet: len(table.rows)})
    return table, facts


def header_of(path: Path, encoding: str | None, caps: Caps) -> list[str]:
    """The header cells of a CSV file."""
    written, _ = _decoded(path, encoding, caps)
    first = written.split("\n", 1)[0].rstrip("\r")
    return next(csv.reader([first], delimiter=_delimiter(written)), [])


def _decoded(path: Path, encoding: str | None, caps: Caps) -> tuple[str, str]:
    if path.stat().st_size > caps.file_bytes:
        raise unreadable("too_many_bytes", path.name, most=caps.file_bytes)
    raw = path.read_bytes()
    if not raw.strip():
        raise unreadable("empty_file", path.name)
    if encoding is not None:
        return _with(path, raw, encoding), encoding
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return _with(path, raw, name), name
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _with(path, raw, "gb18030"), "gb18030"


def _with(path: Path, raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except LookupError as wrong:
        raise unreadable("unknown_encoding", path.name, value=encoding) from wrong
    except (UnicodeDecodeError, UnicodeError) as wrong:
        start = wrong.start if isinstance(wrong, UnicodeDecodeError) else 0
        row = raw[:start].count(b"\n") + 1
        raise unreadable("wrong_encoding", path.name, row=row, encoding=encoding) from wrong


def _delimiter(written: str) -> str:
    """The delimiter that the header has most of, outside of quotes; a comma where it has none."""
    header = written.split("\n", 1)[0]
    outside = "".join(header.split('"')[::2])
    counts = Counter(ch for ch in outside if ch in DELIMITERS)
    return max(DELIMITERS, key=lambda one: (counts[one], -DELIMITERS.index(one)))


def _rows(file: str, sheet: str, written: str, delimiter: str, caps: Caps) -> tuple[list[list[str]], list[int]]:
    csv.field_size_limit(sys.maxsize)
    reader = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    numbers: list[int] = []
    line = 1
    try:
        for row in reader:
            if row:
                rows.append(row)
                numbers.append(line)
            line = reader.line_num + 1
            if len(rows) > caps.rows + 1:
                raise unreadable("too_many_rows", file, sheet, most=caps.rows)
    except csv.Error as wrong:
        code = "unclosed_quote" if "unexpected end" in str(wrong) else "broken_quote"
        raise unreadable(code, file, sheet, line) from wrong
    _check_shape(file, sheet, rows, numbers, caps)
    if "'" in written:
        rows = [[as_written(cell) for cell in row] for row in rows]
    return rows, numbers


def _check_shape(file: str, sheet: str, rows: list[list[str]], numbers: list[int], caps: Caps) -> None:
    if not rows:
        raise unreadable("empty_file", file)
    width = len(rows[0])
    if width > caps.columns:
        raise unreadable("too_many_columns", file, sheet, 1, found=width, most=caps.columns)
    if set(map(len, rows)) == {width}:
        return
    ragged = [(number, len(row)) for row, number in zip(rows, numbers, strict=True) if len(row) != width and any(row)]
    if ragged:
        number, found = ragged[0]
        raise unreadable("ragged_row", file, sheet, number, found=found, width=width, more=len(ragged) - 1)


__all__ = ["Unreadable", "header_of", "read_csv"]
