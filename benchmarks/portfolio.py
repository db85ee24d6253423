"""A portfolio of 2,000 accounts of 60 people, store to rows: against the plain report, in processes, over Dask."""

from __future__ import annotations

import datetime
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.measuring import Result, cpu_seconds, peak_memory, seconds, side_by_side
from graph.model import Competitor, TeamMember
from graph.model.calibration import load_calibration
from graph.model.dataset import Dataset
from graph.model.kind import Kind, kind_of
from swaymap.portfolio import PortfolioWork, portfolio_rows, rows_in_processes, rows_over, weekly_rows
from swaymap.store import Store, open_store
from tests.oracle import report as plain_report
from tests.oracle.random_account import random_account
from tests.oracle.reading import rows_of_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)
ACCOUNTS = 2_000
DIFFERENT = 20
SAMPLE = 20
"""The plain report takes every so-many-th account; its time is taken times this."""

SCREEN_MS = 300.0
"""How long a person may wait for what a list shows beside the rows on screen."""

FIRST = 400
"""Accounts of `portfolio_first`, whose columns are thrown away before each run."""

SHARED = ("team", "competitors")

NOW = datetime.datetime.now(datetime.UTC)


def portfolio_2000x60() -> Result:
    """Every row of the portfolio in one process, from the store on, columns kept; CPU seconds.

    The peer is the plain networkx report on the same store.
    """
    url = _store(ACCOUNTS)
    _rows(url)
    return side_by_side(lambda: cpu_seconds(lambda: _rows(url)), lambda: _plain(url), unit="s", runs=3, warmup=0)


def portfolio_first() -> Result:
    """The rows of 400 accounts right after an import, when no columns are kept yet; CPU seconds, as above."""
    url = _store(FIRST)

    def ours() -> float:
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.execute("DELETE FROM columns_of")
        return cpu_seconds(lambda: _rows(url))

    return side_by_side(ours, lambda: _plain(url), unit="s", runs=3)


def portfolio_two_processes() -> Result:
    """The same by two processes, their start included, against one; seconds on the clock."""
    url = _store(ACCOUNTS)
    accounts = _accounts(url)
    work = PortfolioWork(url, AS_OF, None, open_store)

    def ours() -> None:
        assert sum(1 for _ in rows_in_processes(2, work, accounts)) >= ACCOUNTS

    return side_by_side(lambda: seconds(ours), lambda: seconds(lambda: _rows(url)), unit="s", runs=5)


def portfolio_dask() -> Result:
    """Whether two workers of a local Dask cluster give the same rows as one process, column by column: 1, else 0."""
    from distributed import Client, LocalCluster

    url = _store(FIRST)
    accounts = _accounts(url)
    work = PortfolioWork(url, AS_OF, None, open_store)
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        found = list(rows_over(lambda each, parts: client.gather(client.map(each, parts)), work, accounts))
    with open_store(url) as store:
        same = found == list(portfolio_rows(store, AS_OF, load_calibration(None)))
    return Result(float(same), 1.0, "same", float(same))


def rows_on_screen() -> Result:
    """Thirteen weekly coverages and the first gap of twelve accounts, columns kept, in ms; the peer is a limit."""
    with open_store(_store(FIRST)) as store:
        accounts = store.account_ids(limit=12)

        def ours() -> float:
            return 1000 * seconds(lambda: weekly_rows(store, AS_OF, load_calibration(None), accounts))

        return side_by_side(ours, lambda: SCREEN_MS, unit="ms", runs=9)


