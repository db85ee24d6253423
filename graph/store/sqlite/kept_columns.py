"""Columns of accounts that readers keep in the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping

import orjson

from graph.store.kept_columns import CodedColumns, Part, checksum
from graph.store.revisions import SHARED

_IDENTITY = "SELECT identity FROM store_revision"

_KEPT = """
SELECT kept.account, kept.revision, kept.sizes, kept.data, kept.checksum
FROM json_each(?) AS asked
CROSS JOIN account_revisions AS present ON present.account = asked.value
CROSS JOIN columns_of AS kept
  ON kept.account = asked.value AND kept.part = ? AND kept.revision = present.changed AND kept.format = ?
"""

_KEEP = """
INSERT OR REPLACE INTO columns_of (account, part, revision, format, sizes, data, checksum)
SELECT account, :part, changed, :format, :sizes, :data, :checksum FROM account_revisions
WHERE account = :account AND changed = :revision
"""


def kept_columns(
    connection: sqlite3.Connection, accounts: Collection[str], format_number: int, part: Part
) -> dict[str, CodedColumns]:
    """The columns of these accounts, and of the shared kinds, that are of the present revision and undamaged."""
    identity = _identity(connection)
    found = {}
    asked = orjson.dumps([SHARED, *accounts]).decode()
    for account, revision, sizes, data, kept in connection.execute(_KEPT, (asked, part, format_number)):
        columns = CodedColumns(sizes, data)
        if checksum(identity, account, revision, format_number, columns) == kept:
            found[account] = columns
    return found


def keep_columns(
    connection: sqlite3.Connection, columns: Mapping[str, tuple[int, CodedColumns]], format_number: int, part: Part
) -> None:
    """Keep those of these columns that are of the present revision, inside a transaction that may write."""
    identity = _identity(connection)
    rows = (
        {
            "account": account,
            "part": part,
            "revision": revision,
            "format": format_number,
            "sizes": coded.sizes,
            "data": coded.data,
            "checksum": checksum(identity, account, revision, format_number, coded),
        }
        for account, (revision, coded) in columns.items()
    )
    connection.executemany(_KEEP, rows)


def _identity(connection: sqlite3.Connection) -> str:
    found = connection.execute(_IDENTITY).fetchone()
    return "" if found is None else str(found[0])
