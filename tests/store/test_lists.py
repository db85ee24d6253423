"""Lists of every store: pages of accounts, names, owners, the team's work elsewhere, the journal by account."""

from __future__ import annotations

import datetime
import itertools
import random
from dataclasses import replace

from graph.model import (
    Account,
    Competitor,
    Covers,
    DecisionStep,
    Interaction,
    Opportunity,
    Person,
    TeamMember,
)
from graph.model.team_work import MemberDay
from graph.store.protocol import GraphStore
from graph.store.undo import undo
from tests.store.examples import every_kind, small
from tests.store.places import NOON, put

IDS = ["001", "B", "a", "a/b", "é", "林", "ｚ", "😀", "😀b", "z'\""]
"""Ids whose order by UTF-16, by case or by a language would be another than by code points."""
DAY = datetime.date(2026, 5, 1)


def test_accounts_come_in_pages_in_the_order_of_their_ids(store: GraphStore) -> None:
    assert (store.account_ids(), store.accounts(), store.account_ids("a", 3)) == ([], [], [])
    put(store, *(Account(identity, f"Name {identity}") for identity in random.Random(1).sample(IDS, len(IDS))))
    every = sorted(IDS)
    assert store.account_ids() == every
    assert [account.id for account in store.accounts()] == every
    for after, limit in itertools.product([None, *every, "", "aa", "\U0010ffff"], [None, 1, 3, 100]):
        expected = [identity for identity in every if after is None or identity > after][:limit]
        assert store.account_ids(after, limit) == expected
        page = store.accounts(after, limit)
        assert [(summary.id, summary.name) for summary in page] == [
            (identity, f"Name {identity}") for identity in expected
        ]


def test_a_page_has_the_counts_of_the_whole_list(store: GraphStore) -> None:
    put(store, *small("a"), Opportunity("o", "a"), *small("b", 5), Account("c"))
    put(store, Interaction("both", datetime.date(2026, 9, 9), "forum", people=("a-p0", "b-p0", "b-p1")))
    every = store.accounts()
    assert [(summary.people, summary.opportunities, summary.interactions) for summary in every] == [
        (3, 1, 2),
        (5, 0, 2),
        (0, 0, 0),
    ]
    assert [*store.accounts(None, 1), *store.accounts("a", 1), *store.accounts("b", 1)] == every


def test_names_are_those_of_a_kind_by_id(store: GraphStore) -> None:
    assert store.names("accounts") == {}
    put(store, *small("a"), Account("b"), TeamMember("m", "Max"))
    assert store.names("accounts") == {"a": "Account a", "b": None}
    assert store.names("people") == {f"a-p{n}": f"Person {n}" for n in range(3)}
    assert store.names("team") == {"m": "Max"}


def test_owners_are_the_accounts_of_records(store: GraphStore) -> None:
    assert store.owners("accounts", ["a"]) == set()
    put(store, small("a"), small("b"), Opportunity("o", "b"), DecisionStep("s", "o", 1))
    put(store, Interaction("both", DAY, "forum", people=("a-p0", "b-p0")), Interaction("nobody", DAY, "forum"))
    assert store.owners("accounts", ["a", "b", "c"]) == {"a", "b"}
    assert store.owners("people", ["a-p1", "nobody"]) == {"a"}
    assert store.owners("steps", ["s"]) == {"b"}
    assert store.owners("interactions", ["both", "nobody"]) == {"a", "b"}
    assert store.owners("interactions", ["nobody"]) == set()


def test_the_work_elsewhere_is_that_of_all_accounts_but_one(store: GraphStore) -> None:
    since, until = DAY, DAY + datetime.timedelta(days=9)
    assert store.work_elsewhere("a", since, until).days == []
    put(store, small("a"), small("b"), small("c"), TeamMember("m"), TeamMember("n"), Person("left", "b", status="left"))

    def touch(identity: str, days: int, *people: str, **more: object) -> Interaction:
        given = {"method": "daily_contact", "members": ("m",), **more}
        return Interaction(identity, DAY + datetime.timedelta(days=days), people=people, **given)  # type: ignore[arg-type]

    put(
        store,
        touch("here", 0, "a-p0"),
        touch("first", 0, "b-p0", members=("m", "n")),
        touch("same day", 0, "c-p0"),
        touch("other way", 0, "c-p0", subtype="visit", response="none"),
        touch("both", 2, "a-p0", "b-p1"),
        touch("before", -1, "b-p0"),
        touch("last", 9, "c-p1", method="forum"),
        touch("after", 10, "c-p1"),
        touch("of one who left", 3, "left"),
        touch("of nobody", 4),
        touch("by nobody", 5, "b-p0", members=()),
        Covers("m", "a-p0", owner=True),
        Covers("m", "b-p0", owner=True),
        Covers("m", "b-p1", owner=False),
        Covers("m", "c-p0", owner=True),
        Covers("n", "left", owner=True),
        Covers("n", "c-p1"),
    )
    found = store.work_elsewhere("a", since, until)
    assert sorted(found.days, key=str) == sorted(
        [
            MemberDay("m", DAY, "daily_contact", None, None),
            MemberDay("n", DAY, "daily_contact", None, None),
            MemberDay("m", DAY, "daily_contact", "visit", "none"),
            MemberDay("m", DAY + datetime.timedelta(days=2), "daily_contact", None, None),
            MemberDay("m", DAY + datetime.timedelta(days=9), "forum", None, None),
        ],
        key=str,
    )
    assert found.owned == {"m": 2}


