"""Write an import in several transactions, all or nothing: first its journal, then the records, then the removals.

The journal is the undo log. An import that stops before its commit is rolled back by the `before` of the journal, by
this client or by the next that writes. After the commit only removals are left, which are rolled forward.
"""

from __future__ import annotations

import contextlib
import time
import uuid
from collections.abc import Iterator
from typing import NamedTuple

from graph.store.changes import Plan
from graph.store.journal import Changes, Origin, accounts_in
from graph.store.neo4j.batches import BATCH
from graph.store.neo4j.connection import AnyTransaction, Neo4jConnection
from graph.store.neo4j.portions import Portions
from graph.store.neo4j.revisions import move_revisions
from graph.store.neo4j.under_way import Mark, UnderWay, end, enter, hold, running, start, take_over, under_way
from graph.store.neo4j.undoing import clear_removed, forget_journal, undo_records
from graph.store.neo4j.writing import TIMES, remove_records, write_import, write_journal, write_records
from graph.store.problems import StoreError, change_refused, store_error
from graph.store.progress import teller
from graph.store.protocol import Progress
from graph.store.revision_moves import Moves, moves_of
from graph.store.staging import Staging

POLL_SECONDS = 0.2


class Staged(NamedTuple):
    """An import that is planned and marked as under way; `mark` is the state before it, `moves` those of revisions."""

    token: str
    plan: Plan
    journal: list[Changes]
    moves: Moves
    mark: Mark


def stage(
    transaction: AnyTransaction, mark: Mark, plan: Plan, journal: list[Changes], origin: Origin, staging: Staging
) -> Staged:
    """Mark an import as under way, in the transaction that planned it. Raises ChangeRefused for a foreign node."""
    _refuse_foreign_nodes(transaction, plan)
    token, moves = str(uuid.uuid4()), moves_of(plan, accounts_in(journal))
    write_import(transaction, plan, origin, mark)
    start(transaction, token, staging.lease, plan.moves_homes)
    return Staged(token, plan, journal, moves, mark)


def _refuse_foreign_nodes(transaction: AnyTransaction, plan: Plan) -> None:
    """Refuse ids of nodes that others wrote: a rollback would remove these nodes as if the import had added them."""
    for change in plan.changes:
        ids = [record.id for record in change.added] if change.kind.edge is None and change.kind.key == ("id",) else []
        query = f"UNWIND $ids AS id MATCH (n:{change.kind.label} {{id: id}}) RETURN id LIMIT 1"
        for at in range(0, len(ids), BATCH):
            for taken in transaction.run(query, ids=ids[at : at + BATCH]).value():
                raise change_refused("neo4j_foreign_node", label=change.kind.label, id=taken)


def carry_out(connection: Neo4jConnection, staging: Staging, staged: Staged, progress: Progress | None) -> None:
    """Write a marked import; roll it back where it fails before its commit."""
    portions = Portions(connection, staging, staged.token)
    tell = teller(staged.plan.written, progress, times=TIMES + 1)
    removes = any(change.removed for change in staged.plan.changes)
    try:
        with _lost_means("neo4j_lost", "neo4j_unreachable", "neo4j_commit_unknown"):
            write_journal(portions, staged.journal, staged.mark, tell)
            portions.alone(lambda transaction, _: enter(transaction, "records"))
            write_records(portions, staged.plan, tell)
        with _lost_means("neo4j_lost", "neo4j_unreachable"):
            portions.alone(lambda transaction, _: _commit(transaction, staged, is_all=not removes))
        if removes:
            # The import is committed: if this fails, the next write makes the removals that are left.
            with _lost_means("neo4j_commit_unknown", "neo4j_unreachable", "neo4j_taken_back"):
                remove_records(portions, staged.plan, tell)
                portions.alone(lambda transaction, _: end(transaction))
    except BaseException:
        # Where the server is gone too, the next write does this.
        with contextlib.suppress(StoreError):
            bring_to_an_end(connection, portions)
        raise


@contextlib.contextmanager
def _lost_means(code: str, *codes: str) -> Iterator[None]:
    """Raise StoreError `code` for errors with one of `codes`: what losing the connection means at this step."""
    try:
        yield
    except StoreError as problem:
        if problem.code in codes:
            raise store_error(code, store=problem.store) from problem
        raise


def _commit(transaction: AnyTransaction, staged: Staged, is_all: bool) -> None:
    move_revisions(transaction, staged.moves)
    hold(transaction, staged.mark.seq + staged.plan.written)
    if is_all:
        end(transaction)


def bring_to_an_end(connection: Neo4jConnection, portions: Portions) -> None:
    """Roll the marked import forward or back, by its phase. May be repeated where it is stopped."""
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
    """Wait until no import is under way, and end one whose client is gone; whether there was one.

    Raises StoreLocked where the client of the import is alive and renews its lease, since it may take long.
    """
    ended = False
    for unfinished in _while_marked(connection):
        if unfinished.is_over:
            token = str(uuid.uuid4())
            if connection.write(lambda transaction, f=unfinished, t=token: take_over(transaction, f, t, staging.lease)):  # type: ignore[misc]
                bring_to_an_end(connection, Portions(connection, staging, token))
                ended = True
        else:
            time.sleep(POLL_SECONDS)
    return ended


def _while_marked(connection: Neo4jConnection) -> Iterator[UnderWay]:
    first: UnderWay | None = None
    while (unfinished := connection.read(under_way)) is not None:
        if first is not None and unfinished.lease != first.lease and not unfinished.is_over:
            raise running(unfinished, connection.url)
        first = unfinished
        yield unfinished
