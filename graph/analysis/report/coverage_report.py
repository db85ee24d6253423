"""The coverage report of an account, put together so that it reads like the JSON that it makes."""

from __future__ import annotations

import datetime

from graph.analysis.measures import coverage as covering
from graph.analysis.measures.measures import Measured, measured
from graph.analysis.network.introductions import Introductions
from graph.analysis.report.camps import camps
from graph.analysis.report.champions import champions
from graph.analysis.report.gap_words import GapWords, WordedGap
from graph.analysis.report.gaps import RawGap, gap_evidence
from graph.analysis.report.headline import headline_of
from graph.analysis.report.race import race
from graph.analysis.report.report_people import people_of
from graph.analysis.report.results import CoverageReport, Gap, UnitResult
from graph.model import Commitment, CompetitorTie
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
    view, influence = found.view, found.influence
    head, decided = headline_of(found), view.opportunity is not None
    together = found.connected.together
    return CoverageReport(
        account=head.account,
        opportunity=head.opportunity,
        as_of=head.as_of,
        calibration=head.calibration,
        uncalibrated=view.calibration.is_default,
        tie=view.calibration.tie,
        influence_assumed=head.influence_assumed,
        decision_chain_coverage=head.decision_chain_coverage,
        supportive_coverage=head.supportive_coverage,
        identified=head.identified,
        redundancy=head.redundancy,
        independent_routes=head.independent_routes,
        concentration=head.concentration,
        status=head.status,
        triangle=head.triangle,
        by_role=covering.by_role(view, influence, found.covered),
        units=_units(found),
        people=people_of(found),
        gaps=_worded(found, head.gaps),
        support=head.support,
        champions=champions(view, influence, found.dataset.of(Commitment)) if decided else None,
        camps=camps(view, found.support_system, found.forecast.final, together, influence) if decided else None,
        race=race(view, found.dataset.of(CompetitorTie), together, influence, head.gaps),
        status_reason=head.status_reason,
        seats=head.seats,
        seats_identified=head.seats_identified,
        step_names={step.record.id: step.record.name for step in view.steps},
        rival_names={one.id: one.name for one in view.competitors},
    )


def _units(found: Measured) -> tuple[UnitResult, ...]:
    covered = covering.by_unit(found.view, found.influence, found.covered)
    return tuple(UnitResult(one.id, one.name, covered[one.id], one.parent) for one in found.view.units)


def _worded(found: Measured, gaps: tuple[RawGap, ...]) -> tuple[Gap, ...]:
    introduced = Introductions(found.view, found.connected, found.lines)
    words = GapWords(gap_evidence(found), introduced, found.dataset.of(CompetitorTie))
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
