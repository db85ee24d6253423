"""Parse a table of text into records of a kind, column by column, with findings."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import MISSING, fields
from itertools import repeat
from typing import Any

from graph.model.columns import Column
from graph.model.kind import Kind
from graph.model.limits import FIRST_DAY, LAST_DAY, is_known_day
from graph.model.scales import SUBTYPES_OF
from loaders.caps import Caps
from loaders.cell_error import CellError
from loaders.cells import ColumnReader, is_identity
from loaders.emptied_cells import clears, may_clear, unescaped
from loaders.findings import Finding, shown_value
from loaders.headers import Header, understand
from loaders.hidden_characters import has_no_odd, is_plain, odd_in
from loaders.read_table import Read
from loaders.tables import Chunk, Flaw, Table

BLANKS = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""Blanks of any width, without line breaks."""

Spot = tuple[int, int | None]
"""Row number and position of a column."""


def read_records(
    kind: Kind, table: Table, *, strict: bool, today: datetime.date, caps: Caps, foreign: bool = False
) -> Read:
    """Parse every cell of a table. Rows with an error give no record. Raises Unreadable if the file cannot be read.

    A contact in the future is an error in our own tables; in tables of other programs it is planned, and left out.
    """
    reading = _Reading(kind, table, caps, foreign)
    read = reading.read
    read.findings += _of_header(kind, table, read.header, strict)
    for chunk in table.chunks:
        reading.take(chunk)
    if reading.lacks_columns:
        return read
    read.referred = reading.referred()
    if read.keys is not None and None in read.keys:
        read.keys.discard(None)
        read.lacks_ids = True
    read.findings += _of_dates(reading, today)
    read.findings += _of_subtypes(reading)
    read.findings += _of_quotas(reading)
    _keep_good_rows(reading)
    return read


