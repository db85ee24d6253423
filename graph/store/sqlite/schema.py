"""The SQLite schema, derived from the declarations: a table per kind, a table of links per list that leads to accounts.

A store is made from these tables; an older one is compared with them, to read and to upgrade it (`upgrade.py`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from graph.model.columns import Column
from graph.model.kind import KINDS, Kind
from graph.store.belonging import OF_NO_ACCOUNT, ways_home
from graph.store.revisions import SHARED

APPLICATION_ID = 0x73776179
"""Marks a file as swaymap's: `sway` in ASCII."""

SCHEMA_VERSION = 4
"""Raise it where an older swaymap would misread or damage what a newer one writes; not for a new column alone.

Version 1 had no addresses, 2 no journal by account, 3 no revisions, so that what it writes would move none.
"""

_TYPES = {
    "text": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
    "date": "TEXT",
    "list": "TEXT",
}


@dataclass(frozen=True, slots=True)
class SqlColumn:
    """A column of a table: its name, its type and constraints.

    `before` is its value in rows that are older than the column, as an SQL literal.
    """

    name: str
    declaration: str
    before: str = "NULL"

    @property
    def definition(self) -> str:
        """The column as CREATE TABLE and ALTER TABLE write it."""
        default = "" if self.before == "NULL" else f" DEFAULT {self.before}"
        return f'"{self.name}" {self.declaration}{default}'


@dataclass(frozen=True, slots=True)
class SqlIndex:
    """An index: its name, and its columns and condition, as in `("column") WHERE …`."""

    name: str
    on: str


@dataclass(frozen=True, slots=True)
class SqlTable:
    """A table: its columns, its key unless a column declares it, options and indexes.

    `fill` is a query for the rows of the table in a store of an earlier swaymap that lacks it, from the tables declared
    before it. Without one the table is empty there.
    """

    name: str
    columns: tuple[SqlColumn, ...]
    key: tuple[str, ...] = ()
    options: str = "STRICT"
    indexes: tuple[SqlIndex, ...] = ()
    fill: str | None = None

    def statements(self) -> Iterator[str]:
        """The statements that make the table and its indexes."""
        parts = [column.definition for column in self.columns]
        if self.key:
            parts.append(f"PRIMARY KEY ({quoted(self.key)})")
        yield f"CREATE TABLE {self.name} (\n    {', '.join(parts)}\n) {self.options}"
        yield from map(self.index_statement, self.indexes)

    def index_statement(self, index: SqlIndex) -> str:
        """The statement that makes one of the indexes."""
        return f"CREATE INDEX {index.name} ON {self.name} {index.on}"


_JOURNAL = (
    SqlTable(
        "imports",
        (
            SqlColumn("id", "INTEGER PRIMARY KEY"),
            SqlColumn("recorded_at", "TEXT NOT NULL"),
            SqlColumn("recorded_by", "TEXT NOT NULL"),
            SqlColumn("source", "TEXT NOT NULL"),
            SqlColumn("last_seq", "INTEGER NOT NULL"),
        ),
    ),
    SqlTable(
        "journal",
        (
            SqlColumn("seq", "INTEGER PRIMARY KEY"),
            SqlColumn("import", "INTEGER NOT NULL"),
            SqlColumn("sheet", "TEXT NOT NULL"),
            SqlColumn("key", "TEXT NOT NULL"),
            SqlColumn("accounts", "TEXT NOT NULL"),
            SqlColumn("before", "TEXT"),
            SqlColumn("after", "TEXT"),
        ),
        indexes=(SqlIndex("journal_of_accounts", "(key) WHERE sheet = 'accounts'"),),
    ),
    SqlTable(
        "journal_accounts",
        (SqlColumn("account", "TEXT NOT NULL"), SqlColumn("seq", "INTEGER NOT NULL")),
        key=("account", "seq"),
        options="STRICT, WITHOUT ROWID",
        fill=f"""
            SELECT DISTINCT coalesce(listed.value, '{OF_NO_ACCOUNT}'), journal.seq
            FROM journal LEFT JOIN json_each(journal.accounts) AS listed
        """,
    ),
)


_IMPORTS_SO_FAR = "(SELECT coalesce(max(id), 0) FROM imports)"
"""The first revision of what an older store holds: at least 1 where there are records."""

_FIRST_MARK = f"random() * ({_IMPORTS_SO_FAR} > 0)"
"""A mark in what an older store holds; 0, as of what never changed, where there is nothing."""

