"""The embedded store: one SQLite file, nothing to install."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path

from graph.model.dataset import Dataset
from graph.store.changes import plan
from graph.store.digest import digest_of
from graph.store.earlier import earlier
from graph.store.journal import Origin, accounts_in, journal_of
from graph.store.problems import store_problem
from graph.store.protocol import (
    KNOWN,
    AccountSummary,
    Derived,
    Guard,
    ImportSummary,
    JournalEntry,
    Progress,
    Receipt,
    StoreInfo,
    Target,
)
from graph.store.receipt_warnings import refuse_new_names
from graph.store.sqlite_connections import Connections
from graph.store.sqlite_reading import SqliteReader
from graph.store.sqlite_schema import SCHEMA_VERSION
from graph.store.sqlite_writing import write

WAIT_SECONDS = 10.0


class SqliteStore:
    """A GraphStore in one file. Threads may share it: readers each see a snapshot, writers take turns."""

    def __init__(self, path: Path, *, wait_seconds: float = WAIT_SECONDS) -> None:
        self._connections = Connections(path, wait_seconds)
        with self._connections.reading():
            pass  # A file that is not a store is refused when it is opened, not at the first question.

    def apply(
        self,
        batch: Dataset,
        *,
        source: str,
        recorded_by: str,
        recorded_at: datetime.datetime,
        remove: Iterable[Target] = (),
        dry_run: bool = False,
        claimed: Mapping[str, Container[str]] | None = None,
        guard: Guard | None = None,
        progress: Progress | None = None,
    ) -> Receipt:
        """As GraphStore.apply."""
        origin = Origin(source, recorded_by, recorded_at)
        opened = self._connections.reading if dry_run else self._connections.writing
        with opened() as connection:
            planned = plan(batch, remove, claimed or {}, guard, SqliteReader(connection))
            journal = journal_of(planned)
            refuse_new_names(guard, planned, accounts_in(journal))
            import_id = None
            if journal and not dry_run:
                import_id = write(connection, planned, journal, origin, progress)
        return planned.receipt(import_id, accounts_in(journal), dry_run)

    def remove(
        self, targets: Iterable[Target], *, source: str, recorded_by: str, recorded_at: datetime.datetime
    ) -> Receipt:
        """As GraphStore.remove."""
        return self.apply(Dataset(), remove=targets, source=source, recorded_by=recorded_by, recorded_at=recorded_at)

    def read(self, accounts: Sequence[str] | None = None, *, recorded_until: datetime.date | None = None) -> Dataset:
        """As GraphStore.read."""
        with self._connections.reading() as connection:
            reader = SqliteReader(connection)
            if recorded_until is not None:
                return earlier(reader, accounts, recorded_until)
            return reader.everything() if accounts is None else reader.of_accounts(accounts)

    def known(self) -> Dataset:
        """As GraphStore.known."""
        with self._connections.reading() as connection:
            return SqliteReader(connection).of_kinds(KNOWN)

    def accounts(self) -> list[AccountSummary]:
        """As GraphStore.accounts."""
        with self._connections.reading() as connection:
            return SqliteReader(connection).summaries()

    def history(
        self, account: str | None = None, *, since: datetime.date | None = None, import_id: int | None = None
    ) -> list[JournalEntry]:
        """As GraphStore.history."""
        start = None if since is None else datetime.datetime.combine(since, datetime.time(), datetime.UTC)
        with self._connections.reading() as connection:
            return SqliteReader(connection).entries(account, start, import_id)

    def imports(self, limit: int | None = None) -> list[ImportSummary]:
        """As GraphStore.imports."""
        with self._connections.reading() as connection:
            return SqliteReader(connection).imports(limit)

    def digest(self) -> str:
        """As GraphStore.digest."""
        return digest_of(self.read())

    def info(self) -> StoreInfo:
        """As GraphStore.info."""
        with self._connections.reading() as connection:
            reader = SqliteReader(connection)
            return StoreInfo(
                url=f"sqlite:///{self._connections.path}",
                engine="SQLite",
                engine_version=sqlite3.sqlite_version,
                schema_version=SCHEMA_VERSION,
                counts=reader.counts(),
                journal=reader.journal_length(),
            )

    def derive(self, derived: Derived) -> None:
        """Always a StoreProblem: there is nobody to show computed values to in the file."""
        raise store_problem("nothing_to_derive")

    def recover(self) -> bool:
        """Never anything: SQLite itself takes back what was stopped, when the file is opened."""
        return False

    def close(self) -> None:
        """As GraphStore.close."""
        self._connections.close()
