"""The mark of an import in several transactions: on the store node, protected by a token and a lease.

Phases: `journal`, in which the journal is written or removed and records are as before; `records`, in which records
change; `removals`, in which the import is committed and its removals are made. A crash in `journal` or `records` rolls
back; in `removals` it rolls forward.
"""

from __future__ import annotations

import datetime
from typing import Any, Literal, NamedTuple

from graph.store.neo4j.connection import AnyTransaction
from graph.store.problems import StoreError, store_error

Phase = Literal["journal", "records", "removals"]


class Mark(NamedTuple):
    """The state on the store node. `turn` counts phases; `moves`: whether records take others to another account."""

    version: int = 0
    seq: int = 0
    imports: int = 0
    turn: int = 0
    token: str | None = None
    phase: Phase | None = None
    moves: bool = False

    def is_without_staged_import(self, later: Mark) -> bool:
        """Whether nothing but whole imports in single transactions was written between two marks.

        A mark that is read while a phase begins may be of both phases, so that marks of an import under way do not do.
        """
        return self.phase is later.phase is None and (self.version, self.turn) == (later.version, later.turn)


class UnderWay(NamedTuple):
    """A marked import: the end of its lease, and whether that is past by the server's clock."""

    token: str
    lease: Any
    is_over: bool
    source: str
    recorded_by: str
    recorded_at: Any


class MarkedError(Exception):
    """Another import is under way, so that nothing can be planned or written."""


def mark_of(transaction: AnyTransaction) -> Mark:
    """The mark as it is now. A database without a store node is an empty store."""
    rows = transaction.run(_MARK).values()
    return Mark(*rows[0]) if rows else Mark()


_MARK = """
MATCH (s:SwaymapStore)
RETURN s.version, s.seq, s.imports, coalesce(s.turn, 0), s.token, s.phase, coalesce(s.moves, false)
"""


def under_way(transaction: AnyTransaction) -> UnderWay | None:
    """The import that is marked, if one is."""
    rows = transaction.run(_UNDER_WAY).values()
    return UnderWay(*rows[0]) if rows else None


_UNDER_WAY = """
MATCH (s:SwaymapStore) WHERE s.token IS NOT NULL
MATCH (i:SwaymapImport {id: CASE s.phase WHEN 'removals' THEN s.imports ELSE s.imports + 1 END})
RETURN s.token, s.lease, s.lease < datetime.realtime(), i.source, i.recordedBy, i.recordedAt
"""


def running(unfinished: UnderWay, store: str) -> StoreError:
    """The error that another import is being written to the store at this address."""
    since: datetime.datetime = unfinished.recorded_at.to_native().astimezone(datetime.UTC)
    places = {"source": unfinished.source, "by": unfinished.recorded_by, "since": f"{since:%Y-%m-%d %H:%M} UTC"}
    return store_error("neo4j_import_running", store=store, **places)


def start(transaction: AnyTransaction, token: str, lease: float, moves: bool) -> None:
    """Mark an import, whose node must be there; the store node is locked."""
    transaction.run(_START, token=token, lease=lease, moves=moves).consume()


_START = """
MATCH (s:SwaymapStore)
SET s.token = $token, s.phase = 'journal', s.turn = coalesce(s.turn, 0) + 1, s.moves = $moves,
    s.lease = datetime.realtime() + duration({milliseconds: toInteger($lease * 1000)})
"""


def renew(transaction: AnyTransaction, token: str, lease: float) -> Mark:
    """Lock the store node until the end of the transaction and renew its lease. StoreLocked for a wrong token."""
    transaction.run(_RENEW, lease=lease).consume()
    # The locking statement might read the token from before the lock, so the next statement reads it.
    mark = mark_of(transaction)
    if mark.token != token:
        raise store_error("neo4j_taken_back")
    return mark


_RENEW = """
MATCH (s:SwaymapStore)
SET s.lease = datetime.realtime() + duration({milliseconds: toInteger($lease * 1000)})
"""


def take_over(transaction: AnyTransaction, unfinished: UnderWay, token: str, lease: float) -> bool:
    """Take over an abandoned import with a new token; False where it is not abandoned any more."""
    transaction.run("MATCH (s:SwaymapStore) SET s.lock = $token", token=token).consume()
    taken = transaction.run(_TAKE_OVER, old=unfinished.token, token=token, lease=lease).value()
    transaction.run("MATCH (s:SwaymapStore) REMOVE s.lock").consume()
    return bool(taken)


_TAKE_OVER = """
MATCH (s:SwaymapStore) WHERE s.token = $old AND s.lease < datetime.realtime()
SET s.token = $token, s.lease = datetime.realtime() + duration({milliseconds: toInteger($lease * 1000)})
RETURN true
"""


def enter(transaction: AnyTransaction, phase: Phase) -> None:
    """Begin a phase."""
    transaction.run("MATCH (s:SwaymapStore) SET s.phase = $phase, s.turn = s.turn + 1", phase=phase).consume()


def hold(transaction: AnyTransaction, last: int) -> None:
    """Commit the import: from here on readers see it, and a crash rolls forward."""
    transaction.run(_HOLD, last=last).consume()


_HOLD = """
MATCH (s:SwaymapStore)
SET s.seq = $last, s.imports = s.imports + 1, s.phase = 'removals', s.turn = s.turn + 1
"""


def end(transaction: AnyTransaction) -> None:
    """Remove the mark."""
    transaction.run(
        "MATCH (s:SwaymapStore) SET s.turn = s.turn + 1 REMOVE s.token, s.phase, s.lease, s.moves"
    ).consume()
