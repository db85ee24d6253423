"""Revisions: counters of the changes of each account, of the shared kinds and of the whole store.

They are moved in the transaction that writes the records. A counter only grows, and no value of it is used twice: that
of an account which was removed and added again goes on above all of its earlier values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

SHARED = ""
"""The key of the shared kinds (team and competitors) among accounts; no account has an empty id."""


class Revision(NamedTuple):
    """Two counters: `changed` of every change, `seen` of those in plain and internal fields, which a viewer can see."""

    changed: int
    seen: int


NEVER = Revision(0, 0)
"""The revision of a store in which nothing was ever stored, and of shared kinds that never changed."""


@dataclass(frozen=True)
class Revisions:
    """Revisions of one moment: of the store, of the shared kinds, and of accounts, as far as they are stored."""

    store: Revision
    shared: Revision
    accounts: Mapping[str, Revision]


def changed_in(revisions: Revisions) -> dict[str, int]:
    """The counters of every change by account, with that of the shared kinds, as `Dataset.revisions` has them."""
    return {SHARED: revisions.shared.changed, **{account: of.changed for account, of in revisions.accounts.items()}}
