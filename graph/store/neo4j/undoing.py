"""Roll a staged import back by its journal, and make the removals of a committed one.

All functions may be repeated from the beginning, whatever part of them was done before.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import orjson

from graph.model.kind import KINDS
from graph.store.changes import KindChanges
from graph.store.journal import record_of
from graph.store.neo4j.connection import AnyTransaction, Neo4jConnection
from graph.store.neo4j.edges import add_edges, by_ends, remove_edges, set_edges
from graph.store.neo4j.journal import FORGET as FORGET_ACCOUNT_CHANGES
from graph.store.neo4j.nodes import remove_nodes, write_nodes, write_references
from graph.store.neo4j.portions import Portions, Repeatable
from graph.store.neo4j.under_way import Mark


def undo_records(connection: Neo4jConnection, portions: Portions, mark: Mark) -> None:
    """Set records back to the `before` of the journal after `mark.seq`.

    Records that the import removes are still there: they are removed only after the commit.
    """
    for back in _backwards(connection, portions.size, mark.seq):
        if back.kind.edge is None:
            write_nodes(portions, back, lambda rows: None)
            write_references(portions, back)
        else:
            _undo_edges(portions, back)
    for back in _backwards(connection, portions.size, mark.seq):
        if back.kind.edge is None:
            remove_nodes(Repeatable(portions), back.kind, back.removed)


def _undo_edges(portions: Portions, back: KindChanges) -> None:
    """Replace edges with changed ends: each may have its old ends, its new ones, or be missing."""
    moved, stayed = by_ends(back)
    remove_edges(Repeatable(portions), back.kind, [*back.removed, *(record for change in moved for record in change)])
    add_edges(portions, back.kind, [before for _, before in moved])
    set_edges(portions, back.kind, [before for _, before in stayed])


def clear_removed(connection: Neo4jConnection, portions: Portions, mark: Mark) -> None:
    """Make the removals of the last import: edges, then nodes."""
    first = connection.read(lambda transaction: transaction.run(_FIRST_SEQ, id=mark.imports).value()[0])
    for remove, of_edges in ((remove_edges, True), (remove_nodes, False)):
        for sheet, rows in _journal(connection, portions.size, first - 1, only_removals=True):
            kind = KINDS[sheet]
            if (kind.edge is not None) == of_edges:
                gone = [record_of(sheet, orjson.loads(before)) for before, _ in rows if before is not None]
                remove(Repeatable(portions), kind, gone)


_FIRST_SEQ = "MATCH (i:SwaymapImport {id: $id}) RETURN i.firstSeq"


def forget_journal(portions: Portions, mark: Mark) -> None:
    """Remove the journal after `mark.seq`, and the node of its import."""
    portions.exhaust(_FORGET, seq=mark.seq)
    portions.exhaust(FORGET_ACCOUNT_CHANGES, seq=mark.seq)
    portions.alone(lambda transaction, _: transaction.run(_FORGET_IMPORT, id=mark.imports + 1).consume())


_FORGET = "MATCH (c:SwaymapChange) WHERE c.seq > $seq WITH c LIMIT $most DELETE c RETURN count(*)"

_FORGET_IMPORT = "MATCH (i:SwaymapImport {id: $id}) DELETE i"


def _backwards(connection: Neo4jConnection, size: int, after: int) -> Iterator[KindChanges]:
    """The changes after `after` in reverse, without removals: added records are to be removed."""
    for sheet, rows in _journal(connection, size, after):
        back = KindChanges(KINDS[sheet])
        for old, new in rows:
            if new is not None:
                record = record_of(sheet, orjson.loads(new))
                if old is None:
                    back.removed.append(record)
                else:
                    back.changed.append((record, record_of(sheet, orjson.loads(old))))
        yield back


def _journal(
    connection: Neo4jConnection, size: int, after: int, only_removals: bool = False
) -> Iterator[tuple[str, list[tuple[str | None, str | None]]]]:
    """The records before and after each change after `after`, as JSON, up to `size` of one kind at a time."""
    for sheet, first, last in connection.read(partial(_sheets, after=after, removals=only_removals)):
        for start in range(first, last + 1, size):
            end = min(last, start + size - 1)
            yield sheet, connection.read(partial(_entries, first=start, last=end, removals=only_removals))


def _sheets(transaction: AnyTransaction, after: int, removals: bool) -> list[list[Any]]:
    return transaction.run(_SHEETS, after=after, removals=removals).values()


def _entries(transaction: AnyTransaction, first: int, last: int, removals: bool) -> list[tuple[str | None, str | None]]:
    rows = transaction.run(_ENTRIES, first=first, last=last, removals=removals).values()
    return [(before, now) for before, now in rows]


# The journal of an import has its changes kind by kind.
_SHEETS = """
MATCH (c:SwaymapChange) WHERE c.seq > $after AND (NOT $removals OR c.after IS NULL)
RETURN c.sheet, min(c.seq) AS first, max(c.seq) ORDER BY first
"""

_ENTRIES = """
MATCH (c:SwaymapChange) WHERE $first <= c.seq <= $last AND (NOT $removals OR c.after IS NULL)
RETURN c.before, c.after ORDER BY c.seq
"""
