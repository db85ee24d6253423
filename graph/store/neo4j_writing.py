"""What a plan writes to Neo4j: what goes, then nodes, their references, edges; and the journal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from neo4j import ManagedTransaction

from graph.model.customer import Account
from graph.store.changes import Plan
from graph.store.journal import Change, Origin
from graph.store.neo4j_batches import Batches, Row
from graph.store.neo4j_edges import remove_edges, write_edges
from graph.store.neo4j_nodes import remove_nodes, write_nodes, write_references
from graph.store.protocol import Progress


def write(
    transaction: ManagedTransaction,
    plan: Plan,
    changes: list[Change],
    origin: Origin,
    end: tuple[int, int],
    progress: Progress | None,
) -> int:
    """Write the changes of a plan and their journal behind its `end` (last change, last import); the import's id."""
    batches = Batches(transaction)
    nodes = [one for one in plan.changes if one.kind.edge is None]
    edges = [one for one in plan.changes if one.kind.edge is not None]
    tell = _teller(plan.written, progress)
    for one in edges:
        remove_edges(batches, one.kind, one.removed)
        tell(len(one.removed))
    for one in nodes:
        remove_nodes(batches, one.kind, one.removed)
        tell(len(one.removed))
    for one in nodes:
        write_nodes(batches, one)
    for one in nodes:
        write_references(batches, one)
        tell(len(one.added) + len(one.changed))
    for one in edges:
        write_edges(batches, one)
        tell(len(one.added) + len(one.changed))
    return _write_journal(transaction, plan, changes, origin, end)


def _teller(total: int, progress: Progress | None) -> Callable[[int], None]:
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if more and progress is not None:
            progress(done, total)

    return tell


_CHANGE = """
CREATE (:SwaymapChange {
    import: $import, seq: row[0], sheet: row[1], key: row[2], accounts: row[3], before: row[4], after: row[5]
})
"""

_IMPORT = """
CREATE (:SwaymapImport {
    id: $id, source: $source, recordedBy: $by, recordedAt: $at, firstSeq: $first, lastSeq: $last, newAccounts: $new
})
WITH 1 AS one
MATCH (s:SwaymapStore) SET s.seq = $last, s.imports = $id
"""


def _write_journal(
    transaction: ManagedTransaction, plan: Plan, changes: list[Change], origin: Origin, end: tuple[int, int]
) -> int:
    seq, imports = end
    import_id = imports + 1
    Batches(transaction).run(_CHANGE, _rows(changes, seq + 1), "nodes_created", **{"import": import_id})
    transaction.run(
        _IMPORT,
        id=import_id,
        source=origin.source,
        by=origin.recorded_by,
        at=origin.recorded_at,
        first=seq + 1,
        last=seq + len(changes),
        new=[one.id for of_kind in plan.changes if of_kind.kind.record is Account for one in of_kind.added],
    ).consume()
    return import_id


def _rows(changes: Iterable[Change], first: int) -> Iterable[Row]:
    for seq, (sheet, key, accounts, before, after) in enumerate(changes, first):
        row: list[Any] = [seq, sheet, key, list(accounts), before, after]
        yield row
