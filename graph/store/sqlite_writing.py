"""What a plan writes to SQLite: rows, links of lists, and the journal."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from typing import Any

import orjson

from graph.model.columns import Column
from graph.model.kind import Kind
from graph.store.changes import KindChanges, Plan
from graph.store.journal import Change, journal_of
from graph.store.protocol import Progress
from graph.store.sqlite_reading import moment_text
from graph.store.sqlite_rows import rows_of
from graph.store.sqlite_schema import link_table, linked_columns, own_names

_INTO_JOURNAL = "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)"


def write(
    connection: sqlite3.Connection,
    plan: Plan,
    source: str,
    recorded_by: str,
    recorded_at: datetime.datetime,
    progress: Progress,
) -> int:
    """Write the changes of a plan and their journal, inside the caller's transaction; the import's id."""
    done = 0
    for of_kind in plan.changes:
        _write_kind(connection, of_kind)
        done += of_kind.counts.written
        progress(done, plan.written)
    return _write_journal(connection, plan, source, recorded_by, recorded_at)


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


def _write_journal(
    connection: sqlite3.Connection, plan: Plan, source: str, recorded_by: str, recorded_at: datetime.datetime
) -> int:
    last, previous = connection.execute(
        "SELECT coalesce(max(last_seq), 0), coalesce(max(id), 0) FROM imports"
    ).fetchone()
    import_id = previous + 1
    connection.execute(
        "INSERT INTO imports VALUES (?, ?, ?, ?, ?)",
        (import_id, moment_text(recorded_at), recorded_by, source, last + plan.written),
    )
    connection.executemany(_INTO_JOURNAL, _journal_rows(journal_of(plan), last + 1, import_id))
    return int(import_id)


def _journal_rows(changes: Iterator[Change], first: int, import_id: int) -> Iterator[tuple[Any, ...]]:
    texts: dict[tuple[str, ...], str] = {}
    for seq, (sheet, key, accounts, before, after) in enumerate(changes, first):
        if accounts not in texts:
            texts[accounts] = orjson.dumps(accounts).decode()
        yield seq, import_id, sheet, key, texts[accounts], before, after