_REVISIONS = (
    SqlTable(
        "store_revision",
        (
            SqlColumn("only", "INTEGER PRIMARY KEY CHECK (only = 1)"),
            SqlColumn("identity", "TEXT NOT NULL"),
            SqlColumn("changed", "INTEGER NOT NULL"),
            SqlColumn("seen", "INTEGER NOT NULL"),
            SqlColumn("mark", "INTEGER NOT NULL", before="0"),
        ),
        fill=f"SELECT 1, lower(hex(randomblob(16))), {_IMPORTS_SO_FAR}, {_IMPORTS_SO_FAR}, {_FIRST_MARK}",
    ),
    SqlTable(
        "account_revisions",
        (
            SqlColumn("account", "TEXT NOT NULL"),
            SqlColumn("changed", "INTEGER NOT NULL"),
            SqlColumn("seen", "INTEGER NOT NULL"),
            SqlColumn("mark", "INTEGER NOT NULL", before="0"),
        ),
        key=("account",),
        options="STRICT, WITHOUT ROWID",
        fill=f"""
            SELECT id, {_IMPORTS_SO_FAR}, {_IMPORTS_SO_FAR}, {_FIRST_MARK} FROM accounts
            UNION ALL SELECT '{SHARED}', {_IMPORTS_SO_FAR}, {_IMPORTS_SO_FAR}, {_FIRST_MARK}
        """,
    ),
    SqlTable(
        "columns_of",
        (
            SqlColumn("account", "TEXT NOT NULL"),
            SqlColumn("part", "TEXT NOT NULL"),
            SqlColumn("revision", "INTEGER NOT NULL"),
            SqlColumn("format", "INTEGER NOT NULL"),
            SqlColumn("sizes", "BLOB NOT NULL"),
            SqlColumn("data", "BLOB NOT NULL"),
            SqlColumn("checksum", "BLOB NOT NULL"),
        ),
        key=("account", "part"),
    ),
)
"""The counters of changes (`graph/store/revisions.py`), and what readers keep (`graph/store/kept_columns.py`)."""


@cache
def tables() -> tuple[SqlTable, ...]:
    """Every table of a store."""
    return (*(table for kind in KINDS.values() for table in _of_kind(kind)), *_JOURNAL, *_REVISIONS)


def schema() -> str:
    """The statements that make an empty store."""
    return "".join(f"{statement};\n" for table in tables() for statement in table.statements())


def link_table(kind: Kind, column: Column) -> str:
    """The name of the table that links the records of a kind to the ids in one of its lists."""
    return f"{kind.sheet}_{column.name}"


def linked_columns(kind: Kind) -> list[Column]:
    """The lists by which records of a kind belong to accounts. Reading an account needs an index of them."""
    return [column for column in ways_home(kind.sheet) if column.is_list]


def link_columns(kind: Kind, column: Column) -> tuple[str, ...]:
    """The columns of a link table: the id in the list, then the key of the record."""
    return (column.name, *own_names(kind))


def own_names(kind: Kind) -> tuple[str, ...]:
    """The columns of a link table that hold the key of the record."""
    return tuple(f"of_{name}" for name in kind.key)


def quoted(names: tuple[str, ...]) -> str:
    """Names of columns as a list in SQL."""
    return ", ".join(f'"{name}"' for name in names)


def _of_kind(kind: Kind) -> Iterator[SqlTable]:
    indexes = tuple(
        SqlIndex(f"{kind.sheet}_by_{column.name}", f'("{column.name}")')
        for column in kind.references
        if not column.is_list and column.name != kind.key[0]
    )
    yield SqlTable(kind.sheet, tuple(map(_column, kind.columns)), kind.key, indexes=indexes)
    for column in linked_columns(kind):
        own = (SqlColumn(name, "TEXT NOT NULL") for name in own_names(kind))
        yield SqlTable(
            link_table(kind, column),
            (SqlColumn(column.name, f"TEXT NOT NULL {_refers(column)}"), *own),
            link_columns(kind, column),
            options="STRICT, WITHOUT ROWID",
            fill=_links(kind, column),
        )


def _links(kind: Kind, column: Column) -> str:
    key = ", ".join(f'record."{name}"' for name in kind.key)
    lists = f'{kind.sheet} AS record, json_each(record."{column.name}") AS listed'
    return f"SELECT DISTINCT listed.value, {key} FROM {lists}"


def _column(column: Column) -> SqlColumn:
    needed = " NOT NULL" if column.required or column.is_list else ""
    refers = "" if column.ref is None or column.is_list else f" {_refers(column)}"
    return SqlColumn(column.name, f"{_TYPES[column.cell]}{needed}{refers}", _literal(column.before))


def _refers(column: Column) -> str:
    # Deferred, so that a transaction may write records in any order.
    return f"REFERENCES {column.ref} DEFERRABLE INITIALLY DEFERRED"


def _literal(value: Any) -> str:
    """The `before` of a column as a literal of SQL."""
    if value is None:
        return "NULL"
    if value == ():
        return "'[]'"
    if isinstance(value, (bool, int, float)):
        return repr(+value)
    written = value.isoformat() if isinstance(value, datetime.date) else str(value)
    return "'" + written.replace("'", "''") + "'"
