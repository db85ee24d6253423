"""All single changes at once: each stakeholder or team member leaving, and each stance (measures, section 7).

Two changes together are not the sum of each: `what_if` computes those.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from graph.analysis.ground.limits import SINGLE_CHANGE_PEOPLE
from graph.analysis.ground.named import Names, names_of_both
from graph.analysis.ground.rounding import DIGITS
from graph.analysis.measures import coverage
from graph.analysis.measures.connection import best_by_role, together_of
from graph.analysis.measures.forecast import support_system
from graph.analysis.measures.measures import Measures
from graph.analysis.network.routes import routes_of_account
from graph.analysis.report.coverage_report import report_of
from graph.analysis.report.results import CoverageReport
from graph.analysis.report.status import STATUSES, status_reasons
from graph.analysis.scenarios.departures import AccountFigures, DeparturesBase, departures
from graph.analysis.scenarios.stance_shifts import StanceShift, stance_shifts
from graph.model.words import Message


@dataclass(frozen=True, slots=True)
class SingleChanges:
    """The account's figures today, without each stakeholder, without each team member (by id), and by stances.

    `values` are the values of the stances, by code.
    """

    today: AccountFigures
    without: Mapping[str, AccountFigures]
    without_ours: Mapping[str, AccountFigures]
    stance_shifts: Mapping[str, StanceShift]
    values: Mapping[str, float]


def single_changes(measures: Measures, report: CoverageReport) -> SingleChanges | None:
    """All single changes of an account of up to `SINGLE_CHANGE_PEOPLE` people; None for a larger one."""
    if not 0 < len(measures.view.people) <= SINGLE_CHANGE_PEOPLE:
        return None
    base = DeparturesBase(measures)
    return SingleChanges(
        today=account_figures(report),
        without={departure.person: departure.after for departure in departures(measures, base)},
        without_ours=dict(members_leaving(measures)),
        stance_shifts={shift.person: shift for shift in stance_shifts(measures, base)},
        values=measures.view.calibration.stance,
    )


def members_leaving(measures: Measures) -> Iterator[tuple[str, AccountFigures]]:
    """The figures of the account without each active team member, by id.

    >>> [(member, round(after.decision_chain_coverage, 3)) for member, after in members_leaving(measures)]
    [('uma', 0.268), ('vic', 0.41)]
    """
    for row, member in enumerate(measures.view.members):
        yield member.id, _without(measures, row)


def _without(measures: Measures, row: int) -> AccountFigures:
    batch, influence = measures.view.batch, measures.influence
    strength = measures.connected.strength.copy()
    strength[row] = 0.0
    by_role = best_by_role(batch, strength)
    together = together_of(by_role)
    covered = coverage.coverage(batch, together, measures.standards.strength)
    decided = bool(batch.decided[0])
    return AccountFigures(
        decision_chain_coverage=float(coverage.decision_chain_coverage(batch, influence, covered)[0]),
        supportive_coverage=float(coverage.supportive(batch, influence)[0]) if decided else None,
        redundancy=float(coverage.redundancy(batch, by_role, influence)[0]),
        independent_routes=routes_of_account(batch, together, measures.lines) if decided else None,
        status=STATUSES[status_reasons(batch, covered)[0]] if decided else None,
        forecast=_forecast(measures, row) if decided else None,
    )


def _forecast(measures: Measures, row: int) -> float:
    trusted = np.delete(measures.trust, row, axis=0).max(axis=0, initial=0.0)
    power, theta = measures.power.formal_power, measures.system.opinions.susceptibility
    system = support_system(measures.view.batch, measures.lines, theta, power, trusted)
    return float(power @ system.final(measures.view.stance_values))


@dataclass(frozen=True, slots=True)
class Leaving:
    """A departure: the influence lost with a stakeholder (None for a team member), and the account's figures after."""

    id: str
    kind: Literal["person", "member"]
    influence: float | None
    after: AccountFigures


@dataclass(frozen=True, slots=True)
class Departures:
    """All departures, by the coverage left (9 decimals), then the forecast, then id; `today` is the present state."""

    account: str
    opportunity: str | None
    as_of: datetime.date
    calibration: Message
    today: AccountFigures
    departures: tuple[Leaving, ...]
    names: Names = field(repr=False)


def everybody_leaving(measures: Measures) -> Departures:
    """Compute the departure of each stakeholder who has not left and of each active team member.

    Raises InputError for more than `SINGLE_CHANGE_PEOPLE` people.

    >>> [leaving.id for leaving in everybody_leaving(measures).departures]
    ['ann', 'uma', 'vic', 'ben', 'cho', 'dev']
    """
    view = measures.view
    leaving = [*_stakeholders_leaving(measures), *_members_leaving(measures)]
    leaving.sort(
        key=lambda item: (
            round(item.after.decision_chain_coverage, DIGITS),
            round(item.after.forecast or 0.0, DIGITS),
            item.id,
        )
    )
    return Departures(
        account=view.account.id,
        opportunity=None if view.opportunity is None else view.opportunity.id,
        as_of=view.as_of,
        calibration=view.calibration.label,
        today=account_figures(report_of(measures)),
        departures=tuple(leaving),
        names=names_of_both(view.people, view.members),
    )


def _stakeholders_leaving(measures: Measures) -> Iterator[Leaving]:
    for departure in departures(measures):
        yield Leaving(departure.person, "person", departure.influence, departure.after)


def _members_leaving(measures: Measures) -> Iterator[Leaving]:
    for member, after in members_leaving(measures):
        yield Leaving(member, "member", None, after)


def account_figures(report: CoverageReport) -> AccountFigures:
    """The figures of a report."""
    return AccountFigures(
        report.decision_chain_coverage,
        report.supportive_coverage,
        report.redundancy,
        report.independent_routes,
        report.status,
        None if report.support is None else report.support.forecast,
    )
