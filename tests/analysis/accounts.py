"""Accounts for tests of the network: the sample company, and random ones."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import cache

from graph.analysis.measures.measures import Measures, compute_measures
from graph.model import Account
from graph.model.dataset import Dataset
from loaders import read, sample_company
from loaders.asked import Asked
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)
RANDOM = tuple(range(12))


@cache
def sample() -> Dataset:
    """The records of the sample company."""
    with sample_company() as folder:
        return read([folder], Asked(today=AS_OF)).dataset


@cache
def random_measures(seed: int) -> Measures:
    """The measures of a random account of 5 to 49 people."""
    rows = random_account(seed, people=5 + seed * 11 % 45, members=1 + seed % 6)
    return compute_measures(dataset_of(rows), "acme", AS_OF)


@cache
def sample_measures(account: str = "qinglan") -> Measures:
    """The measures of an account of the sample."""
    return compute_measures(sample(), account, AS_OF)


def everything() -> Iterator[tuple[str, Measures]]:
    """Every account of the sample and the random ones, by name."""
    for account in sample().of(Account):
        yield account.id, sample_measures(account.id)
    for seed in RANDOM:
        yield f"random {seed}", random_measures(seed)
