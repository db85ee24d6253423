"""Trees of records in JSON, as Salesforce's tools write them: a table for each type of record, children included."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from loaders.caps import Caps
from loaders.problems import unreadable
from loaders.sandbox import open_sandbox
from loaders.tables import Chunk, FileFacts, Table

SPARSE = 10
"""How many cells a table may have for each that is filled, where it has more than `UNASKED`."""

UNASKED = 1_000_000

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@contextmanager
def open_answerer(path: Path, caps: Caps) -> Iterator[Callable[[Any], Iterator[Any]]]:
    """What a tree answers: its tables by type, in the order of first record. Raises Unreadable."""
    tree = _parsed(path, caps)

    def answers(asked: Any) -> Iterator[Any]:
        rows: dict[str, list[dict[str, str]]] = {}
        for number, (name, row) in enumerate(_records(path, tree, None, caps.depth)):
            if number >= caps.rows:
                raise unreadable("too_many_rows", path.name, most=caps.rows)
            rows.setdefault(name, []).append(row)
        for name, own in rows.items():
            header = list(dict.fromkeys(cell for row in own for cell in row))
            if len(header) > caps.columns:
                raise unreadable("too_many_columns", path.name, name, found=len(header), most=caps.columns)
            filled = sum(map(len, own))
            if len(own) * len(header) > max(SPARSE * filled, UNASKED):
                raise unreadable(
                    "too_many_columns", path.name, name, found=len(header), most=SPARSE * filled // len(own)
                )
            yield {"type": name, "header": header, "columns": [[row.get(cell, "") for row in own] for cell in header]}

    yield answers


def read_record_tree(path: Path, caps: Caps) -> tuple[list[Table], FileFacts]:
    """The tables of a tree, read by a process of its own; a row's number is that of the record of its type.

    Raises Unreadable for a file that is too large, no JSON, or no tree of records.
    """
    with open_sandbox("records", path, caps) as reader:
        tables = [_table(path.name, one) for one in reader.ask(None)]
    rows = {table.sheet: sum(len(chunk.rows) for chunk in table.chunks) for table in tables}
    return tables, FileFacts(path.name, "json", rows=rows)


def _parsed(path: Path, caps: Caps) -> Any:
    if path.stat().st_size > caps.file_bytes:
        raise unreadable("too_many_bytes", path.name, most=caps.file_bytes)
    raw = path.read_bytes()
    if not raw.strip():
        raise unreadable("empty_file", path.name)
    try:
        return json.loads(raw)
    except RecursionError as wrong:
        raise unreadable("too_deep", path.name) from wrong
    except ValueError as wrong:
        raise unreadable("not_json", path.name, why=" ".join(str(wrong).split())[:120]) from wrong


def _table(file: str, one: dict[str, Any]) -> Table:
    count = len(one["columns"][0])
    return Table(file, one["type"], one["header"], 0, [Chunk(range(1, count + 1), one["columns"], [])])


def _records(path: Path, tree: Any, parent: tuple[str, str] | None, depth: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Every record with its type, so many levels down; a child names its parent in a column like AccountId."""
    records = tree.get("records") if isinstance(tree, dict) else tree
    if not isinstance(records, list) or depth < 0:
        raise unreadable("no_record_tree", path.name)
    for record in records:
        attributes = record.get("attributes") if isinstance(record, dict) else None
        if not isinstance(attributes, dict) or not isinstance(attributes.get("type"), str):
            raise unreadable("no_record_tree", path.name)
        kind, identity = _text(attributes["type"]), _text(record.get("Id") or attributes.get("referenceId"))
        row = {"Id": identity, **({} if parent is None else {f"{parent[0]}Id": parent[1]})}
        children = []
        for name, value in record.items():
            if isinstance(value, dict) and "records" in value:
                children.append(value)
            elif name != "attributes" and not isinstance(value, (dict, list)):
                row[_text(name)] = _text(value)
        yield kind, row
        for child in children:
            yield from _records(path, child, (kind, identity), depth - 1)


def _text(value: Any) -> str:
    """A value as a cell has it; a reference to another record of the tree is its id.

    JSON can write half a character, which is no text: the sign for what is lost stands in its place.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _HALF_CHARACTER.sub("\ufffd", str(value)).removeprefix("@")
