"""What the pictures of an account show: its report, the lines between its people, and with the plan the dossier."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from graph.analysis.briefing.brief import briefs
from graph.analysis.ground.both_sides import Names
from graph.analysis.ground.limits import BRIEFS, DOSSIER_ACTIONS, PATHS
from graph.analysis.ground.rounding import SLACK
from graph.analysis.measures.formal_power import quota_of, weight_of
from graph.analysis.measures.measures import Measured, measured
from graph.analysis.network.influence_network import InfluencePath, network_of
from graph.analysis.network.paths import best_paths
from graph.analysis.planning.plan import Plan, plan
from graph.analysis.qualification.elements import elements
from graph.analysis.report.coverage_report import report_of
from graph.analysis.report.results import CoverageReport, Tie
from graph.analysis.scenarios.single_changes import supposed
from graph.model import CompetitorTie, Conflict, ReportsTo
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset

if TYPE_CHECKING:
    from graph.analysis.briefing.brief import Brief
    from graph.analysis.qualification.elements import Element
    from graph.analysis.scenarios.single_changes import Supposed


@dataclass(frozen=True, slots=True)
class MapContent:
    """All that the pictures of an account show: the report and the lines between those in it.

    `ties` are those of at least a tie's strength; `routes` the best three paths to each person who has one; `elements`
    the four elements of value of the opportunity, none without one.
    """

    report: CoverageReport
    members: tuple[Member, ...]
    influences: tuple[Line, ...]
    conflicts: tuple[Line, ...]
    reporting: tuple[Line, ...]
    ties: tuple[Tie, ...]
    rivals: tuple[Rival, ...]
    steps: tuple[StepResult, ...]
    routes: Mapping[str, tuple[InfluencePath, ...]] = field(default_factory=dict)
    elements: tuple[Element, ...] = ()
    supposes: Callable[[], Supposed | None] = field(default=lambda: None, repr=False, compare=False)
    prepares: Callable[[], Mapping[str, Brief]] = field(default=dict, repr=False, compare=False)

    @property
    def supposed(self) -> Supposed | None:
        """Each single departure and stance, worked out when read; None of a very large account."""
        return self.supposes()

    @property
    def briefs(self) -> Mapping[str, Brief]:
        """The visit briefs of the people of most influence, by id, worked out when read."""
        return self.prepares()


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two people: influence (source sways target), conflict, or reporting (source reports to target)."""

    source: str
    target: str
    weight: float
    assumed: bool = False
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class StepResult:
    """A step of the decision: voters with their weight and veto; `quota` is None for a unanimous or single step."""

    id: str
    name: str | None
    rule: str
    quota: float | None
    votes: tuple[tuple[str, float, bool], ...]


@dataclass(frozen=True, slots=True)
class Member:
    """One of ours as the map shows them."""

    id: str
    name: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class Rival:
    """A competitor and whom it holds: person id → strength."""

    id: str
    name: str | None
    ties: Mapping[str, float]


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


@dataclass(frozen=True, slots=True)
class Dossier:
    """The map of an account, its plan, and the names of both sides."""

    map: MapContent
    plan: Plan
    names: Names


def dossier(
    dataset: Dataset,
    account: str,
    as_of: datetime.date,
    opportunity: str | None = None,
    calibration: Calibration | None = None,
) -> Dossier:
    """The dossier of an account. Raises UnknownRecord for an account or opportunity that is not in the dataset."""
    found = measured(dataset, account, as_of, opportunity, calibration)
    planned = plan(found, None, DOSSIER_ACTIONS)
    return Dossier(map_of(found), planned, planned.names)
