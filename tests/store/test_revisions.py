"""Revisions: they grow where records change and only there, in the transaction of the change, and never repeat."""

from __future__ import annotations

import contextlib
import datetime
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph.model import (
    KINDS,
    Account,
    Claim,
    Competitor,
    CompetitorTie,
    Interaction,
    Opportunity,
    Pain,
    Participation,
    Person,
    TeamMember,
)
from graph.model.columns import FieldClass
from graph.store import RuleViolations
from graph.store.protocol import GraphStore
from graph.store.revision_moves import seen_columns
from graph.store.revisions import NEVER, SHARED, Revisions
from graph.store.scope import Scope
from graph.store.sqlite.store import SqliteStore
from graph.store.sync import beyond
from graph.store.undo import undo
from tests.neo4j_fixture import Neo4jAddress, rows
from tests.store.examples import every_kind, small
from tests.store.places import NOON, Place, put

ALL = ("a", "b", "c")
DAY = datetime.date(2026, 5, 1)


def of(store: GraphStore, *accounts: str) -> Revisions:
    found = store.revisions(accounts or ALL)
    assert found is not None
    return found


def grown(before: Revisions, after: Revisions) -> dict[str, tuple[bool, bool]]:
    """Whose revisions grew, and of which counter; "store" is the whole store's."""
    befores = {"store": before.store, SHARED: before.shared, **before.accounts}
    afters = {"store": after.store, SHARED: after.shared, **after.accounts}
    moved = {}
    for key, now in afters.items():
        was = befores.get(key, NEVER)
        assert now >= was
        if now != was:
            moved[key] = (now.changed > was.changed, now.seen > was.seen)
    return moved


BOTH, HIDDEN = (True, True), (True, False)


def test_an_empty_store_never_changed(store: GraphStore) -> None:
    assert store.revisions(["a"]) == Revisions(NEVER, NEVER, {})
    assert store.read().revisions in ({}, {SHARED: 0})


def test_a_change_moves_the_accounts_whose_records_changed_and_the_store(store: GraphStore) -> None:
    put(store, small("a"), small("b"), TeamMember("m"))
    first = of(store)
    assert set(first.accounts) == {"a", "b"}
    assert all(revision > NEVER for revision in (first.store, first.shared, *first.accounts.values()))
    put(store, Person("a-p0", "a", title="new"))
    second = of(store)
    assert grown(first, second) == {"a": BOTH, "store": BOTH}
    put(store, Interaction("both", DAY, "forum", people=("a-p1", "b-p1")))
    third = of(store)
    assert grown(second, third) == {"a": BOTH, "b": BOTH, "store": BOTH}
    put(store, Interaction("both", DAY, "forum", people=("a-p1", "b-p1")))
    assert of(store) == third, "what is stored already is no change"
    put(store, small("c"))
    assert grown(third, of(store)) == {"c": BOTH, "store": BOTH}


def test_a_change_of_shared_kinds_moves_no_account(store: GraphStore) -> None:
    put(store, small("a"), TeamMember("m"))
    before = of(store)
    put(store, TeamMember("m", name="Max"), Competitor("rival"))
    assert grown(before, of(store)) == {SHARED: BOTH, "store": BOTH}


def test_a_record_of_no_account_moves_the_store_alone(store: GraphStore) -> None:
    put(store, small("a"), TeamMember("m"))
    before = of(store)
    put(store, Interaction("nobody", DAY, "forum"))
    assert grown(before, of(store)) == {"store": BOTH}


def test_what_a_viewer_cannot_see_moves_one_counter(store: GraphStore) -> None:
    put(store, small("a"), small("b"), Opportunity("o", "a"), Opportunity("other", "a"), Participation("o", "a-p0"))
    put(store, Opportunity("of b", "b"), Pain("pain", "a-p0", statement="old"), Competitor("rival"))
    steps: list[tuple[list[Any], dict[str, tuple[bool, bool]]]] = [
        ([Account("a", "Account a", notes="secret")], {"a": HIDDEN, "store": HIDDEN}),
        ([Participation("o", "a-p0", stance=2)], {"a": HIDDEN, "store": HIDDEN}),
        ([Participation("o", "a-p0", stance=2, confidence=0.5)], {"a": BOTH, "store": BOTH}),
        ([Claim("claim", "o", "fit")], {"a": BOTH, "store": BOTH}),
        ([Claim("claim", "other", "fit")], {"a": HIDDEN, "store": HIDDEN}),
        ([Claim("claim", "of b", "fit")], {"a": BOTH, "b": BOTH, "store": BOTH}),
        ([Pain("pain", "a-p0", statement="new")], {"a": HIDDEN, "store": HIDDEN}),
        ([CompetitorTie("rival", "a-p0", 0.5)], {"a": HIDDEN, "store": HIDDEN}),
        ([Account("a", "Account a", notes="public"), Account("b", tier="S")], {"a": HIDDEN, "b": BOTH, "store": BOTH}),
    ]
    for records, expected in steps:
        before = of(store)
        put(store, *records)
        assert grown(before, of(store)) == expected, records


def test_a_person_who_moves_changes_both_accounts(store: GraphStore) -> None:
    put(store, small("a"), small("b"), small("c"))
    before = of(store)
    put(store, Person("a-p0", "b"))
    assert grown(before, of(store)) == {"a": BOTH, "b": BOTH, "store": BOTH}


