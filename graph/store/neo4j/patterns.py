"""Cypher patterns made from the declarations: references of a node, ends of an edge, paths to an account."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from graph.model.columns import Column
from graph.model.kind import KINDS, Kind
from graph.store.belonging import ways_home
from graph.store.neo4j.schema import edge_of, label, open_label, optional_end, properties, property_name


class Way(NamedTuple):
    """A pattern from a record to one of its accounts, and the name of the account in it."""

    pattern: str
    home: str


def step(column: Column, there: str, named: str = "") -> str:
    """The pattern of a reference: a relationship named `named` to a node named `there`; both may be empty."""
    assert column.link is not None
    relationship, node = f"[{named}:{column.link.type}]", f"({there}:{label(column.ref or '')})"
    return f"-{relationship}->{node}" if column.link.outgoing else f"<-{relationship}-{node}"


def match_of(kind: Kind) -> str:
    """The pattern of the records of a kind: node `n`, or `source`, `r` and `target`."""
    if kind.edge is None:
        return f"MATCH (n:{kind.label})"
    edge = kind.edge
    source, target = end_labels(kind, edge.source), end_labels(kind, edge.target)
    return f"MATCH (source:{source})-[r:{edge.type}]->(target:{target})"


def needed_of(kind: Kind) -> str:
    """The patterns of the required references of a kind, each named by its column. Nodes without them are foreign."""
    if kind.edge is not None:
        return ""
    return " ".join(f"MATCH (n){step(column, column.name)}" for column in kind.references if column.required)


def end_labels(kind: Kind, end: str) -> str:
    """The label of an end of an edge, or both labels where it may be open."""
    known = label(kind.by_name[end].ref or "")
    return f"{known}|{open_label(kind)}" if optional_end(kind) == end else known


def returned(kind: Kind) -> str:
    """The values of a record that `match_of` and `needed_of` found, in the order of its columns."""
    value = _of_node if kind.edge is None else _of_edge
    return ", ".join(value(kind, column) for column in kind.columns)


def _of_node(kind: Kind, column: Column) -> str:
    if column.ref is None:
        return f"n.{property_name(column.name)}"
    if column.is_list:
        return f"[(n){step(column, 'x', 'link')} | [link.position, x.id]]"
    return f"{column.name}.id" if column.required else f"head([(n){step(column, 'x')} | x.id])"


def _of_edge(kind: Kind, column: Column) -> str:
    end = _end(kind, column)
    if end is None:
        return f"r.{property_name(column.name)}"
    if optional_end(kind) == column.name:
        return f"CASE WHEN {end}:{label(column.ref or '')} THEN {end}.id END"
    return f"{end}.id"


def _end(kind: Kind, column: Column) -> str | None:
    edge = edge_of(kind)
    return {edge.source: "source", edge.target: "target"}.get(column.name)


@cache
def ways(sheet: str) -> tuple[Way, ...]:
    """The patterns from a record of a kind to its accounts."""
    kind = KINDS[sheet]
    if kind.edge is None:
        return tuple(_way("n", chain) for chain in _chains(sheet))
    return tuple(
        _way(_end(kind, column) or "", chain) for column in ways_home(sheet) for chain in _chains(column.ref or "")
    )


def _way(start: str, chain: str) -> Way:
    return Way(f"({start}){chain}", "home" if chain else start)


def _chains(sheet: str) -> Iterator[str]:
    """The patterns of the steps from a node of a kind to its accounts; an empty one for an account."""
    if sheet == "accounts":
        yield ""
    for column in ways_home(sheet):
        if column.ref == "accounts":
            yield step(column, "home")
        else:
            yield from (f"{step(column, '')}{rest}" for rest in _chains(column.ref or ""))


def from_row(kind: Kind, first: int) -> str:
    """The properties of a kind as a map, with the values of the list `row` from the index `first` on."""
    pairs = [f"{property_name(column.name)}: row[{at}]" for at, column in enumerate(properties(kind), first)]
    return ", ".join(pairs)


def sets_from_row(kind: Kind, first: int, entity: str) -> str:
    """The same as assignments to a node or relationship; an empty value removes the property."""
    pairs = [f"{entity}.{property_name(column.name)} = row[{at}]" for at, column in enumerate(properties(kind), first)]
    return ", ".join(pairs)