def test_the_last_change_is_the_length_of_the_journal(store: GraphStore) -> None:
    store.ping()
    assert store.last_change() == 0
    put(store, small())
    assert store.last_change() == len(small()) == store.info().journal
    put(store, small())
    assert store.last_change() == len(small())
    store.remove([("interactions", ("a-i",))], source="s", recorded_by="r", recorded_at=NOON)
    assert store.last_change() == len(small()) + 1
    store.ping()


def test_the_history_of_an_account_is_its_part_of_the_journal(store: GraphStore) -> None:
    put(store, every_kind("one"), day=1)
    put(store, every_kind("two"), day=2)
    mixed = [record for pair in zip(small("a", 9), small("b", 9), strict=True) for record in pair]
    put(store, *mixed, TeamMember("m"), Competitor("rival"), day=3)
    put(store, Interaction("both", DAY, "forum", people=("a-p0", "b-p0")), Interaction("nobody", DAY, "forum"), day=4)
    put(store, replace(small("a").of(Person)[0], account="b"), remove=[("interactions", ("a-i",))], day=5)
    undo(store, 5, recorded_by="r", recorded_at=NOON.replace(day=6))
    every = store.history()
    for account in ("one", "two", "a", "b", "nobody", ""):
        assert store.history(account) == [entry for entry in every if account in entry.accounts]
        for import_id in range(1, 8):
            assert store.history(account, import_id=import_id) == [
                entry for entry in every if account in entry.accounts and entry.import_id == import_id
            ]
        late = datetime.date(2026, 11, 3)
        assert store.history(account, since=late) == [
            entry for entry in every if account in entry.accounts and entry.recorded_at.date() >= late
        ]
    for import_id in range(1, 8):
        assert store.history(import_id=import_id) == [entry for entry in every if entry.import_id == import_id]
    assert [entry.key for entry in every if not entry.accounts] != []


def test_an_earlier_state_of_an_account_is_its_part_of_that_of_everything(store: GraphStore) -> None:
    put(store, small("a"), small("b"), TeamMember("m", "then"), Opportunity("o", "a"), DecisionStep("s", "o", 1), day=1)
    put(store, Person("a-p0", "a", name="renamed"), TeamMember("m", "now"), Competitor("rival"), day=3)
    put(store, small("c"), Interaction("both", DAY, "forum", people=("a-p1", "b-p1")), day=5)
    put(store, Opportunity("o", "b"), Person("b-p2", "a"), remove=[("interactions", ("b-i",))], day=7)
    put(store, DecisionStep("s", "o", 2), Interaction("both", DAY, "forum", people=("b-p1",)), day=9)
    for day, account in itertools.product(range(1, 11), "abc"):
        until = datetime.date(2026, 11, day)
        state = store.read(["a", "b", "c"], recorded_until=until)
        alone = store.read([account], recorded_until=until)
        assert {person.id for person in alone.of(Person)} == {
            person.id for person in state.of(Person) if person.account == account
        }
        home = {person.id: person.account for person in state.of(Person)}
        assert {interaction.id for interaction in alone.of(Interaction)} == {
            interaction.id
            for interaction in state.of(Interaction)
            if account in {home[person] for person in interaction.people}
        }
        assert alone.of(Opportunity) == [
            opportunity for opportunity in state.of(Opportunity) if opportunity.account == account
        ]
        assert len(alone.of(DecisionStep)) == len(alone.of(Opportunity))
        assert all(step in state.of(DecisionStep) for step in alone.of(DecisionStep))
