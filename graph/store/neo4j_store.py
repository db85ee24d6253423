"""The store for teams: a Neo4j database, through the official driver."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

from neo4j import ManagedTransaction
from neo4j.exceptions import Neo4jError

from graph.model.dataset import Dataset
from graph.store import neo4j_derive
from graph.store.changes import plan
from graph.store.digest import digest_of
from graph.store.earlier import earlier
from graph.store.journal import Origin, accounts_in, journal_of
from graph.store.neo4j_connection import Neo4jConnection, is_out_of_memory, memory_setting
from graph.store.neo4j_reading import Neo4jReader
from graph.store.neo4j_schema import SCHEMA_VERSION, STORE, constraints, labels
from graph.store.neo4j_writing import write
from graph.store.problems import store_problem
from graph.store.protocol import KNOWN, AccountSummary, Derived, JournalEntry, Progress, Receipt, StoreInfo, Target

R = TypeVar("R")

SNAPSHOT_TRIES = 20


class Neo4jStore:
    """A GraphStore in a Neo4j database. Other data in it is left alone."""

    def __init__(self, url: str, *, user: str, password: str | None, database: str) -> None:
        self._connection = Neo4jConnection(url, user, password, database)
        self._is_made = False

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
        progress: Progress | None = None,
    ) -> Receipt:
        """As GraphStore.apply."""
        origin, gone = Origin(source, recorded_by, recorded_at), list(remove)

        def tried(reader: Neo4jReader) -> Receipt:
            planned = plan(batch, gone, claimed or {}, reader)
            return planned.receipt(None, accounts_in(journal_of(planned)), dry_run=True)

        def written(transaction: ManagedTransaction, reader: Neo4jReader) -> Receipt:
            planned = plan(batch, gone, claimed or {}, reader)
            journal = journal_of(planned)
            import_id = None
            if journal:
                with _memory_told(planned.written):
                    import_id = write(transaction, planned, journal, origin, (reader.seq, reader.imports), progress)
            return planned.receipt(import_id, accounts_in(journal), dry_run=False)

        return self._snapshot(tried) if dry_run else self._alone(written)

    def remove(
        self, targets: Iterable[Target], *, source: str, recorded_by: str, recorded_at: datetime.datetime
    ) -> Receipt:
        """As GraphStore.remove."""
        return self.apply(Dataset(), remove=targets, source=source, recorded_by=recorded_by, recorded_at=recorded_at)

    def read(self, accounts: Sequence[str] | None = None, *, recorded_until: datetime.date | None = None) -> Dataset:
        """As GraphStore.read."""

        def work(reader: Neo4jReader) -> Dataset:
            if recorded_until is not None:
                return earlier(reader, accounts, recorded_until)
            return reader.everything() if accounts is None else reader.of_accounts(accounts)

        return self._snapshot(work)

    def known(self) -> Dataset:
        """As GraphStore.known."""
        return self._snapshot(lambda reader: reader.of_kinds(KNOWN))

    def accounts(self) -> list[AccountSummary]:
        """As GraphStore.accounts."""
        return self._snapshot(Neo4jReader.summaries)

    def history(
        self, account: str | None = None, *, since: datetime.date | None = None, import_id: int | None = None
    ) -> list[JournalEntry]:
        """As GraphStore.history."""
        start = None if since is None else datetime.datetime.combine(since, datetime.time(), datetime.UTC)
        return self._snapshot(lambda reader: reader.entries(account, start, import_id))

    def digest(self) -> str:
        """As GraphStore.digest."""
        return digest_of(self.read())

    def info(self) -> StoreInfo:
        """As GraphStore.info."""
        return self._snapshot(
            lambda reader: StoreInfo(
                url=self._connection.url,
                engine="Neo4j",
                engine_version=self._connection.version,
                schema_version=SCHEMA_VERSION,
                counts=reader.counts(),
                journal=reader.seq,
            )
        )

    def derive(self, derived: Derived) -> None:
        """As GraphStore.derive."""
        self._alone(lambda transaction, reader: neo4j_derive.derive(transaction, derived))

    def close(self) -> None:
        """As GraphStore.close."""
        self._connection.close()

    def _snapshot(self, work: Callable[[Neo4jReader], R]) -> R:
        """Read as if nobody wrote meanwhile: Neo4j shows a reader what others commit, so it may have to start anew."""

        def attempt(transaction: ManagedTransaction) -> tuple[R, bool]:
            reader = self._reader(transaction)
            found = work(reader)
            return found, Neo4jReader(transaction).seq == reader.seq

        for _ in range(SNAPSHOT_TRIES):
            found, undisturbed = self._connection.read(attempt)
            if undisturbed:
                return found
        raise store_problem("neo4j_busy", url=self._connection.url)

    def _alone(self, work: Callable[[ManagedTransaction, Neo4jReader], R]) -> R:
        """Write while nobody else does: the lock on the one store node is held until the end."""
        self._make()

        def locked(transaction: ManagedTransaction) -> R:
            transaction.run(_LOCK, version=SCHEMA_VERSION).consume()
            found = work(transaction, self._reader(transaction))
            transaction.run(_UNLOCK).consume()
            return found

        return self._connection.write(locked)

    def _reader(self, transaction: ManagedTransaction) -> Neo4jReader:
        reader = Neo4jReader(transaction)
        if reader.version > SCHEMA_VERSION:
            database = self._connection.database
            raise store_problem("neo4j_newer_schema", database=database, version=reader.version, known=SCHEMA_VERSION)
        return reader

    def _make(self) -> None:
        """Make the constraints, once, in a database whose data under our labels is our own."""
        if self._is_made:
            return
        foreign = self._connection.read(_foreign_labels)
        if foreign:
            raise store_problem("neo4j_foreign_graph", database=self._connection.database, labels=", ".join(foreign))
        for statement in constraints():
            self._connection.run_alone(statement)
        self._is_made = True


# What was there before the lock must not be read with it: the values are read by the next statement.
_LOCK = """
MERGE (s:SwaymapStore {id: 'store'})
ON CREATE SET s.seq = 0, s.imports = 0, s.version = $version
SET s.lock = randomUUID(), s.version = CASE WHEN s.version < $version THEN $version ELSE s.version END
"""

_UNLOCK = "MATCH (s:SwaymapStore) REMOVE s.lock"


def _foreign_labels(transaction: ManagedTransaction) -> list[str]:
    """Our labels under which somebody else keeps data."""
    counted = " UNION ALL ".join(
        f"MATCH (n:{label}) RETURN '{label}' AS label, count(n) AS nodes" for label in labels()
    )
    if transaction.run(f"MATCH (s:{STORE}) RETURN s.id").peek() is not None:
        return []
    rows = transaction.run(counted).values()
    return [label for label, nodes in rows if nodes]


@contextmanager
def _memory_told(rows: int) -> Iterator[None]:
    """Say at once that a transaction is too large: the server calls it passing, and the driver would try it again."""
    try:
        yield
    except Neo4jError as wrong:
        if not is_out_of_memory(wrong):
            raise
        raise store_problem("neo4j_pool_full", rows=rows, setting=memory_setting(wrong)) from None
