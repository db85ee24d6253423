"""Answers that must not grow with an embedded store take as many steps in a large one as in a small one."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from graph.store import open_store
from graph.store.protocol import GraphStore
from tests.sqlite_steps import filled_stores, steps_counted

FEW, MANY = 30, 240
UNTIL = datetime.date(2026, 11, 5)

QUESTIONS: dict[str, Callable[[GraphStore], object]] = {
    "a page of accounts": lambda store: store.accounts("a0004", 10),
    "a page of ids": lambda store: store.account_ids("a0004", 10),
    "whether it answers": lambda store: store.ping(),
    "the last change": lambda store: store.last_change(),
    "the account of a person": lambda store: store.owners("people", ["a0007-p1"]),
    "the records of an account": lambda store: store.read(["a0007"]),
    "the history of an account": lambda store: store.history("a0007"),
    "an earlier state of an account": lambda store: store.read(["a0007"], recorded_until=UNTIL),
    "an account before its first import": lambda store: store.read(["a0007"], recorded_until=datetime.date(2026, 1, 1)),
}


@pytest.fixture(scope="module")
def urls(tmp_path_factory: pytest.TempPathFactory) -> dict[int, str]:
    """The addresses of a small and of a large store, by number of accounts."""
    return filled_stores(tmp_path_factory.mktemp("stores"), FEW, MANY)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_steps_do_not_grow_with_the_store(
    question: str, urls: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = {}
    for number, url in urls.items():
        with steps_counted(monkeypatch) as taken:
            store = open_store(url)
            QUESTIONS[question](store)
            before = taken()
            QUESTIONS[question](store)
            steps[number] = taken() - before
            store.close()
    assert steps[FEW] > 0
    # The pages of a tree are found in a few steps more where it is higher.
    assert steps[MANY] <= 1.1 * steps[FEW] + 20
