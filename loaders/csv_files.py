"""Read CSV: encoding by BOM, then strict UTF-8, then GB18030; delimiter detected; ragged rows refused, not shifted."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from loaders.caps import Caps
from loaders.findings import shown_value
from loaders.formulas import as_written
from loaders.problems import Unreadable, unreadable
from loaders.tables import CHUNK, Chunk, FileFacts, Flaw, Table, columns_of, header_cells

DELIMITERS = (",", ";", "\t", "|")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_START = 10_000
"""Characters at the beginning that hold the header and the first row."""
_LINE_BREAK = re.compile(r"\r\n|\r|\n")
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A CSV file in memory: its bytes, and the encoding and delimiter that were detected."""

    file: str
    sheet: str | None
    raw: bytes
    encoding: str
    delimiter: str
    preview: str
    caps: Caps

    def reader(self) -> Any:
        """An iterator over its rows. It decodes line by line: the whole text would take four bytes a character."""
        lines: Iterable[str]
        if self.encoding == "utf-8" and (b"\r" not in self.raw or _LONE_RETURN.search(self.raw) is None):
            lines = map(bytes.decode, io.BytesIO(self.raw))
        else:
            lines = io.TextIOWrapper(io.BytesIO(self.raw), encoding=self.encoding, newline="")
        return csv.reader(lines, delimiter=self.delimiter, strict=True)

    def header(self) -> list[str]:
        """The cells of its first row that is not blank. Raises Unreadable."""
        return header_cells(_Rows(self).header()[0])

    def first_rows(self, most: int) -> list[list[str]]:
        """Its first rows with the header, unparsed. Raises Unreadable."""
        rows = _Rows(self)
        header, _ = rows.header()
        return [header_cells(header), *rows.take(most)[0]]

    def table(self, sheet: str, headless: Sequence[str] | None = None, short: bool = False) -> tuple[Table, FileFacts]:
        """Its table under the name of a sheet, and the facts of the file.

        Args:
            sheet: the name of the sheet.
            headless: the header, for a file that has none.
            short: rows may end before their last cells, which are then empty; otherwise such rows are refused.

        Raises:
            Unreadable: it has too many columns; so may iterating over the chunks.
        """
        named = replace(self, sheet=sheet)
        facts = FileFacts(self.file, "csv", self.encoding, self.delimiter, self.preview, rows={sheet: 0})
        rows = _Rows(named)
        cells, number = rows.header() if headless is None else (list(headless), 0)
        if len(cells) > self.caps.columns:
            raise unreadable("too_many_columns", self.file, sheet, number, found=len(cells), most=self.caps.columns)
        header = header_cells(cells)
        return Table(self.file, sheet, header, number, _chunks(rows, header, _Width(len(cells), short), facts)), facts


def open_csv(path: Path, encoding: str | None, caps: Caps, sheet: str | None = None) -> CsvFile:
    """Open a CSV file and detect its encoding and delimiter; `sheet` is the sheet that findings name.

    Raises Unreadable where it is not CSV or too large, OSError.
    """
    if path.stat().st_size > caps.file_bytes:
        raise unreadable("too_many_bytes", path.name, sheet, most=caps.file_bytes)
    raw = path.read_bytes()
    if not raw or raw.isspace():
        raise unreadable("empty_file", path.name, sheet)
    _refuse_binary(path, sheet, raw)
    written, used = _decoded(path, sheet, raw, encoding)
    if "\0" in written:
        raise unreadable("nul_character", path.name, sheet, _line_of(written, written.index("\0")))
    lines = io.StringIO(written[:_START])
    first = lines.readline()
    preview = (lines.readline() or first).strip()
    return CsvFile(path.name, sheet, raw, used, _delimiter(first), shown_value(preview) or "", caps)


class _Rows:
    """The rows of a file, each with the line on which it starts."""

    def __init__(self, opened: CsvFile) -> None:
        self.opened = opened
        self._reader = opened.reader()
        self._line = 1

    def header(self) -> tuple[list[str], int]:
        """The first row that is not blank, and its line."""
        while True:
            rows, lines = self.take(1)
            if not rows:
                raise unreadable("empty_file", self.opened.file, self.opened.sheet)
            if any(rows[0]):
                return rows[0], lines[0]

    def take(self, count: int) -> tuple[list[list[str]], Sequence[int]]:
        """The next rows, blank ones included. Raises Unreadable for a broken quote or cell."""
        try:
            rows = list(islice(self._reader, count))
        except csv.Error:
            raise _broken(self.opened) from None
        except UnicodeError:
            places = {"encoding": self.opened.encoding}
            raise unreadable("wrong_encoding", self.opened.file, self.opened.sheet, self._line, **places) from None
        start = self._line
        self._line = self._reader.line_num + 1
        if self._line - start == len(rows):
            return rows, range(start, self._line)
        lengths = (1 + sum(len(_LINE_BREAK.findall(cell)) for cell in row) for row in rows)
        return rows, list(accumulate(lengths, initial=start))[:-1]


@dataclass(frozen=True, slots=True)
class _Width:
    """How many cells a row has, and whether it may have fewer."""

    cells: int
    or_fewer: bool


