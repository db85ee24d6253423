"""The portfolio: every opportunity of every account, a chunk of accounts at a time, in one process or several."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from graph.model import Account as AccountRecord
from graph.model import Opportunity, TeamMember
from graph.model.dataset import Dataset
from graph.model.gc_pause import gc_paused
from graph.model.kind import kind_of
from graph.store.revisions import SHARED

if TYPE_CHECKING:
    from graph.analysis.ground.columns import CodedAccount
    from graph.analysis.ground.team_columns import TeamColumns
    from graph.analysis.report.opportunity_rows import Row
    from graph.model.calibration import Calibration
    from graph.store.protocol import GraphStore
    from graph.store.scope import Scope
    from swaymap.account import Account

CHUNK = 256
"""Accounts that are computed together; their columns take about 100 MB at most where each has a hundred people."""


PART = 64
"""Accounts that another process is given at a time: small parts end at about the same time."""


class Accounts(Protocol):
    """The part of a store that the portfolio needs."""

    def account_ids(self) -> list[str]:
        """The ids of all accounts, in order."""
        ...

    def account(self, account: str, *, as_of: datetime.date, calibration: Calibration) -> Account:
        """An account as of a day."""
        ...

    def columns(self, accounts: Sequence[str]) -> tuple[Mapping[str, CodedAccount], TeamColumns]:
        """The columns of those of these accounts that are stored, by id, and the team."""
        ...


def each_opportunity(
    store: Accounts, as_of: datetime.date, calibration: Calibration, accounts: Iterable[str] | None = None
) -> Iterator[Account]:
    """The accounts with these ids, or all, once for each opportunity, by account and opportunity id.

    An account without an opportunity comes once, without one.
    """
    for identity in sorted(store.account_ids() if accounts is None else accounts):
        account = store.account(identity, as_of=as_of, calibration=calibration)
        opportunities = account.records.of(Opportunity)
        own = sorted(opportunity.id for opportunity in opportunities if opportunity.account == account.id)
        for opportunity in own or (None,):
            yield replace(account, asked_opportunity=opportunity)


def portfolio_rows(
    store: Accounts,
    as_of: datetime.date,
    calibration: Calibration,
    accounts: Iterable[str] | None = None,
    chunk: int = CHUNK,
) -> Iterator[Row]:
    """A row an opportunity, by account and opportunity id; an account without an opportunity has one row.

    `chunk` accounts are computed together; no row depends on it.
    """
    from graph.analysis.report.opportunity_rows import opportunity_rows

    identities = sorted(store.account_ids() if accounts is None else accounts)
    for start in range(0, len(identities), chunk):
        yield from opportunity_rows(*store.columns(identities[start : start + chunk]), as_of, calibration)


def columns_of(store: GraphStore, accounts: Sequence[str], scope: Scope) -> tuple[dict[str, CodedAccount], TeamColumns]:
    """The columns of these accounts by id, of those that are stored and in scope, and the team.

    What had to be coded is kept in the store for the next time, where that is possible. For a reader who may not see
    everything nothing is kept or taken from what is kept, since it is made of all records.
    """
    from graph.analysis.ground.coding import NEEDED
    from graph.analysis.ground.columns import CodedAccount, format_number
    from graph.analysis.ground.team_columns import team_of_bytes

    own = [account for account in accounts if scope.has(account)]
    if not scope.is_all:
        return _coded(store.read(own, scope=scope), own)
    kept = store.kept_columns(own, format_number()).columns
    found = {account: CodedAccount(*kept[account]) for account in own if account in kept}
    missing = [account for account in own if account not in kept]
    if not missing and SHARED in kept:
        return found, team_of_bytes(kept[SHARED].data)
    with gc_paused():
        records = store.read(missing, fields={**NEEDED, TeamMember: kind_of(TeamMember).fields})
        coded, team = _coded(records, missing)
    _keep(store, coded, team, records.revisions)
    return {**found, **coded}, team


def _coded(records: Dataset, accounts: Sequence[str]) -> tuple[dict[str, CodedAccount], TeamColumns]:
    """The columns of those of the accounts that were read, and the team."""
    from graph.analysis.ground.coding import code_accounts
    from graph.analysis.ground.team_columns import team_columns

    there = set(records.columns(AccountRecord, "id")[0])
    columns = code_accounts(records, [account for account in accounts if account in there])
    return columns.coded(), team_columns(records.of(TeamMember))


def _keep(
    store: GraphStore, coded: Mapping[str, CodedAccount], team: TeamColumns, revisions: Mapping[str, int]
) -> None:
    """Keep columns for the revisions that their records had."""
    from graph.analysis.ground.columns import format_number
    from graph.analysis.ground.team_columns import team_bytes
    from graph.store.kept_columns import CodedColumns

    made = {account: CodedColumns(*columns) for account, columns in coded.items()}
    made[SHARED] = CodedColumns(b"", team_bytes(team))
    kept = {account: (revisions[account], columns) for account, columns in made.items() if account in revisions}
    store.keep_columns(kept, format_number())


@dataclass(frozen=True, slots=True)
class PortfolioWork:
    """The portfolio as work for other processes: called with the ids of some accounts, it opens the store itself.

    `opened` opens it, by the address; it must be a function of a module, to be picklable.
    """

    url: str | None
    as_of: datetime.date
    calibration: Path | None
    opened: Callable[[Any], Accounts]

    def __call__(self, accounts: Sequence[str]) -> list[Row]:
        """The rows of these accounts."""
        from graph.model.calibration import load_calibration

        store = _kept_open(self.opened, self.url)
        return list(portfolio_rows(store, self.as_of, load_calibration(self.calibration), accounts))


Mapper = Callable[[PortfolioWork, list[Sequence[str]]], Iterable[list[Any]]]
"""Maps work over lists of accounts, the results in their order: `map`, or that of an executor or a Dask client."""


def rows_over(mapper: Mapper, work: PortfolioWork, accounts: Sequence[str]) -> Iterator[Row]:
    """The rows of these accounts in order, worked by a mapper a few accounts at a time."""
    chunks = [accounts[start : start + PART] for start in range(0, len(accounts), PART)]
    return chain.from_iterable(mapper(work, chunks))


def rows_in_processes(jobs: int, work: PortfolioWork, accounts: Sequence[str]) -> Iterator[Row]:
    """The rows of these accounts in order, worked by so many processes.

    On Linux they are forks of this one, which have everything imported already; so no thread may run yet.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    import graph.analysis.report.opportunity_rows  # noqa: F401 (imported once, for all forks)

    start = "fork" if sys.platform == "linux" else "spawn"
    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context(start)) as pool:
        yield from rows_over(pool.map, work, accounts)


@cache
def _kept_open(opened: Callable[[Any], Accounts], url: str | None) -> Accounts:
    """The store of this process, open until it ends."""
    return opened(url)
