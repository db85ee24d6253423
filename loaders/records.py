"""From a table of text to records of a kind, column by column, with everything that is wrong or odd."""

from __future__ import annotations

import datetime
import sys
from array import array
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import MISSING, dataclass, field, fields
from itertools import repeat
from operator import itemgetter
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

CHECKED = {"interactions": ("date", "method", "subtype"), "steps": ("rule", "quota")}
"""The columns that are looked at together once all rows are read."""

Spot = tuple[int, int | None]
"""A row's number and a column's place."""


@dataclass(slots=True)
class Read:
    """The good rows of a table as records, with their row numbers, and what was found.

    `named` are the ids of rows that give no record: who refers to one is not told that it does not exist. It is None
    where the ids themselves could not be read. `foreign` are tables that another program wrote; `exported` are
    those of them that a known program writes, where references to people who are elsewhere are no mistake. `keys` are
    the keys of all rows as they were read, None where they are made of several columns.
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
    keys: set[Any] | None = None

    @property
    def columns(self) -> frozenset[str]:
        """The columns that the table has."""
        return frozenset(self.header.at)


def read_records(
    kind: Kind, table: Table, *, strict: bool, today: datetime.date, caps: Caps, foreign: bool = False
) -> Read:
    """Understand every cell of a table. Rows with an error give no record. Raises Unreadable where the file does.

    A contact of a day to come is a mistake in a table of ours, and what other programs plan: there it is left out.
    """
    reading = _Reading(kind, table, caps)
    read = reading.read
    read.foreign = foreign
    read.findings += _of_header(kind, table, read.header, strict)
    for chunk in table.chunks:
        reading.take(chunk)
    if reading.lacks_columns:
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
        self.lacks_columns = bool(self.read.header.missing or self.read.header.twice)
        self.columns: dict[str, list[Any]] = {
            name: [] for name in CHECKED.get(kind.sheet, ()) if name in self.read.header.at
        }
        self._empty = {one.name: _default(kind, one) for one in kind.columns}
        self.rows = self.read.rows
        self._readers = {name: ColumnReader(kind, kind.by_name[name], caps) for name in self.read.header.at}
        if len(kind.key) == 1 and not self.lacks_columns:
            self.read.keys = set()
        self.planned: set[int] = set()
        self._blanks_said: set[str] = set()
        self._id_at = self.read.header.at.get("id", sys.maxsize)
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
        """Understand a chunk's cells, and make records of its rows, good and bad, while they are at hand."""
        self.rows.extend(chunk.rows)
        flawed: set[Spot] = {(one.row, one.place) for one in chunk.flaws}
        self.read.findings += self._flaws(chunk.flaws)
        header, values = self.read.header, {}
        for name, place in header.at.items():
            values[name] = self._values(name, chunk.columns[place], chunk.rows, flawed)
        for name, kept in self.columns.items():
            kept += values[name]
        if not self.lacks_columns:
            columns = [values.get(column.name) or repeat(self._empty[column.name]) for column in self.kind.columns]
            self.read.records += _records(self.kind, columns, len(chunk.rows))
            if self.read.keys is not None:
                self.read.keys.update(values[self.kind.key[0]])
        elif self.read.named is not None and "id" in values:
            self.read.named.update(one for one in values["id"] if isinstance(one, str))
        if self.read.named is not None:
            self.read.named.update(row[place].strip() for row in chunk.torn if (place := self._id_at) < len(row))

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
        # In one step for all; two are asked for, so that the answer is a tuple whatever the number.
        values = list(itemgetter(*texts, *texts[-2:])(reader))[: len(texts)] if texts else []
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


def _any_blank(texts: list[str]) -> bool:
    return not all(texts) or any(map(str.isspace, texts))


def _are_plain_ids(texts: list[str]) -> bool:
    """Whether a whole column of ids can stay as it is; asked of all at once, since nearly all of them can."""
    joined = "".join(texts)
    return all(texts) and joined.isascii() and joined.isprintable() and not any(one in joined for one in " ;#")


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
    later = [
        (row, day)
        for row, day in zip(reading.rows, days, strict=True)
        if isinstance(day, datetime.date) and day > today
    ]
    if reading.read.foreign:
        reading.planned.update(row for row, _ in later)
        said = {"count": str(len(later))}
        yield Finding("left_out_not_yet", reading.table.file, reading.table.sheet, places=said)
        return
    for row, day in later:
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
    read = reading.read
    bad = {one.row for one in read.findings if one.severity == "error"} - {None} | reading.planned
    if not bad:
        return
    if read.named is not None and "id" in read.header.at:
        lost = (one.id for one, row in zip(read.records, read.rows, strict=True) if row in bad)
        read.named.update(one for one in lost if isinstance(one, str))
    read.records = [one for one, row in zip(read.records, read.rows, strict=True) if row not in bad]
    read.rows = array("L", (row for row in read.rows if row not in bad))


def _records(kind: Kind, columns: Sequence[Iterable[Any]], count: int) -> list[Any]:
    """Records filled column by column: their slots are set without a call of Python's each."""
    records = list(map(object.__new__, repeat(kind.record, count)))
    for column, values in zip(kind.columns, columns, strict=True):
        deque(map(getattr(kind.record, column.name).__set__, records, values), maxlen=0)
    return records


def _default(kind: Kind, column: Column) -> Any:
    """What stands in a column that the file does not have."""
    default = next(one.default for one in fields(kind.record) if one.name == column.name)
    return None if default is MISSING else default
