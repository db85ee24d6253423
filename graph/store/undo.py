"""Undo an import through the journal: every record as it was before it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Key
from graph.store.belonging import is_shared
from graph.store.journal import record_of
from graph.store.problems import change_refused, unknown_import
from graph.store.protocol import GraphStore, JournalEntry, Receipt

SHOWN = 3
"""The most records changed since that a message names."""


def undo(
    store: GraphStore, import_id: int, *, recorded_by: str, recorded_at: datetime.datetime, dry_run: bool = False
) -> Receipt:
    """Undo an import in one transaction. The undo is an import of its own, which can be undone too.

    Raises UnknownImport for an import that does not exist, ChangeRefused where a record was changed again since, and
    RuleViolations where the remaining records would break a rule, such as a later record that refers to one that goes.
    """
    entries = store.history(import_id=import_id)
    if not entries:
        raise unknown_import(import_id, store=store.url)
    _refuse_changed_since(store, entries, import_id)
    before = Dataset.collect(record_of(entry.sheet, entry.before) for entry in entries if entry.before is not None)
    return store.apply(
        before,
        source=f"undo of import {import_id}",
        recorded_by=recorded_by,
        recorded_at=recorded_at,
        remove=[(entry.sheet, entry.key) for entry in entries if entry.before is None],
        dry_run=dry_run,
    )


def _refuse_changed_since(store: GraphStore, entries: Sequence[JournalEntry], import_id: int) -> None:
    now = _stored(store, entries)
    # Compare records, not fields: an entry from before a column was declared lacks it.
    moved = [entry for entry in entries if now.get((entry.sheet, entry.key)) != _after(entry)]
    if moved:
        named = "; ".join(f"{entry.sheet} {' / '.join(entry.key)}" for entry in moved[:SHOWN])
        raise change_refused("changed_since", store=store.url, id=import_id, count=len(moved), named=named)


def _after(entry: JournalEntry) -> Any:
    return None if entry.after is None else record_of(entry.sheet, entry.after)


def _stored(store: GraphStore, entries: Sequence[JournalEntry]) -> Mapping[tuple[str, Key], Any]:
    """The records of these entries as they are now."""
    wanted = {(entry.sheet, entry.key) for entry in entries}
    homeless = any(not entry.accounts and not is_shared(KINDS[entry.sheet]) for entry in entries)
    accounts = sorted({account for entry in entries for account in entry.accounts})
    dataset = store.read(None if homeless else accounts)
    return {
        (kind.sheet, kind.key_of(record)): record
        for kind in KINDS.values()
        for record in dataset.of(kind.record)
        if (kind.sheet, kind.key_of(record)) in wanted
    }
