"""The mark of an import that is written in several transactions: on the store node, and fenced by a token and a lease.

Phases: `journal`, in which records are as before while the journal is written or taken away again; `records`, in which
they are being changed; `removals`, in which the import holds and what it removed is being cleared away. Whoever dies in
the first two leaves an import that is taken back, whoever dies in the last one that is finished.
"""

from __future__ import annotations

import datetime
from typing import Any, Literal, NamedTuple

from graph.store.neo4j.connection import AnyTransaction
from graph.store.problems import StoreError, store_error

Phase = Literal["journal", "records", "removals"]


class Mark(NamedTuple):
    """What the store node says. `turn` counts the phases there ever were; `moves` is whether homes of others change."""

    version: int = 0
    seq: int = 0
    imports: int = 0
    turn: int = 0
    token: str | None = None
    phase: Phase | None = None
    moves: bool = False


class UnderWay(NamedTuple):
    """An import that is marked, when its lease ends, and whether that is over by the server's clock."""

    token: str
    lease: Any
    is_over: bool
    source: str
    recorded_by: str
    recorded_at: Any


class MarkedError(Exception):
    """Another import is under way: nothing can be planned or written beside it."""


def mark_of(transaction: AnyTransaction) -> Mark:
    """The mark as it is now. A database in which no swaymap has written yet is an empty store."""
    found = transaction.run(_MARK).values()
    return Mark(*found[0]) if found else Mark()


_MARK = """
MATCH (s:SwaymapStore)
RETURN s.version, s.seq, s.imports, coalesce(s.turn, 0), s.token, s.phase, coalesce(s.moves, false)
"""


def under_way(transaction: AnyTransaction) -> UnderWay | None:
    """The import that is marked, if one is."""
    found = transaction.run(_UNDER_WAY).values()
    return UnderWay(*found[0]) if found else None


_UNDER_WAY = """
MATCH (s:SwaymapStore) WHERE s.token IS NOT NULL
MATCH (i:SwaymapImport {id: CASE s.phase WHEN 'removals' THEN s.imports ELSE s.imports + 1 END})
RETURN s.token, s.lease, s.lease < datetime.realtime(), i.source, i.recordedBy, i.recordedAt
"""


def running(found: UnderWay, store: str) -> StoreError:
    """That somebody's import into a store at this address is under way, as a sentence."""
    since: datetime.datetime = found.recorded_at.to_native().astimezone(datetime.UTC)
    places = {"source": found.source, "by": found.recorded_by, "since": f"{since:%Y-%m-%d %H:%M} UTC"}
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
    """Lock the store node until the end of the transaction and renew the lease. StoreError where it is lost."""
    transaction.run(_RENEW, lease=lease).consume()
    # What was there before the lock must not be read with it: the token is read by the next statement.
    mark = mark_of(transaction)
    if mark.token != token:
        raise store_error("neo4j_taken_back")
    return mark


_RENEW = """
MATCH (s:SwaymapStore)
SET s.lease = datetime.realtime() + duration({milliseconds: toInteger($lease * 1000)})
"""


def take_over(transaction: AnyTransaction, found: UnderWay, token: str, lease: float) -> bool:
    """Make an abandoned import one's own; False where it is none any more."""
    transaction.run("MATCH (s:SwaymapStore) SET s.lock = $token", token=token).consume()
    taken = transaction.run(_TAKE_OVER, old=found.token, token=token, lease=lease).value()
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
    """Make the import hold: from here on it is what everybody sees, and it is finished rather than taken back."""
    transaction.run(_HOLD, last=last).consume()


_HOLD = """
MATCH (s:SwaymapStore)
SET s.seq = $last, s.imports = s.imports + 1, s.phase = 'removals', s.turn = s.turn + 1
"""


def end(transaction: AnyTransaction) -> None:
    """Take the mark away."""
    transaction.run(
        "MATCH (s:SwaymapStore) SET s.turn = s.turn + 1 REMOVE s.token, s.phase, s.lease, s.moves"
    ).consume()
