"""Run statements over many rows, in batches, and check that no row was missed."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any, Literal, Protocol

from graph.store.neo4j.connection import AnyTransaction

BATCH = 10_000
"""Rows per statement: fewer are slower, more are no faster."""

Row = list[Any]
Effect = Literal["nodes_created", "relationships_created", "nodes_deleted", "relationships_deleted"]


class Statements(Protocol):
    """Runs statements over rows."""

    def run(self, statement: str, rows: Iterable[Row], effect: Effect | None = None, **parameters: Any) -> None:
        """Run a statement for every `row`. Raises RuntimeError where a row lacks the effect that is named."""
        ...


class Batches:
    """Runs statements over rows, all in one transaction."""

    def __init__(self, transaction: AnyTransaction) -> None:
        self._transaction = transaction

    def run(self, statement: str, rows: Iterable[Row], effect: Effect | None = None, **parameters: Any) -> None:
        """As Statements.run.

        In Cypher a pattern that finds nothing is no error; here it would lose a record.
        """
        text = f"UNWIND $rows AS row {statement}"
        left = iter(rows)
        while batch := list(itertools.islice(left, BATCH)):
            counters = self._transaction.run(text, parameters, rows=batch).consume().counters
            if effect is not None and getattr(counters, effect) != len(batch):
                raise RuntimeError(f"{effect}: {getattr(counters, effect)} of {len(batch)} rows ({statement})")
