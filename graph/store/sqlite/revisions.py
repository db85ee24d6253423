"""Revisions in the file: read them, and move them in the transaction of a write."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

import orjson

from graph.store.revision_moves import Moves
from graph.store.revisions import NEVER, SHARED, Revision, Revisions

_OF_ACCOUNTS = """
SELECT NULL, changed, seen, mark FROM store_revision
UNION ALL SELECT account, changed, seen, mark FROM account_revisions WHERE account IN (SELECT value FROM json_each(?))
"""

_OF_ALL = """
SELECT NULL, changed, seen, mark FROM store_revision
UNION ALL SELECT account, changed, seen, mark FROM account_revisions
"""

_MOVE_STORE = "UPDATE store_revision SET changed = changed + 1, seen = seen + ?, mark = random()"

# An account that is new begins at the store's counters, which are above every value that any account ever had: so an
# account that was removed and is added again has no revision twice.
_MOVE = """
INSERT INTO account_revisions (account, changed, seen, mark)
SELECT ?, changed, seen, random() FROM store_revision WHERE true
ON CONFLICT (account) DO UPDATE SET changed = changed + 1, seen = seen + ?, mark = excluded.mark
"""


def revisions_of(connection: sqlite3.Connection, accounts: Collection[str] | None) -> Revisions:
    """The revisions of the store, of the shared kinds and of these accounts, or of all."""
    if accounts is None:
        rows = connection.execute(_OF_ALL)
    else:
        rows = connection.execute(_OF_ACCOUNTS, (orjson.dumps([SHARED, *accounts]).decode(),))
    found = {account: Revision(*counted) for account, *counted in rows}
    return Revisions(found.pop(None, NEVER), found.pop(SHARED, NEVER), found)


def move_revisions(connection: sqlite3.Connection, moves: Moves) -> None:
    """Move the revisions of what a change wrote, and remove the columns that were kept of it."""
    connection.execute(_MOVE_STORE, (moves.store_seen,))
    moved = [(account, account in moves.seen) for account in sorted(moves.accounts - moves.removed)]
    if moves.shared:
        moved.append((SHARED, moves.shared_seen))
    connection.executemany(_MOVE, moved)
    _delete(connection, "account_revisions", moves.removed)
    _delete(connection, "columns_of", [*moves.accounts, *([SHARED] if moves.shared else [])])


def _delete(connection: sqlite3.Connection, table: str, accounts: Iterable[str]) -> None:
    connection.executemany(f"DELETE FROM {table} WHERE account = ?", [(account,) for account in accounts])
