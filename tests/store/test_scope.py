"""A scope shows the accounts in scope, without withheld columns, as if nothing else were stored; on every engine."""

from __future__ import annotations

import datetime
import random
from typing import Any

import pytest

from graph.model import (
    KINDS,
    Account,
    Claim,
    Interaction,
    Opportunity,
    Participation,
    Person,
    TeamMember,
)
from graph.model.dataset import Dataset
from graph.store.belonging import is_shared
from graph.store.protocol import GraphStore
from graph.store.scope import Scope
from tests.store.examples import every_kind, small
from tests.store.places import NOON, put

ONLY_A = Scope(frozenset({"a"}))
COLUMNS = [(kind.sheet, column.name) for kind in KINDS.values() for column in kind.columns]


def forum(*people: str) -> Interaction:
    return Interaction("forum", datetime.date(2026, 6, 1), "forum", people=people, members=("m",))


def three_accounts() -> list[Any]:
    """Accounts a, b and c, and a team; people of a and b attended a forum, and one of b told something about a."""
    told = Claim("told", "deal", source_person="b-p0", topic="budget", statement="There is money.")
    return [
        *(record for account in "abc" for record in small(account)),
        TeamMember("m", name="Ann"),
        Opportunity("deal", "a"),
        forum("a-p0", "b-p0", "a-p1"),
        told,
    ]


def values(dataset: Dataset) -> dict[tuple[str, str, tuple[str, ...]], Any]:
    """Every cell by sheet, column and key."""
    return {
        (kind.sheet, name, kind.key_of(record)): getattr(record, name)
        for kind in dataset.kinds()
        for record in dataset.of(kind.record)
        for name in kind.fields
    }


def test_the_scope_of_everything_changes_nothing(store: GraphStore) -> None:
    put(store, every_kind())
    put(store, *three_accounts())
    assert values(store.read(scope=Scope.all())) == values(store.read())
    assert store.read().withheld == frozenset()
    assert store.history(scope=Scope.all()) == store.history()
    assert store.accounts(scope=Scope.all()) == store.accounts()
    assert store.account_ids(scope=Scope.all()) == store.account_ids()


def test_records_are_those_of_a_store_that_never_had_the_other_accounts(store: GraphStore) -> None:
    put(store, *three_accounts())
    told = Claim("told", "deal", source_person=None, topic="budget", statement="There is money.")
    alone = Dataset.collect(
        [*small("a"), TeamMember("m", name="Ann"), Opportunity("deal", "a"), forum("a-p0", "a-p1"), told]
    )
    assert store.read(scope=ONLY_A) == alone
    assert store.read(["a", "b", "nowhere"], scope=ONLY_A) == alone
    assert store.read(recorded_until=NOON.date(), scope=ONLY_A) == alone
    assert store.read(["b"], scope=ONLY_A) == Dataset.collect([TeamMember("m", name="Ann")])
    assert store.read(scope=Scope(frozenset())) == Dataset.collect([TeamMember("m", name="Ann")])


def test_people_of_other_accounts_in_scope_stay_among_the_guests(store: GraphStore) -> None:
    put(store, *three_accounts())
    both = Scope(frozenset("ab"))
    assert [touch.people for touch in store.read(["a"], scope=both).of(Interaction) if touch.id == "forum"] == [
        ("a-p0", "b-p0", "a-p1")
    ]
    assert store.read(["a"], scope=both).of(Claim)[0].source_person == "b-p0"


def test_pages_of_accounts_are_those_of_a_store_that_never_had_the_others(store: GraphStore) -> None:
    put(store, *three_accounts())
    scope = Scope(frozenset({"a", "c", "not stored"}))
    assert store.account_ids(scope=scope) == ["a", "c"]
    assert store.account_ids("a", scope=scope) == ["c"]
    assert store.account_ids(limit=1, scope=scope) == ["a"]
    assert store.accounts(scope=scope) == [row for row in store.accounts() if row.id in "ac"]
    assert store.accounts("b", 5, scope=scope) == [store.accounts()[2]]
    assert store.account_ids(scope=Scope(frozenset())) == []


def test_the_journal_of_other_accounts_is_not_there(store: GraphStore) -> None:
    put(store, *three_accounts())
    put(store, TeamMember("m", name="Renamed"), Person("b-p0", "b", name="Renamed"), day=24)
    shown = store.history(scope=ONLY_A)
    assert {account for entry in shown for account in entry.accounts} == {"a"}
    assert not any("b-p" in str(entry) for entry in shown)
    assert [entry.key for entry in shown if entry.before is not None] == [("m",)]
    assert {entry.seq for entry in shown} < {entry.seq for entry in store.history()}
    assert store.history("b", scope=ONLY_A) == []
    assert store.history(import_id=2, scope=ONLY_A) == [entry for entry in shown if entry.import_id == 2]
    assert store.history(since=datetime.date(2026, 11, 24), scope=ONLY_A) == shown[-1:]


