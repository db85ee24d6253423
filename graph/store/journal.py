"""The change journal: entries of changes, and the records read back from them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from operator import attrgetter
from typing import Any

import orjson

from graph.model.columns import Column
from graph.model.kind import KINDS, Key, Kind
from graph.store.belonging import Accounts, Homes, joined
from graph.store.changes import KindChanges, Plan


@dataclass(frozen=True, slots=True)
class Origin:
    """The source, author and moment of an import. Raises ValueError for a moment without a time zone."""

    source: str
    recorded_by: str
    recorded_at: datetime.datetime

    def __post_init__(self) -> None:
        if self.recorded_at.tzinfo is None:
            raise ValueError("recorded_at needs a time zone")


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes of one kind as the journal keeps them, column by column, which is many times faster than row by row.

    Keys are as `key_text` writes them; the fields before and after are JSON objects, None where there was no record.
    """

    sheet: str
    keys: list[str]
    accounts: list[Accounts]
    befores: list[str] | Iterable[None]
    afters: list[str] | Iterable[None]

    def __len__(self) -> int:
        return len(self.keys)


def journal_of(plan: Plan) -> list[Changes]:
    """One journal entry for each change of a plan, in the order of declaration of the kinds."""
    return [changes for of_kind in plan.changes for changes in _of_kind(plan, of_kind) if len(changes)]


def _of_kind(plan: Plan, of_kind: KindChanges) -> Iterator[Changes]:
    kind, sheet = of_kind.kind, of_kind.kind.sheet
    before, after = Homes(plan.stored), Homes(plan.merged)
    added, removed = of_kind.added, of_kind.removed
    yield Changes(sheet, _keys(kind, added), after.of(kind, added), repeat(None), _texts(added))
    olds, news = of_kind.befores, of_kind.afters
    accounts = list(map(joined, before.of(kind, olds), after.of(kind, news)))
    yield Changes(sheet, _keys(kind, news), accounts, _texts(olds), _texts(news))
    yield Changes(sheet, _keys(kind, removed), before.of(kind, removed), _texts(removed), repeat(None))


def _texts(values: Iterable[Any]) -> list[str]:
    return list(map(bytes.decode, map(orjson.dumps, values)))


def _keys(kind: Kind, records: list[Any]) -> list[str]:
    names = [map(attrgetter(name), records) for name in kind.key]
    return list(names[0]) if len(names) == 1 else _texts(zip(*names, strict=True))


def accounts_in(journal: Iterable[Changes]) -> set[str]:
    """The accounts whose records changed."""
    return {account for changes in journal for accounts in set(changes.accounts) for account in accounts}


def key_text(key: Key) -> str:
    """A key as one text: an id as it is, several columns as a JSON list."""
    return key[0] if len(key) == 1 else orjson.dumps(key).decode()


def key_of_text(sheet: str, text: str) -> Key:
    """The key of a record of a kind that `key_text` wrote."""
    return (text,) if len(KINDS[sheet].key) == 1 else tuple(orjson.loads(text))


def record_of(sheet: str, fields: Mapping[str, Any]) -> Any:
    """The record of a journal entry. Columns that were declared later get their declared `before`."""
    kind = KINDS[sheet]
    readers = _readers(sheet)
    values = {name: readers[name](value) for name, value in fields.items() if name in readers}
    return kind.record(**{**_befores(sheet), **values})


@cache
def _befores(sheet: str) -> dict[str, Any]:
    return {column.name: column.before for column in KINDS[sheet].columns}


@cache
def _readers(sheet: str) -> dict[str, Any]:
    return {column.name: _reader(column) for column in KINDS[sheet].columns}


def _reader(column: Column) -> Any:
    if column.cell == "date":
        return lambda value: value and datetime.date.fromisoformat(value)
    if column.is_list:
        return tuple
    return lambda value: value
