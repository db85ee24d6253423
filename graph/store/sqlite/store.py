"""The embedded store in an SQLite file, with nothing to install."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from pathlib import Path

from graph.model.dataset import Dataset
from graph.model.gc_pause import gc_paused
from graph.model.team_work import TeamWork
from graph.store.derived import Derived
from graph.store.digest import digest_of
from graph.store.earlier import earlier
from graph.store.journal import Origin, accounts_in
from graph.store.kept_columns import CodedColumns, KeptColumns, Part
from graph.store.planning import planned
from graph.store.problems import NothingToDerive
from graph.store.protocol import (
    KNOWN,
    AccountSummary,
    Fields,
    Guard,
    ImportSummary,
    JournalEntry,
    Progress,
    Receipt,
    StoreInfo,
    Target,
    Upgrade,
)
from graph.store.revisions import Revisions, changed_in
from graph.store.scope import EVERYTHING, Scope
from graph.store.sqlite import lists as sqlite_lists
from graph.store.sqlite.connections import Connections
from graph.store.sqlite.kept_columns import keep_columns, kept_columns
from graph.store.sqlite.reading import SqliteReader
from graph.store.sqlite.revisions import revisions_of
from graph.store.sqlite.writing import write
from graph.store.visible import visible_entries, visible_records, visible_summaries

WAIT_SECONDS = 10.0


class SqliteStore:
    """A GraphStore in one file. Threads may share it: readers each see a snapshot, writers take turns."""

    def __init__(
        self,
        path: Path,
        *,
        wait_seconds: float = WAIT_SECONDS,
        makes_folder: bool = False,
        keeps_columns: bool = True,
        on_upgrade: Callable[[Upgrade], None] | None = None,
    ) -> None:
        self.url = f"sqlite:///{path}"
        self._connections = Connections(path, wait_seconds, makes_folder=makes_folder)
        self.keeps_columns = keeps_columns
        self._on_upgrade = on_upgrade
        with self._connections.reading():
            pass  # A file that is not a store is refused when it is opened, not at the first question.

    @property
    def is_filled(self) -> bool:
        """As GraphStore.is_filled."""
        return self._connections.is_filled

    @is_filled.setter
    def is_filled(self, value: bool) -> None:
        self._connections.is_filled = value

    def ping(self) -> None:
        """As GraphStore.ping."""
        with self._connections.reading() as connection:
            # The schema is on the first page: unlike SELECT 1 alone, this asks the file.
            connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()

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
        origin, gone = Origin(source, recorded_by, recorded_at), list(remove)

        first = None
        if dry_run or self._connections.is_blank():
            # Plan on a reader first: no file is made where nothing is going to be stored in it.
            with self._connections.reading() as connection:
                first = made, journal = planned(batch, gone, claimed, guard, SqliteReader(connection))
            if dry_run or not journal:
                return made.receipt(None, accounts_in(journal), dry_run)
        upgrade, import_id = None, None
        with self._connections.writing() as connection:
            if first is None or not SqliteReader(connection).is_empty:
                made, journal = planned(batch, gone, claimed, guard, SqliteReader(connection))
            if journal:
                upgrade = self._connections.prepare(connection)
                import_id = write(connection, made, journal, origin, progress)
        self._tell(upgrade)
        return made.receipt(import_id, accounts_in(journal), dry_run)

    def _tell(self, upgrade: Upgrade | None) -> None:
        if upgrade is not None and self._on_upgrade is not None:
            self._on_upgrade(upgrade)

    def remove(
        self, targets: Iterable[Target], *, source: str, recorded_by: str, recorded_at: datetime.datetime
    ) -> Receipt:
        """As GraphStore.remove."""
        return self.apply(Dataset(), remove=targets, source=source, recorded_by=recorded_by, recorded_at=recorded_at)

    def read(
        self,
        accounts: Sequence[str] | None = None,
        *,
        recorded_until: datetime.date | None = None,
        scope: Scope = EVERYTHING,
        fields: Fields | None = None,
    ) -> Dataset:
        """As GraphStore.read."""
        with self._connections.reading() as connection, gc_paused():
            reader = SqliteReader(connection)
            asked = scope.narrowed(accounts)
            if recorded_until is not None:
                records = earlier(reader, asked, recorded_until)
            else:
                records = reader.everything() if asked is None else reader.of_accounts(asked, fields)
                if scope.is_all and self._connections.is_current(connection):
                    records.revisions = changed_in(revisions_of(connection, asked))
            return visible_records(records, scope, reader.accounts_of)

    def known(self, sheets: Collection[str] = KNOWN) -> Dataset:
        """As GraphStore.known."""
        with self._connections.reading() as connection:
            return SqliteReader(connection).of_kinds(sheets)

    def ids_stored(self, sheet: str, ids: Collection[str]) -> set[str]:
        """As GraphStore.ids_stored."""
        with self._connections.reading() as connection:
            return SqliteReader(connection).ids_stored(sheet, ids)

    def account_ids(
        self, after: str | None = None, limit: int | None = None, *, scope: Scope = EVERYTHING
    ) -> list[str]:
        """As GraphStore.account_ids."""
        with self._connections.reading() as connection:
            return sqlite_lists.account_ids(connection, after, limit, scope)

    def accounts(
        self, after: str | None = None, limit: int | None = None, *, scope: Scope = EVERYTHING
    ) -> list[AccountSummary]:
        """As GraphStore.accounts."""
        with self._connections.reading() as connection:
            return visible_summaries(sqlite_lists.summaries(connection, after, limit, scope), scope)

    def names(self, sheet: str) -> dict[str, str | None]:
        """As GraphStore.names."""
        with self._connections.reading() as connection:
            return sqlite_lists.names(connection, sheet)

    def owners(self, sheet: str, ids: Collection[str]) -> set[str]:
        """As GraphStore.owners."""
        with self._connections.reading() as connection:
            return SqliteReader(connection).owners(sheet, ids)

    def work_elsewhere(self, account: str, since: datetime.date, until: datetime.date) -> TeamWork:
        """As GraphStore.work_elsewhere."""
        with self._connections.reading() as connection:
            return sqlite_lists.work_elsewhere(connection, account, since, until)

    def history(
        self,
        account: str | None = None,
        *,
        since: datetime.date | None = None,
        import_id: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> list[JournalEntry]:
        """As GraphStore.history."""
        start = None if since is None else datetime.datetime.combine(since, datetime.time(), datetime.UTC)
        with self._connections.reading() as connection:
            reader = SqliteReader(connection)
            entries = reader.entries(scope.journals(account), start, import_id)
            return visible_entries(entries, scope, reader.accounts_of)

    def last_change(self) -> int:
        """As GraphStore.last_change."""
        with self._connections.reading() as connection:
            return SqliteReader(connection).last_change()

    def revisions(self, accounts: Collection[str] = (), *, waits: bool = True) -> Revisions | None:
        """As GraphStore.revisions."""
        with self._connections.reading(waits=waits) as connection:
            return revisions_of(connection, accounts) if self._connections.is_current(connection) else None

    def kept_columns(self, accounts: Collection[str], format_number: int, part: Part = Part.COLUMNS) -> KeptColumns:
        """As GraphStore.kept_columns."""
        with self._connections.reading() as connection:
            if not self._connections.is_current(connection):
                return KeptColumns(None, {})
            kept = kept_columns(connection, accounts, format_number, part) if self.keeps_columns else {}
            return KeptColumns(revisions_of(connection, accounts), kept)

    def keep_columns(
        self, columns: Mapping[str, tuple[int, CodedColumns]], format_number: int, part: Part = Part.COLUMNS
    ) -> None:
        """As GraphStore.keep_columns."""
        if self.keeps_columns and columns:
            self._connections.keep(lambda connection: keep_columns(connection, columns, format_number, part))

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
                url=self.url,
                engine="SQLite",
                engine_version=sqlite3.sqlite_version,
                schema_version=reader.schema_version(),
                counts=reader.counts(),
                journal=reader.journal_length(),
            )

    def derive(self, derived: Derived) -> None:
        """Raises NothingToDerive: no tool shows computed values from the file."""
        raise NothingToDerive(self.url)

    def recover(self) -> bool:
        """Always False: SQLite itself rolls back a stopped transaction when the file is opened."""
        return False

    def upgrade(self) -> Upgrade | None:
        """As GraphStore.upgrade. A copy of the file from before is left beside it."""
        if self._connections.is_blank():
            return None
        with self._connections.writing() as connection:
            return self._connections.prepare(connection)

    def close(self) -> None:
        """As GraphStore.close."""
        self._connections.close()
