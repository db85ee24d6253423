"""Write a plan: nodes, their references, edges, then removals; and the journal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, repeat

from graph.model.customer import Account
from graph.store.changes import Plan
from graph.store.journal import Changes, Origin, accounts_in
from graph.store.neo4j.batches import Batches, Row, Statements
from graph.store.neo4j.connection import AnyTransaction
from graph.store.neo4j.edges import remove_edges, write_edges
from graph.store.neo4j.journal import write_account_changes
from graph.store.neo4j.nodes import remove_nodes, write_nodes, write_references
from graph.store.neo4j.revisions import move_revisions
from graph.store.neo4j.under_way import Mark
from graph.store.progress import Tell, counted, teller
from graph.store.protocol import Progress
from graph.store.revision_moves import moves_of

TIMES = 2
"""How often each record is counted for progress: a node for properties and for references, an edge twice at once."""


def write(
    transaction: AnyTransaction,
    plan: Plan,
    journal: list[Changes],
    origin: Origin,
    mark: Mark,
    progress: Progress | None,
) -> None:
    """Write the changes of a plan, their journal after the last committed change, and revisions, in one transaction."""
    batches = Batches(transaction)
    tell = teller(plan.written, progress, TIMES)
    write_records(batches, plan, tell)
    remove_records(batches, plan, tell)
    write_journal(batches, journal, mark, lambda rows: None)
    write_import(transaction, plan, origin, mark)
    move_revisions(transaction, moves_of(plan, accounts_in(journal)))
    transaction.run(_HOLD, last=mark.seq + plan.written, id=mark.imports + 1).consume()


def write_records(statements: Statements, plan: Plan, tell: Tell) -> None:
    """Write what a plan adds and changes: nodes, their references, edges."""
    nodes = [change for change in plan.changes if change.kind.edge is None]
    for node in nodes:
        write_nodes(statements, node, tell)
    for node in nodes:
        write_references(statements, node)
        tell(len(node.added) + len(node.changed))
    for change in plan.changes:
        if change.kind.edge is not None:
            write_edges(statements, change)
            tell(TIMES * (len(change.added) + len(change.changed)))


def remove_records(statements: Statements, plan: Plan, tell: Tell) -> None:
    """Remove the records that a plan removes: edges, then nodes."""
    for change in sorted(plan.changes, key=lambda change: change.kind.edge is None):
        remove = remove_nodes if change.kind.edge is None else remove_edges
        remove(statements, change.kind, change.removed)
        tell(TIMES * len(change.removed))


def write_journal(statements: Statements, journal: list[Changes], mark: Mark, tell: Tell) -> None:
    """Write the journal of an import after the last committed change."""
    first = mark.seq + 1
    for changes in journal:
        rows = counted(_rows(changes, first), tell)
        statements.run(_CHANGE, rows, "nodes_created", **{"import": mark.imports + 1})
        first += len(changes)
    write_account_changes(statements, journal, mark.seq + 1)


def write_import(transaction: AnyTransaction, plan: Plan, origin: Origin, mark: Mark) -> None:
    """Write the node of an import whose journal is after the last committed change."""
    transaction.run(
        _IMPORT,
        id=mark.imports + 1,
        source=origin.source,
        by=origin.recorded_by,
        at=origin.recorded_at,
        first=mark.seq + 1,
        last=mark.seq + plan.written,
        new=[account.id for of_kind in plan.changes if of_kind.kind.record is Account for account in of_kind.added],
    ).consume()


_CHANGE = """
CREATE (:SwaymapChange {
    import: $import, seq: row[0], sheet: row[1], key: row[2], accounts: row[3], before: row[4], after: row[5]
})
"""

_IMPORT = """
CREATE (:SwaymapImport {
    id: $id, source: $source, recordedBy: $by, recordedAt: $at, firstSeq: $first, lastSeq: $last, newAccounts: $new
})
"""

_HOLD = "MATCH (s:SwaymapStore) SET s.seq = $last, s.imports = $id"


def _rows(changes: Changes, first: int) -> Iterator[Row]:
    columns = changes.keys, map(list, changes.accounts), changes.befores, changes.afters
    return map(list, zip(count(first), repeat(changes.sheet), *columns, strict=False))