class _Reading:
    """Parses a table chunk by chunk; keeps the value of each text of a column, and the rows that are left out."""

    def __init__(self, kind: Kind, table: Table, caps: Caps, foreign: bool) -> None:
        self.kind, self.table, self._caps = kind, table, caps
        header = understand(kind, table.header)
        makes_ids = not foreign and kind.key == ("id",)
        self.read = Read(kind, table, header.without_ids(kind) if makes_ids else header, foreign=foreign)
        self.lacks_columns = bool(self.read.header.missing or self.read.header.twice)
        self._empty = {column.name: _default(kind, column) for column in kind.columns}
        self.rows = self.read.rows
        self._readers = {
            name: ColumnReader(kind, kind.by_name[name], caps, may_be_empty=makes_ids and name == "id")
            for name in self.read.header.at
        }
        self._referred = {column.name: set[str]() for column in kind.references if column.name in self._readers}
        if len(kind.key) == 1 and not self.lacks_columns:
            self.read.keys = set()
        self.planned: set[int] = set()
        self.subtypes: set[tuple[Any, Any]] = set()
        self._pairs_subtypes = kind.sheet == "interactions" and {"method", "subtype"} <= set(self.read.header.at)
        self._blanks_said: set[str] = set()
        self._id_at = self.read.header.at.get("id", sys.maxsize)
        if "id" in kind.by_name and "id" not in self.read.header.at:
            self.read.lacks_ids = makes_ids and not self.lacks_columns
            self.read.named = set() if self.read.lacks_ids else None

    def distinct(self, name: str) -> Iterable[Any]:
        """The values of a column, once for each distinct text."""
        return self._readers[name].values()

    def take(self, chunk: Chunk) -> None:
        """Parse the cells of a chunk and create records of all its rows; bad rows are removed at the end."""
        self.rows.extend(chunk.rows)
        flawed: set[Spot] = {(flaw.row, flaw.place) for flaw in chunk.flaws}
        self.read.findings += self._flaws(chunk.flaws)
        header, values = self.read.header, {}
        for name, place in header.at.items():
            texts = chunk.columns[place]
            if not self.read.foreign and may_clear(texts):
                texts = self._without_clearing(name, texts, chunk.rows, flawed)
            values[name] = self._values(name, texts, chunk.rows, flawed)
        if self._pairs_subtypes:
            self.subtypes.update(zip(values["method"], values["subtype"], strict=True))
        if not self.lacks_columns:
            empty = {name: repeat(default, len(chunk.rows)) for name, default in self._empty.items()}
            self.read.records += map(self.kind.record, *(empty | values).values())
            if self.read.keys is not None and "id" in values:
                self.read.keys.update(values["id"])
        elif self.read.named is not None and "id" in values:
            self.read.named.update(value for value in values["id"] if isinstance(value, str))
        if self.read.named is not None:
            self.read.named.update(row[place].strip() for row in chunk.torn if (place := self._id_at) < len(row))

    def _without_clearing(self, name: str, texts: list[str], rows: Sequence[int], flawed: set[Spot]) -> list[str]:
        """The texts of a column with '' for cells that clear the stored value: noted, or refused if required."""
        column, place = self.kind.by_name[name], self.read.header.at[name]
        for row in [row for row, text in zip(rows, texts, strict=True) if clears(text)]:
            if column.required:
                flawed.add((row, place))
                places = {"column": name}
                self.read.findings.append(self.read.finding("cannot_be_emptied", row, name, "-", places))
            else:
                self.read.emptied.setdefault(name, set()).add(row)
        return ["" if clears(text) else unescaped(text) for text in texts]

    def _values(self, name: str, texts: list[str], rows: Sequence[int], flawed: set[Spot]) -> list[Any]:
        column = self.kind.by_name[name]
        if name == "name":
            texts = self._trimmed(texts, rows)
        if column.cell == "text" and column.scale is None:
            # A test on the joined text is one call for all cells: what holds for it holds for each.
            joined = "".join(texts)
            if is_identity(column):
                if is_plain(joined) and all(texts) and max(map(len, texts), default=0) <= self._caps.id_characters:
                    if column.ref is not None:
                        self._referred[name].update(texts)
                    return texts
                self._note_blanks(name, texts, rows)
            else:
                if not has_no_odd(joined):
                    self._note_odd_characters(name, texts, rows)
                most = self._caps.cell_characters
                if not column.required and (len(joined) <= most or max(map(len, texts), default=0) <= most):
                    return (
                        [None if not text_ or text_.isspace() else text_ for text_ in texts]
                        if _any_blank(texts)
                        else texts
                    )
        return self._parsed(name, texts, rows, flawed)

    def _parsed(self, name: str, texts: list[str], rows: Sequence[int], flawed: set[Spot]) -> list[Any]:
        reader, place = self._readers[name], self.read.header.at[name]
        values = list(map(reader.__getitem__, texts))
        if reader.wrong:
            for row, text, value in zip(rows, texts, values, strict=True):
                if isinstance(value, CellError) and (row, place) not in flawed:
                    self.read.findings.append(self.read.finding(value.code, row, name, text, dict(value.places)))
        return values

    def _note_odd_characters(self, name: str, texts: list[str], rows: Sequence[int]) -> None:
        for row, text in zip(rows, texts, strict=True):
            odd = None if text.isprintable() else odd_in(text)
            if odd is not None:
                places = {"character": f"U+{ord(odd):04X}"}
                self.read.findings.append(self.read.finding("odd_character", row, name, text, places))

    def _note_blanks(self, name: str, texts: list[str], rows: Sequence[int]) -> None:
        """Report, once for a column, that its ids have surrounding blanks, which are removed."""
        if name in self._blanks_said:
            return
        for row, text in zip(rows, texts, strict=True):
            stripped = text.strip()
            if stripped and stripped != text:
                self._blanks_said.add(name)
                self.read.findings.append(self.read.finding("blanks_around_ids", row, name, text))
                return

    def _trimmed(self, texts: list[str], rows: Sequence[int]) -> list[str]:
        """Names without surrounding blanks; reported once for a column."""
        trimmed = [text.strip(BLANKS) for text in texts]
        if trimmed != texts and "name" not in self._blanks_said:
            for row, text, name in zip(rows, texts, trimmed, strict=True):
                if name and name != text:
                    self._blanks_said.add("name")
                    self.read.findings.append(self.read.finding("blanks_around_names", row, "name", name))
                    break
        return trimmed

    def referred(self) -> dict[str, set[str]]:
        """Column → ids and names that it refers to; call after all chunks."""
        for name, references in self._referred.items():
            for value in self._readers[name].values():
                references.update(value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ())
        return self._referred

    def _flaws(self, flaws: list[Flaw]) -> Iterator[Finding]:
        names = {place: name for name, place in self.read.header.at.items()}
        for flaw in flaws:
            if flaw.place is not None and flaw.place in names:
                yield self.read.finding(flaw.code, flaw.row, names[flaw.place], flaw.value, flaw.places)
            elif flaw.place is None or flaw.code == "value_without_header":
                yield Finding(
                    flaw.code,
                    self.table.file,
                    self.table.sheet,
                    flaw.row,
                    value=None if flaw.value is None else shown_value(flaw.value),
                    places=flaw.places,
                    at=-1 if flaw.place is None else flaw.place,
                    label=self.table.label(flaw.row),
                )


