"""A field may be added anywhere in a record: nothing in the program makes a record by the places of its fields."""

from __future__ import annotations

import ast
from pathlib import Path

from graph.model.kind import KINDS

ROOT = Path(__file__).parents[2]
RECORDS = {kind.record.__name__ for kind in KINDS.values()}


def test_records_are_made_with_named_fields() -> None:
    by_place = [
        f"{path.relative_to(ROOT)}:{call.lineno} {call.func.id}"
        for folder in ("graph", "loaders", "viz", "api")
        for path in (ROOT / folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in RECORDS and call.args
    ]
    assert by_place == []
