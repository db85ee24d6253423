"""A portfolio of 2,000 accounts of 60 people, store to rows, against the plain report, and by two processes."""

from __future__ import annotations

import datetime
import resource
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.measuring import Result, seconds, side_by_side
from graph.model import Competitor, TeamMember
from graph.model.calibration import load_calibration
from graph.model.dataset import Dataset
from graph.model.kind import Kind, kind_of
from swaymap.portfolio import PortfolioWork, portfolio_rows, rows_in_processes
from swaymap.store import open_store
from tests.oracle import report as plain_report
from tests.oracle.random_account import random_account
from tests.oracle.reading import rows_of_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)
ACCOUNTS = 2_000
DIFFERENT = 20
SAMPLE = 10
"""The plain report takes every so-many-th account; its time is taken times this."""

SHARED = ("team", "competitors")


def portfolio_2000x60() -> Result:
    """Every row of the portfolio in one process, from the store on; seconds, the plain report on the same store."""
    url = _store()
    path = url.removeprefix("sqlite:///")
    accounts = _accounts(url)

    def ours() -> None:
        store = open_store(url)
        assert sum(1 for _ in portfolio_rows(store, AS_OF, load_calibration(None))) >= ACCOUNTS
        store.close()

    def peer() -> None:
        with sqlite3.connect(path) as connection:
            for account in accounts[::SAMPLE]:
                rows = rows_of_account(connection, account)
                for opportunity in sorted(row["id"] for row in rows["opportunities"]) or [None]:
                    plain_report.report(rows, account, AS_OF, opportunity)

    return side_by_side(lambda: seconds(ours), lambda: SAMPLE * seconds(peer), unit="s", runs=3)


def portfolio_two_processes() -> Result:
    """The same by two processes, against one; seconds."""
    url = _store()
    accounts = _accounts(url)
    work = PortfolioWork(url, AS_OF, None, open_store)

    def ours() -> None:
        assert sum(1 for _ in rows_in_processes(2, work, accounts)) >= ACCOUNTS

    def peer() -> None:
        store = open_store(url)
        assert sum(1 for _ in portfolio_rows(store, AS_OF, load_calibration(None), accounts)) >= ACCOUNTS
        store.close()

    return side_by_side(lambda: seconds(ours), lambda: seconds(peer), unit="s", runs=3)


def portfolio_memory() -> Result:
    """Memory for 2,000 accounts beyond that for the first 200, in MB; the peer is a limit set by us."""
    url = _store()
    store = open_store(url)

    def grown() -> float:
        rows = portfolio_rows(store, AS_OF, load_calibration(None))
        for _ in zip(range(ACCOUNTS // 10), rows, strict=False):
            pass
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for _ in rows:
            pass
        return max(0.1, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)

    return side_by_side(grown, lambda: 20.0, unit="MB", runs=1, warmup=0)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


@cache
def _store() -> str:
    """The store of all accounts: a few different ones, each many times over under its own ids."""
    url = f"sqlite:///{Path(_folder().name) / 'portfolio.db'}"
    made = [
        dataset_of(random_account(seed, people=60, members=5, lines=150, interactions=240, opportunities=1))
        for seed in range(DIFFERENT)
    ]
    rivals = {rival.id: rival for dataset in made for rival in dataset.of(Competitor)}
    store = open_store(url)
    now = datetime.datetime.now(datetime.UTC)
    for first in range(0, ACCOUNTS, DIFFERENT):
        batch = Dataset.collect([*made[0].of(TeamMember), *rivals.values()])
        for number, dataset in enumerate(made, start=first):
            for record in renamed(dataset, f"{number:04}-"):
                batch.add(record)
        store.graph_store.apply(batch, source="benchmark", recorded_by="benchmark", recorded_at=now)
    store.close()
    return url


@cache
def _accounts(url: str) -> tuple[str, ...]:
    store = open_store(url)
    found = tuple(store.account_ids())
    store.close()
    return found


def renamed(dataset: Dataset, prefix: str) -> Iterator[Any]:
    """The records with a prefix before every id but those of our team and of the rivals, who are everywhere."""
    for record in dataset:
        kind = kind_of(record)
        if kind.sheet not in SHARED:
            yield replace(record, **_names(kind, record, prefix))


def _names(kind: Kind, record: Any, prefix: str) -> dict[str, Any]:
    named = [column.name for column in kind.references if column.ref not in SHARED]
    names = [*named, "id"] if kind.key == ("id",) else named
    return {name: _prefixed(getattr(record, name), prefix) for name in names}


def _prefixed(value: Any, prefix: str) -> Any:
    if isinstance(value, tuple):
        return tuple(prefix + element for element in value)
    return None if value is None else prefix + value
