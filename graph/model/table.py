"""Records of one kind kept as columns: an account has thousands of contacts, and few readers want them one by one."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

from graph.model.kind import Kind

Column = Sequence[Any]

Reader = Callable[[Column], Column]
"""Makes the values of a record's column of the stored ones."""


class Once(dict[Any, Any]):
    """The results of a function by value: the same value occurs often, and is computed once."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, value: Any) -> Any:
        made = self[value] = self._make(value)
        return made


def reading_each(read: Callable[[Any], Any]) -> Reader:
    """The reader of a column of which each value is read alone."""
    return lambda values: list(map(Once(read).__getitem__, values))


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)


read_days = reading_each(_day)
"""Days from ISO texts; None stays."""


class Table:
    """The columns of records of one kind, as long as each other, as a store keeps them.

    `columns` may be a function that gives them, which is called when a column is first asked for. `readers` says how a
    column's stored values become those of a record; a column is read when it is first asked for.
    `names` are the columns that were read; records can be made of all of them only.
    """

    def __init__(
        self,
        kind: Kind,
        columns: Sequence[Column] | Callable[[], Sequence[Column]],
        readers: Mapping[str, Reader],
        names: Sequence[str] | None = None,
    ) -> None:
        self._kind = kind
        self._columns, self._names = columns, kind.fields if names is None else names
        self._readers = readers
        self._read: dict[str, Column] = {}

    @cached_property
    def _stored(self) -> dict[str, Column]:
        columns = self._columns() if callable(self._columns) else self._columns
        return dict(zip(self._names, columns, strict=True))

    def column(self, name: str) -> Column:
        """The values of a column, one a record."""
        if name not in self._read:
            reader = self._readers.get(name)
            self._read[name] = self._stored[name] if reader is None else reader(self._stored[name])
        return self._read[name]

    def records(self) -> list[Any]:
        """Every record."""
        return list(map(self._kind.record, *map(self.column, self._kind.fields)))

    def __len__(self) -> int:
        return len(next(iter(self._stored.values())))
