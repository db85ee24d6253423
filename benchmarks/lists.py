"""Answers whose time must not grow with the store: a page of accounts, and the comparison of two days."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import orjson

from api.account_list import page_of_accounts
from benchmarks.measuring import Result, seconds, side_by_side
from benchmarks.portfolio import renamed
from graph.model import Account, Competitor, Interaction, Opportunity, Person, TeamMember
from graph.model.dataset import Dataset
from graph.store import open_store
from graph.store.protocol import GraphStore
from swaymap.store import Store
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

FEW, MANY = 200, 20_000
PAGE = 100
COMPARED, OTHERS = 60, 1_999
FIRST, SECOND = datetime.date(2026, 10, 1), datetime.date(2026, 11, 23)


def list_20000() -> Result:
    """A page of 100 accounts from the middle of a store of 20,000, as JSON; the peer is one of a store of 200. ms."""
    with _small_accounts(MANY) as many, _small_accounts(FEW) as few:
        return side_by_side(
            lambda: 1000 * seconds(lambda: _page(many, MANY), times=20),
            lambda: 1000 * seconds(lambda: _page(few, FEW), times=20),
            unit="ms",
            runs=9,
        )


def compare_one() -> Result:
    """Two days of an account of 60 people in a store of 2,000 accounts; the peer has that account alone. ms."""
    with _compared(OTHERS) as among, _compared(0) as alone:
        return side_by_side(
            lambda: 1000 * seconds(lambda: _compare(among), times=3),
            lambda: 1000 * seconds(lambda: _compare(alone), times=3),
            unit="ms",
            runs=9,
        )


def _page(store: GraphStore, accounts: int) -> None:
    page, following = page_of_accounts(Store(store), f"a{accounts // 2 - 1:05}", PAGE)
    orjson.dumps({"accounts": page, "next": following})
    assert len(page) == PAGE
    assert page[0]["interactions"] == SMALL_CONTACTS


SMALL_PEOPLE, SMALL_CONTACTS = 3, 6


@contextmanager
def _small_accounts(number: int) -> Iterator[GraphStore]:
    """A store of so many accounts of a few people, contacts and an opportunity."""

    def records() -> Iterator[Any]:
        for n in range(number):
            account = f"a{n:05}"
            people = [Person(f"{account}-p{k}", account, name=f"Person {k}") for k in range(SMALL_PEOPLE)]
            yield Account(account, f"Account {n}")
            yield from people
            yield Opportunity(f"{account}-o", account)
            for k in range(SMALL_CONTACTS):
                day = FIRST + datetime.timedelta(days=k)
                yield Interaction(f"{account}-i{k}", day, "daily_contact", people=(people[k % SMALL_PEOPLE].id,))

    with _stored([(FIRST, records())]) as store:
        yield store


def _compare(store: GraphStore) -> None:
    found = Store(store).compare("0000-acme", FIRST, SECOND)
    assert found.came


@contextmanager
def _compared(others: int) -> Iterator[GraphStore]:
    """A store of the account that is compared and so many smaller ones, all imported first and changed later."""
    account, other = _account(COMPARED), _account(8)
    datasets = [(f"{n:04}-", account if n == 0 else other) for n in range(others + 1)]
    shared = [*account.of(TeamMember), *account.of(Competitor), *other.of(TeamMember), *other.of(Competitor)]

    def before() -> Iterator[Any]:
        yield from {(type(item), item.id): item for item in shared}.values()
        for prefix, dataset in datasets:
            yield from renamed(dataset, prefix)

    def after() -> Iterator[Any]:
        for prefix, _ in datasets:
            yield Person(f"{prefix}newcomer", f"{prefix}acme", name="Newcomer", level=3)

    with _stored([(FIRST, before()), (SECOND, after())]) as store:
        yield store


@cache
def _account(people: int) -> Dataset:
    return dataset_of(random_account(1, people=people, members=5, lines=3 * people, interactions=4 * people))


@contextmanager
def _stored(imports: Iterable[tuple[datetime.date, Iterable[Any]]]) -> Iterator[GraphStore]:
    """A store in a folder of its own that these records were imported into, each on its day."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'store.db'}")
        try:
            for day, records in imports:
                at = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
                store.apply(Dataset.collect(records), source="benchmark", recorded_by="benchmark", recorded_at=at)
            yield store
        finally:
            store.close()
