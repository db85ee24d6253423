"""The journal by account: which changes it says an account has. A store of an earlier swaymap has none."""

from __future__ import annotations

import datetime
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from graph.model import Account, Competitor, Interaction, Person, TeamMember
from graph.store.protocol import GraphStore
from tests.neo4j_fixture import Neo4jAddress, rows
from tests.store.examples import every_kind, small
from tests.store.places import Place, put

DAYS = [datetime.date(2026, 11, day) for day in range(1, 8)]
ACCOUNTS = ["a", "b", "acc'\"", "nobody"]


class Beneath:
    """The journal by account as the database itself has it."""

    def __init__(self, store: GraphStore, address: Neo4jAddress | None) -> None:
        self._url, self._address = store.url, address

    def changes(self) -> set[tuple[str, int]]:
        """The accounts and numbers of changes."""
        if self._address is None:
            return set(self._sqlite("SELECT account, seq FROM journal_accounts"))
        found = self._cypher("MATCH (o:SwaymapAccountChanges) RETURN o.account, o.lastSeq, o.ranges")
        assert all(last == ranges[-1] for _, last, ranges in found)
        return {
            (account, seq)
            for account, _, ranges in found
            for first, last in zip(ranges[::2], ranges[1::2], strict=True)
            for seq in range(first, last + 1)
        }

    def make_older(self) -> None:
        """Make the store one of a swaymap from before."""
        if self._address is None:
            self._sqlite("DROP TABLE journal_accounts")
            self._sqlite("PRAGMA user_version = 2")
        else:
            self._cypher("MATCH (o:SwaymapAccountChanges) DELETE o")
            self._cypher("MATCH (s:SwaymapStore) SET s.version = 3")

    def _cypher(self, query: str) -> list[Any]:
        assert self._address is not None
        return list(rows(self._address, query))

    def _sqlite(self, statement: str) -> list[tuple[str, int]]:
        with closing(sqlite3.connect(self._url.removeprefix("sqlite:///"))) as connection, connection:
            return connection.execute(statement).fetchall()


@pytest.fixture
def beneath(place: Place, request: pytest.FixtureRequest) -> Beneath:
    return Beneath(place.open(), None if place.engine == "sqlite" else request.getfixturevalue("neo4j_address"))


def imported(store: GraphStore) -> None:
    """Five imports: of one account, of two mixed, of shared kinds, a move, a removal."""
    put(store, every_kind(), day=1)
    put(store, *(record for pair in zip(small("a"), small("b"), strict=True) for record in pair), day=2)
    put(store, TeamMember("m"), Competitor("rival"), Interaction("nobody", DAYS[0], "forum"), day=3)
    put(store, replace(small("a").of(Person)[0], account="b"), Account("a", "Renamed"), day=4)
    put(
        store,
        Interaction("both", DAYS[0], "forum", people=("a-p1", "b-p1")),
        remove=[("interactions", ("b-i",))],
        day=5,
    )


def answers(store: GraphStore) -> list[object]:
    """The rows read of the journal."""
    return [
        *(store.history(account) for account in ACCOUNTS),
        *(store.history(account, since=DAYS[3]) for account in ACCOUNTS),
        *(store.history("a", import_id=number) for number in range(1, 6)),
        *(store.read([account], recorded_until=day) for account in ACCOUNTS for day in DAYS),
    ]


def test_every_change_stands_under_its_accounts_or_under_none(place: Place, beneath: Beneath) -> None:
    store = place.open()
    imported(store)
    assert beneath.changes() == {
        (account, entry.seq) for entry in store.history() for account in entry.accounts or ("",)
    }


def test_a_refused_import_leaves_nothing_in_it(place: Place, beneath: Beneath) -> None:
    store = place.open()
    imported(store)
    before = beneath.changes()

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put(store, small("c"), progress=stop)
    assert beneath.changes() == before
    put(store, small("c"))
    assert len(beneath.changes()) == len(before) + len(small("c"))


def test_an_older_store_answers_the_same_and_is_brought_up_to_date_by_a_write(place: Place, beneath: Beneath) -> None:
    store = place.open()
    imported(store)
    expected, changes = answers(store), beneath.changes()
    place.close()
    beneath.make_older()
    older = place.open()
    assert answers(older) == expected
    put(older, TeamMember("later"), day=7)
    assert beneath.changes() == {*changes, ("", older.last_change())}
    assert answers(place.open())[:13] == expected[:13]
    assert older.info().schema_version == {"sqlite": 4, "neo4j": 5}[place.engine]
