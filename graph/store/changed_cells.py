"""The cells that a change makes different, each with the name of the person or thing that its record is about."""

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
"""Between the names of the two ends of a line."""


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
    """The cells that differ between records before and after, kind by kind.

    They are computed on each iteration: a large import changes millions of cells, of which few are ever read.
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

    def __contains__(self, item: object) -> bool:
        return any(cell == item for cell in self)

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
    """The columns that name what a record is about, for kinds without a name of their own.

    For a line: the people and competitors at its ends. For a record with an id: the stakeholders that it requires or
    lists. Where there are none: the first reference.
    """
    kind = KINDS[sheet]
    if kind.edge is not None:
        ends = [kind.by_name[kind.edge.source], kind.by_name[kind.edge.target]]
        columns = [end for end in ends if end.ref in _PEOPLE and end.key]
    elif kind.key == ("id",):
        columns = [
            reference
            for reference in kind.references
            if reference.ref == "people" and (reference.required or reference.is_list)
        ]
    else:
        columns = []
    return tuple(columns) or kind.references[:1]
