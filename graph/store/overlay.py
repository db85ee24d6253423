"""Laying the records of a batch over those that are stored."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from graph.model.kind import Kind
from graph.store.problems import store_input_error

KEY_LENGTH = 1000
"""Characters of a key, all its columns together: in any script, the index of either engine takes it."""


def distinct(kind: Kind, records: list[Any]) -> list[Any]:
    """The records of a batch, each key once. Several that differ under one key are a StoreInputError."""
    if not records:
        return records
    raw_key = attrgetter(*kind.key)
    keys = list(map(raw_key, records))
    lengths = map(len, keys) if len(kind.key) == 1 else (sum(map(len, key)) for key in keys)
    if max(lengths) > KEY_LENGTH:
        raise store_input_error("key_too_long", sheet=kind.sheet, most=KEY_LENGTH)
    if kind.edge is not None and not kind.edge.directed:
        keys = [tuple(sorted(key)) for key in keys]
    if len(set(keys)) == len(records):
        return records
    first: dict[Any, Any] = {}
    for key, record in zip(keys, records, strict=True):
        there = first.setdefault(key, record)
        if turned(record, kind, {raw_key(there): there}) != there:
            raise store_input_error("duplicate_key", sheet=kind.sheet, record="/".join(kind.key_of(record)))
    return list(first.values())


def turned(record: Any, kind: Kind, by_key: Mapping[Any, Any]) -> Any:
    """The record of an undirected edge, with its ends as they are stored already; any other record as it is."""
    edge = kind.edge
    if edge is None or edge.directed:
        return record
    one, other = getattr(record, edge.source), getattr(record, edge.target)
    if (one, other) in by_key or (other, one) not in by_key:
        return record
    return _with(record, kind, {edge.source: other, edge.target: one})


def over(before: Any, record: Any, kind: Kind, given: frozenset[str] | None) -> Any:
    """The record with what is stored in the columns in which the batch says nothing."""
    if given is None or given.issuperset(kind.fields):
        return record
    kept = {name: getattr(before, name) for name in kind.fields if name not in given and name not in kind.key}
    return _with(record, kind, kept)


def _with(record: Any, kind: Kind, values: Mapping[str, Any]) -> Any:
    return kind.record(*(values[name] if name in values else getattr(record, name) for name in kind.fields))