def _any_blank(texts: list[str]) -> bool:
    return not all(texts) or any(map(str.isspace, texts))


def _of_header(kind: Kind, table: Table, header: Header, strict: bool) -> Iterator[Finding]:
    def at_header(code: str, cell: str, at: int, **places: str) -> Finding:
        refused = strict and code.startswith("unknown_column")
        return Finding(code, table.file, table.sheet, table.header_row, cell, shown_value(cell), places, at, refused)

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
    """Findings about dates out of range, and contacts in the future."""
    for column in reading.kind.columns:
        if column.cell == "date" and column.name in reading.read.header.at:
            yield from _out_of_range(reading, column.name, today)
    if reading.kind.sheet != "interactions":
        return
    later = {day for day in reading.distinct("date") if isinstance(day, datetime.date) and day > today}
    if not later:
        return
    rows = [
        (row, contact.date)
        for row, contact in zip(reading.rows, reading.read.records, strict=True)
        if contact.date in later
    ]
    if reading.read.foreign:
        reading.planned.update(row for row, _ in rows)
        places = {"count": str(len(rows))}
        yield Finding("left_out_not_yet", reading.table.file, reading.table.sheet, places=places)
        return
    for row, day in rows:
        yield reading.read.finding("future_contact", row, "date", day.isoformat(), {"today": today.isoformat()})


def _out_of_range(reading: _Reading, name: str, today: datetime.date) -> Iterator[Finding]:
    """Findings about days whose year must be a slip. Contacts after today are reported as future, not here."""
    days = {day for day in reading.distinct(name) if isinstance(day, datetime.date) and not is_known_day(day)}
    if reading.kind.sheet == "interactions":
        days = {day for day in days if day <= today}
    if not days:
        return
    places = {"first": FIRST_DAY.isoformat(), "last": LAST_DAY.isoformat()}
    for row, record in zip(reading.rows, reading.read.records, strict=True):
        day = getattr(record, name)
        if day in days:
            yield reading.read.finding("day_out_of_range", row, name, day.isoformat(), places)


def _of_subtypes(reading: _Reading) -> Iterator[Finding]:
    """Notices about subtypes that belong to another method; they are kept, and the method counts."""
    odd = {
        (method, subtype)
        for method, subtype in reading.subtypes
        if isinstance(method, str) and isinstance(subtype, str) and subtype not in SUBTYPES_OF.get(method, ())
    }
    if not odd:
        return
    for row, contact in zip(reading.rows, reading.read.records, strict=True):
        if (contact.method, contact.subtype) in odd:
            yield reading.read.finding("other_subtype", row, "subtype", contact.subtype, {"method": contact.method})


def _of_quotas(reading: _Reading) -> Iterator[Finding]:
    """Notices about quotas that the rule of their step does not use; they are kept."""
    if reading.kind.sheet != "steps" or not {"rule", "quota"} <= set(reading.read.header.at):
        return
    for row, step in zip(reading.rows, reading.read.records, strict=True):
        if isinstance(step.quota, float) and (step.rule is None or step.rule in ("unanimous", "single")):
            places = {"rule": step.rule or "unanimous"}
            yield reading.read.finding("quota_unused", row, "quota", f"{step.quota:g}", places)


def _keep_good_rows(reading: _Reading) -> None:
    read = reading.read
    errors = {finding.row for finding in read.findings if finding.severity == "error" and finding.row is not None}
    bad = errors | reading.planned
    if bad:
        read.leave_out(bad)


def _default(kind: Kind, column: Column) -> Any:
    """The value for a column that the file does not have."""
    default = next(field.default for field in fields(kind.record) if field.name == column.name)
    return None if default is MISSING else default
