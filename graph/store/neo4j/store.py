"""The store in a Neo4j database, through the official driver."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from enum import Enum
from functools import partial
from typing import TypeVar

from graph.model.dataset import Dataset
from graph.model.team_work import TeamWork
from graph.store.derived import Derived
from graph.store.digest import digest_of
from graph.store.earlier import earlier
from graph.store.journal import Origin, accounts_in
from graph.store.kept_columns import CodedColumns, KeptColumns, Part
from graph.store.neo4j import derive as neo4j_derive
from graph.store.neo4j import views as neo4j_views
from graph.store.neo4j.connection import AnyTransaction, Neo4jConnection
from graph.store.neo4j.kept_columns import keep_columns
from graph.store.neo4j.reading import Neo4jReader
from graph.store.neo4j.revisions import begin_revisions
from graph.store.neo4j.schema import SCHEMA_VERSION
from graph.store.neo4j.staged import Staged, carry_out, settle, stage
from graph.store.neo4j.under_way import Mark, MarkedError, mark_of
from graph.store.neo4j.upgrade import bring_up_to_date, make
from graph.store.neo4j.writing import write
from graph.store.planning import planned
from graph.store.problems import StoreFull, store_error
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
from graph.store.revisions import Revisions, WouldWait, changed_in
from graph.store.scope import EVERYTHING, Scope
from graph.store.staging import Staging
from graph.store.visible import visible_entries, visible_records, visible_summaries

R = TypeVar("R")

SNAPSHOT_TRIES = 20

KEEP_SECONDS = 1.0
"""The timeout of a transaction that keeps columns; the server ends it at its next check, every two seconds."""

KEPT_AT_ONCE = 32
"""The columns in one such transaction, so that its time is spent in waiting only where an import writes the same."""


class Meanwhile(Enum):
    """The writes of others during a read that still leave it showing one state of the store."""

    NOTHING = "nothing"
    ELSEWHERE = "elsewhere"
    """Changes of other accounts than those that are read."""
    TAKEN_BACK = "taken back"
    """Anything: the journal takes it back. What is read by account must not change."""


class Neo4jStore:
    """A GraphStore in a Neo4j database. Other data in it is left alone."""

    def __init__(
        self,
        url: str,
        *,
        user: str,
        password: str | None,
        database: str,
        staging: Staging | None = None,
        keeps_columns: bool = True,
        on_upgrade: Callable[[Upgrade], None] | None = None,
    ) -> None:
        self.url = url
        self._connection = Neo4jConnection(url, user, password, database)
        self._staging = staging or Staging()
        self.keeps_columns = keeps_columns
        self._on_upgrade = on_upgrade
        self._is_made = False
        self.is_filled = False

    def ping(self) -> None:
        """As GraphStore.ping."""
        self._snapshot(lambda reader: None)

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

        def written(above: int) -> Receipt:
            """Write in one transaction, or in several where there are more changes than `above`."""

            def work(transaction: AnyTransaction, reader: Neo4jReader) -> tuple[Receipt, Staged | None]:
                made, journal = planned(batch, gone, claimed, guard, reader)
                import_id = reader.mark.imports + 1 if journal else None
                receipt = made.receipt(import_id, accounts_in(journal), dry_run=False)
                if made.written > above:
                    return receipt, stage(transaction, reader.mark, made, journal, origin, self._staging)
                if journal:
                    write(transaction, made, journal, origin, reader.mark, progress)
                return receipt, None

            receipt, staged = self._written(work)
            if staged is not None:
                carry_out(self._connection, self._staging, staged, progress)
            return receipt

        if dry_run:
            made, journal = self._settled(
                lambda: self._snapshot(
                    lambda reader: planned(batch, gone, claimed, guard, _unmarked(reader)), Meanwhile.NOTHING
                )
            )
            return made.receipt(None, accounts_in(journal), dry_run=True)
        try:
            return written(self._staging.above)
        except StoreFull:
            return written(0)

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
        """As GraphStore.read; whole nodes are read, whatever the fields."""

        def work(reader: Neo4jReader) -> Dataset:
            if recorded_until is not None:
                records = earlier(reader, asked, recorded_until)
                return visible_records(records, scope, reader.accounts_of)
            revisions = reader.revisions(asked) if scope.is_all else None
            records = visible_records(neo4j_views.records(reader, asked), scope, reader.accounts_of)
            if revisions is not None:
                records.revisions = changed_in(revisions)
            return records

        asked = scope.narrowed(accounts)
        return self._snapshot(work, Meanwhile.TAKEN_BACK if asked is None else Meanwhile.ELSEWHERE)

    def known(self, sheets: Collection[str] = KNOWN) -> Dataset:
        """As GraphStore.known."""
        return self._snapshot(lambda reader: neo4j_views.of_kinds(reader, sheets))

    def ids_stored(self, sheet: str, ids: Collection[str]) -> set[str]:
        """As GraphStore.ids_stored."""
        return self._snapshot(lambda reader: neo4j_views.ids_stored(reader, sheet, ids))

    def account_ids(
        self, after: str | None = None, limit: int | None = None, *, scope: Scope = EVERYTHING
    ) -> list[str]:
        """As GraphStore.account_ids."""
        return self._snapshot(lambda reader: neo4j_views.account_ids(reader, after, limit, scope))

    def accounts(
        self, after: str | None = None, limit: int | None = None, *, scope: Scope = EVERYTHING
    ) -> list[AccountSummary]:
        """As GraphStore.accounts."""
        summaries = self._snapshot(lambda reader: neo4j_views.summaries(reader, after, limit, scope))
        return visible_summaries(summaries, scope)

    def names(self, sheet: str) -> dict[str, str | None]:
        """As GraphStore.names."""
        return self._snapshot(lambda reader: neo4j_views.names(reader, sheet))

    def owners(self, sheet: str, ids: Collection[str]) -> set[str]:
        """As GraphStore.owners."""
        return self._snapshot(lambda reader: neo4j_views.owners(reader, sheet, ids))

    def work_elsewhere(self, account: str, since: datetime.date, until: datetime.date) -> TeamWork:
        """As GraphStore.work_elsewhere."""
        return self._snapshot(lambda reader: neo4j_views.work_elsewhere(reader, account, since, until))

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

        def work(reader: Neo4jReader) -> list[JournalEntry]:
            entries = reader.entries(scope.journals(account), start, import_id)
            return visible_entries(entries, scope, reader.accounts_of)

        return self._snapshot(work)

    def last_change(self) -> int:
        """As GraphStore.last_change."""
        return self._snapshot(lambda reader: reader.seq)

    def revisions(self, accounts: Collection[str] = (), *, waits: bool = True) -> Revisions | None:
        """As GraphStore.revisions."""
        if not waits:
            raise WouldWait
        return self._snapshot(lambda reader: reader.revisions(accounts), Meanwhile.ELSEWHERE)

    def kept_columns(self, accounts: Collection[str], format_number: int, part: Part = Part.COLUMNS) -> KeptColumns:
        """As GraphStore.kept_columns."""

        def work(reader: Neo4jReader) -> KeptColumns:
            revisions = reader.revisions(accounts)
            kept = reader.kept_columns(revisions, format_number, part) if revisions and self.keeps_columns else {}
            return KeptColumns(revisions, kept)

        return self._snapshot(work, Meanwhile.ELSEWHERE)

    def keep_columns(
        self, columns: Mapping[str, tuple[int, CodedColumns]], format_number: int, part: Part = Part.COLUMNS
    ) -> None:
        """As GraphStore.keep_columns. Where an import writes the same accounts, it may wait for some three seconds."""
        left = sorted(columns.items()) if self.keeps_columns else []
        for start in range(0, len(left), KEPT_AT_ONCE):
            some = dict(left[start : start + KEPT_AT_ONCE])
            keep = partial(keep_columns, columns=some, format_number=format_number, part=part)
            if not self._connection.write_if_possible(keep, KEEP_SECONDS):
                return

    def imports(self, limit: int | None = None) -> list[ImportSummary]:
        """As GraphStore.imports."""
        return self._snapshot(lambda reader: reader.imports(limit))

    def digest(self) -> str:
        """As GraphStore.digest."""
        return digest_of(self.read())

    def info(self) -> StoreInfo:
        """As GraphStore.info."""
        return self._snapshot(
            lambda reader: StoreInfo(
                url=self.url,
                engine="Neo4j",
                engine_version=self._connection.version,
                schema_version=reader.mark.version or SCHEMA_VERSION,
                counts=neo4j_views.counts(reader),
                journal=reader.seq,
            )
        )

    def derive(self, derived: Derived) -> None:
        """As GraphStore.derive."""
        self._written(lambda transaction, reader: neo4j_derive.derive(transaction, derived))

    def recover(self) -> bool:
        """As GraphStore.recover."""
        return settle(self._connection, self._staging)

    def upgrade(self) -> Upgrade | None:
        """As GraphStore.upgrade. No copy is made: databases are copied by Neo4j's own tools."""
        version = self._snapshot(lambda reader: reader.mark.version)
        if version == 0:
            return None
        return self._alone(lambda transaction, reader: None)[1]

    def close(self) -> None:
        """As GraphStore.close."""
        self._connection.close()

    def _snapshot(self, work: Callable[[Neo4jReader], R], meanwhile: Meanwhile | None = None) -> R:
        """Read one state: Neo4j shows a reader what others commit meanwhile, so that reading may be repeated.

        Without `meanwhile` what others write is taken back only from the second attempt on, since that reads more.
        """

        def attempt(transaction: AnyTransaction, allowed: Meanwhile) -> tuple[R, bool]:
            reader = self._reader(transaction, takes_back=allowed is Meanwhile.TAKEN_BACK)
            if reader.mark.version == 0:
                self._refuse_if_gone()
            result = work(reader)
            self.is_filled = reader.mark.version > 0
            return result, _holds(reader, mark_of(transaction), allowed)

        allowed = meanwhile or Meanwhile.NOTHING
        for _ in range(SNAPSHOT_TRIES):
            result, undisturbed = self._connection.read(partial(attempt, allowed=allowed))
            if undisturbed:
                return result
            allowed = meanwhile or Meanwhile.TAKEN_BACK
        raise store_error("neo4j_busy", store=self.url)

    def _written(self, work: Callable[[AnyTransaction, Neo4jReader], R]) -> R:
        """Write while nobody else does, and report an upgrade of the store to `on_upgrade`."""
        result, upgrade = self._alone(work)
        if upgrade is not None and self._on_upgrade is not None:
            self._on_upgrade(upgrade)
        return result

    def _alone(self, work: Callable[[AnyTransaction, Neo4jReader], R]) -> tuple[R, Upgrade | None]:
        """Write while nobody else does: the lock on the store node is held until the end."""
        if not self._is_made:
            make(self._connection)
            self._is_made = True

        def locked(transaction: AnyTransaction) -> tuple[R, Upgrade | None]:
            if transaction.run(_LOCK).peek() is None:
                self._refuse_if_gone()
                transaction.run(_CREATE, version=SCHEMA_VERSION).consume()
                begin_revisions(transaction)
            reader = _unmarked(self._reader(transaction))
            version = reader.mark.version
            is_upgraded = bring_up_to_date(transaction, version)
            result = work(transaction, reader)
            transaction.run(_UNLOCK).consume()
            return result, Upgrade(self.url, version, SCHEMA_VERSION, None) if is_upgraded else None

        return self._settled(lambda: self._connection.write(locked))

    def _settled(self, work: Callable[[], R]) -> R:
        """Run `work` without an import under way; one that was abandoned is ended first."""
        while True:
            try:
                return work()
            except MarkedError:
                settle(self._connection, self._staging)

    def _refuse_if_gone(self) -> None:
        """Raise StoreUnreachable for a database without a store node in which records were read before."""
        if self.is_filled:
            raise store_error("neo4j_gone", store=self.url, database=self._connection.database)

    def _reader(self, transaction: AnyTransaction, *, takes_back: bool = False) -> Neo4jReader:
        reader = Neo4jReader(transaction, takes_back=takes_back)
        if reader.mark.version > SCHEMA_VERSION:
            database, version = self._connection.database, reader.mark.version
            raise store_error("neo4j_newer_schema", database=database, version=version, known=SCHEMA_VERSION)
        return reader


# This statement must not read values: it might read those from before the lock, so the next statement does. MERGE alone
# would do too, but it locks in two steps, between which writers can deadlock.
_LOCK = """
MATCH (s:SwaymapStore)
SET s.lock = randomUUID()
RETURN s.id
"""

_CREATE = """
MERGE (s:SwaymapStore {id: 'store'})
ON CREATE SET s.seq = 0, s.imports = 0, s.version = $version
SET s.lock = randomUUID()
"""

_UNLOCK = "MATCH (s:SwaymapStore) REMOVE s.lock"


def _holds(reader: Neo4jReader, now: Mark, allowed: Meanwhile) -> bool:
    """Whether what was read is of one state, by the mark from after reading it."""
    if now == reader.mark:
        return True
    # Between two phases of a staged import records change whose journal may be gone again.
    return allowed is not Meanwhile.NOTHING and reader.mark.is_without_staged_import(now) and reader.are_as_read


def _unmarked(reader: Neo4jReader) -> Neo4jReader:
    """The reader, where no import is under way. Raises MarkedError where one is."""
    if reader.mark.token is not None:
        raise MarkedError
    return reader
