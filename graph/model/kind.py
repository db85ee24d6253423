"""A record kind: one declared class, from which every other form of it is derived."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform, get_type_hints

from pydantic import TypeAdapter

from graph.model.columns import Column, resolve
from graph.model.scales import Scale

Key = tuple[str, ...]
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Edge:
    """A kind that is a relationship in the graph: its type, and the columns that name its two ends."""

    type: str
    source: str
    target: str
    directed: bool = True


@dataclass(frozen=True)
class Kind:
    """A record kind, derived from the declaration of its class.

    A kind is a node (`label`) or a relationship (`edge`) in the graph, a sheet in a workbook, a table in SQLite.
    """

    record: type[Any]
    sheet: str
    zh: str
    note: str
    note_zh: str
    columns: tuple[Column, ...]
    label: str | None
    edge: Edge | None

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The column names, in the order of the declaration and of the record's constructor."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The names of the columns that identify a record."""
        return tuple(column.name for column in self.columns if column.key)

    @cached_property
    def key_of(self) -> Callable[[Any], Key]:
        """The function that gives a record's key, always a tuple of text."""
        if len(self.key) == 1:
            only_key = attrgetter(self.key[0])
            return lambda record: (only_key(record),)
        return attrgetter(*self.key)

    @cached_property
    def values_of(self) -> Callable[[Any], tuple[Any, ...]]:
        """The function that gives a record's values in the order of `fields`."""
        return attrgetter(*self.fields)

    @cached_property
    def references(self) -> tuple[Column, ...]:
        """The columns that name records of another kind."""
        return tuple(column for column in self.columns if column.ref is not None)

    @cached_property
    def adapter(self) -> TypeAdapter[Any]:
        """pydantic's check and JSON schema of one record."""
        return TypeAdapter(self.record)


KINDS: dict[str, Kind] = {}
_BY_RECORD: dict[type, Kind] = {}


@dataclass_transform()
def record(
    sheet: str,
    zh: str,
    note: str,
    note_zh: str,
    *,
    label: str | None = None,
    edge: Edge | None = None,
) -> Callable[[type[R]], type[R]]:
    """Declare a record kind: a slotted dataclass, registered under its sheet's name."""

    def declare(cls: type[R]) -> type[R]:
        made = dataclass(slots=True)(cls)
        hints = get_type_hints(made, include_extras=True)
        columns = tuple(
            resolve(name, hints[name], required=field.default is field.default_factory)
            for name, field in made.__dataclass_fields__.items()  # type: ignore[attr-defined]
        )
        kind = Kind(made, sheet, zh, note, note_zh, columns, label, edge)
        KINDS[sheet] = kind
        _BY_RECORD[made] = kind
        return made

    return declare


def kind_of(record: type | Any) -> Kind:
    """The kind of a record or of a record's class."""
    return _BY_RECORD[record if isinstance(record, type) else type(record)]


def scales_of(kinds: Sequence[Kind]) -> dict[str, Scale]:
    """Every scale that these kinds use, by name, in the order of first use."""
    return {column.scale.name: column.scale for kind in kinds for column in kind.columns if column.scale is not None}
