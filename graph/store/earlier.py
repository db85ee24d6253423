"""Earlier states from the journal (measures.md 11): what is stored now, with the later changes undone.

The journal's own order decides what came later, not the clocks of those who wrote it: a state is the one after a
change, called the cut, and everything behind the cut is undone.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Sequence
from typing import Any, Protocol

import orjson

from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Key, Kind
from graph.store.belonging import Accounts, Homes, is_shared
from graph.store.journal import key_of_text, record_of

LaterChange = tuple[str, str, Accounts, str | None]
"""Sheet, key as text, accounts, and the record before the change as JSON, or None."""


class Journalled(Protocol):
    """What earlier states ask of a store, inside one snapshot."""

    def everything(self) -> Dataset:
        """Every record as it is now."""
        ...

    def of_accounts(self, accounts: Collection[str]) -> Dataset:
        """The records of these accounts as they are now, and all of the shared kinds."""
        ...

    def cut(self, before: datetime.datetime) -> int:
        """The last change of the imports recorded before a moment; 0 where there is none."""
        ...

    def first_cuts(self, after: int) -> dict[str, int]:
        """The accounts whose first change comes after another, each with the last change of that first import."""
        ...

    def changes_after(self, cut: int) -> Iterable[LaterChange]:
        """The changes after `cut`, in order."""
        ...


def earlier(store: Journalled, accounts: Sequence[str] | None, until: datetime.date) -> Dataset:
    """The records as the journal had them at the end of a day (UTC); an account that came later as first imported."""
    end = datetime.datetime.combine(until + datetime.timedelta(days=1), datetime.time(), datetime.UTC)
    cut = store.cut(end)
    came_later = store.first_cuts(cut)
    asked = None if accounts is None else set(accounts)
    state = state_after(store, None if asked is None else asked - came_later.keys(), cut)
    for later in sorted({last for account, last in came_later.items() if asked is None or account in asked}):
        newcomers = {account for account, last in came_later.items() if last == later} & (asked or came_later.keys())
        _join(state, state_after(store, newcomers, later))
    return state


def state_after(store: Journalled, accounts: Collection[str] | None, cut: int) -> Dataset:
    """The records after the change `cut`, of these accounts or all, and the shared kinds."""
    later = list(store.changes_after(cut))
    if accounts is None:
        return undone(store.everything(), later)
    asked = set(accounts)
    reached = _reached(asked, later)
    # What was not there yet is nowhere, wherever it belongs by now.
    mattering = [one for one in later if one[3] is None or not one[2] or not reached.isdisjoint(one[2])]
    return _only(undone(store.of_accounts(reached), mattering), asked)


def undone(current: Dataset, later: Iterable[LaterChange]) -> Dataset:
    """These records before some later changes of them, which are in order."""
    befores: dict[str, dict[Key, str | None]] = {sheet: {} for sheet in KINDS}
    for sheet, key, _, before in later:
        befores[sheet].setdefault(key_of_text(sheet, key), before)
    return Dataset(
        {kind.record: _undone(kind, current.of(kind.record), befores[kind.sheet]) for kind in KINDS.values()}
    )


def _reached(accounts: set[str], later: list[LaterChange]) -> set[str]:
    """These accounts, and those to which or from which records went since, and so on."""
    reached = set(accounts)
    joined = {frozenset(one[2]) for one in later if len(one[2]) > 1}
    while further := {account for several in joined if several & reached for account in several} - reached:
        reached |= further
    return reached


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
    """Add the records of accounts that came later; what is there already stays as it was."""
    for kind in KINDS.values():
        there = set(map(kind.key_of, state.of(kind.record)))
        state.of(kind.record).extend(one for one in newcomers.of(kind.record) if kind.key_of(one) not in there)
