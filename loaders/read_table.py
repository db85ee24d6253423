"""A table that was read: its good rows as records, what it was found to be, and what is wrong or odd."""

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
    """The good rows of a table as records, with their row numbers, and what was found.

    `named` are the ids and names of rows that give no record: who refers to one is not told that it does not exist. It
    is None where the ids themselves could not be read. `foreign` are tables that another program wrote; `exported` are
    those of them that a known program writes, where references to people who are elsewhere are no mistake. `keys` are
    the keys of all rows as they were read, None where they are made of several columns. `emptied` are, by column, the
    rows whose cell says that what is stored is to go. `lacks_ids` says whether a row has no id; its record's id is None
    until it is given one. `referred` is what each column of references names.
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
        """The columns that the table has."""
        return frozenset(self.header.at)

    def finding(
        self, code: str, row: int | None, column: str, value: str | None = None, places: dict[str, str] | None = None
    ) -> Finding:
        """A finding at a column, its header as the file has it and its value unless it is restricted."""
        at = self.header.at.get(column, -1)
        head = self.table.header[at] if at >= 0 else column
        shown = None if value is None else shown_value(value, self.kind.sheet, column)
        label = None if row is None else self.table.label(row)
        return Finding(code, self.table.file, self.table.sheet, row, head, shown, places or {}, at, label=label)

    def leave_out(self, rows: Container[int]) -> None:
        """Leave out the records of these rows, and keep what they were called."""
        kept = [row not in rows for row in self.rows]
        if self.named is not None:
            lost = (one for one, keep in zip(self.records, kept, strict=True) if not keep)
            self.named.update(name for one in lost for name in _called(one))
        self.records = list(compress(self.records, kept))
        self.rows = array("L", compress(self.rows, kept))


def _called(record: Any) -> Iterator[str]:
    """The texts by which a record may be named: its id and its name, whole and in each script."""
    identity, name = getattr(record, "id", None), getattr(record, "name", None)
    if isinstance(identity, str):
        yield identity
    if isinstance(name, str):
        yield name
        yield from map(str.strip, name.split(SEPARATOR))
