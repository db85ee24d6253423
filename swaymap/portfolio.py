"""The portfolio: every opportunity of every account, a chunk of accounts at a time, in one process or several."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from graph.model import Account as AccountRecord
from graph.model import Opportunity, OrgUnit, Person, TeamMember
from graph.model.dataset import Dataset
from graph.model.gc_pause import gc_paused
from graph.model.kind import kind_of
from graph.model.problem import Unavailable
from graph.model.words import message
from graph.store import kept_records
from graph.store.kept_columns import CodedColumns, Part
from graph.store.revisions import SHARED, changed_in

if TYPE_CHECKING:
    from graph.analysis.ground.columns import CodedAccount
    from graph.analysis.ground.team_columns import TeamColumns
    from graph.analysis.report.opportunity_rows import Row
    from graph.analysis.report.portfolio_query import PortfolioQuery
    from graph.model.calibration import Calibration
    from graph.store.protocol import GraphStore
    from graph.store.scope import Scope
    from swaymap.account import Account

CHUNK = 256
"""Accounts that are computed together; their columns take about 100 MB at most where each has a hundred people."""

PART = 64
"""Accounts that another process is given at a time: small parts end at about the same time."""

FIRST = 32
"""Accounts computed first where somebody watches the progress; then twice as many each time, up to a chunk."""

Progress = Callable[[int, int], None]
"""Called with the number of accounts computed so far and their total."""

Several = str | Iterable[str]
"""One value, or several."""

TRIES = 20
"""How often accounts are read that others change meanwhile."""


class Accounts(Protocol):
    """The part of a store that the portfolio needs."""

    graph_store: GraphStore
    scope: Scope

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


def portfolio_query(
    store: GraphStore,
    scope: Scope,
    *,
    sort: Several = (),
    status: Several = (),
    owner: str | None = None,
    tier: Several = (),
    unit: str | None = None,
) -> PortfolioQuery:
    """The query of the portfolio, with the owner and the units found by id or name.

    Raises InputError for a key, status or tier that there is not, UnknownRecord for such an owner or unit, and
    AmbiguousName where several team members have the owner's name.
    """
    from graph.analysis.ground.unknown import called
    from graph.analysis.report.portfolio_query import (
        LIGHTS,
        TIERS,
        PortfolioQuery,
        checked_sort,
        checked_values,
    )

    member = None
    keys, lights = checked_sort(_several(sort)), checked_values("status", _several(status), LIGHTS)
    tiers = checked_values("tier", _several(tier), TIERS)
    if owner is not None:
        shared = store.read([], scope=scope, fields={TeamMember: kind_of(TeamMember).fields})
        member = called("team", owner, shared.of(TeamMember))
    units = frozenset[str]() if unit is None else _units_called(store, scope, unit)
    return PortfolioQuery(keys, lights, tiers, member, units)


def _several(given: Several) -> Iterable[object]:
    return given if isinstance(given, Iterable) and not isinstance(given, str | bytes) else (given,)


def _units_called(store: GraphStore, scope: Scope, asked: str) -> frozenset[str]:
    """The unit of this id, else all units, whatever their account, of this name."""
    from graph.analysis.ground.unknown import check_reference, unknown_record
    from graph.model.naming import index_of

    check_reference(asked)
    if scope.is_all:
        records = store.known(("units",))
    else:
        records = store.read(store.account_ids(scope=scope), scope=scope, fields={OrgUnit: kind_of(OrgUnit).fields})
    units = records.of(OrgUnit)
    found = index_of(units).called("units", asked)
    if not found:
        raise unknown_record("units", asked, units)
    return frozenset(found)


def portfolio_rows(
    store: Accounts,
    as_of: datetime.date,
    calibration: Calibration,
    accounts: Iterable[str] | None = None,
    chunk: int = CHUNK,
    query: PortfolioQuery | None = None,
    progress: Progress | None = None,
) -> Iterator[Row]:
    """A row an opportunity, by account and opportunity id; an account without an opportunity has one row.

    Rows that a query does not ask for are left out; their order is that of `PortfolioQuery.ordered`. At most `chunk`
    accounts are computed together; no row depends on it.
    """
    from graph.analysis.report.opportunity_rows import opportunity_rows
    from graph.analysis.report.portfolio_query import PortfolioQuery

    asked = query or PortfolioQuery()
    identities = sorted(store.account_ids() if accounts is None else accounts)
    start, size = 0, chunk if progress is None else min(FIRST, chunk)
    while start < len(identities):
        columns, team = store.columns(identities[start : start + size])
        yield from asked.rows(opportunity_rows(asked.accounts(columns), team, as_of, calibration))
        start, size = min(start + size, len(identities)), min(2 * size, chunk)
        if progress is not None:
            progress(start, len(identities))


def account_records(store: GraphStore, account: str, scope: Scope) -> Dataset:
    """The records of an account and of the shared kinds, as `GraphStore.read` gives them.

    They come from what is kept in the store where that is of the present revision, with the columns that the measures
    read; else they are read, coded, and what is missing is kept for the next time. For a reader who may not see
    everything nothing is kept or taken from what is kept, since it is made of all records.
    """
    # No account has the id SHARED, and what is kept by it is not of an account.
    if account == SHARED or not (scope.is_all and store.keeps_columns):
        return store.read([account], scope=scope)
    records = _records_kept(store, account)
    if records is None:
        records = store.read([account])
        _keep_records(store, account, records)
    if account in records.revisions and not _has_columns(records, store, account):
        _keep(store, *_coded(records, [account]), records.revisions)
    return records


def _records_kept(store: GraphStore, account: str) -> Dataset | None:
    """The records that are kept of an account, and of the shared kinds."""
    kept = store.kept_columns([account], kept_records.format_number(), Part.RECORDS)
    if kept.revisions is None or not {account, SHARED} <= kept.columns.keys():
        return None
    records = kept_records.records_of(kept.columns[account], kept.columns[SHARED])
    records.revisions = changed_in(kept.revisions)
    return records


def _keep_records(store: GraphStore, account: str, records: Dataset) -> None:
    revisions = records.revisions
    if {account, SHARED} <= revisions.keys():
        made = {key: kept_records.coded_records(records, shared=key == SHARED) for key in (account, SHARED)}
        kept = {key: (revisions[key], coded) for key, coded in made.items()}
        store.keep_columns(kept, kept_records.format_number(), Part.RECORDS)


def _has_columns(records: Dataset, store: GraphStore, account: str) -> bool:
    """Give records the columns that are kept of the same revision; whether there are any."""
    from graph.analysis.ground.coding import remember
    from graph.analysis.ground.columns import CodedAccount, format_number

    kept = store.kept_columns([account], format_number())
    revisions = {} if kept.revisions is None else changed_in(kept.revisions)
    if account not in kept.columns or revisions[account] != records.revisions[account]:
        return False
    remember(records, account, CodedAccount(*kept.columns[account]))
    return True


def columns_of(store: GraphStore, accounts: Sequence[str], scope: Scope) -> tuple[dict[str, CodedAccount], TeamColumns]:
    """The columns of these accounts by id, of those that are stored and in scope, and the team.

    What had to be coded is kept in the store for the next time, where that is possible. For a reader who may not see
    everything nothing is kept or taken from what is kept, since it is made of all records.
    """
    from graph.analysis.ground.coding import NEEDED
    from graph.analysis.ground.columns import CodedAccount, format_number
    from graph.analysis.ground.team_columns import team_of_bytes

    own = [account for account in accounts if scope.has(account) and account != SHARED]
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

    made = {account: CodedColumns(*columns) for account, columns in coded.items()}
    made[SHARED] = CodedColumns(b"", team_bytes(team))
    kept = {account: (revisions[account], columns) for account, columns in made.items() if account in revisions}
    store.keep_columns(kept, format_number())


@dataclass(frozen=True, slots=True)
class PortfolioWork:
    """The portfolio as work for other processes: called with the ids of some accounts, it opens the store itself.

    `opened` opens it, by the address; it must be a function of a module, to be picklable. Rows that a query does not
    ask for are left out.
    """

    url: str | None
    as_of: datetime.date
    calibration: Path | None
    opened: Callable[[Any], Accounts]
    query: PortfolioQuery | None = None

    def __call__(self, accounts: Sequence[str]) -> list[Row]:
        """The rows of these accounts."""
        from graph.model.calibration import load_calibration

        store = _kept_open(self.opened, self.url)
        numbers = load_calibration(self.calibration)
        return list(portfolio_rows(store, self.as_of, numbers, accounts, query=self.query))


Mapper = Callable[[PortfolioWork, list[Sequence[str]]], Iterable[list[Any]]]
"""Maps work over lists of accounts, the results in their order: `map`, or that of an executor or a Dask client."""


def rows_over(
    mapper: Mapper, work: PortfolioWork, accounts: Sequence[str], progress: Progress | None = None
) -> Iterator[Row]:
    """The rows of these accounts in order, worked by a mapper a few accounts at a time."""
    chunks = [accounts[start : start + PART] for start in range(0, len(accounts), PART)]
    for number, rows in enumerate(mapper(work, chunks), 1):
        yield from rows
        if progress is not None:
            progress(min(number * PART, len(accounts)), len(accounts))


def rows_in_processes(
    jobs: int, work: PortfolioWork, accounts: Sequence[str], progress: Progress | None = None
) -> Iterator[Row]:
    """The rows of these accounts in order, worked by so many processes.

    On Linux they are forks of this one, which have everything imported already; so no thread may run yet. They end with
    this one, however it ends. Raises Unavailable where one of them is ended from outside.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    import graph.analysis.report.opportunity_rows  # noqa: F401 (imported once, for all forks)

    start = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(start)
    try:
        with ProcessPoolExecutor(jobs, mp_context=context, initializer=_end_with_parent) as pool:
            yield from rows_over(pool.map, work, accounts, progress)
    except BrokenProcessPool as broken:
        raise Unavailable("process_ended", message("problem.process_ended")) from broken


