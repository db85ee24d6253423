"""The journal by account: the changes of each account, as ranges of their numbers.

An import writes the changes of an account close together, so that a few SwaymapAccountChanges nodes stand for many
changes. `ranges` has the first and last number of each range in turn, `lastSeq` the last number of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, groupby

from graph.store.belonging import OF_NO_ACCOUNT, Accounts
from graph.store.journal import Changes
from graph.store.neo4j.batches import Batches, Row, Statements
from graph.store.neo4j.connection import AnyTransaction

MOST = 10_000
"""The most numbers in the ranges of a node; an account with more has several nodes."""

CREATE = "CREATE (:SwaymapAccountChanges {account: row[0], lastSeq: row[1], ranges: row[2]})"

FORGET = "MATCH (o:SwaymapAccountChanges) WHERE o.lastSeq > $seq WITH o LIMIT $most DELETE o RETURN count(*)"
"""Removes the nodes of an import that is rolled back."""


def write_account_changes(statements: Statements, journal: list[Changes], first: int) -> None:
    """Write the changes of each account, for a journal whose first change has the number `first`."""
    statements.run(CREATE, _rows(chain.from_iterable(changes.accounts for changes in journal), first), "nodes_created")


def fill_account_changes(transaction: AnyTransaction) -> None:
    """Write them for the whole journal of a database of an earlier swaymap. No import may be under way."""
    of_each = (tuple(accounts) for (accounts,) in transaction.run(_ACCOUNTS))
    Batches(transaction).run(CREATE, list(_rows(of_each, first=1)), "nodes_created")


_ACCOUNTS = "MATCH (c:SwaymapChange) WHERE c.seq > 0 RETURN c.accounts ORDER BY c.seq"


def _rows(of_each: Iterable[Accounts], first: int) -> Iterator[Row]:
    """The nodes for changes given by their accounts, in the order of their numbers."""
    for account, ranges in _ranges(of_each, first).items():
        for start in range(0, len(ranges), MOST):
            part = ranges[start : start + MOST]
            yield [account, part[-1], part]


def _ranges(of_each: Iterable[Accounts], first: int) -> dict[str, list[int]]:
    by_account: dict[str, list[int]] = {}
    for accounts, same in groupby(of_each):
        last = first + sum(1 for _ in same) - 1
        for account in accounts or (OF_NO_ACCOUNT,):
            ranges = by_account.setdefault(account, [])
            if ranges and ranges[-1] == first - 1:
                ranges[-1] = last
            else:
                ranges += (first, last)
        first = last + 1
    return by_account
