"""The coverage report of an account, put together so that it reads like the JSON that it makes."""

from __future__ import annotations

import datetime

import numpy as np

from graph.analysis import coverage as covering
from graph.analysis.account import AccountView
from graph.analysis.camps import camps
from graph.analysis.champions import champions
from graph.analysis.gap_words import GapWords, WordedGap
from graph.analysis.gaps import Evidence, RawGap, coverage_gaps
from graph.analysis.introductions import Introductions
from graph.analysis.measured import Measured, measured
from graph.analysis.race import race
from graph.analysis.report_people import people_of
from graph.analysis.results import CoverageReport, Gap, Named, OpportunityHead, UnitResult
from graph.analysis.routes import independent_routes
from graph.analysis.status import status
from graph.analysis.support import support
from graph.model import Commitment, CompetitorTie, Covers
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset


def coverage_report(
    dataset: Dataset,
    account: str,
    as_of: datetime.date,
    opportunity: str | None = None,
    calibration: Calibration | None = None,
) -> CoverageReport:
    """The coverage report of an account, for the opportunity named, else the nearest bid, else without one.

    Raises UnknownRecord for an account or opportunity that is not in the dataset.
    """
    return report_of(measured(dataset, account, as_of, opportunity, calibration))


def report_of(found: Measured) -> CoverageReport:
    """The report of measures already computed."""
    view, influence, by_role = found.view, found.influence, found.connected.by_role
    numbers, decided = view.calibration, view.opportunity is not None
    state = status(view, found.covered) if decided else None
    seats, held = covering.seats(view) if decided else (0, 0)
    together, missing = found.connected.together, coverage_gaps(evidence_of(found))
    return CoverageReport(
        account=Named(view.account.id, view.account.name),
        opportunity=_head(view),
        as_of=view.as_of,
        calibration=numbers.label,
        influence_assumed=found.lines.any_assumed,
        decision_chain_coverage=float(influence @ found.covered),
        supportive_coverage=covering.supportive(view, influence) if decided else None,
        identified=held / seats if seats else None,
        redundancy=covering.redundancy(by_role, influence, numbers.firm_tie),
        independent_routes=independent_routes(view, together, found.lines) if decided else None,
        concentration=covering.concentration(found.connected.strength, influence),
        status=state[0] if state else None,
        triangle=covering.triangle(by_role, influence, numbers.tie),
        by_role=covering.by_role(view, influence, found.covered),
        units=_units(found),
        people=people_of(found),
        gaps=_worded(found, missing),
        support=support(view, found.forecast, found.power.formal_power) if decided else None,
        champions=champions(view, influence, found.dataset.of(Commitment)) if decided else None,
        camps=camps(view, found.support_system, found.forecast.final, together, influence) if decided else None,
        race=race(view, found.dataset.of(CompetitorTie), together, influence, missing),
        status_reason=state[1] if state else None,
        seats=seats,
        seats_identified=held,
        step_names={step.record.id: step.record.name for step in view.steps},
        rival_names={one.id: one.name for one in view.competitors},
    )


def _head(view: AccountView) -> OpportunityHead | None:
    one = view.opportunity
    return None if one is None else OpportunityHead(one.id, one.name, one.bid_date)


def _units(found: Measured) -> tuple[UnitResult, ...]:
    covered = covering.by_unit(found.view, found.influence, found.covered)
    return tuple(UnitResult(one.id, one.name, covered[one.id], one.parent) for one in found.view.units)


def evidence_of(found: Measured) -> Evidence:
    """What the gaps of measures already computed are judged by."""
    active = {member.id for member in found.view.members}
    owned = {one.person for one in found.dataset.of(Covers) if one.owner and one.member in active}
    return Evidence(
        view=found.view,
        standards=found.standards,
        connected=found.connected,
        covered=found.covered,
        influence=found.influence,
        owned=np.array([one.id in owned for one in found.view.people], dtype=bool),
    )


def _worded(found: Measured, gaps: tuple[RawGap, ...]) -> tuple[Gap, ...]:
    introduced = Introductions(found.view, found.connected, found.lines)
    words = GapWords(evidence_of(found), introduced, found.dataset.of(CompetitorTie))
    people = found.view.people
    return tuple(
        Gap(
            type=one.type,
            person=None if one.person is None else people[one.person].id,
            unit=one.unit,
            severity=one.severity,
            band=one.band,
            words=WordedGap(words, one),
        )
        for one in gaps
    )
