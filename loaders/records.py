"""From a table of text to records of a kind, column by column, with everything that is wrong or odd."""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import MISSING, dataclass, field, fields
from typing import Any

from graph.model.columns import Column
from graph.model.kind import Kind
from graph.model.scales import SUBTYPES_OF
from loaders.caps import Caps
from loaders.cells import ColumnReader, is_identity
from loaders.findings import Finding, shown_value
from loaders.headers import Header, understand
from loaders.hidden_characters import odd_in
from loaders.tables import Chunk, Flaw, Table
from loaders.wrong import Wrong

Spot = tuple[int, int | None]
"""A row's number and a column's place."""


@dataclass(slots=True)
class Read:
    """The good rows of a table as records, with their row numbers, and what was found.

    `named` are the ids of every row, good or bad: who refers to a bad row is not told that it does not exist. It is
    None where the ids themselves could not be read. `foreign` are tables that another program wrote; `exported` are
    those of them that a known program writes, where references to people who are elsewhere are no mistake.
    """

    kind: Kind
    table: Table
    header: Header
    records: list[Any] = field(default_factory=list)
    rows: array[int] = field(default_factory=lambda: array("L"))
    findings: list[Finding] = field(default_factory=list)
    named: set[str] | None = field(default_factory=set)
    foreign: bool = False
    exported: bool = False

    @property
    def columns(self) -> frozenset[str]:
        """The columns that the table has."""
        return frozenset(self.header.at)


def read_records(kind: Kind, table: Table, *, strict: bool, today: datetime.date, caps: Caps) -> Read:
    """Understand every cell of a table. Rows with an error give no record. Raises Unreadable where the file does."""
    reading = _Reading(kind, table, caps)
    read = reading.read
    read.findings += _of_header(kind, table, read.header, strict)
    for chunk in table.chunks:
        reading.take(chunk)
    if read.header.missing or read.header.twice:
        return read
    read.findings += _of_dates(reading, today)
    read.findings += _of_subtypes(reading)
    read.findings += _of_quotas(reading)
    _keep_good_rows(reading)
    return read


class _Reading:
    """A table on its way to records: the values of each column so far, and the rows that are lost."""

    def __init__(self, kind: Kind, table: Table, caps: Caps) -> None:
        self.kind, self.table, self._caps = kind, table, caps
        self.read = Read(kind, table, understand(kind, table.header))
        self.columns: dict[str, list[Any]] = {name: [] for name in self.read.header.at}
        self.rows = self.read.rows
        self._readers = {name: ColumnReader(kind, kind.by_name[name], caps) for name in self.read.header.at}
        self._blanks_said: set[str] = set()
        if "id" in kind.by_name and "id" not in self.read.header.at:
            self.read.named = None

    def finding(
        self, code: str, row: int | None, column: str, value: str | None = None, places: dict[str, str] | None = None
    ) -> Finding:
        """A finding at a column, its header as the file has it and its value unless it is restricted."""
        at = self.read.header.at.get(column, -1)
        head = self.table.header[at] if at >= 0 else column
        shown = None if value is None else shown_value(value, self.kind.sheet, column)
        return Finding(code, self.table.file, self.table.sheet, row, head, shown, places or {}, at)

    def take(self, chunk: Chunk) -> None:
        """Understand a chunk's cells and keep their values."""
        self.rows.extend(chunk.rows)
        flawed: set[Spot] = {(one.row, one.place) for one in chunk.flaws}
        self.read.findings += self._flaws(chunk.flaws)
        for name, place in self.read.header.at.items():
            texts = chunk.columns[place]
            self.columns[name] += self._values(name, texts, chunk.rows, flawed)
        self._name(chunk)

    def _values(self, name: str, texts: list[str], rows: Sequence[int], flawed: set[Spot]) -> list[Any]:
        column = self.kind.by_name[name]
        if column.cell == "text" and column.scale is None:
            longest = max(map(len, texts), default=0)
            if is_identity(column):
                if longest <= self._caps.id_characters and _are_plain_ids(texts):
                    return texts
                self._note_blanks(name, texts, rows)
            else:
                self._note_odd_characters(name, texts, rows)
                if longest <= self._caps.cell_characters and not column.required:
                    return [None if not one or one.isspace() else one for one in texts] if _any_blank(texts) else texts
        return self._understood(name, texts, rows, flawed)

    def _understood(self, name: str, texts: list[str], rows: Sequence[int], flawed: set[Spot]) -> list[Any]:
        reader, place = self._readers[name], self.read.header.at[name]
        values = [reader[text] for text in texts]
        if reader.wrong:
            for row, text, value in zip(rows, texts, values, strict=True):
                if isinstance(value, Wrong) and (row, place) not in flawed:
                    self.read.findings.append(self.finding(value.code, row, name, text, dict(value.places)))
        return values

    def _note_odd_characters(self, name: str, texts: list[str], rows: Sequence[int]) -> None:
        if "".join(texts).isprintable():
            return
        for row, text in zip(rows, texts, strict=True):
            odd = None if text.isprintable() else odd_in(text)
            if odd is not None:
                said = {"character": f"U+{ord(odd):04X}"}
                self.read.findings.append(self.finding("odd_character", row, name, text, said))

    def _note_blanks(self, name: str, texts: list[str], rows: Sequence[int]) -> None:
        """Say once a column that its ids have blanks around them, which are not kept."""
        if name in self._blanks_said:
            return
        for row, text in zip(rows, texts, strict=True):
            stripped = text.strip()
            if stripped and stripped != text:
                self._blanks_said.add(name)
                self.read.findings.append(self.finding("blanks_around_ids", row, name, text))
                return

    def _flaws(self, flaws: list[Flaw]) -> Iterator[Finding]:
        names = {place: name for name, place in self.read.header.at.items()}
        for one in flaws:
            if one.place is None:
                said = None if one.value is None else shown_value(one.value)
                yield Finding(one.code, self.table.file, self.table.sheet, one.row, None, said, one.places)
            elif one.place in names:
                yield self.finding(one.code, one.row, names[one.place], one.value, one.places)
            elif one.code == "value_without_header":
                said = None if one.value is None else shown_value(one.value)
                yield Finding(one.code, self.table.file, self.table.sheet, one.row, None, said, {}, one.place)

    def _name(self, chunk: Chunk) -> None:
        if self.read.named is None or "id" not in self.kind.by_name:
            return
        place = self.read.header.at["id"]
        self.read.named.update(row[place].strip() for row in chunk.torn if place < len(row))
        texts = chunk.columns[place]
        as_they_are = self.columns["id"][-len(texts) :] == texts
        self.read.named.update(texts if as_they_are else map(str.strip, texts))


