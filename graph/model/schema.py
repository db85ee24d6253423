"""The JSON schema of a dataset: every kind, every column, its bounds, codes, references and field class."""

from __future__ import annotations

import json
import sys
from typing import Any

from pydantic import TypeAdapter

from graph.model.kind import KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """A JSON schema (2020-12) of `{sheet: [record, …]}`; each kind is in `$defs` under its record's name."""
    inputs: list[Any] = [(kind.sheet, "validation", _referred(kind.record)) for kind in KINDS.values()]
    _, shared = TypeAdapter.json_schemas(inputs)
    definitions = shared["$defs"]
    for kind in KINDS.values():
        described = definitions[kind.record.__name__]
        described["title"] = kind.zh
        described["description"] = kind.note
        described["additionalProperties"] = False
        described["x-key"] = list(kind.key)
    return {
        "$schema": DIALECT,
        "title": "swaymap",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            kind.sheet: {"type": "array", "items": {"$ref": f"#/$defs/{kind.record.__name__}"}}
            for kind in KINDS.values()
        },
        "$defs": definitions,
    }


def _referred(record: type[Any]) -> TypeAdapter[Any]:
    # pydantic puts a schema into $defs only where something refers to it: a list of records does.
    return TypeAdapter(list[record])  # type: ignore[valid-type]


if __name__ == "__main__":
    sys.stdout.buffer.write(f"{json.dumps(json_schema(), ensure_ascii=False, indent=2)}\n".encode())
