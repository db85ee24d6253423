"""Every problem of a store names its address, so that a user of several stores sees which one is meant."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Account, Influence, Interaction, Person
from graph.model.dataset import Dataset
from graph.model.words import LANGUAGES, catalogue
from graph.store import RuleViolations, StoreInputError
from graph.store.derived import Derived
from graph.store.problems import AboutStore
from graph.store.protocol import GraphStore, Guard
from graph.store.sync import beyond
from graph.store.undo import undo
from tests.store.examples import small
from tests.store.places import NOON, put

STORES = Path(__file__).parents[2] / "graph" / "store"
PREFIX = "store.problem."
PROBLEMS = sorted(key.removeprefix(PREFIX) for key in catalogue() if key.startswith(PREFIX))


@pytest.mark.parametrize("code", PROBLEMS)
def test_the_sentence_has_a_place_for_the_address(code: str) -> None:
    places = [set(re.findall(r"\{(\w+)\}", catalogue()[PREFIX + code][lang])) for lang in LANGUAGES]
    assert "store" in places[0]
    assert places[0] == places[1]


def test_every_problem_is_one_that_the_code_knows() -> None:
    written = {
        node.value
        for path in STORES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert set(PROBLEMS) - {key.removeprefix(PREFIX) for key in written} == set()


def _change_again(store: GraphStore) -> None:
    put(store, Person("a-p0", "a", name="Other"))
    undo(store, 1, recorded_by="r", recorded_at=NOON)


REFUSED: dict[str, Callable[[GraphStore], object]] = {
    "rules_broken": lambda store: put(store, Influence("a-p0", "nobody", 0.5)),
    "duplicate_key": lambda store: put(store, Account("b", "B"), Account("b", "C")),
    "key_too_long": lambda store: put(store, Account("b" * 1001)),
    "unknown_import": lambda store: undo(store, 9, recorded_by="r", recorded_at=NOON),
    "changed_since": _change_again,
    "names_replaced": lambda store: put(store, Person("a-p0", "a", name="Zzyzx Quill"), guard=Guard()),
    "account_not_in_file": lambda store: beyond(store, "a", Dataset.collect([Account("b")])),
}


@pytest.mark.parametrize("code", REFUSED)
def test_what_a_store_refuses_names_it(code: str, store: GraphStore) -> None:
    put(store, small())
    with pytest.raises(AboutStore) as refused:
        REFUSED[code](store)
    assert refused.value.code == code
    for lang in LANGUAGES:
        assert store.url.removeprefix("sqlite:///") in refused.value.message.render(lang)
    assert store.url.removeprefix("sqlite:///") in str(refused.value)


def test_a_dry_run_names_it_too(store: GraphStore) -> None:
    with pytest.raises(RuleViolations) as refused:
        put(store, Interaction("i", NOON.date(), "forum", people=("nobody",)), dry_run=True)
    assert store.url.removeprefix("sqlite:///") in str(refused.value)


def test_a_file_says_where_there_is_nothing_to_derive(embedded: Callable[[], GraphStore]) -> None:
    store = embedded()
    with pytest.raises(StoreInputError) as refused:
        store.derive(Derived("a", None, NOON.date()))
    assert store.url in str(refused.value)
