"""The connection to a database: one driver a store, its errors as StoreError, transactions with retries."""

from __future__ import annotations

import itertools
import logging
import random
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from neo4j import (
    Driver,
    GraphDatabase,
    ManagedTransaction,
    NotificationMinimumSeverity,
    RoutingControl,
    Session,
    Transaction,
)
from neo4j.exceptions import (
    AuthError,
    ConnectionAcquisitionTimeoutError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    TransientError,
)

from graph.store.problems import AboutStore, StoreError, store_error

R = TypeVar("R")

# Errors are reported as StoreError; the driver's own warnings are shown only where the program sets up logging.
logging.getLogger("neo4j").addHandler(logging.NullHandler())

LEAST_VERSION = (5, 26)
CONNECT_SECONDS = 5.0
RETRY_SECONDS = 15.0
FETCH = 10_000


AnyTransaction = Transaction | ManagedTransaction
"""A transaction of this module, or one that the driver repeats."""


class Neo4jConnection:
    """A database on a server. Opening it checks that the server answers and accepts the user."""

    def __init__(self, url: str, user: str, password: str | None, database: str) -> None:
        self.url, self.user, self.database = url, user, database
        self._has_password = password is not None
        with self._translated():
            self._driver: Driver = GraphDatabase.driver(
                url,
                auth=(user, password) if password is not None else None,
                user_agent="swaymap",
                connection_timeout=CONNECT_SECONDS,
                connection_acquisition_timeout=2 * CONNECT_SECONDS,
                max_transaction_retry_time=RETRY_SECONDS,
                notifications_min_severity=NotificationMinimumSeverity.OFF,
            )
        try:
            with self._translated():
                self._driver.verify_connectivity()
                self._driver.execute_query("RETURN 1", database_=database, routing_=RoutingControl.READ)
                self.version = version_in(self._driver.get_server_info().agent)
        except BaseException:
            self._driver.close()
            raise

    def read(self, work: Callable[[ManagedTransaction], R]) -> R:
        """Run reads in one transaction."""
        with self._translated(), self._session() as session:
            return session.execute_read(work)

    def write(self, work: Callable[[AnyTransaction], R]) -> R:
        """Run reads and writes in one transaction, with retries; rolled back where `work` raises.

        Raises StoreFull at once, though the server calls it transient: a retry would need as much memory. Raises
        StoreUnreachable `neo4j_commit_unknown` where the answer to the commit was lost: then it may be stored.
        """
        deadline = time.monotonic() + RETRY_SECONDS
        with self._translated(), self._session() as session:
            for attempt in itertools.count():
                try:
                    with session.begin_transaction() as transaction:
                        result = work(transaction)
                        transaction.commit()
                        return result
                except IncompleteCommit:
                    raise store_error("neo4j_commit_unknown", store=self.url) from None
                except (Neo4jError, DriverError) as wrong:
                    if is_out_of_memory(wrong) or not wrong.is_retryable() or time.monotonic() > deadline:
                        raise
                time.sleep(min(2.0**attempt, 32) * random.uniform(0.05, 0.15))  # noqa: S311 - waits need no secrecy
        raise AssertionError  # The loop has no end.

    def write_if_possible(self, work: Callable[[AnyTransaction], None], seconds: float) -> None:
        """Run a write that can be done without, in one transaction of so many seconds; what fails is no error."""
        with (
            suppress(Neo4jError, DriverError),
            self._session() as session,
            session.begin_transaction(timeout=seconds) as transaction,
        ):
            work(transaction)
            transaction.commit()

    def run_alone(self, statement: str) -> None:
        """Run a statement that changes the schema, which needs a transaction of its own."""
        with self._translated(), self._session() as session:
            session.run(statement).consume()

    def close(self) -> None:
        """Close the driver."""
        self._driver.close()

    def __repr__(self) -> str:
        return f"Neo4jConnection({self.url!r}, database={self.database!r})"

    def _session(self) -> Session:
        # One bookmark manager for all sessions: on a cluster, each session then reads what earlier ones wrote.
        return self._driver.session(
            database=self.database, fetch_size=FETCH, bookmark_manager=self._driver.execute_query_bookmark_manager
        )

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Raise errors of the server and the network as StoreError."""
        try:
            yield
        except AboutStore as problem:
            problem.name_store(self.url)
            raise
        except (Neo4jError, DriverError) as wrong:
            error = self._problem(wrong)
            if error is None:
                raise
            # The driver's message may hold parameters: stored values, or a password.
            raise error from None

    def _problem(self, wrong: Exception) -> StoreError | None:
        if isinstance(wrong, (ServiceUnavailable, SessionExpired)):
            return store_error("neo4j_unreachable", store=self.url)
        if is_out_of_memory(wrong):
            return store_error("neo4j_pool_full", store=self.url, setting=_setting(wrong))
        code = getattr(wrong, "code", None) or ""
        places: dict[str, Any] = {"store": self.url, "user": self.user, "database": self.database}
        name = next((name for part, name in _PROBLEMS.items() if part in code), None)
        if name is None and isinstance(wrong, AuthError):
            name = "neo4j_refused" if self._has_password else "neo4j_no_password"
        if name is None and isinstance(wrong, (TransientError, ConnectionAcquisitionTimeoutError)):
            name = "neo4j_busy"
        return store_error(name, **places) if name is not None else None


def version_in(agent: str) -> str:
    """The version in the agent of a server, such as `Neo4j/5.26.25`. Raises StoreIncompatible where it is too old."""
    match = re.search(r"/((\d+)\.(\d+)[^ ]*)", agent)
    if match is None:
        return agent
    if (int(match[2]), int(match[3])) < LEAST_VERSION:
        raise store_error("neo4j_too_old", version=match[1])
    return match[1]


_PROBLEMS = {
    "CredentialsExpired": "neo4j_new_password",
    "Security.Forbidden": "neo4j_no_rights",
    "DatabaseNotFound": "neo4j_no_database",
    "DatabaseUnavailable": "neo4j_unreachable",
}


def is_out_of_memory(wrong: Exception) -> bool:
    """Whether the server ended a transaction because it needs too much memory."""
    code = getattr(wrong, "code", None) or ""
    return "OutOfMemory" in code or "TransactionMemoryLimit" in code


def _setting(wrong: Exception) -> str:
    """The server setting that its error names as the limit."""
    match = re.search(r"\b(?:server|db|dbms)\.memory\.[a-z_.]*[a-z_]", getattr(wrong, "message", None) or "")
    return match[0] if match else "dbms.memory.transaction.total.max"
