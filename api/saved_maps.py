"""Reports and maps that somebody saved as JSON, read back."""

from __future__ import annotations

from pathlib import Path

from graph.analysis.history.snapshot import Snapshot, snapshot_of_json
from graph.model.problem import InputError
from graph.model.words import message


def saved_map(path: Path) -> Snapshot:
    """The snapshot in a file. Raises InputError where it cannot be read, or holds no report."""
    import orjson

    try:
        saved = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as wrong:
        why = getattr(wrong, "strerror", None) or str(wrong)
        raise InputError("unreadable_map", message("compare.not_json", file=str(path), why=why)) from wrong
    return snapshot_of_json(saved, str(path))
