"""Read JSON trees of records, as Salesforce's tools write them: one table for each type of record."""

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
"""The most cells of a table for each filled cell, if it has more than `UNASKED` cells."""

UNASKED = 1_000_000

_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@contextmanager
def open_answerer(path: Path, caps: Caps) -> Iterator[Callable[[Any], Iterator[Any]]]:
    """Open a tree and give the function that answers with its tables, by first record. Raises Unreadable."""
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
    """The tables of a tree, read in the sandbox. The row number is that of the record within its type.

    Raises Unreadable for a file that is too large, not JSON, or not a tree of records.
    """
    with open_sandbox("records", path, caps) as reader:
        tables = [_table(path.name, answer) for answer in reader.ask(None)]
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
    except RecursionError as error:
        raise unreadable("too_deep", path.name) from error
    except ValueError as error:
        raise unreadable("not_json", path.name, why=" ".join(str(error).split())[:120]) from error


def _table(file: str, answer: dict[str, Any]) -> Table:
    count = len(answer["columns"][0])
    return Table(file, answer["type"], answer["header"], 0, [Chunk(range(1, count + 1), answer["columns"], [])])


def _records(path: Path, tree: Any, parent: tuple[str, str] | None, depth: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Every record with its type, down to `depth` levels; a child has its parent's id in a column like AccountId."""
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
    """The text of a value; a reference to another record of the tree (@id) is its id.

    JSON can hold lone surrogates, which no store can keep: they become U+FFFD.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _HALF_CHARACTER.sub("\ufffd", str(value)).removeprefix("@")
