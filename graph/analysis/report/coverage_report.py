"""The coverage report of an account, assembled from its measures in the order of the report's JSON."""

from __future__ import annotations

import datetime

from graph.analysis.measures import coverage
from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.network.introductions import Introductions
from graph.analysis.report.camps import camps
from graph.analysis.report.champions import champions
from graph.analysis.report.gap_words import GapWords, WordedGap
from graph.analysis.report.gaps import RawGap
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
    """The coverage report of an account, for an opportunity by id or name, else the one of the nearest bid.

    Raises UnknownRecord for an account or opportunity that is not in the dataset.

    >>> round(coverage_report(data, "harbour", today).decision_chain_coverage, 3)
    0.679
    """
    return report_of(compute_measures(dataset, account, as_of, opportunity, calibration))


def report_of(measures: Measures) -> CoverageReport:
    """The coverage report of measures already computed; it is made once for them."""
    return measures.once(_report)


def _report(measures: Measures) -> CoverageReport:
    view, influence = measures.view, measures.influence
    head, decided = headline_of(measures), view.opportunity is not None
    together = measures.connected.together
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
        by_role=coverage.by_role(view, influence, measures.covered),
        units=_units(measures),
        people=people_of(measures),
        gaps=_worded(measures, head.gaps),
        support=head.support,
        champions=champions(view, influence, measures.dataset.of(Commitment)) if decided else None,
        camps=camps(view, measures.support_system, measures.forecast.final, together, influence) if decided else None,
        race=race(view, measures.dataset.of(CompetitorTie), together, influence, head.gaps),
        status_reason=head.status_reason,
        seats=head.seats,
        seats_identified=head.seats_identified,
        step_names={step.record.id: step.record.name for step in view.steps},
        rival_names={rival.id: rival.name for rival in view.competitors},
    )


def _units(measures: Measures) -> tuple[UnitResult, ...]:
    covered = coverage.by_unit(measures.view, measures.influence, measures.covered)
    return tuple(UnitResult(unit.id, unit.name, covered[unit.id], unit.parent) for unit in measures.view.units)


def _worded(measures: Measures, gaps: tuple[RawGap, ...]) -> tuple[Gap, ...]:
    introduced = Introductions(measures.view, measures.connected, measures.lines)
    words = GapWords(measures, introduced, measures.dataset.of(CompetitorTie))
    people = measures.view.people
    return tuple(
        Gap(
            type=gap.type,
            person=None if gap.person is None else people[gap.person].id,
            unit=gap.unit,
            severity=gap.severity,
            band=gap.band,
            words=WordedGap(words, gap),
        )
        for gap in gaps
    )
