"""Columns that readers keep in the database, as properties of the nodes that have the revisions."""

from __future__ import annotations

from collections.abc import Mapping

from graph.store.kept_columns import CodedColumns, checksum
from graph.store.neo4j.batches import Row
from graph.store.neo4j.connection import AnyTransaction
from graph.store.neo4j.schema import SCHEMA_VERSION
from graph.store.neo4j.under_way import mark_of
from graph.store.revisions import SHARED, Revisions


def kept_columns(transaction: AnyTransaction, format_number: int, present: Revisions) -> dict[str, CodedColumns]:
    """The columns of accounts, and of the shared kinds, that are undamaged and of these present revisions."""
    identity = _identity(transaction)
    revisions = {SHARED: present.shared, **present.accounts}
    found = {}
    rows = transaction.run(_KEPT, accounts=list(present.accounts), format=format_number)
    for account, revision, sizes, data, kept in rows:
        if account in revisions and revisions[account].changed == revision:
            columns = CodedColumns(bytes(sizes), bytes(data))
            if checksum(identity, account, revision, format_number, columns) == bytes(kept):
                found[account] = columns
    return found


def keep_columns(
    transaction: AnyTransaction, columns: Mapping[str, tuple[int, CodedColumns]], format_number: int
) -> None:
    """Keep those of these columns that are of the present revision; none while a staged import is under way."""
    mark = mark_of(transaction)
    if mark.version != SCHEMA_VERSION or mark.token is not None:
        return
    identity = _identity(transaction)
    rows = [
        [account, revision, coded.sizes, coded.data, checksum(identity, account, revision, format_number, coded)]
        for account, (revision, coded) in sorted(columns.items())
    ]
    _keep(transaction, "MATCH (n:Account {id: row[0]})", [row for row in rows if row[0] != SHARED], format_number)
    _keep(transaction, "MATCH (n:SwaymapShared)", [row for row in rows if row[0] == SHARED], format_number)


def _keep(transaction: AnyTransaction, found: str, rows: list[Row], format_number: int) -> None:
    # The statement that locks must not read revisions: it might read those from before the lock, so the next one does.
    ids = [row[:1] for row in rows]
    transaction.run(f"UNWIND $rows AS row {found} SET n.swaymapLock = true", rows=ids).consume()
    transaction.run(f"UNWIND $rows AS row {found} {_SET}", rows=rows, format=format_number).consume()
    transaction.run(f"UNWIND $rows AS row {found} REMOVE n.swaymapLock", rows=ids).consume()


def _identity(transaction: AnyTransaction) -> str:
    found = transaction.run("MATCH (s:SwaymapStore) RETURN s.identity").value()
    return str(found[0]) if found else ""


_SET = """
WHERE n.swaymapChanged = row[1]
SET n.swaymapRevision = row[1], n.swaymapFormat = $format, n.swaymapSizes = row[2], n.swaymapData = row[3],
    n.swaymapChecksum = row[4]
"""

_KEPT = f"""
UNWIND $accounts AS id MATCH (n:Account {{id: id}})
WHERE n.swaymapRevision = n.swaymapChanged AND n.swaymapFormat = $format
RETURN n.id AS account, n.swaymapRevision AS revision, n.swaymapSizes AS sizes, n.swaymapData AS data,
    n.swaymapChecksum AS checksum
UNION ALL
MATCH (n:SwaymapShared) WHERE n.swaymapRevision = n.swaymapChanged AND n.swaymapFormat = $format
RETURN '{SHARED}' AS account, n.swaymapRevision AS revision, n.swaymapSizes AS sizes, n.swaymapData AS data,
    n.swaymapChecksum AS checksum
"""