def test_an_account_that_comes_again_has_no_revision_twice(store: GraphStore) -> None:
    put(store, small("b"))
    used = []
    for _ in range(3):
        imported = put(store, small("a")).import_id
        assert imported is not None
        used.append(of(store).accounts["a"])
        for title in ("one", "two"):
            last = put(store, Person("a-p0", "a", title=title)).import_id
            used.append(of(store).accounts["a"])
            undo(store, last or 0, recorded_by="r", recorded_at=NOON)
            used.append(of(store).accounts["a"])
        undo(store, imported, recorded_by="r", recorded_at=NOON)
        assert "a" not in of(store).accounts
    for counter in zip(*(revision[:2] for revision in used), strict=True):
        assert list(counter) == sorted(set(counter))


def test_a_sync_and_a_removal_are_changes(store: GraphStore) -> None:
    put(store, small("a"), small("b"))
    before = of(store)
    put(store, small("a", 2), remove=beyond(store, "a", small("a", 2)))
    after = of(store)
    assert grown(before, after) == {"a": BOTH, "store": BOTH}
    store.remove([("interactions", ("b-i",))], source="s", recorded_by="r", recorded_at=NOON)
    assert grown(after, of(store)) == {"b": BOTH, "store": BOTH}


def test_what_is_refused_or_only_tried_moves_nothing(store: GraphStore) -> None:
    put(store, small("a"))
    before = of(store)
    put(store, Person("a-p0", "a", title="tried"), dry_run=True)
    with pytest.raises(RuleViolations):
        put(store, Person("a-p0", "nowhere"))

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt):
        put(store, Person("a-p0", "a", title="stopped"), progress=stop)
        pytest.fail("it was to be stopped")
    store.recover()
    assert of(store) == before


def test_a_read_carries_the_revisions_of_what_it_read(store: GraphStore) -> None:
    put(store, small("a"), small("b"), TeamMember("m"))
    found = of(store)
    expected = {SHARED: found.shared.changed, "a": found.accounts["a"].changed, "b": found.accounts["b"].changed}
    assert store.read().revisions == expected
    assert store.read(["b", "nobody"]).revisions == {key: expected[key] for key in (SHARED, "b")}
    assert store.read(["a"], recorded_until=NOON.date()).revisions == {}
    withheld = Scope(withheld=frozenset({("people", "name")}))
    for scope in (withheld, Scope(frozenset({"a"}))):
        assert store.read(["a"], scope=scope).revisions == {}, "columns made of a part may not be kept"


def make_older(store: GraphStore, address: Neo4jAddress | None) -> None:
    """Make a store one of a swaymap that has no revisions yet."""
    if address is None:
        with closing(sqlite3.connect(store.url.removeprefix("sqlite:///"))) as connection, connection:
            for table in ("store_revision", "account_revisions", "columns_of"):
                connection.execute(f"DROP TABLE {table}")
            connection.execute("PRAGMA user_version = 3")
    else:
        list(rows(address, "MATCH (n:SwaymapShared) DELETE n"))
        list(rows(address, "MATCH (n:Account) REMOVE n.swaymapChanged, n.swaymapSeen"))
        list(rows(address, "MATCH (s:SwaymapStore) REMOVE s.changed, s.seen, s.identity SET s.version = 4"))


@pytest.mark.parametrize("by", ["write", "upgrade"])
def test_an_older_store_has_none_until_a_write_or_an_upgrade(
    place: Place, by: str, request: pytest.FixtureRequest
) -> None:
    store = place.open()
    put(store, small("a"))
    put(store, small("b"), every_kind())
    digest, imports = store.digest(), store.imports()
    place.close()
    make_older(store, None if place.engine == "sqlite" else request.getfixturevalue("neo4j_address"))
    older = place.open()
    assert older.revisions(["a"]) is None
    assert older.read(["a"]).revisions == {}
    if by == "write":
        put(older, Account("z"))
    else:
        assert older.upgrade() is not None
        assert older.digest() == digest
        assert older.imports() == imports
    found = of(older)
    assert set(found.accounts) == {"a", "b"}
    assert all(revision > NEVER for revision in (found.store, found.shared, *found.accounts.values()))
    put(older, Person("a-p0", "a", title="later"))
    assert grown(found, of(older)) == {"a": BOTH, "store": BOTH}


def test_revisions_are_no_part_of_what_a_store_says_of_itself(tmp_path: Path) -> None:
    one, other = (SqliteStore(tmp_path / f"{name}.db") for name in ("one", "other"))
    put(one, small("a"))
    put(other, small("a"))
    put(other, Account("a", "Account a", notes="x"))
    undo(other, 2, recorded_by="r", recorded_at=NOON)
    assert one.digest() == other.digest()
    assert set(one.info().counts) == set(KINDS)
    for store in (one, other):
        store.close()


def test_the_columns_that_a_viewer_sees_are_those_that_are_not_restricted() -> None:
    for sheet, kind in KINDS.items():
        restricted = {column.name for column in kind.columns if column.field_class is FieldClass.RESTRICTED}
        is_hidden = not restricted.isdisjoint(kind.key)
        assert set(seen_columns(sheet)) == (set() if is_hidden else set(kind.fields) - restricted), sheet


def test_an_account_moved_by_many_changes_at_once_moves_once(store: GraphStore) -> None:
    put(store, small("a", 30))
    before = of(store).accounts["a"]
    put(store, *(replace(person, title="t") for person in small("a", 30).of(Person)))
    assert of(store).accounts["a"][:2] == (before.changed + 1, before.seen + 1)
