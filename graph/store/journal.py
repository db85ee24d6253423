"""The change journal: what stands in an entry of a change, and how a record is read back from it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import orjson

from graph.model.columns import Column
from graph.model.kind import KINDS, Key, Kind
from graph.store.belonging import Accounts, Homes
from graph.store.changes import Plan


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an import comes from, who brought it, and when. ValueError for a moment without a zone."""

    source: str
    recorded_by: str
    recorded_at: datetime.datetime

    def __post_init__(self) -> None:
        if self.recorded_at.tzinfo is None:
            raise ValueError("recorded_at needs a time zone")


class Change(NamedTuple):
    """A change as the journal keeps it: the key as a JSON list, the fields before and after as JSON objects."""

    sheet: str
    key: str
    accounts: Accounts
    before: str | None
    after: str | None


def journal_of(plan: Plan) -> Iterator[Change]:
    """One journal entry for each change of a plan, in the order of declaration of the kinds."""
    before, after = Homes(plan.stored), Homes(plan.merged)
    for of_kind in plan.changes:
        kind, sheet = of_kind.kind, of_kind.kind.sheet
        key_text = _key_text(kind)
        for record, accounts in zip(of_kind.added, after.of(kind, of_kind.added), strict=True):
            yield Change(sheet, key_text(record), accounts, None, fields_text(record))
        were, are = before.of(kind, of_kind.befores), after.of(kind, of_kind.afters)
        for (old, new), was, now in zip(of_kind.changed, were, are, strict=True):
            accounts = was if was == now else tuple(sorted({*was, *now}))
            yield Change(sheet, key_text(new), accounts, fields_text(old), fields_text(new))
        for record, accounts in zip(of_kind.removed, before.of(kind, of_kind.removed), strict=True):
            yield Change(sheet, key_text(record), accounts, fields_text(record), None)


def fields_text(record: Any) -> str:
    """A record's fields as JSON."""
    return orjson.dumps(record).decode()


def _key_text(kind: Kind) -> Any:
    key_of = kind.key_of
    return lambda record: orjson.dumps(key_of(record)).decode()


def accounts_in(changes: Iterable[Change]) -> set[str]:
    """The accounts whose records changed."""
    return set().union(*{change.accounts for change in changes})


def key_of_text(text: str) -> Key:
    """The key that a journal entry names."""
    return tuple(orjson.loads(text))


def record_of(sheet: str, fields: Mapping[str, Any]) -> Any:
    """The record that a journal entry keeps. Columns that were declared later have their default."""
    kind = KINDS[sheet]
    readers = _readers(sheet)
    return kind.record(**{name: readers[name](value) for name, value in fields.items() if name in readers})


@cache
def _readers(sheet: str) -> dict[str, Any]:
    return {column.name: _reader(column) for column in KINDS[sheet].columns}


def _reader(column: Column) -> Any:
    if column.cell == "date":
        return lambda value: value and datetime.date.fromisoformat(value)
    if column.is_list:
        return tuple
    return lambda value: value