def _end_with_parent() -> None:
    """Let this process end when the one that started it has: a killed one cannot tell its pool to stop."""
    import multiprocessing
    import os
    import threading

    parent = multiprocessing.parent_process()
    assert parent is not None

    def wait() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


@cache
def _kept_open(opened: Callable[[Any], Accounts], url: str | None) -> Accounts:
    """The store of this process, open until it ends."""
    return opened(url)


def weekly_rows(
    store: Accounts, as_of: datetime.date, calibration: Calibration, accounts: Sequence[str]
) -> list[dict[str, Any]]:
    """A row an opportunity of these accounts, by account and opportunity id, as `portfolio_rows` has them.

    `weekly` holds the day and the decision-chain coverage of thirteen weekly days, the last of them `as_of`, all from
    the records as they are now; `first_gap` the worst gap at `as_of`, or None. Raises StoreLocked where the accounts
    are changed again and again while they are read.
    """
    from graph.analysis.report.weekly_coverage import weekly_coverage, weekly_days

    coded, team, people = _of_one_state(store, accounts)
    days = [day.isoformat() for day in weekly_days(as_of)]
    return [
        {
            "account": row.account,
            "opportunity": row.opportunity,
            "weekly": [
                {"as_of": day, "decision_chain_coverage": value} for day, value in zip(days, row.coverage, strict=True)
            ],
            "first_gap": row.first_gap and _gap(row.first_gap, people[row.account]),
        }
        for row in weekly_coverage(coded, team, as_of, calibration)
    ]


def _gap(gap: Any, people: Sequence[str]) -> dict[str, Any]:
    return {**gap._asdict(), "person": None if gap.person is None else people[gap.person]}


def _of_one_state(store: Accounts, accounts: Sequence[str]) -> tuple[Any, Any, dict[str, list[str]]]:
    """The columns of accounts, the team, and the ids of each account's people in order, all of one state."""
    from graph.store.problems import store_error

    graph_store = store.graph_store
    for _ in range(TRIES):
        revisions = graph_store.revisions(accounts)
        coded, team = store.columns(accounts)
        records = graph_store.read(accounts, scope=store.scope, fields={Person: ("id", "account")})
        if graph_store.revisions(accounts) == revisions:
            people: dict[str, list[str]] = {account: [] for account in coded}
            for identity, account in sorted(zip(*records.columns(Person, "id", "account"), strict=True)):
                if account in people:
                    people[account].append(identity)
            return coded, team, people
    raise store_error("locked", store=graph_store.url)