def _any_blank(texts: list[str]) -> bool:
    return not all(texts) or any(map(str.isspace, texts))


def _are_plain_ids(texts: list[str]) -> bool:
    """Whether a whole column of ids can stay as it is; asked of all at once, since nearly all of them can."""
    joined = "".join(texts)
    return all(texts) and joined.isascii() and joined.isprintable() and not set(" ;#") & set(joined)


def _of_header(kind: Kind, table: Table, header: Header, strict: bool) -> Iterator[Finding]:
    def at_header(code: str, cell: str, at: int, **said: str) -> Finding:
        refused = strict and code.startswith("unknown_column")
        return Finding(code, table.file, table.sheet, table.header_row, cell, shown_value(cell), said, at, refused)

    for cell, at, near in header.unknown:
        if near is None:
            yield at_header("unknown_column", cell, at)
        else:
            yield at_header("unknown_column_near", cell, at, near=near)
    for cell, at in header.twice:
        yield at_header("column_twice", cell, at)
    for name in header.missing:
        yield at_header("missing_column", name, len(table.header), zh=kind.by_name[name].zh)


def _of_dates(reading: _Reading, today: datetime.date) -> Iterator[Finding]:
    """A contact has already happened; every other date may lie ahead."""
    if reading.kind.sheet != "interactions":
        return
    days = reading.columns["date"]
    if max((day for day in set(days) if isinstance(day, datetime.date)), default=today) <= today:
        return
    for row, day in zip(reading.rows, days, strict=True):
        if isinstance(day, datetime.date) and day > today:
            yield reading.finding("future_contact", row, "date", day.isoformat(), {"today": today.isoformat()})


def _of_subtypes(reading: _Reading) -> Iterator[Finding]:
    """A subtype of another method is kept and said: the method counts."""
    if reading.kind.sheet != "interactions" or "subtype" not in reading.columns:
        return
    methods, subtypes = reading.columns["method"], reading.columns["subtype"]
    odd = {
        (method, subtype)
        for method, subtype in set(zip(methods, subtypes, strict=True))
        if isinstance(method, str) and isinstance(subtype, str) and subtype not in SUBTYPES_OF.get(method, ())
    }
    if not odd:
        return
    for row, pair in zip(reading.rows, zip(methods, subtypes, strict=True), strict=True):
        if pair in odd:
            yield reading.finding("other_subtype", row, "subtype", pair[1], {"method": pair[0]})


def _of_quotas(reading: _Reading) -> Iterator[Finding]:
    """A quota that its step's rule does not ask for is kept and said: the rule counts."""
    if reading.kind.sheet != "steps" or not {"rule", "quota"} <= set(reading.columns):
        return
    for row, rule, quota in zip(reading.rows, reading.columns["rule"], reading.columns["quota"], strict=True):
        if isinstance(quota, float) and (rule is None or rule in ("unanimous", "single")):
            yield reading.finding("quota_unused", row, "quota", f"{quota:g}", {"rule": rule or "unanimous"})


def _keep_good_rows(reading: _Reading) -> None:
    read, kind = reading.read, reading.kind
    bad = {one.row for one in read.findings if one.severity == "error"} - {None}
    values = [reading.columns.get(column.name) or _empty(kind, column, len(reading.rows)) for column in kind.columns]
    if bad:
        good = [place for place, row in enumerate(reading.rows) if row not in bad]
        values = [[column[place] for place in good] for column in values]
        read.rows = array("L", (reading.rows[place] for place in good))
    read.records = list(map(kind.record, *values))


def _empty(kind: Kind, column: Column, count: int) -> list[Any]:
    """What stands in a column that the file does not have."""
    default = next(one.default for one in fields(kind.record) if one.name == column.name)
    return [None if default is MISSING else default] * count
