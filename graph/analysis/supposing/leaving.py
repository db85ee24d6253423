"""What if anybody went: the departure of each of theirs and of each of ours, the costliest first (measures, 7)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from graph.analysis.both_sides import Names, names_of_both
from graph.analysis.measured import Measured
from graph.analysis.reporting.report import report_of
from graph.analysis.results import CoverageReport
from graph.analysis.rounding import DIGITS
from graph.analysis.supposing.departures import Standing, departures
from graph.analysis.supposing.members_leaving import members_leaving
from graph.model.words import Message


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody's departure: the influence that goes with one of theirs (None for ours), and how the account stands."""

    id: str
    kind: Literal["person", "member"]
    influence: float | None
    after: Standing


@dataclass(frozen=True, slots=True)
class Departures:
    """Everybody's departure, by the coverage left (9 decimals), then the forecast, then id; `today` is without any."""

    account: str
    opportunity: str | None
    as_of: datetime.date
    calibration: Message
    today: Standing
    departures: tuple[Leaving, ...]
    names: Names = field(repr=False)


def everybody_leaving(found: Measured) -> Departures:
    """The departure of each person who is there, and of each of ours. Raises Problem for a very large account."""
    view = found.view
    told = [*_theirs(found), *_ours(found)]
    told.sort(
        key=lambda one: (
            round(one.after.decision_chain_coverage, DIGITS),
            round(one.after.forecast or 0.0, DIGITS),
            one.id,
        )
    )
    return Departures(
        account=view.account.id,
        opportunity=None if view.opportunity is None else view.opportunity.id,
        as_of=view.as_of,
        calibration=view.calibration.label,
        today=standing_of(report_of(found)),
        departures=tuple(told),
        names=names_of_both(view.people, view.members),
    )


def _theirs(found: Measured) -> Iterator[Leaving]:
    for one in departures(found):
        yield Leaving(one.person, "person", one.influence, one.after)


def _ours(found: Measured) -> Iterator[Leaving]:
    for member, after in members_leaving(found):
        yield Leaving(member, "member", None, after)


def standing_of(report: CoverageReport) -> Standing:
    """How the account of a report stands."""
    return Standing(
        report.decision_chain_coverage,
        report.supportive_coverage,
        report.redundancy,
        report.independent_routes,
        report.status,
        None if report.support is None else report.support.forecast,
    )
