"""Departures of stakeholders and team members, the costliest first (measures, section 7)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from graph.analysis.ground.both_sides import Names, names_of_both
from graph.analysis.ground.rounding import DIGITS
from graph.analysis.measures import coverage as covering
from graph.analysis.measures.connection import best_by_role, together_of
from graph.analysis.measures.forecast import support_system
from graph.analysis.measures.measures import Measures
from graph.analysis.network.routes import independent_routes
from graph.analysis.report.coverage_report import report_of
from graph.analysis.report.results import CoverageReport
from graph.analysis.report.status import status
from graph.analysis.scenarios.departures import Standing, departures
from graph.model.words import Message


def members_leaving(measures: Measures) -> Iterator[tuple[str, Standing]]:
    """Each of ours by id, and how the account stands while they are not active."""
    for row, member in enumerate(measures.view.members):
        yield member.id, _without(measures, row)


def _without(measures: Measures, row: int) -> Standing:
    view, influence = measures.view, measures.influence
    strength = measures.connected.strength.copy()
    strength[row] = 0.0
    by_role = best_by_role(view, strength)
    together = together_of(by_role)
    covered = covering.coverage(view, together, measures.standards.strength)
    decided = view.opportunity is not None
    return Standing(
        decision_chain_coverage=float(influence @ covered),
        supportive_coverage=covering.supportive(view, influence) if decided else None,
        redundancy=covering.redundancy(by_role, influence, view.calibration),
        independent_routes=independent_routes(view, together, measures.lines) if decided else None,
        status=status(view, covered)[0] if decided else None,
        forecast=_forecast(measures, row) if decided else None,
    )


def _forecast(measures: Measures, row: int) -> float:
    trusted = np.delete(measures.trust, row, axis=0).max(axis=0, initial=0.0)
    power, theta = measures.power.formal_power, measures.system.listening.susceptibility
    system = support_system(measures.view, measures.lines, theta, power, trusted)
    return float(power @ system.final(measures.view.stance_values))


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


def everybody_leaving(measures: Measures) -> Departures:
    """The departure of each person who is there, and of each of ours. Raises InputError for a very large account."""
    view = measures.view
    told = [*_theirs(measures), *_ours(measures)]
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
        today=standing_of(report_of(measures)),
        departures=tuple(told),
        names=names_of_both(view.people, view.members),
    )


def _theirs(measures: Measures) -> Iterator[Leaving]:
    for departure in departures(measures):
        yield Leaving(departure.person, "person", departure.influence, departure.after)


def _ours(measures: Measures) -> Iterator[Leaving]:
    for member, after in members_leaving(measures):
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
