"""Earlier states from the journal (measures.md 11): what is stored now, with the later changes undone.

The order of the journal decides what came later, not the clocks of the programs that wrote it: a state is the one
after a change, called the cut, and all changes after the cut are undone.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any, NamedTuple, Protocol

import orjson

from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Key, Kind
from graph.store.belonging import OF_NO_ACCOUNT, Accounts, Homes, is_shared, ways_home
from graph.store.journal import key_of_text, record_of


class LaterChange(NamedTuple):
    """A change in the journal: its number, sheet, key as text, accounts, and the record before it as JSON, or None."""

    seq: int
    sheet: str
    key: str
    accounts: Accounts
    before: str | None


class Journalled(Protocol):
    """The reads that earlier states need of a store, inside one snapshot."""

    def everything(self) -> Dataset:
        """Every record as it is now."""
        ...

    def of_accounts(self, accounts: Collection[str]) -> Dataset:
        """The records of these accounts as they are now, and all of the shared kinds."""
        ...

    def cut(self, before: datetime.datetime) -> int:
        """The last change of the imports recorded before a moment; 0 where there is none."""
        ...

    def first_cuts(self, after: int, accounts: Collection[str] | None) -> dict[str, int]:
        """The accounts, of these or of all, whose first change comes after the change `after`.

        Each with the last change of the import that added it.
        """
        ...

    def changes_after(self, cut: int, accounts: Collection[str] | None = None) -> Iterable[LaterChange]:
        """The changes after `cut` in order: all, or those of records of these accounts (`OF_NO_ACCOUNT` is one)."""
        ...


def earlier(store: Journalled, accounts: Sequence[str] | None, until: datetime.date) -> Dataset:
    """The records as the journal had them at the end of a day (UTC); an account that came later as first imported."""
    end = datetime.datetime.combine(until + datetime.timedelta(days=1), datetime.time(), datetime.UTC)
    cut = store.cut(end)
    asked = None if accounts is None else set(accounts)
    came_later = store.first_cuts(cut, asked)
    state = state_after(store, None if asked is None else asked - came_later.keys(), cut)
    for later in sorted(set(came_later.values())):
        newcomers = {account for account, last in came_later.items() if last == later}
        _join(state, state_after(store, newcomers, later))
    return state


def state_after(store: Journalled, accounts: Collection[str] | None, cut: int) -> Dataset:
    """The records after the change `cut`, of these accounts or all, and the shared kinds."""
    if accounts is None:
        return undone(store.everything(), store.changes_after(cut))
    reached, later = _later_changes(store, set(accounts), cut)
    return _only(undone(store.of_accounts(reached), later), set(accounts))


def undone(current: Dataset, later: Iterable[LaterChange]) -> Dataset:
    """These records before some later changes of them, which are in order."""
    befores: dict[str, dict[Key, str | None]] = {sheet: {} for sheet in KINDS}
    for change in later:
        befores[change.sheet].setdefault(key_of_text(change.sheet, change.key), change.before)
    return Dataset(
        {kind.record: _undone(kind, current.of(kind.record), befores[kind.sheet]) for kind in KINDS.values()}
    )


def _later_changes(store: Journalled, accounts: set[str], cut: int) -> tuple[set[str], list[LaterChange]]:
    """The changes after `cut` to undo for these accounts, in order, and the accounts that they are of.

    Besides these accounts they are those that a record came from or went to since, and so on, if other records belong
    to accounts by it: those moved with it without a change of their own.
    """
    reached, further = set(accounts), {*accounts, OF_NO_ACCOUNT}
    changes: dict[int, LaterChange] = {}
    while further:
        for change in store.changes_after(cut, further):
            changes.setdefault(change.seq, change)
        moves = (
            change.accounts
            for change in changes.values()
            if len(change.accounts) > 1 and change.sheet in _taking_along()
        )
        further = {account for several in moves for account in several} - reached
        reached |= further
    return reached, [changes[seq] for seq in sorted(changes)]


@cache
def _taking_along() -> frozenset[str]:
    """The kinds by whose records other records belong to accounts."""
    ways = (column.ref for kind in KINDS.values() for column in ways_home(kind.sheet))
    return frozenset(sheet for sheet in ways if sheet is not None and sheet != "accounts")


def _undone(kind: Kind, records: list[Any], befores: dict[Key, str | None]) -> list[Any]:
    if not befores:
        return records
    kept = [record for record in records if kind.key_of(record) not in befores]
    return kept + [record_of(kind.sheet, orjson.loads(before)) for before in befores.values() if before is not None]


def _only(state: Dataset, accounts: set[str]) -> Dataset:
    """The records of these accounts, and the shared kinds."""
    homes = Homes(state)
    kept = Dataset()
    for kind in KINDS.values():
        records = state.of(kind.record)
        if is_shared(kind):
            kept.of(kind.record).extend(records)
        else:
            kept.of(kind.record).extend(
                record
                for record, home in zip(records, homes.of(kind, records), strict=True)
                if not accounts.isdisjoint(home)
            )
    return kept


def _join(state: Dataset, newcomers: Dataset) -> None:
    """Add the records of accounts that came later; records that are there already stay."""
    for kind in KINDS.values():
        there = set(map(kind.key_of, state.of(kind.record)))
        state.of(kind.record).extend(record for record in newcomers.of(kind.record) if kind.key_of(record) not in there)