def _chunks(rows: _Rows, header: list[str], width: _Width, facts: FileFacts) -> Iterator[Chunk]:
    sheet, caps = rows.opened.sheet or "", rows.opened.caps
    neutralised = b"'" in rows.opened.raw
    total = 0
    while (chunk := _chunk(*rows.take(CHUNK), width, len(header))) is not None:
        if neutralised:
            for place, column in enumerate(chunk.columns):
                if "'" in "".join(column):
                    chunk.columns[place] = [as_written(cell) if cell[:1] == "'" else cell for cell in column]
        total += len(chunk.rows) + len(chunk.torn)
        facts.rows[sheet] = total
        if total > caps.rows:
            raise unreadable("too_many_rows", rows.opened.file, sheet, most=caps.rows)
        yield chunk


def _chunk(rows: list[list[str]], lines: Sequence[int], width: _Width, named: int) -> Chunk | None:
    """A chunk of rows: blank rows left out, ragged rows in `torn`, cells under no header refused. None for no rows."""
    if not rows:
        return None
    if set(map(len, rows)) == {width.cells} == {named}:
        columns = columns_of(rows, named)
        # If any column has no empty cell, as keys have none, then no row is blank: faster than checking each row.
        if any(map(all, columns)):
            return Chunk(lines, columns, [])
    return _chunk_row_by_row(rows, lines, width, named)


def _chunk_row_by_row(rows: list[list[str]], lines: Sequence[int], width: _Width, named: int) -> Chunk:
    """`_chunk` row by row, for chunks with a blank or ragged row or a cell under no header."""
    flaws: list[Flaw] = []
    torn: list[list[str]] = []
    if not all(map(any, rows)) or set(map(len, rows)) != {width.cells}:
        kept, numbers = [], []
        for row, line in zip(rows, lines, strict=True):
            if len(row) < width.cells and width.or_fewer:
                row += [""] * (width.cells - len(row))
            if len(row) == width.cells:
                if any(row):
                    kept.append(row)
                    numbers.append(line)
            elif any(row):
                torn.append(row)
                flaws.append(Flaw(line, None, "ragged_row", None, {"found": str(len(row)), "width": str(width.cells)}))
        rows, lines = kept, numbers
    if width.cells > named:
        for row, line in zip(rows, lines, strict=True):
            flaws += [Flaw(line, named, "value_without_header", cell) for cell in row[named:] if cell][:1]
    return Chunk(lines, columns_of(rows, named), flaws, torn)


def _broken(opened: CsvFile) -> Unreadable:
    """The finding for a file that is not valid CSV: it is read again to find the line."""
    reader = opened.reader()
    line = 1
    try:
        for _ in reader:
            line = reader.line_num + 1
    except csv.Error as error:
        message = str(error)
        if "field larger" in message:
            return unreadable("cell_too_long", opened.file, opened.sheet, line, most=opened.caps.cell_characters)
        code = "unclosed_quote" if "unexpected end" in message else "broken_quote"
        return unreadable(code, opened.file, opened.sheet, line)
    raise AssertionError("the second reading found no error")


def _refuse_binary(path: Path, sheet: str | None, raw: bytes) -> None:
    if raw.startswith(b"PK\x03\x04"):
        raise unreadable("workbook_named_csv", path.name, sheet)
    if raw.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise unreadable("encrypted_or_old", path.name, sheet)


def _decoded(path: Path, sheet: str | None, raw: bytes, encoding: str | None) -> tuple[str, str]:
    """The text and its encoding. Of plain ASCII, which is never wrong, only the start: no copy of the whole is made."""
    if encoding is None and raw.isascii() and b"\0" not in raw:
        return raw[:_START].decode("ascii"), "utf-8"
    if encoding is not None:
        written = _decoded_as(path, sheet, raw, encoding)
        half = _HALF_CHARACTER.search(written)
        if half is not None:
            raise unreadable("wrong_encoding", path.name, sheet, _line_of(written, half.start()), encoding=encoding)
        return written.removeprefix("\ufeff"), "utf-8-sig" if codecs.lookup(encoding).name == "utf-8" else encoding
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return _decoded_as(path, sheet, raw, name), name
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decoded_as(path, sheet, raw, "gb18030"), "gb18030"


def _decoded_as(path: Path, sheet: str | None, raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except LookupError as error:
        raise unreadable("unknown_encoding", path.name, sheet, value=encoding) from error
    except (UnicodeError, ValueError) as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        row = raw[:start].count(b"\n") + 1
        raise unreadable("wrong_encoding", path.name, sheet, row, encoding=encoding) from error


def _line_of(written: str, place: int) -> int:
    return written.count("\n", 0, place) + 1


def _delimiter(header: str) -> str:
    """The delimiter that is most frequent in the header outside of quotes; a comma if there is none."""
    outside = "".join(header.split('"')[::2])
    counts = Counter(ch for ch in outside if ch in DELIMITERS)
    return max(DELIMITERS, key=lambda item: (counts[item], -DELIMITERS.index(item)))
