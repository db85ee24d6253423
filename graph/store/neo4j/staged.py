"""An import in several transactions that is all or nothing: its journal first, then the records, then what goes.

The journal is the undo log. Until the import holds, whatever stops it is taken back by the journal's `before`, by this
client or by the next that writes; from then on only what it removed is left to be cleared away, which is finished.
"""

from __future__ import annotations

import contextlib
import time
import uuid
from collections.abc import Iterator
from typing import NamedTuple

from graph.store.changes import Plan
from graph.store.journal import Changes, Origin
from graph.store.neo4j.batches import BATCH
from graph.store.neo4j.connection import AnyTransaction, Neo4jConnection
from graph.store.neo4j.portions import Portions
from graph.store.neo4j.under_way import Mark, UnderWay, end, enter, hold, running, start, take_over, under_way
from graph.store.neo4j.undoing import clear_removed, forget_journal, undo_records
from graph.store.neo4j.writing import TIMES, remove_records, write_import, write_journal, write_records
from graph.store.problems import StoreError, change_refused, store_error
from graph.store.progress import teller
from graph.store.protocol import Progress
from graph.store.staging import Staging

POLL_SECONDS = 0.2


class Staged(NamedTuple):
    """An import that is planned and marked; `mark` is what held before it."""

    token: str
    plan: Plan
    journal: list[Changes]
    mark: Mark


def stage(
    transaction: AnyTransaction, mark: Mark, plan: Plan, journal: list[Changes], origin: Origin, staging: Staging
) -> Staged:
    """Mark an import as under way, in the transaction that planned it."""
    _refuse_nodes_of_others(transaction, plan)
    token = str(uuid.uuid4())
    write_import(transaction, plan, origin, mark)
    start(transaction, token, staging.lease, plan.moves_homes)
    return Staged(token, plan, journal, mark)


def _refuse_nodes_of_others(transaction: AnyTransaction, plan: Plan) -> None:
    """What would be in the way later, and must not be taken for ours when the import is taken back."""
    for change in plan.changes:
        ids = [record.id for record in change.added] if change.kind.edge is None and change.kind.key == ("id",) else []
        query = f"UNWIND $ids AS id MATCH (n:{change.kind.label} {{id: id}}) RETURN id LIMIT 1"
        for at in range(0, len(ids), BATCH):
            for taken in transaction.run(query, ids=ids[at : at + BATCH]).value():
                raise change_refused("neo4j_foreign_node", label=change.kind.label, id=taken)


def carry_out(connection: Neo4jConnection, staging: Staging, staged: Staged, progress: Progress | None) -> None:
    """Write a marked import. Whatever stops it before it holds, it is taken back."""
    portions = Portions(connection, staging, staged.token)
    tell = teller(staged.plan.written, progress, times=TIMES + 1)
    removes = any(change.removed for change in staged.plan.changes)
    try:
        with _lost_means("neo4j_lost", "neo4j_unreachable", "neo4j_commit_unknown"):
            write_journal(portions, staged.journal, staged.mark, tell)
            portions.alone(lambda transaction, _: enter(transaction, "records"))
            write_records(portions, staged.plan, tell)
        with _lost_means("neo4j_lost", "neo4j_unreachable"):
            portions.alone(lambda transaction, _: _make_hold(transaction, staged, is_all=not removes))
        if removes:
            # It holds: whatever is in the way now, the next who writes clears away what is left.
            with _lost_means("neo4j_commit_unknown", "neo4j_unreachable", "neo4j_taken_back"):
                remove_records(portions, staged.plan, tell)
                portions.alone(lambda transaction, _: end(transaction))
    except BaseException:
        # Where that cannot be done, since the server is gone too, the next that writes does it.
        with contextlib.suppress(StoreError):
            bring_to_an_end(connection, portions)
        raise


@contextlib.contextmanager
def _lost_means(code: str, *codes: str) -> Iterator[None]:
    """Say what it means at this step that the connection, or the mark, was lost: these problems become that one."""
    try:
        yield
    except StoreError as problem:
        if problem.code in codes:
            raise store_error(code, store=problem.store) from problem
        raise


def _make_hold(transaction: AnyTransaction, staged: Staged, is_all: bool) -> None:
    hold(transaction, staged.mark.seq + staged.plan.written)
    if is_all:
        end(transaction)


def bring_to_an_end(connection: Neo4jConnection, portions: Portions) -> None:
    """Finish what holds and take back what does not. Whoever is stopped in it leaves it to the next."""
    mark = portions.alone(lambda _, mark: mark)
    if mark.phase == "removals":
        clear_removed(connection, portions, mark)
    else:
        if mark.phase == "records":
            undo_records(connection, portions, mark)
            portions.alone(lambda transaction, _: enter(transaction, "journal"))
        forget_journal(portions, mark)
    portions.alone(lambda transaction, _: end(transaction))


def settle(connection: Neo4jConnection, staging: Staging) -> bool:
    """Wait until no import is under way: one whose client is gone is brought to an end; whether there was one.

    A client that lives renews its lease within seconds: then this raises StoreError, since that may take long.
    """
    ended = False
    for found in _while_marked(connection):
        if found.is_over:
            token = str(uuid.uuid4())
            if connection.write(lambda transaction, f=found, t=token: take_over(transaction, f, t, staging.lease)):  # type: ignore[misc]
                bring_to_an_end(connection, Portions(connection, staging, token))
                ended = True
        else:
            time.sleep(POLL_SECONDS)
    return ended


def _while_marked(connection: Neo4jConnection) -> Iterator[UnderWay]:
    first: UnderWay | None = None
    while (found := connection.read(under_way)) is not None:
        if first is not None and found.lease != first.lease and not found.is_over:
            raise running(found, connection.url)
        first = found
        yield found
