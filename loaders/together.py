"""The records of all files together: identical rows merged and said so, different ones with one key refused."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Kind
from loaders.findings import Finding, shown_value
from loaders.records import Read


def together(reads: list[Read]) -> tuple[Dataset, list[Finding]]:
    """One dataset of all tables, each kind with the columns that were given; and what was merged or refused."""
    dataset = Dataset()
    found: list[Finding] = []
    for kind in KINDS.values():
        own = [one for one in reads if one.kind is kind]
        if not own:
            continue
        given = [frozenset(one.header.at) for one in own]
        found += [
            Finding("different_columns", one.table.file, one.table.sheet)
            for one, columns in zip(own, given, strict=True)
            if columns != given[0]
        ]
        dataset.given[kind.record] = given[0]
        dataset.of(kind.record).extend(_without_twins(kind, own, found))
    return dataset, found


def _without_twins(kind: Kind, own: list[Read], found: list[Finding]) -> list[Any]:
    records = own[0].records if len(own) == 1 else [record for one in own for record in one.records]
    if kind.edge is not None and not kind.edge.directed:
        for record in records:
            _put_ends_in_order(kind, record)
    raw_keys = list(map(attrgetter(*kind.key), records))
    if len(set(raw_keys)) == len(raw_keys):
        return records
    rows = [(one, row) for one in own for row in one.rows]
    first: dict[Any, int] = {}
    for place, key in enumerate(raw_keys):
        before = first.setdefault(key, place)
        if before != place:
            code = "merged_rows" if records[place] == records[before] else "duplicate_key"
            found.append(_twin(code, kind, records[place], rows[place], rows[before]))
    return [records[place] for place in first.values()]


def _twin(code: str, kind: Kind, record: Any, spot: tuple[Read, int], earlier: tuple[Read, int]) -> Finding:
    (read, row), (before, before_row) = spot, earlier
    here = before.table.file == read.table.file and before.table.sheet == read.table.sheet
    said = {"earlier": str(before_row) if here else f"{before.table.file}:{before.table.sheet}:{before_row}"}
    at = read.header.at[kind.key[0]]
    value = shown_value(" / ".join(kind.key_of(record)), kind.sheet, kind.key[0])
    return Finding(code, read.table.file, read.table.sheet, row, read.table.header[at], value, said, at)


def _put_ends_in_order(kind: Kind, record: Any) -> None:
    """A record whose ends say nothing by their order has them in one order."""
    assert kind.edge is not None
    a, b = getattr(record, kind.edge.source), getattr(record, kind.edge.target)
    if b < a:
        setattr(record, kind.edge.source, b)
        setattr(record, kind.edge.target, a)
