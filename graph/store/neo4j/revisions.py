"""Revisions in the database: properties of account nodes, of a node for the shared kinds, and of the store node.

Account nodes have them from the moment in which the import that adds them holds, to that in which one that removes them
does.
"""

from __future__ import annotations

from collections.abc import Collection

from graph.store.kept_columns import Part
from graph.store.neo4j.batches import Batches
from graph.store.neo4j.connection import AnyTransaction
from graph.store.revision_moves import Moves
from graph.store.revisions import NEVER, SHARED, Revision, Revisions

PREFIXES = {Part.COLUMNS: "swaymap", Part.RECORDS: "swaymapRecords"}
"""How the properties of each part that is kept of an account begin."""

COLUMNS = tuple(
    f"{prefix}{name}" for prefix in PREFIXES.values() for name in ("Revision", "Format", "Sizes", "Data", "Checksum")
)
"""The properties of what is kept of an account."""


def revisions_of(transaction: AnyTransaction, accounts: Collection[str] | None) -> Revisions:
    """The revisions of the store, of the shared kinds and of these accounts, or of all."""
    query = _OF_ALL if accounts is None else _OF_ACCOUNTS
    rows = transaction.run(query, accounts=list(accounts or ())).values()
    found = {key: Revision(*counted) for key, *counted in rows}
    return Revisions(found.pop(None, NEVER), found.pop(SHARED, NEVER), found)


def move_revisions(transaction: AnyTransaction, moves: Moves) -> None:
    """Move the revisions of what a change wrote, and remove the columns that were kept of it."""
    [now] = transaction.run(_MOVE_STORE, seen=moves.store_seen).values()
    counters = {"changed": now[0], "seen": now[1]}
    batches = Batches(transaction)
    moved = [[account, int(account in moves.seen)] for account in sorted(moves.accounts - moves.removed)]
    batches.run(f"MATCH (n:Account {{id: row[0]}}) {_MOVE}", moved, **counters)
    shared = [[SHARED, int(moves.shared_seen)]] if moves.shared else []
    batches.run(f"MATCH (n:SwaymapShared) {_MOVE}", shared, **counters)
    # In a staged import these nodes are removed only after its commit.
    batches.run(_FORGET, [[account] for account in sorted(moves.removed)])


def fill_revisions(transaction: AnyTransaction) -> None:
    """Give revisions to a database that has none; no import may be under way."""
    begin_revisions(transaction)
    transaction.run(_FILL).consume()


def begin_revisions(transaction: AnyTransaction) -> None:
    """Give revisions to the store and to the shared kinds: the number of imports so far."""
    transaction.run(_BEGIN).consume()


_MARK = "toInteger(rand() * 9007199254740992)"
"""A random whole number, drawn anew in every row."""

_BEGIN = f"""
MATCH (s:SwaymapStore)
SET s.identity = randomUUID(), s.changed = s.imports, s.seen = s.imports, s.mark = {_MARK}
MERGE (n:SwaymapShared {{id: 'shared'}})
SET n.swaymapChanged = s.imports, n.swaymapSeen = s.imports, n.swaymapMark = {_MARK}
"""
_FILL = f"""
MATCH (s:SwaymapStore) MATCH (n:Account)
SET n.swaymapChanged = s.imports, n.swaymapSeen = s.imports, n.swaymapMark = {_MARK}
"""

_STORE = """
MATCH (s:SwaymapStore) RETURN null AS key, s.changed AS changed, s.seen AS seen, coalesce(s.mark, 0) AS mark
UNION ALL MATCH (n:SwaymapShared)
RETURN '' AS key, n.swaymapChanged AS changed, n.swaymapSeen AS seen, coalesce(n.swaymapMark, 0) AS mark
"""

_ACCOUNT = """
WHERE n.swaymapChanged IS NOT NULL
RETURN n.id AS key, n.swaymapChanged AS changed, n.swaymapSeen AS seen, coalesce(n.swaymapMark, 0) AS mark
"""

_OF_ACCOUNTS = f"{_STORE} UNION ALL UNWIND $accounts AS id MATCH (n:Account {{id: id}}) {_ACCOUNT}"

_OF_ALL = f"{_STORE} UNION ALL MATCH (n:Account) {_ACCOUNT}"

_MOVE_STORE = f"""
MATCH (s:SwaymapStore)
WITH s, s.changed + 1 AS changed, s.seen + CASE WHEN $seen THEN 1 ELSE 0 END AS seen
SET s.changed = changed, s.seen = seen, s.mark = {_MARK}
RETURN changed, seen
"""

# An account that is new begins at the store's counters, which are above every value that any account ever had: so an
# account that was removed and is added again has no revision twice.
_MOVE = f"""
SET n.swaymapChanged = coalesce(n.swaymapChanged + 1, $changed),
    n.swaymapSeen = coalesce(n.swaymapSeen + row[1], $seen),
    n.swaymapMark = {_MARK}
REMOVE {", ".join(f"n.{name}" for name in COLUMNS)}
"""

_FORGET = f"""
MATCH (n:Account {{id: row[0]}})
REMOVE n.swaymapChanged, n.swaymapSeen, n.swaymapMark, {", ".join(f"n.{name}" for name in COLUMNS)}
"""
