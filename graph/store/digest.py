"""The digest: a hash of the records, independent of engine, order and number of imports."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson

from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Kind


def digest_of(dataset: Dataset) -> str:
    """SHA-256 over every record as a line of JSON, sorted; hexadecimal.

    A field with the value that older records get in it (`Column.before`, mostly empty) is left out, so that a column
    declared later changes no digest. The ends of an undirected edge are in the order of their ids.
    """
    digest = hashlib.sha256()
    for sheet in sorted(KINDS):
        kind = KINDS[sheet]
        for line in sorted(_line(kind, record) for record in dataset.of(kind.record)):
            digest.update(line)
    return digest.hexdigest()


def _line(kind: Kind, record: Any) -> bytes:
    values = {
        column.name: value
        for column, value in zip(kind.columns, kind.values_of(record), strict=True)
        if value is not None and value != column.before
    }
    if kind.edge is not None and not kind.edge.directed:
        ends = (kind.edge.source, kind.edge.target)
        values.update(zip(ends, sorted(values[end] for end in ends), strict=True))
    for column in kind.columns:
        if column.cell == "number" and column.name in values:
            # Whole numbers and the negative zero are written in one way.
            values[column.name] = float(values[column.name]) + 0.0
    return orjson.dumps([kind.sheet, values], option=orjson.OPT_APPEND_NEWLINE)
