"""The last weeks of opportunities: coverage at weekly days from the records as they are now, and the first gap."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from graph.analysis.ground.arrays import Floats
from graph.analysis.ground.batch import Batch
from graph.analysis.ground.columns import CodedAccount
from graph.analysis.ground.limits import WEEKLY_POINTS
from graph.analysis.ground.team_columns import TeamColumns
from graph.analysis.measures.connection import connection
from graph.analysis.measures.coverage import coverage, decision_chain_coverage
from graph.analysis.measures.measures import BatchMeasures, measure
from graph.analysis.report.gaps import RawGap, gap_columns
from graph.analysis.report.opportunity_rows import of_opportunities, opportunity_names
from graph.model.calibration import Calibration


class WeeklyCoverage(NamedTuple):
    """Decision-chain coverage of an opportunity at the days of `weekly_days`, and its worst gap at the last of them.

    The person of the gap is a place among all people of the account in the order of their ids.
    """

    account: str
    opportunity: str | None
    coverage: tuple[float, ...]
    first_gap: RawGap | None


def weekly_days(as_of: datetime.date) -> tuple[datetime.date, ...]:
    """The days a week apart of which `as_of` is the last, the earliest first.

    >>> import datetime
    >>> days = weekly_days(datetime.date(2026, 11, 23))
    >>> len(days), days[0].isoformat(), days[-1].isoformat()
    (13, '2026-08-31', '2026-11-23')
    """
    return tuple([as_of - datetime.timedelta(weeks=week) for week in reversed(range(WEEKLY_POINTS))])


def weekly_coverage(
    accounts: Mapping[str, CodedAccount], team: TeamColumns, as_of: datetime.date, calibration: Calibration
) -> list[WeeklyCoverage]:
    """The weekly coverage and first gap of the opportunities of these accounts, in the order of `opportunity_rows`.

    >>> batch = measures.view.batch
    >>> (row,) = weekly_coverage(batch.columns.coded(), batch.team, today, batch.calibration)
    >>> len(row.coverage), round(row.coverage[-1], 3), row.first_gap.type, row.first_gap.person
    (13, 0.679, 'stance_unknown', 0)
    """
    columns, chosen = of_opportunities(accounts)
    if not columns.names:
        return []
    *earlier, last = (Batch(columns, chosen, day, calibration, team) for day in weekly_days(as_of))
    measures = measure(last)
    points = [_coverage_at(batch, measures) for batch in earlier]
    points.append(decision_chain_coverage(last, measures.influence, measures.covered))
    return [
        WeeklyCoverage(names.id, own and own.id, tuple(weekly), gap)
        for names, own, weekly, gap in zip(
            columns.names, opportunity_names(last), np.transpose(points).tolist(), _first_gaps(measures), strict=True
        )
    ]


def _coverage_at(batch: Batch, measures: BatchMeasures) -> Floats:
    """The coverage of a batch from an earlier day than that of the measures: only ties depend on the day."""
    together = connection(batch, measures.standards.cadence).together
    covered = coverage(batch, together, measures.standards.strength)
    return decision_chain_coverage(batch, measures.influence, covered)


def _first_gaps(measures: BatchMeasures) -> list[RawGap | None]:
    batch, gaps = measures.batch, gap_columns(measures)
    people = batch.columns.starts_of("people").tolist()
    first: list[RawGap | None] = []
    for account in range(batch.accounts):
        gap = next(iter(gaps.of_account(account, most=1)), None)
        if gap is not None and gap.person is not None:
            place = int(batch.place[batch.people_from[account] + gap.person])
            gap = gap._replace(person=place - people[account])
        first.append(gap)
    return first
