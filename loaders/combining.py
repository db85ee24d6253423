"""Combine the tables of all files into one dataset with one record for each key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Kind
from loaders.findings import Finding
from loaders.read_table import Read

Columns = frozenset[str]


def together(reads: list[Read]) -> tuple[Dataset, list[Finding]]:
    """The dataset of all tables, and findings about rows that were merged or refused.

    In our own tables identical rows are merged, and different rows of one key are refused. Rows of other programs are
    combined: lists are joined, empty cells filled, and of two different values the first is kept.
    """
    dataset = Dataset()
    findings: list[Finding] = []
    for kind in KINDS.values():
        own = [read for read in reads if read.kind is kind]
        if own:
            joined = _Joined(kind, own)
            dataset.of(kind.record).extend(joined.records())
            findings += joined.findings()
            dataset.given[kind.record] = joined.given
            if any(read.exported for read in own):
                dataset.exact_ids |= {kind.record}
            if joined.single:
                dataset.given_of[kind.record] = joined.single
            emptied = joined.emptied()
            if emptied:
                dataset.emptied[kind.record] = emptied
    return dataset, findings


@dataclass
class _Joined:
    """Combines the tables of one kind into one record for each key."""

    kind: Kind
    reads: list[Read]
    duplicates: list[Finding] = field(default_factory=list)
    combined: Counter[tuple[str, str]] = field(default_factory=Counter)
    kept: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    single: dict[Any, Columns] = field(default_factory=dict)

    @property
    def given(self) -> Columns:
        """All columns that any of the tables has."""
        return Columns().union(*(read.columns for read in self.reads))

    def records(self) -> list[Any]:
        """The records in the order of the tables, each key once."""
        records = [record for read in self.reads for record in read.records]
        if self.kind.edge is not None and not self.kind.edge.directed:
            for record in records:
                _put_ends_in_order(self.kind, record)
        if any(read.columns != self.given for read in self.reads):
            self.single = self._columns_of_each()
        if len(self.reads) == 1 and _are_distinct(self.reads[0]):
            return records
        raw_keys = list(map(attrgetter(*self.kind.key), records))
        if len(set(raw_keys)) == len(raw_keys):
            return records
        return self._without_duplicates(records, raw_keys)

    def findings(self) -> Iterator[Finding]:
        """Findings about merged, combined and refused rows, and about our own tables whose columns differ."""
        yield from self.duplicates
        ours = [read for read in self.reads if not read.foreign]
        for our in ours:
            if our.columns != ours[0].columns:
                yield Finding("different_columns", our.table.file, our.table.sheet)
        for (file, sheet), count in sorted((+self.combined).items()):
            yield Finding("rows_combined", file, sheet, places={"count": str(count)})
        for (file, sheet, column), count in sorted(self.kept.items()):
            yield Finding("first_kept", file, sheet, None, column, places={"count": str(count)})

    def emptied(self) -> dict[Any, Columns]:
        """Key → columns whose stored values are cleared, for records that have any; call after `records`."""
        emptied: dict[Any, Columns] = {}
        for read in (read for read in self.reads if read.emptied):
            for record, row in zip(read.records, read.rows, strict=True):
                names = Columns(name for name, rows in read.emptied.items() if row in rows)
                if names:
                    key = self.kind.key_of(record)
                    emptied[key] = emptied.get(key, Columns()) | names
        return emptied

    def _columns_of_each(self) -> dict[Any, Columns]:
        columns: dict[Any, Columns] = {}
        for read in self.reads:
            for key in map(self.kind.key_of, read.records):
                columns[key] = columns.get(key, Columns()) | read.columns
        return columns

    def _without_duplicates(self, records: list[Any], raw_keys: list[Any]) -> list[Any]:
        spots = [(read, row) for read in self.reads for row in read.rows]
        first: dict[Any, int] = {}
        for place, key in enumerate(raw_keys):
            before = first.setdefault(key, place)
            if before == place:
                continue
            read = spots[place][0]
            if read.foreign or spots[before][0].foreign:
                self._combine(records[before], records[place], read)
            else:
                code = "merged_rows" if records[place] == records[before] else "duplicate_key"
                self.duplicates.append(_duplicate(code, self.kind, records[place], spots[place], spots[before]))
        return [records[place] for place in first.values()]

    def _combine(self, record: Any, other: Any, read: Read) -> None:
        """Fill the first record of a key from another row of it."""
        file, sheet = read.table.file, read.table.sheet
        before = self.kind.values_of(record)
        for name in read.columns - set(self.kind.key):
            here, there = getattr(record, name), getattr(other, name)
            if self.kind.by_name[name].is_list:
                setattr(record, name, tuple(dict.fromkeys((*here, *there))))
            elif here is None:
                setattr(record, name, there)
            elif there is not None and there != here:
                self.kept[file, sheet, name] += 1
        self.combined[file, sheet] += before != self.kind.values_of(record)


def _are_distinct(read: Read) -> bool:
    """Whether every row certainly has a key of its own; a fast test that may be False needlessly."""
    return not read.foreign and read.keys is not None and len(read.keys) == len(read.records)


def _duplicate(code: str, kind: Kind, record: Any, spot: tuple[Read, int], earlier: tuple[Read, int]) -> Finding:
    (read, row), (before, before_row) = spot, earlier
    here = before.table.file == read.table.file and before.table.sheet == read.table.sheet
    label = before.table.label(before_row) or str(before_row)
    places = {"earlier": label if here else f"{before.table.file}:{before.table.sheet}:{label}"}
    return read.finding(code, row, kind.key[0], " / ".join(kind.key_of(record)), places)


def _put_ends_in_order(kind: Kind, record: Any) -> None:
    """Sort the ends of an undirected relationship, so that both directions have one key."""
    assert kind.edge is not None
    a, b = getattr(record, kind.edge.source), getattr(record, kind.edge.target)
    if b < a:
        setattr(record, kind.edge.source, b)
        setattr(record, kind.edge.target, a)
