"""Write the kinds that are nodes, and their references to other nodes."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from graph.model.columns import Column
from graph.model.kind import Kind
from graph.store.changes import KindChanges
from graph.store.journal import key_text
from graph.store.neo4j.batches import Row, Statements
from graph.store.neo4j.patterns import from_row, sets_from_row, step
from graph.store.neo4j.schema import label, properties
from graph.store.neo4j.values import written
from graph.store.progress import Tell, counted


def write_nodes(statements: Statements, of_kind: KindChanges, tell: Tell) -> None:
    """Create the added nodes and set the properties of the changed ones."""
    kind = of_kind.kind
    created = f"CREATE (:{kind.label} {{id: row[0], {from_row(kind, 1)}}})"
    statements.run(created, counted(_rows(kind, of_kind.added), tell), "nodes_created")
    changed = f"MATCH (n:{kind.label} {{id: row[0]}}) SET {sets_from_row(kind, 1, 'n')}"
    statements.run(changed, counted(_rows(kind, of_kind.afters), tell))


def remove_nodes(statements: Statements, kind: Kind, records: list[Any]) -> None:
    """Remove nodes, with the computed values on their relationships."""
    rows = ([key_text(kind.key_of(record))] for record in records)
    statements.run(f"MATCH (n:{kind.label} {{id: row[0]}}) DETACH DELETE n", rows, "nodes_deleted")


def write_references(statements: Statements, of_kind: KindChanges) -> None:
    """Link the added nodes to those that they refer to; link changed nodes again where their references changed."""
    kind = of_kind.kind
    for column in kind.references:
        value = attrgetter(column.name)
        relinked = [after for before, after in of_kind.changed if value(before) != value(after)]
        node = f"(n:{kind.label} {{id: row[0]}})"
        rows = ([key_text(kind.key_of(record))] for record in relinked)
        statements.run(f"MATCH {node}{step(column, '', 'r')} DELETE r", rows)
        _link(statements, kind, column, [*of_kind.added, *relinked])


def _link(statements: Statements, kind: Kind, column: Column, records: list[Any]) -> None:
    assert column.link is not None
    properties = "{position: row[2]}" if column.is_list else ""
    relationship = f"[:{column.link.type} {properties}]"
    line = f"(n)-{relationship}->(x)" if column.link.outgoing else f"(n)<-{relationship}-(x)"
    statements.run(
        f"MATCH (n:{kind.label} {{id: row[0]}}) MATCH (x:{label(column.ref or '')} {{id: row[1]}}) CREATE {line}",
        _links(kind, column, records),
        "relationships_created",
    )


def _links(kind: Kind, column: Column, records: list[Any]) -> Iterator[Row]:
    for record in records:
        value = getattr(record, column.name)
        if column.is_list:
            own = key_text(kind.key_of(record))
            yield from ([own, there, position] for position, there in enumerate(value))
        elif value is not None:
            yield [key_text(kind.key_of(record)), value]


def _rows(kind: Kind, records: list[Any]) -> Iterator[Row]:
    """The id of each node, then its properties."""
    columns = properties(kind)
    for record in records:
        yield [key_text(kind.key_of(record)), *(written(column, getattr(record, column.name)) for column in columns)]
