"""The accounts that a record belongs to: the one that it names, else those of all records that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, reduce
from operator import attrgetter
from typing import Any

from graph.model.columns import Column
from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Kind

Accounts = tuple[str, ...]

OF_NO_ACCOUNT = ""
"""Stands for the account of records that belong to none: those of the shared kinds."""


@cache
def ways_home(sheet: str) -> tuple[Column, ...]:
    """The columns of a kind by which its records belong to accounts. None for accounts and for the shared kinds."""
    references = KINDS[sheet].references
    direct = tuple(column for column in references if column.ref == "accounts")
    return direct or tuple(column for column in references if ways_home(column.ref or ""))


def is_shared(kind: Kind) -> bool:
    """Whether the records of a kind belong to no account: the team and the competitors."""
    return kind.sheet != "accounts" and not ways_home(kind.sheet)


def leads_home(column: Column) -> bool:
    """Whether a reference points at a kind that belongs to accounts."""
    return column.ref is not None and not is_shared(KINDS[column.ref])


class Homes:
    """The accounts of the records of one dataset."""

    def __init__(self, dataset: Dataset) -> None:
        self._dataset = dataset
        self._by_id: dict[str, dict[str, Accounts]] = {}
        self._one: dict[str, Accounts] = {}

    def of(self, kind: Kind, records: list[Any]) -> list[Accounts]:
        """The accounts of each of these records of a kind, which need not be in the dataset themselves."""
        if kind.sheet == "accounts":
            return [self._single(record.id) for record in records]
        ways = [self._along(column, records) for column in ways_home(kind.sheet)]
        if not ways:
            return [()] * len(records)
        if len(ways) == 1:
            return ways[0]
        return [_union(accounts) for accounts in zip(*ways, strict=True)]

    def _along(self, column: Column, records: list[Any]) -> list[Accounts]:
        values = map(attrgetter(column.name), records)
        if column.ref == "accounts":
            return [self._single(value) for value in values]
        accounts_of = self._lookup(column.ref or "")
        if column.is_list:
            return [accounts_of(value[0]) if len(value) == 1 else _union(map(accounts_of, value)) for value in values]
        return [accounts_of(value) for value in values]

    def _lookup(self, sheet: str) -> Callable[[str | None], Accounts]:
        if sheet not in self._by_id:
            kind = KINDS[sheet]
            records = self._dataset.of(kind.record)
            self._by_id[sheet] = dict(zip((record.id for record in records), self.of(kind, records), strict=True))
        accounts_of = self._by_id[sheet]
        return lambda identity: accounts_of.get(identity, ()) if identity is not None else ()

    def _single(self, account: str) -> Accounts:
        return self._one.setdefault(account, (account,))


def _union(several: Iterable[Accounts]) -> Accounts:
    return reduce(joined, several, ())


def joined(some: Accounts, others: Accounts) -> Accounts:
    """The accounts of both, in order, each once."""
    if some == others or not others:
        return some
    return tuple(sorted({*some, *others})) if some else others
