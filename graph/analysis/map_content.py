"""All that the pictures of an account show: the report, and the lines between those in it."""

from __future__ import annotations

import datetime
from functools import cache

from graph.analysis.briefing.brief import briefs
from graph.analysis.limits import BRIEFS, PATHS
from graph.analysis.map_parts import Line, Member, Rival, StepResult
from graph.analysis.measured import Measured, measured
from graph.analysis.power.formal_power import quota_of, weight_of
from graph.analysis.reach.network import network_of
from graph.analysis.reach.paths import best_paths
from graph.analysis.reporting.report import report_of
from graph.analysis.results import MapContent
from graph.analysis.rounding import SLACK
from graph.analysis.supposing.supposed import supposed
from graph.analysis.verifying.elements import elements
from graph.model import CompetitorTie, Conflict, ReportsTo
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset


def map_content(
    dataset: Dataset,
    account: str,
    as_of: datetime.date,
    opportunity: str | None = None,
    calibration: Calibration | None = None,
) -> MapContent:
    """What the pictures show. Raises UnknownRecord for an account or opportunity that is not in the dataset."""
    return map_of(measured(dataset, account, as_of, opportunity, calibration))


def map_of(found: Measured) -> MapContent:
    """What the pictures show of measures already computed."""
    network = network_of(found)
    routes = {person.id: best_paths(network, person.id, k=PATHS) for person in found.view.people}
    report = report_of(found)
    least = found.view.calibration.tie - SLACK
    ties = tuple(tie for person in report.people for tie in person.covered_by if tie.strength >= least)
    tied = {tie.member for person in report.people for tie in person.covered_by}
    return MapContent(
        report=report,
        members=tuple(Member(one.id, one.name, one.role) for one in found.view.members if one.id in tied),
        influences=_influences(found),
        conflicts=_conflicts(found),
        reporting=_reporting(found),
        ties=ties,
        rivals=_rivals(found),
        steps=_steps(found),
        routes={person: paths for person, paths in routes.items() if paths},
        elements=elements(found.dataset, found.view.opportunity),
        supposes=cache(lambda: supposed(found, report)),
        prepares=cache(lambda: briefs(found, BRIEFS)),
    )


def _influences(found: Measured) -> tuple[Line, ...]:
    ids, lines = [person.id for person in found.view.people], found.lines
    columns = (lines.source.tolist(), lines.target.tolist(), lines.weight.tolist(), lines.assumed.tolist())
    return tuple(Line(ids[source], ids[target], *rest) for source, target, *rest in zip(*columns, strict=True))


def _conflicts(found: Measured) -> tuple[Line, ...]:
    index = found.view.index
    shown = [one for one in found.dataset.of(Conflict) if one.a in index and one.b in index]
    usual = found.view.calibration.no_intensity
    return tuple(Line(one.a, one.b, one.intensity or usual) for one in sorted(shown, key=lambda one: (one.a, one.b)))


def _reporting(found: Measured) -> tuple[Line, ...]:
    index = found.view.index
    shown = [one for one in found.dataset.of(ReportsTo) if one.person in index and one.manager in index]
    shown.sort(key=lambda one: (one.person, one.manager))
    return tuple(Line(one.person, one.manager, 1.0, dotted=one.kind == "dotted") for one in shown)


def _rivals(found: Measured) -> tuple[Rival, ...]:
    ties: dict[str, dict[str, float]] = {}
    for one in sorted(found.dataset.of(CompetitorTie), key=lambda one: one.person):
        if one.person in found.view.index and not found.view.vacant[found.view.index[one.person]]:
            ties.setdefault(one.competitor, {})[one.person] = one.strength
    names = {one.id: one.name for one in found.view.competitors}
    return tuple(Rival(competitor, names.get(competitor), held) for competitor, held in sorted(ties.items()))


def _steps(found: Measured) -> tuple[StepResult, ...]:
    return tuple(
        StepResult(
            id=step.record.id,
            name=step.record.name,
            rule=step.record.rule or "unanimous",
            quota=quota_of(step),
            votes=tuple((v.person, weight_of(v.weight), bool(v.veto)) for v in step.votes),
        )
        for step in found.view.steps
    )
