"""Connections to an embedded store: open and check the file, share connections between threads."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from graph.store.problems import AboutStore, StoreError, StoreLocked, store_error
from graph.store.protocol import Upgrade
from graph.store.revisions import WouldWait
from graph.store.sqlite.files import copy_for_upgrade, file_id, has_head, is_empty, is_there, make_file, may_be_written
from graph.store.sqlite.schema import APPLICATION_ID, SCHEMA_VERSION
from graph.store.sqlite.upgrade import Lacking, bring_up_to_date, lacking, stand_in, take_away

_LEAST_SQLITE = (3, 38, 0)
_PAGE = 8192
"""Bytes a page of a new file; a journal row is long, so that more of them on a page write faster."""


class _Connection(sqlite3.Connection):
    """A connection to the file.

    `lacks` is what the file lacks of the schema, found when the version of the file's schema was `looked_at`. `file`
    identifies the file that was opened. A `passing` connection is closed after use: it would not notice new content.
    """

    looked_at: int | None = None
    lacks: Lacking
    file: tuple[int, int] | None = None
    passing: bool = False


class Connections:
    """Connections to one file, lent to one thread at a time and kept for the next.

    A reader finds every declared table and never changes the file: tables and columns that it lacks are temporary
    views. A missing file, or one without tables, is an empty store. Only `prepare` makes tables. A file that held
    records and is gone raises StoreUnreachable; a file put in its place, such as a restored backup, is opened anew.
    """

    def __init__(self, path: Path, wait_seconds: float, *, makes_folder: bool = False, is_filled: bool = False) -> None:
        self.path = path
        self._wait_seconds = wait_seconds
        self._makes_folder = makes_folder
        self._readers: list[_Connection] = []
        self._glancers: list[_Connection] = []
        self._writers: list[_Connection] = []
        self._keepers: list[_Connection] = []
        self._lock = threading.Lock()
        self.is_filled = False
        if sqlite3.sqlite_version_info < _LEAST_SQLITE:
            raise store_error("sqlite_too_old", store=str(path), version=sqlite3.sqlite_version)
        if not makes_folder and not path.parent.is_dir():
            raise store_error("no_folder", store=str(path), folder=str(path.parent))

    @contextmanager
    def reading(self, *, waits: bool = True) -> Iterator[sqlite3.Connection]:
        """One snapshot of the store. Without `waits` it raises WouldWait where another program keeps it locked."""
        idle, opened = (self._readers, self._opened_to_read) if waits else (self._glancers, self._opened_to_glance)
        with self._not_waiting(waits), self._translated(), self._decoded():
            if not is_there(self.path):
                self._refuse_if_gone()
                with closing(_connected(":memory:", self._wait_seconds)) as nothing:
                    _look_at(nothing, self.path)
                    yield nothing
                return
            with self._lent(idle, opened) as connection, _transaction(connection, "BEGIN"):
                self._look_at(connection)
                yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The only transaction that may write; rolled back where the block raises.

        The file is made if there is none. It may lack tables and columns until `prepare` has been called.
        """
        with (
            self._translated(),
            self._lent(self._writers, self._opened_to_write) as connection,
            _transaction(connection, "BEGIN IMMEDIATE"),
        ):
            self._look_at(connection)
            yield connection
        self.is_filled = self.is_filled or not connection.lacks.is_blank

    def keep(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Run a write that readers may do without, in a transaction, where that is possible at once; else nothing.

        The file must have the present schema already; it and its folder may be written, and nobody else writes. What
        fails leaves the file as it was, and raises nothing.
        """
        with suppress(AboutStore, sqlite3.Error, OSError):
            if not (is_there(self.path) and may_be_written(self.path)):
                return
            with self._lent(self._keepers, self._opened_to_keep) as connection:
                # Looked at before anything is begun: a blank file gets its first page by the mere attempt to write.
                self._look_at(connection)
                if connection.lacks.is_current:
                    with _transaction(connection, "BEGIN IMMEDIATE"):
                        self._look_at(connection)
                        if connection.lacks.is_current:
                            work(connection)

    def is_current(self, connection: sqlite3.Connection) -> bool:
        """Whether the file behind a connection has the present schema, or holds nothing yet."""
        assert isinstance(connection, _Connection)
        return connection.lacks.is_current or connection.lacks.is_blank

    def prepare(self, connection: sqlite3.Connection) -> Upgrade | None:
        """Make the declared tables on a connection of `writing`, before the first write.

        A file of an earlier swaymap is copied first; the upgrade names the copy.
        """
        assert isinstance(connection, _Connection)
        lacks = connection.lacks
        if lacks.is_current:
            return None
        upgrade = None
        if not lacks.is_blank:
            copy = copy_for_upgrade(self.path, self._opened_to_read)
            upgrade = Upgrade(str(self.path), lacks.version, SCHEMA_VERSION, copy)
        take_away(connection)
        bring_up_to_date(connection, lacks)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        _look_at(connection, self.path)
        return upgrade

    def is_blank(self) -> bool:
        """Whether nothing is stored yet: there is no file, or it holds no tables."""
        with self.reading() as connection:
            assert isinstance(connection, _Connection)
            return connection.lacks.is_blank

    def close(self) -> None:
        """Close every connection that is not lent."""
        with self._lock:
            # Writers last: only a connection that may write can remove SQLite's own files.
            for idle in (self._readers, self._glancers, self._keepers, self._writers):
                while idle:
                    idle.pop().close()

    @contextmanager
    def _lent(self, idle: list[_Connection], opened: Callable[[], _Connection]) -> Iterator[_Connection]:
        connection = self._kept(idle) or opened()
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        if connection.passing:
            connection.close()
        else:
            with self._lock:
                idle.append(connection)

    def _kept(self, idle: list[_Connection]) -> _Connection | None:
        """An idle connection. Those to a file that was replaced are closed."""
        now = file_id(self.path)
        with self._lock:
            while idle:
                connection = idle.pop()
                if connection.file == now:
                    return connection
                connection.close()
        return None

    def _look_at(self, connection: _Connection) -> None:
        """Let the connection find every declared table. Raises StoreUnreachable where records were and none are."""
        _look_at(connection, self.path)
        if connection.lacks.is_blank:
            self._refuse_if_gone()
        else:
            self.is_filled = True

    def _refuse_if_gone(self) -> None:
        if self.is_filled:
            raise store_error("gone", store=str(self.path))

    def _opened_to_glance(self) -> _Connection:
        """A connection to read with that never waits for another."""
        return self._opened_to_read(wait_seconds=0.0)

    def _opened_to_read(self, wait_seconds: float | None = None) -> _Connection:
        """A connection that leaves the file as it is, also where neither the file nor its folder may be written."""
        # A connection that may write would, when closed, move the log of another program into the file.
        # A folder put in the place of the file would be opened read-only, and refused only when it is read.
        has_log = self.path.is_file() and not is_empty(self.path.with_name(f"{self.path.name}-wal"))
        connection = self._connected("mode=ro" if has_log else "mode=rw", wait_seconds)
        try:
            connection.execute("SELECT 1 FROM sqlite_schema").fetchone()
        except sqlite3.OperationalError as wrong:
            connection.close()
            if has_log or _kind_of(wrong) not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
                raise
            # SQLite needs files beside the store that it cannot make here. There is no log, so nobody writes now.
            connection = self._connected("mode=ro&immutable=1")
            connection.passing = True
        except BaseException:
            connection.close()
            raise
        return connection

    def _opened_to_write(self) -> _Connection:
        if not is_there(self.path):
            self._refuse_if_gone()
        make_file(self.path, with_folder=self._makes_folder)
        connection = self._connected("mode=rw")
        try:
            _check(connection, self.path)
            connection.execute(f"PRAGMA page_size = {_PAGE}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def _opened_to_keep(self) -> _Connection:
        """A connection that never waits for another. The way in which the file is written stays as it is."""
        connection = self._connected("mode=rw", wait_seconds=0.0)
        [mode] = connection.execute("PRAGMA journal_mode").fetchone()
        if mode == "wal":
            # What a power cut may take are the last columns that were kept, never the file's integrity.
            connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    def _connected(self, how: str, wait_seconds: float | None = None) -> _Connection:
        wait = self._wait_seconds if wait_seconds is None else wait_seconds
        connection = _connected(f"{self.path.absolute().as_uri()}?{how}", wait)
        connection.file = file_id(self.path)
        return connection

    @contextmanager
    def _not_waiting(self, waits: bool) -> Iterator[None]:
        """Raise WouldWait where the file is locked and is not waited for."""
        try:
            yield
        except StoreLocked as locked:
            if waits:
                raise
            raise WouldWait from locked

    @contextmanager
    def _decoded(self) -> Iterator[None]:
        """Raise StoreDamaged for values that SQLite reads but that are no text, day or JSON."""
        try:
            yield
        except ValueError as wrong:
            raise store_error("damaged", store=str(self.path)) from wrong

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Raise errors of SQLite as StoreError, and name the file in every error of a store."""
        try:
            yield
        except AboutStore as problem:
            problem.name_store(str(self.path))
            raise
        except sqlite3.Error as wrong:
            error = _problem(wrong, self.path)
            if error is None:
                raise
            raise error from wrong


def _connected(address: str, wait_seconds: float) -> _Connection:
    connection = sqlite3.connect(
        address,
        timeout=wait_seconds,
        isolation_level=None,
        check_same_thread=False,
        uri=True,
        factory=_Connection,
    )
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


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


def _look_at(connection: _Connection, path: Path) -> None:
    """Let the connection find every declared table, if the schema of the file has changed since the last look."""
    [state] = connection.execute("PRAGMA main.schema_version").fetchone()
    if state == connection.looked_at:
        return
    _check(connection, path)
    take_away(connection)
    connection.lacks = lacking(connection)
    stand_in(connection, connection.lacks)
    connection.looked_at = state


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is not a swaymap store, before anything in it is touched."""
    [application] = connection.execute("PRAGMA main.application_id").fetchone()
    [version] = connection.execute("PRAGMA main.user_version").fetchone()
    if application == APPLICATION_ID:
        if version > SCHEMA_VERSION:
            raise store_error("newer_schema", store=str(path), version=version, known=SCHEMA_VERSION)
    elif application != 0 or connection.execute("SELECT 1 FROM main.sqlite_schema LIMIT 1").fetchone():
        raise store_error("foreign_file", store=str(path))


_PROBLEMS = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_PROTOCOL: "locked",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_CANTOPEN: "cannot_open",
    sqlite3.SQLITE_PERM: "cannot_open",
    sqlite3.SQLITE_AUTH: "cannot_open",
    sqlite3.SQLITE_NOTADB: "foreign_file",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_IOERR: "disk_fault",
}


def _problem(wrong: sqlite3.Error, path: Path) -> StoreError | None:
    name = "damaged" if _is_undecodable(wrong) else _PROBLEMS.get(_kind_of(wrong))
    if name == "damaged" and not has_head(path):
        name = "foreign_file"  # another file in the store's place, beside which the store's log still lies
    return store_error(name, store=str(path)) if name is not None else None


def _is_undecodable(wrong: sqlite3.Error) -> bool:
    """Whether a stored text is not UTF-8 (an error of Python without a code), or not JSON where it should be."""
    if not isinstance(wrong, sqlite3.OperationalError):
        return False
    return not hasattr(wrong, "sqlite_errorcode") or str(wrong) == "malformed JSON"


def _kind_of(wrong: sqlite3.Error) -> int:
    """The kind of an error: the low byte of its code; the rest says where it happened."""
    return int(getattr(wrong, "sqlite_errorcode", 0)) & 0xFF
