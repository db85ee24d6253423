"""A field may be added anywhere in a record: nothing in the program makes a record by the places of its fields."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from graph.model.kind import KINDS

ROOT = Path(__file__).parents[2]
RECORDS = {kind.record.__name__ for kind in KINDS.values()}
DECLARING = {"graph.model", *(kind.record.__module__ for kind in KINDS.values())}


def test_records_are_made_with_named_fields() -> None:
    by_place = [
        f"{path.relative_to(ROOT)}:{line}"
        for folder in ("graph", "loaders", "viz", "swaymap", "api")
        for path in (ROOT / folder).rglob("*.py")
        for line in _made_by_place(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert by_place == []


def _made_by_place(tree: ast.Module) -> Iterator[int]:
    """The lines on which a record that the module imports is made with values in places."""
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in DECLARING
        for alias in node.names
        if alias.name in RECORDS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in imported and node.args:
            yield node.lineno
