"""Earlier states: the records as the journal had them at the end of a day (measures.md 11)."""

from __future__ import annotations

import contextlib
import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.model import Account, Claim, Covers, Influence, Interaction, Opportunity, Participation, Person, TeamMember
from graph.model.dataset import Dataset
from graph.store import RuleViolations
from graph.store.digest import digest_of
from graph.store.protocol import GraphStore
from tests.store.examples import every_kind, small
from tests.store.places import NOON, put


def day(number: int) -> datetime.date:
    return datetime.date(2026, 11, number)


def test_later_changes_are_undone(store: GraphStore) -> None:
    put(store, every_kind(), day=1)
    first = store.read()
    put(store, Account("acc'\"", name="Renamed"), Person("newcomer", "acc'\""), day=3)
    second = store.read()
    store.remove([("people", ("newcomer",))], source="s", recorded_by="r", recorded_at=NOON.replace(day=5))
    assert store.read(recorded_until=day(1)) == first
    assert store.read(recorded_until=day(2)) == first
    assert store.read(recorded_until=day(3)) == second
    assert store.read(recorded_until=day(4)) == second
    assert store.read(recorded_until=day(5)) == store.read()
    second.of(Interaction)[:] = [touch for touch in second.of(Interaction) if touch.people]
    assert store.read(["acc'\""], recorded_until=day(3)) == second
    assert digest_of(store.read(recorded_until=day(2))) == digest_of(first)


def test_the_day_ends_at_midnight_utc(store: GraphStore) -> None:
    put(
        store, Account("a", name="first"), recorded_at=datetime.datetime(2026, 11, 1, 23, 59, 59, 999_999, datetime.UTC)
    )
    east = datetime.timezone(datetime.timedelta(hours=8))
    put(store, Account("a", name="second"), recorded_at=datetime.datetime(2026, 11, 2, 8, 0, 0, tzinfo=east))
    assert store.read(recorded_until=day(1)).of(Account) == [Account("a", name="first")]
    assert store.read(recorded_until=day(2)).of(Account) == [Account("a", name="second")]


def test_an_account_that_came_later_is_read_as_first_imported(store: GraphStore) -> None:
    put(store, small("a"), TeamMember("m", name="then"), day=1)
    put(store, Account("a", name="A2"), TeamMember("m", name="now"), day=5)
    put(store, *small("b"), TeamMember("n"), Covers("m", "b-p0"), Covers("n", "b-p1"), day=7)
    put(store, Person("b-p0", "b", name="Changed"), Person("b-p9", "b"), TeamMember("n", name="later"), day=9)
    early = store.read(recorded_until=day(2))
    assert {account.id: account.name for account in early.of(Account)} == {"a": "Account a", "b": "Account b"}
    assert {person.id: person.name for person in early.of(Person) if person.account == "b"} == {
        f"b-p{n}": f"Person {n}" for n in range(3)
    }
    assert len(early.of(Covers)) == 2
    assert {member.id: member.name for member in early.of(TeamMember)} == {"m": "then", "n": None}
    only_b = store.read(["b"], recorded_until=day(2))
    assert {account.id for account in only_b.of(Account)} == {"b"}
    assert (
        only_b.of(Person) == [person for person in early.of(Person) if person.account == "b"]
        or len(only_b.of(Person)) == 3
    )
    assert store.read(["a"], recorded_until=day(2)).of(Account) == [Account("a", name="Account a")]


def test_a_clock_that_was_wrong_does_not_mix_states(store: GraphStore) -> None:
    put(store, Account("a", name="one"), day=10)
    put(store, Account("a", name="two"), day=12)
    put(store, Account("a", name="three"), day=11)
    assert store.read(recorded_until=day(10)).of(Account)[0].name == "one"
    assert store.read(recorded_until=day(11)).of(Account)[0].name == "three"
    assert store.read(recorded_until=day(12)).of(Account)[0].name == "three"


def test_who_moved_was_where_they_were(store: GraphStore) -> None:
    put(store, small("a"), day=1)
    put(store, small("b"), day=1)
    before = store.read(["a"])
    put(store, Person("a-p0", "b"), day=3)
    put(store, Interaction("a-i", datetime.date(2026, 5, 1), "forum", people=("a-p0",)), day=4)
    assert {person.id for person in store.read(["a"]).of(Person)} == {"a-p1", "a-p2"}
    assert store.read(["a"]).of(Interaction) == []
    assert store.read(["a"], recorded_until=day(2)) == before
    assert {interaction.id for interaction in store.read(["b"], recorded_until=day(3)).of(Interaction)} == {
        "a-i",
        "b-i",
    }


def test_before_the_first_import_there_is_what_came_first(store: GraphStore) -> None:
    assert len(store.read(recorded_until=day(1))) == 0
    put(store, small("a"), day=5)
    put(store, Account("a", name="later"), day=6)
    assert store.read(recorded_until=day(1)) == small("a")


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["name", "move", "remove", "line", "touch", "deal", "seat", "claim", "nobody", "untouch"]),
        st.integers(0, 4),
        st.integers(0, 4),
        st.sampled_from("ab"),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=ACTIONS)
def test_every_state_that_was_read_can_be_read_again(embedded: Any, actions: list[tuple[str, int, int, str]]) -> None:
    """Later changes leave the state of an earlier day as it was, of everything and of each account."""
    store: GraphStore = embedded()
    people = [Person(f"p{n}", "ab"[n % 2]) for n in range(5)]
    put(store, Account("a"), Account("b"), *people, day=1)
    states: list[tuple[Dataset, Dataset]] = [(store.read(), store.read(["a"]))]
    for at, (action, first, second, account) in enumerate(actions, 2):
        batch, remove = _change(store, action, f"p{first}", f"p{second}", account, at)
        with contextlib.suppress(RuleViolations):
            put(store, *batch, remove=remove, day=at)
        states.append((store.read(), store.read(["a"])))
    for number, (everything, of_a) in enumerate(states, 1):
        assert store.read(recorded_until=day(number)) == everything
        assert store.read(["a"], recorded_until=day(number)) == of_a


def _change(
    store: GraphStore, action: str, identity: str, other: str, account: str, at: int
) -> tuple[list[Any], list[tuple[str, tuple[str, ...]]]]:
    there = {person.id: person for person in store.read().of(Person)}
    if action == "remove":
        return [], [("people", (identity,))]
    if action == "line":
        return [Influence(identity, other, 0.5)], []
    if action == "touch":
        return [Interaction(f"i{at % 3}", datetime.date(2026, 1, at), "forum", people=(identity, other))], []
    if action == "nobody":
        return [Interaction(f"i{at % 3}", datetime.date(2026, 1, at), "forum")], []
    if action == "untouch":
        return [], [("interactions", (f"i{at % 3}",))]
    if action == "deal":
        return [Opportunity(f"o{at % 2}", account, name=f"name {at}")], []
    if action == "seat":
        return [Participation(f"o{at % 2}", identity, stance=at % 4)], []
    if action == "claim":
        return [Claim(f"c{at % 2}", f"o{at % 2}", "fit", f"as of {at}")], []
    home = account if action == "move" else there[identity].account if identity in there else account
    return [Person(identity, home, name=f"name {at}")], []


@pytest.mark.parametrize("accounts", [None, ["a"], []])
def test_nothing_recorded_means_nothing_read(store: GraphStore, accounts: list[str] | None) -> None:
    assert len(store.read(accounts, recorded_until=day(1))) == 0
