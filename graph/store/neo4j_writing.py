"""What a plan writes to Neo4j: what goes, then nodes, their references, edges; and the journal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, repeat

from neo4j import ManagedTransaction

from graph.model.customer import Account
from graph.store.changes import Plan
from graph.store.journal import Changes, Origin
from graph.store.neo4j_batches import Batches, Row
from graph.store.neo4j_edges import remove_edges, write_edges
from graph.store.neo4j_nodes import remove_nodes, write_nodes, write_references
from graph.store.progress import teller
from graph.store.protocol import Progress


def write(
    transaction: ManagedTransaction,
    plan: Plan,
    journal: list[Changes],
    origin: Origin,
    end: tuple[int, int],
    progress: Progress | None,
) -> int:
    """Write the changes of a plan and their journal behind its `end` (last change, last import); the import's id."""
    batches = Batches(transaction)
    nodes = [one for one in plan.changes if one.kind.edge is None]
    edges = [one for one in plan.changes if one.kind.edge is not None]
    tell = teller(plan.written, progress)
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
    return _write_journal(transaction, plan, journal, origin, end)


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
    transaction: ManagedTransaction, plan: Plan, journal: list[Changes], origin: Origin, end: tuple[int, int]
) -> int:
    seq, imports = end
    import_id = imports + 1
    Batches(transaction).run(_CHANGE, _rows(journal, seq + 1), "nodes_created", **{"import": import_id})
    transaction.run(
        _IMPORT,
        id=import_id,
        source=origin.source,
        by=origin.recorded_by,
        at=origin.recorded_at,
        first=seq + 1,
        last=seq + plan.written,
        new=[one.id for of_kind in plan.changes if of_kind.kind.record is Account for one in of_kind.added],
    ).consume()
    return import_id


def _rows(journal: list[Changes], first: int) -> Iterator[Row]:
    for changes in journal:
        columns = changes.keys, map(list, changes.accounts), changes.befores, changes.afters
        yield from map(list, zip(count(first), repeat(changes.sheet), *columns, strict=False))
        first += len(changes)
