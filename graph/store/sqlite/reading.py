"""Read records by account or id, the owners of ids, and the journal."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

import orjson

from graph.model.columns import Column
from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Kind, kind_of
from graph.model.naming import folded_id
from graph.model.table import Table
from graph.store.belonging import is_shared, ways_home
from graph.store.earlier import LaterChange
from graph.store.journal import key_of_text
from graph.store.protocol import Fields, ImportSummary, JournalEntry
from graph.store.sqlite.rows import table_of
from graph.store.sqlite.schema import SCHEMA_VERSION, link_table, quoted

_ASKED = "SELECT value FROM json_each(:asked)"
"""The ids or accounts asked for: one parameter, whatever their number."""


class SqliteReader:
    """Reads inside one transaction of a connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever stored."""
        return self._connection.execute("SELECT 1 FROM journal LIMIT 1").fetchone() is None

    def everything(self) -> Dataset:
        """Every record."""
        return self._dataset({kind.sheet: "" for kind in KINDS.values()}, ())

    def of_kinds(self, sheets: Collection[str]) -> Dataset:
        """Every record of these kinds."""
        return self._dataset(dict.fromkeys(sheets, ""), ())

    def of_accounts(self, accounts: Collection[str], fields: Fields | None = None) -> Dataset:
        """The records of these accounts, and all of the shared kinds; with `fields` only these kinds and columns."""
        if fields is None:
            return self._dataset({sheet: _belonging_to(sheet) for sheet in KINDS}, accounts)
        kinds = [(kind_of(record), tuple(names)) for record, names in fields.items()]
        return Dataset(
            tables={kind.record: self._table(kind, _belonging_to(kind.sheet), accounts, names) for kind, names in kinds}
        )

    def with_ids(self, sheet: str, ids: Collection[str]) -> list[Any]:
        """The records of a kind that have these ids."""
        return self._table(KINDS[sheet], f"WHERE id IN ({_ASKED})", ids).records()

    def ids_stored(self, sheet: str, ids: Collection[str]) -> set[str]:
        """Which of these ids a record of a kind has."""
        return self._ids(f"SELECT id FROM {sheet} WHERE id IN ({_ASKED})", ids)

    def with_ids_alike(self, sheet: str, ids: Collection[str]) -> list[Any]:
        """The records of a kind whose ids differ from one of these in case, width or composition alone."""
        folds = set(map(folded_id, ids))
        # ASCII ids differ in case alone, which the database can tell; all others are folded here.
        query = f"SELECT id FROM {sheet} WHERE id COLLATE NOCASE IN ({_ASKED}) OR id GLOB '*[^\x01-\x7f]*'"
        alike = {identity for identity in self._ids(query, folds) if folded_id(identity) in folds}.difference(ids)
        return self.with_ids(sheet, alike) if alike else []

    def _ids(self, query: str, asked: Collection[str]) -> set[str]:
        return {identity for (identity,) in self._connection.execute(query, _asked(asked))}

    def owners(self, sheet: str, ids: Collection[str]) -> set[str]:
        """The accounts of the stored records of a kind that have these ids."""
        return {account for (account,) in self._connection.execute(_owners(sheet, _ASKED), _asked(ids))}

    def _dataset(self, conditions: dict[str, str], asked: Collection[str]) -> Dataset:
        return Dataset(
            tables={KINDS[sheet].record: self._table(KINDS[sheet], where, asked) for sheet, where in conditions.items()}
        )

    def _table(self, kind: Kind, condition: str, asked: Collection[str], names: tuple[str, ...] | None = None) -> Table:
        read = kind.fields if names is None else names
        query = f"SELECT {quoted(read)} FROM {kind.sheet} {condition}"
        return table_of(kind, self._connection.execute(query, _asked(asked) if condition else {}), read)

    def counts(self) -> dict[str, int]:
        """How many records of each kind there are."""
        return {sheet: self._number(f"SELECT count(*) FROM {sheet}") for sheet in KINDS}

    def journal_length(self) -> int:
        """How many changes were ever recorded."""
        return self._number("SELECT count(*) FROM journal")

    def schema_version(self) -> int:
        """The schema that the file has; this swaymap's own where there is none yet."""
        return self._number("PRAGMA main.user_version") or SCHEMA_VERSION

    def last_change(self) -> int:
        """The last change that was recorded; 0 where there is none."""
        return self._number("SELECT coalesce(max(seq), 0) FROM journal")

    def cut(self, before: datetime.datetime) -> int:
        """The last change of the imports recorded before a moment; 0 where there is none."""
        return self._number("SELECT coalesce(max(last_seq), 0) FROM imports WHERE recorded_at < ?", moment_text(before))

    def first_cuts(self, after: int, accounts: Collection[str] | None) -> dict[str, int]:
        """As Journalled.first_cuts."""
        among = "" if accounts is None else f"AND key IN ({_ASKED})"
        query = _FIRST_CUTS.format(among=among)
        return dict(self._connection.execute(query, {"after": after, **_asked(accounts or ())}))

    def changes_after(self, cut: int, accounts: Collection[str] | None = None) -> Iterator[LaterChange]:
        """As Journalled.changes_after."""
        source = "journal" if accounts is None else _ROWS_OF_ACCOUNTS
        query = f"SELECT seq, sheet, key, accounts, before FROM {source} WHERE seq > :cut ORDER BY seq"
        for seq, sheet, key, own, before in self._connection.execute(query, {"cut": cut, **_asked(accounts or ())}):
            yield LaterChange(seq, sheet, key, tuple(orjson.loads(own)), before)

    def accounts_of(self, people: Collection[str]) -> dict[str, str]:
        """The accounts of these people by their ids."""
        return dict(self._connection.execute(f"SELECT id, account FROM people WHERE id IN ({_ASKED})", _asked(people)))

    def entries(
        self, accounts: Collection[str] | None, since: datetime.datetime | None, import_id: int | None
    ) -> list[JournalEntry]:
        """Journal entries in order: all, or those of these accounts (`OF_NO_ACCOUNT` is one)."""
        source = "journal" if accounts is None else _ROWS_OF_ACCOUNTS
        conditions = [
            *(["i.recorded_at >= :since"] if since is not None else []),
            *([_OF_IMPORT] if import_id is not None else []),
        ]
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        asked = {"since": since and moment_text(since), "import": import_id, **_asked(accounts or ())}
        return [_entry(row) for row in self._connection.execute(_ENTRIES.format(source=source, where=where), asked)]

    def imports(self, limit: int | None) -> list[ImportSummary]:
        """The newest imports, with how many records each added, changed and removed."""
        rows = self._connection.execute(_IMPORTS, (-1 if limit is None else limit,))
        return [
            ImportSummary(number, datetime.datetime.fromisoformat(at), by, source, *counts)
            for number, at, by, source, *counts in rows
        ]

    def _number(self, query: str, *parameters: object) -> int:
        return int(self._connection.execute(query, parameters).fetchone()[0])


