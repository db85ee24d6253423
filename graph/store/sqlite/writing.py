"""Write a plan: rows, links of lists, and the journal."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, count, islice, repeat
from operator import attrgetter
from typing import Any

import orjson

from graph.model.columns import Column
from graph.model.kind import Kind
from graph.store.belonging import OF_NO_ACCOUNT
from graph.store.changes import KindChanges, Plan
from graph.store.journal import Changes, Origin, accounts_in
from graph.store.progress import teller
from graph.store.protocol import Progress
from graph.store.revision_moves import moves_of
from graph.store.sqlite.reading import moment_text
from graph.store.sqlite.revisions import move_revisions
from graph.store.sqlite.rows import rows_of
from graph.store.sqlite.schema import link_columns, link_table, linked_columns, quoted

_LAST = "SELECT coalesce(max(last_seq), 0), coalesce(max(id), 0) FROM imports"
_INTO_IMPORTS = """
INSERT INTO imports (id, recorded_at, recorded_by, source, last_seq) VALUES (?, ?, ?, ?, ?)
"""
_JOURNAL_COLUMNS = ("seq", "import", "sheet", "key", "accounts", "before", "after")

PORTION = 20_000
"""Records between two reports of progress."""

MANY = 100
"""Rows per statement; their values stay far below SQLite's limit of 32,766."""


def write(
    connection: sqlite3.Connection, plan: Plan, journal: list[Changes], origin: Origin, progress: Progress | None
) -> int:
    """Write the changes of a plan, their journal and revisions, inside the caller's transaction; the import's id."""
    tell = teller(plan.written, progress)
    for of_kind in plan.changes:
        _write_kind(connection, of_kind, tell)
    move_revisions(connection, moves_of(plan, accounts_in(journal)))
    return _write_journal(connection, journal, origin)


def _write_kind(connection: sqlite3.Connection, of_kind: KindChanges, tell: Callable[[int], None]) -> None:
    kind = of_kind.kind
    afters = [after for _, after in of_kind.changed]
    gone = [kind.key_of(record) for record in of_kind.removed]
    for column in linked_columns(kind):
        _unlink(connection, kind, column, of_kind.removed + of_kind.befores)
    connection.executemany(f"DELETE FROM {kind.sheet} WHERE {_equals(kind.key)}", gone)
    for start in range(0, len(of_kind.added), PORTION):
        added = of_kind.added[start : start + PORTION]
        _insert(connection, f"INSERT INTO {kind.sheet}", kind.fields, len(added), rows_of(kind, added))
        for column in linked_columns(kind):
            _link(connection, kind, column, added)
        tell(len(added))
    if afters:
        _update(connection, kind, afters)
        for column in linked_columns(kind):
            _link(connection, kind, column, afters)
    tell(len(afters) + len(gone))


def _update(connection: sqlite3.Connection, kind: Kind, records: list[Any]) -> None:
    # Keys are written over themselves, so that one row serves both halves of the statement.
    numbered = {name: at for at, name in enumerate(kind.fields, 1)}
    sets = ", ".join(f'"{name}" = ?{at}' for name, at in numbered.items())
    where = " AND ".join(f'"{name}" = ?{numbered[name]}' for name in kind.key)
    connection.executemany(f"UPDATE {kind.sheet} SET {sets} WHERE {where}", rows_of(kind, records))


def _unlink(connection: sqlite3.Connection, kind: Kind, column: Column, records: list[Any]) -> None:
    # By the whole key of the table: by the record alone each deletion would scan all links.
    where = _equals(link_columns(kind, column))
    connection.executemany(f"DELETE FROM {link_table(kind, column)} WHERE {where}", _links(kind, column, records))


def _link(connection: sqlite3.Connection, kind: Kind, column: Column, records: list[Any]) -> None:
    # A person named twice in one list is linked once.
    count = sum(map(len, map(attrgetter(column.name), records)))
    into = f"INSERT OR IGNORE INTO {link_table(kind, column)}"
    _insert(connection, into, link_columns(kind, column), count, _links(kind, column, records))


def _links(kind: Kind, column: Column, records: list[Any]) -> Iterator[tuple[Any, ...]]:
    """A row for each item of a list: the item, and the key of its record."""
    lists = list(map(attrgetter(column.name), records))
    sizes = list(map(len, lists))
    own = (chain.from_iterable(map(repeat, map(attrgetter(part), records), sizes)) for part in kind.key)
    return zip(chain.from_iterable(lists), *own, strict=True)


def _insert(
    connection: sqlite3.Connection,
    insert: str,
    columns: tuple[str, ...],
    count: int,
    rows: Iterable[tuple[Any, ...]],
) -> None:
    """Insert `count` rows with values for these columns, many with one statement, which is faster than one each.

    The columns are always named: in a store that was brought up to date they stand in another order than declared.
    """
    places, left = f"({', '.join('?' * len(columns))})", iter(rows)
    into = f"{insert} ({quoted(columns)}) VALUES"
    values = chain.from_iterable(islice(left, count - count % MANY))
    many = iter(lambda: tuple(islice(values, len(columns) * MANY)), ())
    connection.executemany(f"{into} {', '.join([places] * MANY)}", many)
    connection.executemany(f"{into} {places}", left)


def _equals(names: tuple[str, ...]) -> str:
    return " AND ".join(f'"{name}" = ?' for name in names)


def _write_journal(connection: sqlite3.Connection, journal: list[Changes], origin: Origin) -> int:
    last, previous = connection.execute(_LAST).fetchone()
    import_id: int = previous + 1
    recorded_at, last_seq = moment_text(origin.recorded_at), last + sum(map(len, journal))
    connection.execute(_INTO_IMPORTS, (import_id, recorded_at, origin.recorded_by, origin.source, last_seq))
    for changes in journal:
        rows = _journal_rows(changes, last + 1, import_id)
        _insert(connection, "INSERT INTO journal", _JOURNAL_COLUMNS, len(changes), rows)
        _insert_accounts(connection, changes, last + 1)
        last += len(changes)
    return import_id


def _insert_accounts(connection: sqlite3.Connection, changes: Changes, first: int) -> None:
    """Write the accounts of the changes, so that the journal of one account can be read by itself."""
    numbers: dict[str, list[int]] = {}
    for seq, accounts in enumerate(changes.accounts, first):
        for account in accounts or (OF_NO_ACCOUNT,):
            numbers.setdefault(account, []).append(seq)
    # Sorted by the key of the table: in the order of changes each row would go to another page.
    rows = ((account, seq) for account in sorted(numbers) for seq in numbers[account])
    _insert(connection, "INSERT INTO journal_accounts", ("account", "seq"), sum(map(len, numbers.values())), rows)


def _journal_rows(changes: Changes, first: int, import_id: int) -> Iterator[tuple[Any, ...]]:
    texts = {accounts: orjson.dumps(accounts).decode() for accounts in set(changes.accounts)}
    accounts = map(texts.__getitem__, changes.accounts)
    same = (repeat(import_id), repeat(changes.sheet))
    return zip(count(first), *same, changes.keys, accounts, changes.befores, changes.afters, strict=False)
