"""Columns that readers keep in the database, as properties of the nodes that have the revisions."""

from __future__ import annotations

from collections.abc import Mapping

from graph.store.kept_columns import CodedColumns, Part, checksum
from graph.store.neo4j.batches import Row
from graph.store.neo4j.connection import AnyTransaction
from graph.store.neo4j.revisions import PREFIXES
from graph.store.neo4j.schema import SCHEMA_VERSION
from graph.store.neo4j.under_way import mark_of
from graph.store.revisions import SHARED, Revisions


def kept_columns(
    transaction: AnyTransaction, format_number: int, present: Revisions, part: Part
) -> dict[str, CodedColumns]:
    """The columns of accounts, and of the shared kinds, that are undamaged and of these present revisions."""
    identity = _identity(transaction)
    revisions = {SHARED: present.shared, **present.accounts}
    found = {}
    rows = transaction.run(_kept(part), accounts=list(present.accounts), format=format_number)
    for account, revision, sizes, data, kept in rows:
        if account in revisions and revisions[account].changed == revision:
            columns = CodedColumns(bytes(sizes), bytes(data))
            if checksum(identity, account, revision, format_number, columns) == bytes(kept):
                found[account] = columns
    return found


def keep_columns(
    transaction: AnyTransaction, columns: Mapping[str, tuple[int, CodedColumns]], format_number: int, part: Part
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
    _keep(transaction, "MATCH (n:Account {id: row[0]})", [row for row in rows if row[0] != SHARED], format_number, part)
    _keep(transaction, "MATCH (n:SwaymapShared)", [row for row in rows if row[0] == SHARED], format_number, part)


def _keep(transaction: AnyTransaction, found: str, rows: list[Row], format_number: int, part: Part) -> None:
    # The statement that locks must not read revisions: it might read those from before the lock, so the next one does.
    ids = [row[:1] for row in rows]
    transaction.run(f"UNWIND $rows AS row {found} SET n.swaymapLock = true", rows=ids).consume()
    transaction.run(f"UNWIND $rows AS row {found} {_set(part)}", rows=rows, format=format_number).consume()
    transaction.run(f"UNWIND $rows AS row {found} REMOVE n.swaymapLock", rows=ids).consume()


def _identity(transaction: AnyTransaction) -> str:
    found = transaction.run("MATCH (s:SwaymapStore) RETURN s.identity").value()
    return str(found[0]) if found else ""


def _set(part: Part) -> str:
    kept = PREFIXES[part]
    return f"""
        WHERE n.swaymapChanged = row[1]
        SET n.{kept}Revision = row[1], n.{kept}Format = $format, n.{kept}Sizes = row[2], n.{kept}Data = row[3],
            n.{kept}Checksum = row[4]
    """


def _kept(part: Part) -> str:
    kept = PREFIXES[part]
    there = f"WHERE n.{kept}Revision = n.swaymapChanged AND n.{kept}Format = $format"
    columns = (
        f"n.{kept}Revision AS revision, n.{kept}Sizes AS sizes, n.{kept}Data AS data, n.{kept}Checksum AS checksum"
    )
    return f"""
        UNWIND $accounts AS id MATCH (n:Account {{id: id}}) {there} RETURN n.id AS account, {columns}
        UNION ALL
        MATCH (n:SwaymapShared) {there} RETURN '{SHARED}' AS account, {columns}
    """
