"""A parsed table: its valid rows as records, with findings."""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

from graph.model.kind import Kind
from graph.model.names import SEPARATOR
from loaders.findings import Finding, shown_value
from loaders.headers import Header
from loaders.tables import Table


@dataclass(slots=True)
class Read:
    """The valid rows of a table as records, with their row numbers and all findings.

    Attributes:
        kind: the kind of the records.
        table: the table, whose chunks are consumed.
        header: the columns of the table.
        records: the records of the valid rows.
        rows: their row numbers.
        findings: errors and notices.
        named: ids and names of rows that gave no record, so that references to them are not reported as dangling; None
            if the ids could not be read.
        foreign: another program wrote the table.
        exported: a known program wrote it; references to people who are in no file are then no error.
        keys: the keys of all rows; None for kinds whose key has several columns.
        emptied: column → rows whose cell clears the stored value.
        lacks_ids: a row has no id; the id of its record is None until it is assigned.
        referred: column of references → the ids and names in it.
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
    emptied: dict[str, set[int]] = field(default_factory=dict)
    lacks_ids: bool = False
    referred: dict[str, set[str]] = field(default_factory=dict)

    @property
    def columns(self) -> frozenset[str]:
        """The names of the columns that the table has."""
        return frozenset(self.header.at)

    def finding(
        self, code: str, row: int | None, column: str, value: str | None = None, places: dict[str, str] | None = None
    ) -> Finding:
        """A finding at a column: with the header as written, and the value unless the column is restricted."""
        at = self.header.at.get(column, -1)
        head = self.table.header[at] if at >= 0 else column
        shown = None if value is None else shown_value(value, self.kind.sheet, column)
        label = None if row is None else self.table.label(row)
        return Finding(code, self.table.file, self.table.sheet, row, head, shown, places or {}, at, label=label)

    def leave_out(self, rows: Container[int]) -> None:
        """Remove the records of these rows, and keep their ids and names in `named`."""
        kept = [row not in rows for row in self.rows]
        if self.named is not None:
            removed = (record for record, keep in zip(self.records, kept, strict=True) if not keep)
            self.named.update(name for record in removed for name in _names_of(record))
        self.records = list(compress(self.records, kept))
        self.rows = array("L", compress(self.rows, kept))


def _names_of(record: Any) -> Iterator[str]:
    """The texts by which cells may refer to a record: its id, and its name, whole and in each script."""
    identity, name = getattr(record, "id", None), getattr(record, "name", None)
    if isinstance(identity, str):
        yield identity
    if isinstance(name, str):
        yield name
        yield from map(str.strip, name.split(SEPARATOR))
