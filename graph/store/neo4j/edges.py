"""Write the kinds that are relationships. An end that is not known yet is a node of its own, such as OpenDuty."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any, NamedTuple

from graph.model.kind import Kind
from graph.store.changes import KindChanges
from graph.store.journal import key_text
from graph.store.neo4j.batches import Row, Statements
from graph.store.neo4j.patterns import from_row, sets_from_row
from graph.store.neo4j.schema import edge_of, label, open_label, optional_end, properties, property_name
from graph.store.neo4j.values import written

Change = tuple[Any, Any]
"""A record before and after."""


class _Ends(NamedTuple):
    """Records of a kind whose ends have these labels; `open_end` is 0 or 1 where that end is not known yet."""

    source: str
    target: str
    open_end: int | None
    records: list[Any]


def write_edges(statements: Statements, of_kind: KindChanges) -> None:
    """Create the added edges. Changed edges are updated, or replaced where their ends changed."""
    kind = of_kind.kind
    moved, stayed = by_ends(of_kind)
    remove_edges(statements, kind, [before for before, _ in moved])
    add_edges(statements, kind, [*of_kind.added, *(after for _, after in moved)])
    set_edges(statements, kind, [after for _, after in stayed])


def by_ends(of_kind: KindChanges) -> tuple[list[Change], list[Change]]:
    """The changed edges in two parts: those with other ends, and those with the same ends as before."""
    ends = attrgetter(edge_of(of_kind.kind).source, edge_of(of_kind.kind).target)
    moved = [(before, after) for before, after in of_kind.changed if ends(before) != ends(after)]
    return moved, [(before, after) for before, after in of_kind.changed if ends(before) == ends(after)]


def set_edges(statements: Statements, kind: Kind, records: list[Any]) -> None:
    """Set the properties of stored edges."""
    for group in _groups(kind, records):
        statements.run(f"MATCH {_match(kind, group)} SET {sets_from_row(kind, 2, 'r')}", _rows(kind, group))


def remove_edges(statements: Statements, kind: Kind, records: list[Any]) -> None:
    """Remove edges, and the nodes that stand for their open ends."""
    for group in _groups(kind, records):
        statements.run(f"MATCH {_match(kind, group)} DELETE r", _rows(kind, group), "relationships_deleted")
        if group.open_end is not None:
            rows = ([row[group.open_end]] for row in _rows(kind, group))
            statements.run(f"MATCH (n:{open_label(kind)} {{id: row[0]}}) DELETE n", rows, "nodes_deleted")


def add_edges(statements: Statements, kind: Kind, records: list[Any]) -> None:
    """Create edges, and nodes for their open ends."""
    for group in _groups(kind, records):
        if group.open_end is not None:
            rows = ([row[group.open_end]] for row in _rows(kind, group))
            statements.run(f"CREATE (:{open_label(kind)} {{id: row[0]}})", rows, "nodes_created")
        statements.run(
            f"MATCH (a:{group.source} {{id: row[0]}}) MATCH (b:{group.target} {{id: row[1]}}) "
            f"CREATE (a)-[:{edge_of(kind).type} {{{from_row(kind, 2)}}}]->(b)",
            _rows(kind, group),
            "relationships_created",
        )


def _match(kind: Kind, group: _Ends) -> str:
    """The pattern of a stored edge: its ends and the other columns of its key."""
    columns = properties(kind)
    key = ", ".join(f"{property_name(c.name)}: row[{at}]" for at, c in enumerate(columns, 2) if c.key)
    relationship = f"[r:{edge_of(kind).type} {{{key}}}]" if key else f"[r:{edge_of(kind).type}]"
    return f"(:{group.source} {{id: row[0]}})-{relationship}->(:{group.target} {{id: row[1]}})"


def _groups(kind: Kind, records: list[Any]) -> Iterator[_Ends]:
    """The records in groups: those with both ends known, and those with an open one."""
    edge, end = edge_of(kind), optional_end(kind)
    source, target = (label(kind.by_name[name].ref or "") for name in (edge.source, edge.target))
    known = [record for record in records if end is None or getattr(record, end) is not None]
    if known:
        yield _Ends(source, target, None, known)
    opened = [record for record in records if end is not None and getattr(record, end) is None]
    if opened:
        mark = open_label(kind) or ""
        yield _Ends(mark, target, 0, opened) if end == edge.source else _Ends(source, mark, 1, opened)


def _rows(kind: Kind, group: _Ends) -> Iterator[Row]:
    """The ids of the two ends of each edge, then its properties."""
    edge, columns = edge_of(kind), properties(kind)
    for record in group.records:
        row = [getattr(record, edge.source), getattr(record, edge.target)]
        if group.open_end is not None:
            row[group.open_end] = key_text(kind.key_of(record))
        yield [*row, *(written(column, getattr(record, column.name)) for column in columns)]