def test_who_comes_from_an_account_out_of_scope_is_new_and_who_goes_there_is_gone(store: GraphStore) -> None:
    put(store, *three_accounts())
    put(store, Person("b-p0", "a", name="Now here"), Person("a-p0", "b", name="Now there"), day=24)
    moves = {entry.key[0]: entry for entry in store.history(scope=ONLY_A, import_id=2) if entry.sheet == "people"}
    came, went = moves["b-p0"], moves["a-p0"]
    assert (came.before, came.accounts) == (None, ("a",))
    assert came.after is not None
    assert came.after["account"] == "a"
    assert (went.after, went.accounts) == (None, ("a",))
    assert went.before is not None


def test_an_interaction_without_people_belongs_to_nobody_and_is_not_shown(store: GraphStore) -> None:
    put(store, *small("a"), Interaction("alone", datetime.date(2026, 6, 1), "forum", notes="of whom?"))
    assert [touch.id for touch in store.read(scope=ONLY_A).of(Interaction)] == ["a-i"]
    assert not any(entry.key == ("alone",) for entry in store.history(scope=ONLY_A))


@pytest.mark.parametrize("seed", range(4))
def test_withheld_columns_are_empty_and_nothing_else_is_different(store: GraphStore, seed: int) -> None:
    put(store, every_kind())
    withheld = frozenset(random.Random(seed).sample(COLUMNS, 40))
    hidden = {sheet for sheet, name in withheld if KINDS[sheet].by_name[name].key}
    shown = store.read(scope=Scope(None, withheld))
    assert shown.withheld == withheld
    expected = {
        (sheet, name, key): (() if isinstance(value, tuple) else None) if (sheet, name) in withheld else value
        for (sheet, name, key), value in values(store.read()).items()
        if sheet not in hidden
    }
    assert values(shown) == expected
    entries = store.history(scope=Scope(None, withheld))
    assert {entry.sheet for entry in entries} == set(KINDS) - hidden
    for entry in entries:
        assert entry.after is not None
        assert set(entry.after) == {name for name in KINDS[entry.sheet].fields if (entry.sheet, name) not in withheld}


def test_a_change_of_a_withheld_column_alone_is_no_change(store: GraphStore) -> None:
    scope = Scope(None, frozenset({("participation", "stance")}))
    put(store, *small(), Opportunity("o", "a"), Participation("o", "a-p0", stance=1))
    put(store, Participation("o", "a-p0", stance=-2), day=24)
    put(store, Participation("o", "a-p0", stance=-1, veto=True), day=25)
    [added, changed] = [entry for entry in store.history(scope=scope) if entry.sheet == "participation"]
    assert (added.import_id, changed.import_id) == (1, 3)
    assert added.after is not None
    assert "stance" not in added.after
    assert changed.before == {**added.after}


def test_summaries_leave_out_what_withheld_columns_say(store: GraphStore) -> None:
    put(store, *small())
    [row] = store.accounts(scope=Scope(None, frozenset({("accounts", "name"), ("interactions", "date")})))
    assert (row.name, row.last_interaction, row.people, row.interactions) == (None, None, 3, 1)


def test_accounts_and_columns_at_random_show_what_the_whole_store_shows_of_them(store: GraphStore) -> None:
    put(store, every_kind("x"))
    put(store, *three_accounts())
    accounts = store.account_ids()
    whole = values(store.read())
    for seed in range(8):
        chance = random.Random(seed)
        among = frozenset(chance.sample(accounts, chance.randrange(len(accounts) + 1)))
        scope = Scope(among, frozenset(chance.sample(COLUMNS, chance.randrange(10))))
        shown = store.read(scope=scope)
        assert {account.id for account in shown.of(Account)} == (
            set() if any(("accounts", key) in scope.withheld for key in ("id",)) else among
        )
        for (sheet, name, key), value in values(shown).items():
            assert (sheet, name, key) in whole
            if (sheet, name) in scope.withheld:
                assert value in (None, ())
            elif KINDS[sheet].by_name[name].ref != "people":
                assert value == whole[sheet, name, key]
        for entry in store.history(scope=scope):
            assert among.issuperset(entry.accounts)
            assert entry.accounts or is_shared(KINDS[entry.sheet])


def test_scopes_are_equal_hashable_and_name_declared_columns_only() -> None:
    assert Scope.all() == Scope()
    assert Scope.all().is_all
    assert not ONLY_A.is_all
    assert {Scope(frozenset({"a"})): 1}[ONLY_A] == 1
    assert ONLY_A.has("a")
    assert not ONLY_A.has("b")
    for unknown in (("people", "shoe_size"), ("pets", "id")):
        with pytest.raises(ValueError, match="there is no column"):
            Scope(None, frozenset({unknown}))
