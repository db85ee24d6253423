"""Records that are unchanged, but refer to one that changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from graph.model.columns import Column
from graph.model.dataset import Dataset


def referrers(merged: Dataset, moved: Mapping[str, set[str]], beside: Dataset) -> Iterator[Any]:
    """The records not in `beside` that refer to an id in `moved` (by sheet), which goes away or to another account."""
    for kind in merged.kinds() if moved else ():
        columns = [column for column in kind.references if column.ref in moved]
        if not columns:
            continue
        there = set(map(kind.key_of, beside.of(kind.record)))
        for record in merged.of(kind.record):
            if any(_names(record, column, moved) for column in columns) and kind.key_of(record) not in there:
                yield record


def _names(record: Any, column: Column, moved: Mapping[str, set[str]]) -> bool:
    value, ids = getattr(record, column.name), moved[column.ref or ""]
    return not ids.isdisjoint(value) if column.is_list else value in ids