def portfolio_memory() -> Result:
    """Peak memory for 2,000 accounts beyond that for 200, in MB, each in a process of its own; the peer is a limit."""
    url = _store(ACCOUNTS)
    _rows(url)
    code = f"import benchmarks.portfolio as p; p.print_rows({url!r}, {{}})"

    def grown() -> float:
        some, every = (peak_memory([sys.executable, "-c", code.format(count)]) for count in (ACCOUNTS // 10, ACCOUNTS))
        return max(0.1, every - some)

    return side_by_side(grown, lambda: 60.0, unit="MB", runs=1, warmup=0)


def columns_size() -> Result:
    """The kept columns of an account of 60 people in KB; the peer is the rest of the store: records and journal."""
    url = _store(FIRST)
    _rows(url)
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        pages, size, free = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size", "freelist_count")
        )
        (kept,) = connection.execute("SELECT sum(length(sizes) + length(data)) FROM columns_of").fetchone()
    ours, rest = kept / FIRST / 1000, ((pages - free) * size - kept) / FIRST / 1000
    return Result(ours, rest, "KB", rest / ours)


def print_rows(url: str, accounts: int) -> None:
    """Go through the rows of the first accounts of a store."""
    with open_store(url) as store:
        ids = store.account_ids(limit=accounts)
        assert sum(1 for _ in portfolio_rows(store, AS_OF, load_calibration(None), ids)) >= accounts


def team_of_200() -> Result:
    """The row of an account with a team of 200, five of whom are in touch, against one with a team of five; seconds."""
    few, many = (_one_account(team) for team in (5, 200))

    def of(store: Store) -> float:
        return seconds(lambda: list(portfolio_rows(store, AS_OF, load_calibration(None), ["0000-acme"])), times=50)

    return side_by_side(lambda: of(many), lambda: of(few), unit="s", runs=15)


def _one_account(team: int) -> Store:
    store = open_store(f"sqlite:///{Path(_folder().name) / f'team{team}.db'}")
    records = Dataset.collect(renamed(_made()[0], "0000-"))
    for member in [*_made()[0].of(TeamMember), *(TeamMember(f"more{n}", role="SR") for n in range(team - 5))]:
        records.add(member)
    for rival in _made()[0].of(Competitor):
        records.add(rival)
    store.graph_store.apply(records, source="benchmark", recorded_by="benchmark", recorded_at=NOW)
    return store


def _rows(url: str) -> None:
    with open_store(url) as store:
        assert sum(1 for _ in portfolio_rows(store, AS_OF, load_calibration(None))) > 0


def _plain(url: str) -> float:
    """CPU seconds of the plain reports of all accounts, from every `SAMPLE`-th."""

    def reports() -> None:
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            for account in _accounts(url)[::SAMPLE]:
                rows = rows_of_account(connection, account)
                for opportunity in sorted(row["id"] for row in rows["opportunities"]) or [None]:
                    plain_report.report(rows, account, AS_OF, opportunity)

    return SAMPLE * cpu_seconds(reports)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


@cache
def _made() -> list[Dataset]:
    """A few different accounts of 60 people, 360 lines and 600 interactions."""
    return [account_of_60(seed) for seed in range(DIFFERENT)]


def account_of_60(seed: int = 0) -> Dataset:
    """An account of 60 people, 360 lines and 600 interactions."""
    return dataset_of(random_account(seed, people=60, members=5, lines=360, interactions=600, opportunities=1))


@cache
def _store(accounts: int) -> str:
    """The address of a store of so many accounts: a few different ones, each many times over under its own ids."""
    url = f"sqlite:///{Path(_folder().name) / f'portfolio{accounts}.db'}"
    store = open_store(url)
    fill(store, accounts)
    store.close()
    return url


def fill(store: Store, accounts: int) -> None:
    """Import so many accounts into a store, `DIFFERENT` at a time."""
    rivals = {rival.id: rival for dataset in _made() for rival in dataset.of(Competitor)}
    for first in range(0, accounts, DIFFERENT):
        batch = Dataset.collect([*_made()[0].of(TeamMember), *rivals.values()])
        for number, dataset in enumerate(_made(), start=first):
            for record in renamed(dataset, f"{number:04}-"):
                batch.add(record)
        store.graph_store.apply(batch, source="benchmark", recorded_by="benchmark", recorded_at=NOW)


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
