"""The cells that are different after a change, each with the name of what its record is about."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache
from operator import ne
from typing import Any

from graph.model.columns import Column
from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Kind
from graph.store.protocol import CellChange

Pairs = Sequence[tuple[Any, Any]]
"""Records before and after a change."""

WAY = " → "
"""Stands between the names of the two ends of a line."""


class Names:
    """The names of records by sheet and id, of the first dataset that has one; looked up when first asked for."""

    def __init__(self, datasets: Sequence[Dataset]) -> None:
        self._datasets = datasets
        self._of_sheet: dict[str, dict[str, str]] = {}

    def __call__(self, sheet: str, identity: str) -> str | None:
        """The name of a record as it is stored, None where it has none."""
        if sheet not in self._of_sheet:
            self._of_sheet[sheet] = self._read(sheet)
        return self._of_sheet[sheet].get(identity)

    def _read(self, sheet: str) -> dict[str, str]:
        kind = KINDS[sheet]
        if "name" not in kind.by_name:
            return {}
        records = (record for dataset in reversed(self._datasets) for record in dataset.of(kind.record))
        return {record.id: record.name for record in records if record.name}


class ChangedCells(Collection[CellChange]):
    """The cells that differ between records before and after, kind by kind, worked out each time they are gone through.

    A large import changes millions of cells, and few of them are ever read: what is kept are the records.
    """

    def __init__(self, changed: Sequence[tuple[Kind, Pairs]], names: Names) -> None:
        self._changed, self._names = changed, names

    def __iter__(self) -> Iterator[CellChange]:
        for kind, pairs in self._changed:
            for before, after in pairs:
                name = None
                for column, old, new in zip(kind.fields, kind.values_of(before), kind.values_of(after), strict=True):
                    if old != new:
                        name = name or self._name(kind, after)
                        yield CellChange(kind.sheet, kind.key_of(after), name, column, old, new)

    def __len__(self) -> int:
        return sum(
            sum(map(ne, kind.values_of(before), kind.values_of(after)))
            for kind, pairs in self._changed
            for before, after in pairs
        )

    def __contains__(self, one: object) -> bool:
        return any(cell == one for cell in self)

    def _name(self, kind: Kind, record: Any) -> str:
        """The name of the person or thing that a record is about: its own, or that of what it refers to.

        A line has the names of both its ends; parts of a key that name no record, as a lens does, are added.
        """
        if "name" in kind.by_name:
            return str(record.name or record.id)
        about = [self._named(column, getattr(record, column.name)) for column in subjects_of(kind.sheet)]
        beside = [getattr(record, name) for name in kind.key if kind.by_name[name].ref is None and name != "id"]
        return ", ".join([WAY.join(filter(None, about)) or "/".join(kind.key_of(record)), *beside])

    def _named(self, column: Column, value: Any) -> str:
        ids = value if column.is_list else () if value is None else (value,)
        return ", ".join(self._names(column.ref or "", identity) or identity for identity in ids)


_PEOPLE = ("people", "team", "competitors")


@cache
def subjects_of(sheet: str) -> tuple[Column, ...]:
    """The columns of a kind without a name of its own that say whom or what its records are about.

    Of a line the people and rivals at its ends, of a record with an id the customer's people whom it cannot do without;
    where there are none, the first thing that it refers to.
    """
    kind = KINDS[sheet]
    if kind.edge is not None:
        ends = [kind.by_name[kind.edge.source], kind.by_name[kind.edge.target]]
        found = [end for end in ends if end.ref in _PEOPLE and end.key]
    elif kind.key == ("id",):
        found = [
            reference
            for reference in kind.references
            if reference.ref == "people" and (reference.required or reference.is_list)
        ]
    else:
        found = []
    return tuple(found) or kind.references[:1]
