"""Leave out of records and of journal entries what a scope does not show.

Accounts are filtered in the query, everything else here, after reading; whatever is computed is then computed over the
smaller graph. An account out of scope does not exist for the reader: its records and journal entries are absent, and
records of other accounts do not name its people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from graph.model.columns import Column
from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Kind
from graph.model.rules import crossing_columns
from graph.store.belonging import is_shared
from graph.store.protocol import AccountSummary, JournalEntry
from graph.store.scope import Scope

AccountsOf = Callable[[Collection[str]], Mapping[str, str]]
"""The accounts of people by their ids; of people who are not stored, none."""


def visible_records(records: Dataset, scope: Scope, accounts_of: AccountsOf) -> Dataset:
    """Records of accounts in scope without people of other accounts and without withheld columns.

    `Dataset.withheld` names the columns. Their values are None, or () in a list, which does not mean unknown.
    """
    if scope.is_all:
        return records
    shown = records if scope.accounts is None else _without_strangers(records, scope, accounts_of)
    for sheet, columns in _by_sheet(scope.withheld).items():
        kind = KINDS[sheet]
        shown = shown.replaced(kind.record, list(_without(kind, columns, shown.of(kind.record))))
    shown.withheld = scope.withheld
    return shown


def visible_entries(entries: Iterable[JournalEntry], scope: Scope, accounts_of: AccountsOf) -> list[JournalEntry]:
    """Journal entries of accounts in scope, with what may be seen of each.

    The side of a record that was in an account out of scope is None, as if there had been no record; withheld columns
    are left out of both sides. Entries in which nothing that may be seen has changed are left out.
    """
    listed = list(entries)
    if scope.is_all:
        return listed
    strangers = _strangers(_named_in(listed), scope, accounts_of) if scope.accounts is not None else set()
    withheld = _by_sheet(scope.withheld)
    shown = (_shown(entry, scope, withheld.get(entry.sheet, frozenset()), strangers) for entry in listed)
    return [entry for entry in shown if entry is not None]


def _by_sheet(withheld: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    columns: dict[str, set[str]] = defaultdict(set)
    for sheet, column in withheld:
        columns[sheet].add(column)
    return {sheet: frozenset(names) for sheet, names in columns.items()}


def _without(kind: Kind, columns: frozenset[str], records: Iterable[Any]) -> Iterator[Any]:
    """Records of a kind without the values of these columns; none where the key is among them."""
    if not columns.isdisjoint(kind.key):
        return
    empty = {at: _empty(column) for at, column in enumerate(kind.columns) if column.name in columns}
    for record in records:
        values = list(kind.values_of(record))
        for at, value in empty.items():
            values[at] = value
        yield kind.record(*values)


def _empty(column: Column) -> Any:
    return () if column.is_list else None


def _without_strangers(records: Dataset, scope: Scope, accounts_of: AccountsOf) -> Dataset:
    """Records that name no people of accounts out of scope, such as other guests of a forum."""
    own = {person.id for person in records.of(KINDS["people"].record)}
    crossing = [(kind, columns) for kind in KINDS.values() if (columns := crossing_columns(kind.sheet))]
    named = {
        person
        for kind, columns in crossing
        for column in columns
        for value in records.columns(kind.record, column.name)[0]
        for person in _people(value)
    }
    strangers = _strangers(named - own, scope, accounts_of)
    if not strangers:
        return records
    shown = records
    for kind, columns in crossing:
        kept = [_with_acquaintances(record, columns, strangers) for record in records.of(kind.record)]
        shown = shown.replaced(kind.record, kept)
    return shown


def _strangers(people: Collection[str], scope: Scope, accounts_of: AccountsOf) -> set[str]:
    """Those of these people who are not known to be of an account in scope."""
    accounts = accounts_of(people) if people else {}
    return {person for person in people if person not in accounts or not scope.has(accounts[person])}


def _with_acquaintances(record: Any, columns: Iterable[Column], strangers: set[str]) -> Any:
    """A record with people in its columns who are not among the strangers."""
    changed = {
        column.name: _left(getattr(record, column.name), strangers)
        for column in columns
        if not strangers.isdisjoint(_people(getattr(record, column.name)))
    }
    return replace(record, **changed) if changed else record


def _people(value: Any) -> Collection[str]:
    return () if value is None else (value,) if isinstance(value, str) else value


def _left(value: Any, strangers: set[str]) -> Any:
    """A reference, or a list of references as a record or the journal keeps it, without strangers."""
    if isinstance(value, str) or value is None:
        return None if value in strangers else value
    return type(value)(person for person in value if person not in strangers)


def _named_in(entries: Iterable[JournalEntry]) -> set[str]:
    """The people whom journal entries name in columns that may name people of other accounts."""
    return {
        person
        for entry in entries
        for column in crossing_columns(entry.sheet)
        for side in (entry.before, entry.after)
        if side is not None
        for person in _people(side.get(column.name))
    }


def _shown(entry: JournalEntry, scope: Scope, withheld: frozenset[str], strangers: set[str]) -> JournalEntry | None:
    """The visible part of a journal entry; None for nothing."""
    kind = KINDS[entry.sheet]
    if not withheld.isdisjoint(kind.key) or not (scope.accounts is None or entry.accounts or is_shared(kind)):
        return None
    before, after = (_side(kind, side, scope, withheld, strangers) for side in (entry.before, entry.after))
    if before == after:
        return None
    accounts = tuple(account for account in entry.accounts if scope.has(account))
    return replace(entry, accounts=accounts, before=before, after=after)


def _side(
    kind: Kind, fields: Mapping[str, Any] | None, scope: Scope, withheld: frozenset[str], strangers: set[str]
) -> Mapping[str, Any] | None:
    """The visible part of a record before or after a change."""
    home = _home(kind.sheet)
    if fields is None or (home is not None and not scope.has(fields[home])):
        return None
    shown = {name: value for name, value in fields.items() if name not in withheld}
    if strangers:
        for column in crossing_columns(kind.sheet):
            if column.name in shown:
                shown[column.name] = _left(shown[column.name], strangers)
    return shown


@cache
def _home(sheet: str) -> str | None:
    """The column of a kind that names its account, where one does."""
    if sheet == "accounts":
        return "id"
    return next((column.name for column in KINDS[sheet].references if column.ref == "accounts"), None)


def visible_summaries(summaries: Iterable[AccountSummary], scope: Scope) -> list[AccountSummary]:
    """Accounts in scope without what withheld columns say."""
    empty: dict[str, Any] = {field: None for field, column in _OF_SUMMARY.items() if column in scope.withheld}
    return [replace(summary, **empty) for summary in summaries] if empty else list(summaries)


_OF_SUMMARY = {"name": ("accounts", "name"), "tier": ("accounts", "tier"), "last_interaction": ("interactions", "date")}
"""The fields of an account's summary by the columns that they come from."""
