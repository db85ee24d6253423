"""Read and upgrade stores of an earlier swaymap.

A file is compared with the declared tables, whatever its version. A reader gets temporary views, which are not part of
the file, for the tables and columns that it lacks. A file without any table is read in the same way, as an empty store.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.store.sqlite.schema import SCHEMA_VERSION, SqlColumn, SqlIndex, SqlTable, quoted, tables


@dataclass(frozen=True, slots=True)
class Lacking:
    """The parts of the declared schema that a file lacks: whole tables, columns and indexes of tables that it has.

    `version` is the schema that the file says it has; 0 where it holds nothing.
    """

    version: int
    tables: tuple[SqlTable, ...]
    columns: Mapping[str, tuple[SqlColumn, ...]]
    indexes: tuple[tuple[SqlTable, SqlIndex], ...]

    @property
    def is_blank(self) -> bool:
        """Whether the file holds none of the tables: nothing was ever stored in it."""
        return len(self.tables) == len(tables())

    @property
    def is_current(self) -> bool:
        """Whether the file has all that is declared."""
        return self.version >= SCHEMA_VERSION and not (self.tables or self.columns or self.indexes)


def lacking(connection: sqlite3.Connection) -> Lacking:
    """Compare a file with the declared tables.

    Raises TypeError for a required column that the file's records lack and that does not declare what they hold.
    """
    there: dict[str, set[str]] = {}
    for table, column in connection.execute(_COLUMNS):
        there.setdefault(table, set()).add(column)
    indexed = {name for (name,) in connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'index'")}
    present = [table for table in tables() if table.name in there]
    missing = {
        table.name: tuple(column for column in table.columns if column.name not in there[table.name])
        for table in present
    }
    for name, columns in missing.items():
        for column in columns:
            if column.before == "NULL" and "NOT NULL" in column.declaration:
                raise TypeError(f"{name}.{column.name} is required and was added to a table: it must declare before=")
    return Lacking(
        version=connection.execute("PRAGMA main.user_version").fetchone()[0],
        tables=tuple(table for table in tables() if table.name not in there),
        columns={name: columns for name, columns in missing.items() if columns},
        indexes=tuple((table, index) for table in present for index in table.indexes if index.name not in indexed),
    )


_COLUMNS = """
SELECT declared.name, column.name
FROM main.sqlite_schema AS declared, pragma_table_info(declared.name, 'main') AS column
WHERE declared.type = 'table'
"""


def stand_in(connection: sqlite3.Connection, lacks: Lacking) -> None:
    """Make temporary views for the tables and columns that the file lacks."""
    for table in lacks.tables:
        connection.execute(f"CREATE TEMP VIEW {table.name} ({_names(table)}) AS {table.fill or _nothing(table)}")
    for table in tables():
        if table.name in lacks.columns:
            connection.execute(f"CREATE TEMP VIEW {table.name} AS {_completed(table, lacks)}")


def take_away(connection: sqlite3.Connection) -> None:
    """Drop the temporary views."""
    for (name,) in connection.execute("SELECT name FROM temp.sqlite_schema WHERE type = 'view'").fetchall():
        connection.execute(f"DROP VIEW temp.{name}")


def bring_up_to_date(connection: sqlite3.Connection, lacks: Lacking) -> None:
    """Add the tables, columns and indexes that a file lacks, inside the caller's transaction. Records stay the same."""
    for statement in _statements(lacks):
        connection.execute(statement)
    # Columns that were kept of the records lack what was added to these.
    connection.execute("DELETE FROM columns_of")
    connection.execute(f"PRAGMA main.user_version = {max(lacks.version, SCHEMA_VERSION)}")


def _statements(lacks: Lacking) -> Iterator[str]:
    for name, columns in lacks.columns.items():
        for column in columns:
            yield f"ALTER TABLE {name} ADD COLUMN {column.definition}"
    for table, index in lacks.indexes:
        yield table.index_statement(index)
    for table in lacks.tables:
        yield from table.statements()
        if table.fill is not None:
            yield f"INSERT INTO {table.name} ({_names(table)}) {table.fill}"


def _names(table: SqlTable) -> str:
    return quoted(tuple(column.name for column in table.columns))


def _nothing(table: SqlTable) -> str:
    return f"SELECT {', '.join('NULL' for _ in table.columns)} WHERE FALSE"


def _completed(table: SqlTable, lacks: Lacking) -> str:
    absent = {column.name for column in lacks.columns[table.name]}
    values = (
        f'{column.before} AS "{column.name}"' if column.name in absent else f'"{column.name}"'
        for column in table.columns
    )
    return f"SELECT {', '.join(values)} FROM main.{table.name}"
