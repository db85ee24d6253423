"""The moves of revisions by a change: of which accounts, and which of them a viewer can see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from graph.model.columns import FieldClass
from graph.model.customer import Account
from graph.model.kind import KINDS
from graph.store.belonging import Accounts, Homes, is_shared
from graph.store.changes import KindChanges, Plan


@dataclass(frozen=True, slots=True)
class Moves:
    """The moves of revisions by a change.

    `accounts` are all whose records change, `seen` those of them in which a viewer can see it, `removed` those that are
    no longer stored afterwards. `shared` and `shared_seen` say the same of the shared kinds; `store_seen` is whether a
    viewer can see any change.
    """

    accounts: frozenset[str]
    seen: frozenset[str]
    removed: frozenset[str]
    shared: bool
    shared_seen: bool
    store_seen: bool


def moves_of(plan: Plan, accounts: Iterable[str]) -> Moves:
    """The moves of revisions by a plan that changes records of these accounts."""
    before, after = Homes(plan.stored), Homes(plan.merged)
    written = [of_kind for of_kind in plan.changes if of_kind.counts.written]
    seen: set[str] = set()
    shared_seen = store_seen = False
    for of_kind in written:
        for some in _seen(of_kind, before, after):
            seen.update(some)
            store_seen = True
            shared_seen = shared_seen or is_shared(of_kind.kind)
    return Moves(
        accounts=frozenset(accounts),
        seen=frozenset(seen),
        removed=frozenset(
            account.id for change in written if change.kind.record is Account for account in change.removed
        ),
        shared=any(is_shared(of_kind.kind) for of_kind in written),
        shared_seen=shared_seen,
        store_seen=store_seen,
    )


def _seen(of_kind: KindChanges, before: Homes, after: Homes) -> Iterator[Accounts]:
    """The accounts of each change that a viewer can see; some are left out where another has the same accounts."""
    kind = of_kind.kind
    names = seen_columns(kind.sheet)
    if not names:
        return
    yield from set(after.of(kind, of_kind.added))
    yield from set(before.of(kind, of_kind.removed))
    values = attrgetter(*names)
    homes = zip(before.of(kind, of_kind.befores), after.of(kind, of_kind.afters), strict=True)
    for (old, new), (left, entered) in zip(of_kind.changed, homes, strict=True):
        if values(old) != values(new):
            yield from (left, entered)
        elif left != entered:
            # A record that moves is gone in one account and new in another, though a viewer sees no field changed.
            yield tuple(set(left) ^ set(entered))


@cache
def seen_columns(sheet: str) -> tuple[str, ...]:
    """The columns of a kind that a viewer can see; none where part of its key is restricted, which hides the kind."""
    kind = KINDS[sheet]
    names = tuple(column.name for column in kind.columns if column.field_class is not FieldClass.RESTRICTED)
    return names if set(kind.key).issubset(names) else ()
