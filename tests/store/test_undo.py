"""Undo, on every store: the content before an import comes back exactly, or nothing happens and the reason is said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.model import Influence, Interaction, Person
from graph.model.dataset import Dataset
from graph.store import ChangeRefused, RuleViolations, UnknownImport
from graph.store.protocol import GraphStore, Receipt
from graph.store.undo import undo
from tests.store.examples import every_kind, small
from tests.store.places import NOON, put


def back(store: GraphStore, import_id: int, dry_run: bool = False) -> Receipt:
    return undo(store, import_id, recorded_by="tester", recorded_at=NOON, dry_run=dry_run)


def test_what_an_import_added_changed_and_removed_comes_back(store: GraphStore) -> None:
    put(store, every_kind())
    before = store.digest()
    person = store.read().of(Person)[0]
    touched = Dataset.collect([replace(person, title="Somebody else"), replace(person, id="new")])
    gone = [("interactions", (interaction.id,)) for interaction in store.read().of(Interaction)[:1]]
    receipt = store.apply(touched, source="x", recorded_by="tester", recorded_at=NOON, remove=gone)
    assert receipt.import_id is not None
    assert store.digest() != before
    done = back(store, receipt.import_id)
    assert store.digest() == before
    assert done.import_id == receipt.import_id + 1
    assert (done.counts["people"].changed, done.counts["people"].removed) == (1, 1)
    assert done.counts["interactions"].added == 1


def test_an_undo_can_be_undone(store: GraphStore) -> None:
    first = put(store, every_kind())
    full = store.digest()
    undone = back(store, first.import_id or 0)
    assert len(store.read()) == 0
    back(store, undone.import_id or 0)
    assert store.digest() == full


def test_a_dry_run_says_what_it_would_do(store: GraphStore) -> None:
    receipt = put(store, small())
    digest = store.digest()
    told = back(store, receipt.import_id or 0, dry_run=True)
    assert told.import_id is None
    assert sum(count.removed for count in told.counts.values()) == len(small())
    assert store.digest() == digest


def test_what_was_changed_again_since_is_not_overwritten(store: GraphStore) -> None:
    first = put(store, small())
    person = store.read().of(Person)[0]
    second = put(store, Dataset.collect([replace(person, title="Later")]))
    digest = store.digest()
    with pytest.raises(ChangeRefused, match=rf"1 of its records were changed again since \(people {person.id}\)"):
        back(store, first.import_id or 0)
    assert store.digest() == digest
    back(store, second.import_id or 0)
    back(store, first.import_id or 0)
    assert len(store.read()) == 0


def test_what_a_later_record_names_cannot_go(store: GraphStore) -> None:
    put(store, small())
    person = store.read().of(Person)[0]
    added = put(store, Dataset.collect([replace(person, id="new")]))
    put(store, Dataset.collect([Influence("new", person.id, 0.5)]))
    digest = store.digest()
    with pytest.raises(RuleViolations):
        back(store, added.import_id or 0)
    assert store.digest() == digest


def test_an_import_that_there_is_not(store: GraphStore) -> None:
    put(store, small())
    with pytest.raises(UnknownImport, match="no import 99"):
        back(store, 99)
