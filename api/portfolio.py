"""The portfolio: every opportunity of every account, one account in memory at a time, in one process or several."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from graph.model import Opportunity

if TYPE_CHECKING:
    from graph.analysis.measures.measures import Measures
    from graph.analysis.report.headline import Headline
    from graph.model.calibration import Calibration
    from graph.store.protocol import GraphStore

Row = dict[str, Any]
T = TypeVar("T")

CHUNK = 16
"""Accounts that a process is given at a time."""


def each_opportunity(
    store: GraphStore,
    as_of: datetime.date,
    calibration: Calibration,
    make: Callable[[Measures], T],
    accounts: Iterable[str] | None = None,
) -> Iterator[T]:
    """What `make` makes of every opportunity of these accounts, or all, by account and opportunity id.

    An account without an opportunity is made of once, without one.
    """
    from graph.analysis.measures.measures import compute_measures

    for account in sorted(store.account_ids() if accounts is None else accounts):
        dataset = store.read([account])
        own: list[str | None] = sorted(one.id for one in dataset.of(Opportunity) if one.account == account)  # type: ignore[assignment]
        for opportunity in own or [None]:
            yield make(compute_measures(dataset, account, as_of, opportunity, calibration))


def portfolio_rows(
    store: GraphStore, as_of: datetime.date, calibration: Calibration, accounts: Iterable[str] | None = None
) -> Iterator[Row]:
    """A row an opportunity."""
    from graph.analysis.report.headline import headline_of

    return map(portfolio_row, each_opportunity(store, as_of, calibration, headline_of, accounts))


@dataclass(frozen=True, slots=True)
class PortfolioWork:
    """The portfolio as work for other processes: called with some accounts, it opens the store itself."""

    url: str | None
    as_of: datetime.date
    calibration: Path | None

    def __call__(self, accounts: Sequence[str]) -> list[Row]:
        """The rows of these accounts."""
        from api.opening import calibration_from

        return list(portfolio_rows(_store(self.url), self.as_of, calibration_from(self.calibration), accounts))


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
def _store(url: str | None) -> GraphStore:
    """The store of this process, open until it ends."""
    from api.opening import open_asked
    from api.settings import load_settings

    return open_asked(url, load_settings())


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
