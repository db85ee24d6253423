"""Revisions: counters of the changes of each account, of the shared kinds and of the whole store.

They are moved in the transaction that writes the records. A counter only grows, and no value of it is used twice: that
of an account which was removed and added again goes on above all of its earlier values. A store that is put back from a
backup counts from there again, which is why each move also draws a random mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from graph.model.columns import FieldClass
from graph.model.kind import KINDS
from graph.store.scope import Scope

SHARED = ""
"""The key of the shared kinds (team and competitors) among accounts; no account has an empty id."""


class Revision(NamedTuple):
    """Two counters: `changed` of every change, `seen` of those in plain and internal fields, which a viewer can see.

    `mark` is a random number drawn at every change. Two stores, or a store and a backup of it that was changed since,
    may have the same counters, but not the same mark.
    """

    changed: int
    seen: int
    mark: int = 0


NEVER = Revision(0, 0)
"""The revision of a store in which nothing was ever stored, and of shared kinds that never changed."""


@dataclass(frozen=True)
class Revisions:
    """Revisions of one moment: of the store, of the shared kinds, and of accounts, as far as they are stored."""

    store: Revision
    shared: Revision
    accounts: Mapping[str, Revision]


class WouldWait(Exception):
    """An answer that was asked for at once needs waiting: for another program, or for a server."""


def changed_in(revisions: Revisions) -> dict[str, int]:
    """The counters of every change by account, with that of the shared kinds, as `Dataset.revisions` has them."""
    return {SHARED: revisions.shared.changed, **{account: of.changed for account, of in revisions.accounts.items()}}


def as_counted(revision: Revision, scope: Scope) -> tuple[int, int]:
    """The counter of a revision for a reader, and its mark.

    It is `seen` for a reader from whom every restricted field is withheld, else `changed`. The mark is drawn at every
    change, so that it is 0 for who may not see each.

    >>> as_counted(Revision(7, 4, 99), Scope())
    (7, 99)
    """
    return (revision.seen, 0) if restricted_columns() <= scope.withheld else (revision.changed, revision.mark)


@cache
def restricted_columns() -> frozenset[tuple[str, str]]:
    """The restricted columns of every kind, as (sheet, column)."""
    columns = ((sheet, column) for sheet, kind in KINDS.items() for column in kind.columns)
    return frozenset((sheet, column.name) for sheet, column in columns if column.field_class is FieldClass.RESTRICTED)
