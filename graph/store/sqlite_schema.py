"""The SQLite schema, derived from the declarations: a table a kind, a table of links for lists that lead home."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from graph.model.columns import Column
from graph.model.kind import KINDS, Kind
from graph.store.belonging import ways_home

APPLICATION_ID = 0x73776179
"""Marks a file as swaymap's: `sway` in ASCII."""

SCHEMA_VERSION = 2
"""1 had no addresses."""

_TYPES = {
    "text": "TEXT",
    "integer": "INTEGER",
    "number": "REAL",
    "boolean": "INTEGER",
    "date": "TEXT",
    "list": "TEXT",
}

_JOURNAL = """
CREATE TABLE imports (
    id INTEGER PRIMARY KEY,
    recorded_at TEXT NOT NULL,
    recorded_by TEXT NOT NULL,
    source TEXT NOT NULL,
    last_seq INTEGER NOT NULL
) STRICT;
CREATE TABLE journal (
    seq INTEGER PRIMARY KEY,
    import INTEGER NOT NULL,
    sheet TEXT NOT NULL,
    key TEXT NOT NULL,
    accounts TEXT NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX journal_of_accounts ON journal (key) WHERE sheet = 'accounts';
"""


def schema() -> str:
    """The statements that make an empty store."""
    statements = [statement for kind in KINDS.values() for statement in _of_kind(kind)]
    return "\n".join([*statements, _JOURNAL])


def additions(there: Mapping[str, Collection[str]]) -> list[str]:
    """The statements that give tables the columns declared since; `there` are the columns of each table.

    A column comes at the end of its table, as it is declared at the end of its kind; it may be empty.
    """
    return [
        f"ALTER TABLE {kind.sheet} ADD COLUMN {_column(column)}" + (" DEFAULT '[]'" if column.is_list else "")
        for kind in KINDS.values()
        for column in kind.columns
        if column.name not in there[kind.sheet]
    ]


def link_table(kind: Kind, column: Column) -> str:
    """The table that says which records of a kind name which ids in a list."""
    return f"{kind.sheet}_{column.name}"


def linked_columns(kind: Kind) -> list[Column]:
    """The lists of a kind that lead to its account; reading an account follows them, so that they need an index."""
    return [column for column in ways_home(kind.sheet) if column.is_list]


def _of_kind(kind: Kind) -> Iterator[str]:
    columns = [_column(column) for column in kind.columns]
    yield f"CREATE TABLE {kind.sheet} (\n    {', '.join(columns)},\n    PRIMARY KEY ({_quoted(kind.key)})\n) STRICT;"
    for column in kind.references:
        if not column.is_list and column.name != kind.key[0]:
            yield f'CREATE INDEX {kind.sheet}_by_{column.name} ON {kind.sheet} ("{column.name}");'
    for column in linked_columns(kind):
        table = link_table(kind, column)
        named = f'"{column.name}" TEXT NOT NULL {_refers(column)}'
        own = ", ".join(f'"{name}" TEXT NOT NULL' for name in own_names(kind))
        key = _quoted((column.name, *own_names(kind)))
        yield f"CREATE TABLE {table} (\n    {named},\n    {own},\n    PRIMARY KEY ({key})\n) STRICT, WITHOUT ROWID;"


def own_names(kind: Kind) -> tuple[str, ...]:
    """The columns of a link table that hold the key of the record."""
    return tuple(f"of_{name}" for name in kind.key)


def _column(column: Column) -> str:
    needed = " NOT NULL" if column.required or column.is_list else ""
    refers = "" if column.ref is None or column.is_list else _refers(column)
    return f'"{column.name}" {_TYPES[column.cell]}{needed} {refers}'.rstrip()


def _refers(column: Column) -> str:
    # Checked at the end of the transaction, so that records may come in any order.
    return f"REFERENCES {column.ref} DEFERRABLE INITIALLY DEFERRED"


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)
