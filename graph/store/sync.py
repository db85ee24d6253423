"""The records of an account that a file does not hold: those to remove to make the account equal to the file."""

from __future__ import annotations

from typing import Any

from graph.model import Account, Person
from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Key, Kind
from graph.store.belonging import is_shared
from graph.store.problems import store_input_error
from graph.store.protocol import GraphStore, Target


def beyond(store: GraphStore, account: str, batch: Dataset) -> list[Target]:
    """The records of an account that a batch does not hold, by sheet and key, in the order of the declarations.

    Records of the shared kinds are not among them, nor are contacts that people of another account took part in. Raises
    StoreInputError where the batch does not hold the account itself: then nothing of it would be left.
    """
    if all(record.id != account for record in batch.of(Account)):
        raise store_input_error("account_not_in_file", store=store.url, account=account)
    stored = store.read([account])
    own = {person.id for person in stored.of(Person) if person.account == account}
    return [
        (kind.sheet, key)
        for kind in KINDS.values()
        if not is_shared(kind) and kind.sheet != "accounts"
        for key in _only_stored(kind, stored, batch, own)
    ]


def _only_stored(kind: Kind, stored: Dataset, batch: Dataset, own: set[str]) -> list[Key]:
    given = set(map(kind.key_of, batch.of(kind.record)))
    records = {kind.key_of(record): record for record in stored.of(kind.record)}
    return sorted(key for key, record in records.items() if key not in given and _stays_home(kind, record, own))


def _stays_home(kind: Kind, record: Any, own: set[str]) -> bool:
    """Whether a record names people of this account only."""
    lists = [getattr(record, column.name) for column in kind.references if column.ref == "people" and column.is_list]
    return all(own.issuperset(names) for names in lists)
