"""Run statements over many rows, each portion in a transaction of its own that needs the token of the import."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from graph.store.neo4j.batches import Batches, Effect, Row
from graph.store.neo4j.connection import AnyTransaction, Neo4jConnection
from graph.store.neo4j.under_way import Mark, renew
from graph.store.problems import StoreFull
from graph.store.staging import Staging

R = TypeVar("R")


class Portions:
    """As Batches, portion by portion. A portion that is too large for the server's memory is halved."""

    def __init__(self, connection: Neo4jConnection, staging: Staging, token: str) -> None:
        self._connection, self._staging, self._token = connection, staging, token
        self.size = staging.portion

    def run(self, statement: str, rows: Iterable[Row], effect: Effect | None = None, **parameters: Any) -> None:
        """As Statements.run. Raises StoreFull for one row that is too large, StoreLocked where the token is lost."""
        left = iter(rows)
        while portion := list(itertools.islice(left, self.size)):
            try:
                self._one(statement, portion, effect, parameters)
            except StoreFull as wrong:
                self._shrink(wrong, len(portion))
                left = itertools.chain(portion, left)

    def exhaust(self, statement: str, **parameters: Any) -> None:
        """Repeat a statement that changes at most `$most` entities and returns their number, until it returns 0."""
        while True:
            try:
                if not self.alone(lambda transaction, _: self._done(transaction, statement, parameters)):
                    return
            except StoreFull as wrong:
                self._shrink(wrong, self.size)

    def _one(self, statement: str, portion: list[Row], effect: Effect | None, parameters: dict[str, Any]) -> None:
        self.alone(lambda transaction, _: Batches(transaction).run(statement, portion, effect, **parameters))

    def _done(self, transaction: AnyTransaction, statement: str, parameters: dict[str, Any]) -> int:
        return int(transaction.run(statement, parameters, most=self.size).value()[0])

    def _shrink(self, wrong: StoreFull, tried: int) -> None:
        """Halve the portions from now on. Raises `wrong` for a portion of one row."""
        if tried == 1:
            raise wrong
        self.size = tried // 2

    def alone(self, work: Callable[[AnyTransaction, Mark], R]) -> R:
        """Run `work` in a transaction of its own that locks out other writers, and renew the lease."""

        def fenced(transaction: AnyTransaction) -> R:
            mark = renew(transaction, self._token, self._staging.lease)
            return work(transaction, mark)

        return self._connection.write(fenced)


class Repeatable:
    """As Portions, without a check of the effect: for statements that may have been run before."""

    def __init__(self, statements: Portions) -> None:
        self._statements = statements

    def run(self, statement: str, rows: Iterable[Row], effect: Effect | None = None, **parameters: Any) -> None:
        """As Statements.run; `effect` is not checked."""
        self._statements.run(statement, rows, **parameters)