def moment_text(moment: datetime.datetime) -> str:
    """A moment as stored: UTC, ISO, always to the microsecond, so that text compares as time."""
    return moment.astimezone(datetime.UTC).isoformat(timespec="microseconds")


def _asked(values: Collection[str]) -> dict[str, str]:
    return {"asked": orjson.dumps(list(values)).decode()}


@cache
def _belonging_to(sheet: str) -> str:
    """The condition that a record of a kind belongs to one of the accounts asked for."""
    if is_shared(KINDS[sheet]):
        return ""
    if sheet == "accounts":
        return f"WHERE id IN ({_ASKED})"
    return "WHERE " + " OR ".join(_along(KINDS[sheet], column) for column in ways_home(sheet))


def _along(kind: Kind, column: Column) -> str:
    there = _ASKED if column.ref == "accounts" else f"SELECT id FROM {column.ref} {_belonging_to(column.ref or '')}"
    if column.is_list:
        own = ", ".join(f'"of_{name}"' for name in kind.key)
        key = ", ".join(f'"{name}"' for name in kind.key)
        return f'({key}) IN (SELECT {own} FROM {link_table(kind, column)} WHERE "{column.name}" IN ({there}))'
    return f'"{column.name}" IN ({there})'


@cache
def _owners(sheet: str, ids: str) -> str:
    """The query of the accounts that own the records of a kind with these ids."""
    if sheet == "accounts":
        return f"SELECT id FROM accounts WHERE id IN ({ids})"
    kind = KINDS[sheet]
    return " UNION ".join(_owners_along(kind, column, ids) for column in ways_home(sheet))


def _owners_along(kind: Kind, column: Column, ids: str) -> str:
    if column.is_list:
        named = f'SELECT "{column.name}" FROM {link_table(kind, column)} WHERE of_id IN ({ids})'
    else:
        named = f'SELECT "{column.name}" FROM {kind.sheet} WHERE id IN ({ids})'
    return named if column.ref == "accounts" else _owners(column.ref or "", named)


_FIRST_CUTS = """
SELECT first.key, i.last_seq
FROM (SELECT key, min(seq) AS seq FROM journal WHERE sheet = 'accounts' {among} GROUP BY key) AS first
JOIN journal AS j ON j.seq = first.seq JOIN imports AS i ON i.id = j.import
WHERE first.seq > :after
"""

_ROWS_OF_ACCOUNTS = f"""(
    SELECT * FROM (SELECT DISTINCT seq AS own FROM journal_accounts WHERE account IN ({_ASKED}))
    CROSS JOIN journal ON journal.seq = own
)"""
"""The rows of the journal of the accounts asked for."""

# The journal is in the order of its imports.
_OF_IMPORT = """
    j.seq <= (SELECT last_seq FROM imports WHERE id = :import)
    AND j.seq > coalesce((SELECT last_seq FROM imports WHERE id = :import - 1), 0)
"""

_ENTRIES = """
SELECT j.seq, j.import, i.recorded_at, i.recorded_by, i.source, j.sheet, j.key, j.accounts, j.before, j.after
FROM {source} AS j JOIN imports AS i ON i.id = j.import
{where}
ORDER BY j.seq
"""

# A journal row's place says which import it belongs to: only the rows of the imports asked for are looked at.
_IMPORTS = """
WITH asked AS (
    SELECT id, recorded_at, recorded_by, source, last_seq, lag(last_seq, 1, 0) OVER (ORDER BY id) AS seq_before
    FROM imports ORDER BY id DESC LIMIT ?
)
SELECT a.id, a.recorded_at, a.recorded_by, a.source, count(*) FILTER (WHERE j.before IS NULL),
    count(*) FILTER (WHERE j.before IS NOT NULL AND j.after IS NOT NULL), count(*) FILTER (WHERE j.after IS NULL)
FROM asked AS a JOIN journal AS j ON j.seq > a.seq_before AND j.seq <= a.last_seq
GROUP BY a.id ORDER BY a.id DESC
"""


def _entry(row: tuple[Any, ...]) -> JournalEntry:
    seq, import_id, recorded_at, recorded_by, source, sheet, key, accounts, before, after = row
    return JournalEntry(
        seq=seq,
        import_id=import_id,
        recorded_at=datetime.datetime.fromisoformat(recorded_at),
        recorded_by=recorded_by,
        source=source,
        sheet=sheet,
        key=key_of_text(sheet, key),
        accounts=tuple(orjson.loads(accounts)),
        before=before and orjson.loads(before),
        after=after and orjson.loads(after),
    )
