"""Convert values of records to Neo4j's and back: dates and lists are native, an empty list is an absent property."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from typing import Any

from graph.model.columns import Column
from graph.model.kind import KINDS, Kind


def records_of(kind: Kind, rows: Iterable[list[Any]]) -> list[Any]:
    """The records of rows in the form of `patterns.returned`. The rows are changed."""
    readers = _readers(kind.sheet)
    made = []
    for row in rows:
        for at, read in readers:
            row[at] = read(row[at])
        made.append(kind.record(*row))
    return made


@cache
def _readers(sheet: str) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    kind = KINDS[sheet]
    readers = ((at, _reader(kind, column)) for at, column in enumerate(kind.columns))
    return tuple((at, read) for at, read in readers if read is not None)


def _reader(kind: Kind, column: Column) -> Callable[[Any], Any] | None:
    if column.before is not None and not column.is_list:
        read = _reader(kind, replace(column, before=None))
        return lambda value: column.before if value is None else value if read is None else read(value)
    if column.is_list:
        return _in_order if column.ref is not None and kind.edge is None else _listed
    if column.cell == "date":
        return lambda value: value and value.to_native()
    if column.cell == "number":
        # A number that another program wrote may be an integer.
        return lambda value: None if value is None else float(value)
    return None


def _listed(values: list[str] | None) -> tuple[str, ...]:
    return tuple(values) if values else ()


def _in_order(linked: list[list[Any]]) -> tuple[str, ...]:
    if len(linked) > 1:
        linked.sort()
    return tuple(identity for _, identity in linked)


def written(column: Column, value: Any) -> Any:
    """A value of a record as a property."""
    if column.is_list:
        return list(value) or None
    if column.cell == "number" and value is not None:
        return float(value)
    return value
