"""Convert records to rows and back: dates are ISO text, lists JSON text, booleans 0 and 1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from operator import attrgetter
from typing import Any

import orjson

from graph.model.columns import Column
from graph.model.kind import KINDS, Kind
from graph.model.table import Once, Reader, Table, read_days, reading_each

Row = tuple[Any, ...]


def rows_of(kind: Kind, records: list[Any]) -> Iterable[Row]:
    """The rows of records of one kind, made column by column."""
    if not any(column.cell in ("date", "list") for column in kind.columns):
        return map(kind.values_of, records)
    return zip(*(_written(column, map(attrgetter(column.name), records)) for column in kind.columns), strict=True)


def _written(column: Column, values: Iterable[Any]) -> Iterable[Any]:
    if column.cell == "date":
        return map(Once(lambda value: value and value.isoformat()).__getitem__, values)
    if column.is_list:
        return map(Once(lambda value: orjson.dumps(value).decode()).__getitem__, values)
    return values


def table_of(kind: Kind, rows: Iterable[Row], names: Sequence[str]) -> Table:
    """The rows of one kind, which have these columns, as a table whose columns are read when they are asked for."""
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    return Table(kind, columns, _readers(kind.sheet), names)


@cache
def _readers(sheet: str) -> dict[str, Reader]:
    return {column.name: _READERS[column.cell] for column in KINDS[sheet].columns if column.cell in _READERS}


def _boolean(number: int | None) -> bool | None:
    return None if number is None else bool(number)


def _lists(values: Sequence[Any]) -> Sequence[Any]:
    """Lists from their JSON, all in one piece: a column has thousands of short ones."""
    return list(map(tuple, orjson.loads(f"[{','.join(values)}]")))


_READERS: dict[str, Reader] = {
    "date": read_days,
    "boolean": reading_each(_boolean),
    "list": _lists,
}
"""How the stored values of a column become those of records, by its type of cell."""
