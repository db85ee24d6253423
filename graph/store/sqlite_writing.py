"""What a plan writes to SQLite: rows, links of lists, and the journal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import orjson

from graph.model.columns import Column
from graph.model.kind import Kind
from graph.store.changes import KindChanges, Plan
from graph.store.journal import Change, Origin
from graph.store.protocol import Progress
from graph.store.sqlite_reading import moment_text
from graph.store.sqlite_rows import rows_of
from graph.store.sqlite_schema import link_table, linked_columns, own_names

_LAST = "SELECT coalesce(max(last_seq), 0), coalesce(max(id), 0) FROM imports"
_INTO_IMPORTS = "INSERT INTO imports VALUES (?, ?, ?, ?, ?)"
_INTO_JOURNAL = "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)"


def write(
    connection: sqlite3.Connection, plan: Plan, changes: list[Change], origin: Origin, progress: Progress | None
) -> int:
    """Write the changes of a plan and their journal, inside the caller's transaction; the import's id."""
    done = 0
    for of_kind in plan.changes:
        _write_kind(connection, of_kind)
        done += of_kind.counts.written
        if progress is not None:
            progress(done, plan.written)
    return _write_journal(connection, changes, origin)


def _write_kind(connection: sqlite3.Connection, of_kind: KindChanges) -> None:
    kind = of_kind.kind
    afters = [after for _, after in of_kind.changed]
    gone = [kind.key_of(record) for record in of_kind.removed]
    for column in linked_columns(kind):
        _unlink(connection, kind, column, gone + [kind.key_of(record) for record in afters])
    connection.executemany(f"DELETE FROM {kind.sheet} WHERE {_equals(kind.key)}", gone)
    places = ", ".join("?" * len(kind.fields))
    connection.executemany(f"INSERT INTO {kind.sheet} VALUES ({places})", rows_of(kind, of_kind.added))
    if afters:
        _update(connection, kind, afters)
    for column in linked_columns(kind):
        _link(connection, kind, column, of_kind.added)
        _link(connection, kind, column, afters)


def _update(connection: sqlite3.Connection, kind: Kind, records: list[Any]) -> None:
    # Keys are written over themselves, so that one row serves both halves of the statement.
    numbered = {name: at for at, name in enumerate(kind.fields, 1)}
    sets = ", ".join(f'"{name}" = ?{at}' for name, at in numbered.items())
    where = " AND ".join(f'"{name}" = ?{numbered[name]}' for name in kind.key)
    connection.executemany(f"UPDATE {kind.sheet} SET {sets} WHERE {where}", rows_of(kind, records))


def _unlink(connection: sqlite3.Connection, kind: Kind, column: Column, keys: list[tuple[str, ...]]) -> None:
    connection.executemany(f"DELETE FROM {link_table(kind, column)} WHERE {_equals(own_names(kind))}", keys)


def _link(connection: sqlite3.Connection, kind: Kind, column: Column, records: list[Any]) -> None:
    places = ", ".join("?" * (1 + len(kind.key)))
    # A person named twice in one list is linked once.
    connection.executemany(
        f"INSERT OR IGNORE INTO {link_table(kind, column)} VALUES ({places})", _links(kind, column.name, records)
    )


def _links(kind: Kind, name: str, records: list[Any]) -> Iterator[tuple[str, ...]]:
    if kind.key == ("id",):
        return ((one, record.id) for record in records for one in getattr(record, name))
    return ((one, *kind.key_of(record)) for record in records for one in getattr(record, name))


def _equals(names: tuple[str, ...]) -> str:
    return " AND ".join(f'"{name}" = ?' for name in names)


def _write_journal(connection: sqlite3.Connection, changes: list[Change], origin: Origin) -> int:
    last, previous = connection.execute(_LAST).fetchone()
    import_id: int = previous + 1
    recorded_at, last_seq = moment_text(origin.recorded_at), last + len(changes)
    connection.execute(_INTO_IMPORTS, (import_id, recorded_at, origin.recorded_by, origin.source, last_seq))
    connection.executemany(_INTO_JOURNAL, _journal_rows(changes, last + 1, import_id))
    return import_id


def _journal_rows(changes: list[Change], first: int, import_id: int) -> Iterator[tuple[Any, ...]]:
    texts = {accounts: orjson.dumps(accounts).decode() for accounts in {change.accounts for change in changes}}
    for seq, (sheet, key, accounts, before, after) in enumerate(changes, first):
        yield seq, import_id, sheet, key, texts[accounts], before, after
