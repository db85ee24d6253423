"""The portfolio: every opportunity of every account, one account in memory at a time, in one process or several."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from graph.model import Opportunity

if TYPE_CHECKING:
    from graph.analysis.report.headline import Headline
    from graph.model.calibration import Calibration
    from swaymap.account import Account

Row = dict[str, Any]

CHUNK = 16
"""Accounts that a process is given at a time."""


class Accounts(Protocol):
    """The part of a store that the portfolio needs."""

    def account_ids(self) -> list[str]:
        """The ids of all accounts, in order."""
        ...

    def account(self, account: str, *, as_of: datetime.date, calibration: Calibration) -> Account:
        """An account as of a day."""
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
    store: Accounts, as_of: datetime.date, calibration: Calibration, accounts: Iterable[str] | None = None
) -> Iterator[Row]:
    """A row an opportunity."""
    from graph.analysis.report.headline import headline_of

    for account in each_opportunity(store, as_of, calibration, accounts):
        yield portfolio_row(headline_of(account.measures))


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


Mapper = Callable[[PortfolioWork, list[Sequence[str]]], Iterable[list[Row]]]
"""Maps work over lists of accounts, the results in their order: `map`, or that of an executor or a Dask client."""


def rows_over(mapper: Mapper, work: PortfolioWork, accounts: Sequence[str]) -> Iterator[Row]:
    """The rows of these accounts in order, worked by a mapper a few accounts at a time."""
    chunks = [accounts[start : start + CHUNK] for start in range(0, len(accounts), CHUNK)]
    return chain.from_iterable(mapper(work, chunks))


def rows_in_processes(jobs: int, work: PortfolioWork, accounts: Sequence[str]) -> Iterator[Row]:
    """The rows of these accounts in order, worked by so many processes."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield from rows_over(pool.map, work, accounts)


@cache
def _kept_open(opened: Callable[[Any], Accounts], url: str | None) -> Accounts:
    """The store of this process, open until it ends."""
    return opened(url)


def portfolio_row(headline: Headline) -> Row:
    """The headline as a row of the portfolio: keys as in the JSON of a report, where it has them."""
    opportunity, support = headline.opportunity, headline.support
    return {
        "account": headline.account.id,
        "account_name": headline.account.name,
        "opportunity": opportunity.id if opportunity else None,
        "opportunity_name": opportunity.name if opportunity else None,
        "bid_date": opportunity.bid_date.isoformat() if opportunity and opportunity.bid_date else None,
        "as_of": headline.as_of.isoformat(),
        "calibration": headline.calibration.render(),
        "influence_assumed": headline.influence_assumed,
        "status": headline.status,
        "decision_chain_coverage": headline.decision_chain_coverage,
        "supportive_coverage": headline.supportive_coverage,
        "identified": headline.identified,
        "redundancy": headline.redundancy,
        "independent_routes": headline.independent_routes,
        "concentration": headline.concentration,
        **{role: headline.triangle[role] for role in ("AR", "SR", "FR")},
        "support_index": support.index if support else None,
        "support_forecast": support.forecast if support else None,
        "support_low": support.low if support else None,
        "support_high": support.high if support else None,
        "people": headline.people,
        "levels_inferred": headline.levels_inferred,
        "gaps": len(headline.gaps),
        "critical_gaps": sum(gap.band == "critical" for gap in headline.gaps),
        "worst_gap": headline.gaps[0].type if headline.gaps else None,
    }
