"""Connections to an embedded store: how the file is opened, checked and shared between threads."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.model.kind import KINDS
from graph.store.problems import StoreProblem, store_problem
from graph.store.sqlite_schema import APPLICATION_ID, SCHEMA_VERSION, additions, schema

_LEAST_SQLITE = (3, 38, 0)
_PAGE = 8192
"""Bytes a page of a new file; a journal row is long, so that more of them on a page write faster."""


class Connections:
    """Connections to one file, lent to one thread at a time and kept for the next.

    The file is made by the first writer; until then a reader finds an empty store.
    """

    def __init__(self, path: Path, wait_seconds: float) -> None:
        if sqlite3.sqlite_version_info < _LEAST_SQLITE:
            raise store_problem("sqlite_too_old", version=sqlite3.sqlite_version)
        if not path.parent.is_dir():
            raise store_problem("no_folder", folder=str(path.parent))
        self.path = path
        self._wait_seconds = wait_seconds
        self._idle: list[sqlite3.Connection] = []
        self._lock = threading.Lock()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One snapshot of the store."""
        with self._translated():
            if not self._has_content():
                connection = sqlite3.connect(":memory:", isolation_level=None)
                connection.executescript(schema())
                try:
                    yield connection
                finally:
                    connection.close()
                return
            with self._lent() as connection, _transaction(connection, "BEGIN"):
                yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that alone may write; undone where the block raises."""
        with self._translated(), self._lent() as connection, _transaction(connection, "BEGIN IMMEDIATE"):
            if _is_blank(connection):
                _make(connection)
            yield connection

    def close(self) -> None:
        """Close every connection that is not lent."""
        with self._lock:
            while self._idle:
                self._idle.pop().close()

    def _has_content(self) -> bool:
        return self.path.exists() and (not self.path.is_file() or self.path.stat().st_size > 0)

    @contextmanager
    def _lent(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = self._opened()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        with self._lock:
            self._idle.append(connection)

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path, timeout=self._wait_seconds, isolation_level=None, check_same_thread=False
        )
        try:
            _check(connection, self.path)
            _upgrade(connection)
            connection.execute(f"PRAGMA page_size = {_PAGE}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Say what SQLite found wrong in a sentence with what to do."""
        try:
            yield
        except sqlite3.Error as wrong:
            problem = _problem(wrong, self.path)
            if problem is None:
                raise
            raise problem from wrong


@contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is not ours before anything of it is touched."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if application == APPLICATION_ID:
        if version > SCHEMA_VERSION:
            raise store_problem("newer_schema", path=str(path), version=version, known=SCHEMA_VERSION)
    elif not _is_blank(connection) or application != 0:
        raise store_problem("foreign_file", path=str(path))


def _upgrade(connection: sqlite3.Connection) -> None:
    """Give a store of an earlier swaymap the columns that were declared since; its records stay as they are."""
    if not _is_earlier(connection):
        return
    with _transaction(connection, "BEGIN IMMEDIATE"):
        if _is_earlier(connection):
            there = {sheet: {row[1] for row in connection.execute(f"PRAGMA table_info({sheet})")} for sheet in KINDS}
            for statement in additions(there):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _is_earlier(connection: sqlite3.Connection) -> bool:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return 0 < version < SCHEMA_VERSION


def _is_blank(connection: sqlite3.Connection) -> bool:
    return not connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()


def _make(connection: sqlite3.Connection) -> None:
    for statement in schema().split(";\n"):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


_PROBLEMS = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_CANTOPEN: "cannot_open",
    sqlite3.SQLITE_PERM: "cannot_open",
    sqlite3.SQLITE_AUTH: "cannot_open",
    sqlite3.SQLITE_NOTADB: "foreign_file",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_IOERR: "disk_fault",
}


def _problem(wrong: sqlite3.Error, path: Path) -> StoreProblem | None:
    code = getattr(wrong, "sqlite_errorcode", None)
    # The low byte is the kind of error, the rest says where it happened.
    name = _PROBLEMS.get(code & 0xFF) if code is not None else None
    return store_problem(name, path=str(path)) if name is not None else None
