"""A newer swaymap, with a column or a table more, on a store that was written before: run as a program.

Reads the store, imports, takes both imports back, and prints what it found after each step as JSON.
"""

from __future__ import annotations

import datetime
import json
import os
import sys
from dataclasses import asdict
from typing import Any

from graph.model.dataset import Dataset
from graph.model.kind import KINDS
from graph.store import open_store
from graph.store.protocol import GraphStore
from graph.store.undo import undo

NOW = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)


def main(url: str, sheet: str, column: str, value: Any) -> dict[str, Any]:
    """Each step's outcome; the column may be none, where something else was added."""
    store = open_store(
        url,
        user=os.environ.get("SWAYMAP_NEO4J_USER"),
        password=os.environ.get("SWAYMAP_NEO4J_PASSWORD"),
        on_upgrade=lambda upgrade: told.append(str(upgrade.copy)),
    )
    told: list[str] = []
    found: dict[str, Any] = {"read": records(store), "digest": store.digest(), "accounts": len(store.accounts())}
    found["journal"] = len(store.history())
    kind = KINDS[sheet]
    first, *_ = store.read().of(kind.record)
    changed = kind.record(**{**fields_of(first), column: value}) if column else first
    fresh = kind.record(**{**fields_of(changed), kind.key[0]: "fresh"})
    receipt = apply(store, changed, fresh)
    found["import"] = asdict(receipt.counts[sheet])
    found["after"] = records(store)
    for import_id in (receipt.import_id, 1):
        assert import_id is not None
        undo(store, import_id, recorded_by="newer", recorded_at=NOW)
        found[f"undone {import_id}"] = {"digest": store.digest(), "records": len(store.read())}
    store.close()
    return {**found, "told": told}


def apply(store: GraphStore, *changed: Any) -> Any:
    return store.apply(Dataset.collect(changed), source="newer.csv", recorded_by="newer", recorded_at=NOW)


def fields_of(record: Any) -> dict[str, Any]:
    return {name: getattr(record, name) for name in KINDS_BY_RECORD[type(record)].fields}


def records(store: GraphStore) -> dict[str, dict[str, Any]]:
    """Every record by sheet and key, as values by column."""
    read = store.read()
    return {
        kind.sheet: {json.dumps(kind.key_of(record)): fields_of(record) for record in read.of(kind.record)}
        for kind in KINDS.values()
    }


KINDS_BY_RECORD = {kind.record: kind for kind in KINDS.values()}

if __name__ == "__main__":
    url, sheet, column, written = sys.argv[1:]
    value = json.loads(written)
    found = main(url, sheet, column, tuple(value) if isinstance(value, list) else value)
    json.dump(found, sys.stdout, default=str)
