"""Trees of records in JSON, as Salesforce's tools write them: a table for each type of record, children included."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from loaders.caps import Caps
from loaders.problems import unreadable
from loaders.tables import Chunk, FileFacts, Table

DEEPEST = 5
"""How far children may stand below the records at the top."""


def read_record_tree(path: Path, caps: Caps) -> tuple[list[Table], FileFacts]:
    """The tables of a tree, by type, in the order of first record; a row's number is that of the record of its type.

    Raises Unreadable for a file that is too large, no JSON, or no tree of records.
    """
    if path.stat().st_size > caps.file_bytes:
        raise unreadable("too_many_bytes", path.name, most=caps.file_bytes)
    try:
        tree = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as wrong:
        raise unreadable("not_json", path.name, why=" ".join(str(wrong).split())[:120]) from wrong
    rows: dict[str, list[dict[str, str]]] = {}
    for name, row in _records(path, tree, None, 0):
        rows.setdefault(name, []).append(row)
    facts = FileFacts(path.name, "json", rows={name: len(own) for name, own in rows.items()})
    return [_table(path.name, name, own) for name, own in rows.items()], facts


def _table(file: str, name: str, rows: list[dict[str, str]]) -> Table:
    header = list(dict.fromkeys(cell for row in rows for cell in row))
    columns = [[row.get(cell, "") for row in rows] for cell in header]
    return Table(file, name, header, 0, [Chunk(range(1, len(rows) + 1), columns, [])])


def _records(path: Path, tree: Any, parent: tuple[str, str] | None, depth: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Every record with its type; a child names its parent in a column like AccountId."""
    records = tree.get("records") if isinstance(tree, dict) else tree
    if not isinstance(records, list) or depth > DEEPEST:
        raise unreadable("no_record_tree", path.name)
    for record in records:
        attributes = record.get("attributes") if isinstance(record, dict) else None
        if not isinstance(attributes, dict) or not isinstance(attributes.get("type"), str):
            raise unreadable("no_record_tree", path.name)
        kind, identity = attributes["type"], str(record.get("Id") or attributes.get("referenceId") or "")
        row = {"Id": identity, **({} if parent is None else {f"{parent[0]}Id": parent[1]})}
        children = []
        for name, value in record.items():
            if isinstance(value, dict) and "records" in value:
                children.append(value)
            elif name != "attributes" and not isinstance(value, (dict, list)):
                row[name] = _text(value)
        yield kind, row
        for child in children:
            yield from _records(path, child, (kind, identity), depth + 1)


def _text(value: Any) -> str:
    """A value as a cell has it; a reference to another record of the tree is its id."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).removeprefix("@")
