"""Ids that look the same are refused against what is stored, and names that are there twice are said."""

from __future__ import annotations

import pytest

from graph.model import Account, Person, TeamMember
from graph.model.dataset import Dataset
from graph.store import RuleViolations
from graph.store.protocol import GraphStore
from tests.store.places import put


@pytest.mark.parametrize(("there", "new"), [("lin", "LIN"), ("Lin", "lin"), ("zoë", "zoe\u0308"), ("ｐ1", "P1")])
@pytest.mark.parametrize("account", ["a", "b"])
def test_a_new_id_that_looks_like_another_is_refused(store: GraphStore, there: str, new: str, account: str) -> None:
    put(store, Account("a"), Account("b"), Person(there, "a"), TeamMember(there))
    before = store.digest()
    for record in (Person(new, account), TeamMember(new)):
        with pytest.raises(RuleViolations) as refused:
            put(store, record)
        assert [
            (violation.code, violation.value, violation.places["other"]) for violation in refused.value.findings
        ] == [("ids_alike", new, there)]
    assert store.digest() == before
    put(store, Person(f"{new}x", account), TeamMember(f"{new}x"))


def test_ids_of_other_kinds_and_of_other_programs_may_look_the_same(store: GraphStore) -> None:
    put(store, Account("a"), Person("lin", "a"))
    put(store, TeamMember("LIN"))
    exported = Dataset.collect([Person("LIN", "a"), Person("LiN", "a")])
    exported.exact_ids = frozenset({Person})
    put(store, exported)
    # What is there already is never refused for it.
    put(store, Person("lin", "a", name="Lin"), Person("LIN", "a", name="Lim"))


def test_which_ids_are_stored(store: GraphStore) -> None:
    assert store.ids_stored("people", ["p"]) == set()
    put(store, Account("a"), Person("p", "a"), Person("q", "a"), TeamMember("m"))
    assert store.ids_stored("people", ["p", "m", "x"]) == {"p"}
    assert store.ids_stored("team", []) == set()
    assert {account.id for account in store.known(("accounts",)).of(Account)} == {"a"}
    assert store.known(("accounts",)).of(Person) == []


def test_two_of_one_name_are_said_where_nothing_tells_them_apart(store: GraphStore) -> None:
    put(store, Account("a"), Account("b"), Person("p1", "a", name="Li Na / 李娜", title="CFO"))
    receipt = put(
        store,
        Person("p2", "a", name="李娜", title="cfo"),
        Person("p3", "a", name="李 娜", title="Buyer"),
        Person("p4", "b", name="Li Na"),
    )
    assert [(name.code, name.key, name.places["other"]) for name in receipt.same_names] == [
        ("same_name", ("p2",), "p1")
    ]
    assert put(store, Person("p4", "b", name="Li Na")).same_names == ()
