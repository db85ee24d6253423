"""The content of an account's maps: its report and the lines between its people; with the plan, the dossier."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from graph.analysis.ground.limits import BRIEFS, DOSSIER_ACTIONS, PATHS, UNASKED_PEOPLE
from graph.analysis.ground.named import Names
from graph.analysis.ground.rounding import SLACK
from graph.analysis.measures.formal_power import quota_of, weight_of
from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.network.influence_network import InfluencePath, influence_network
from graph.analysis.network.paths import best_paths
from graph.analysis.qualification.elements import elements
from graph.analysis.report.coverage_report import report_of
from graph.analysis.report.results import CoverageReport, Tie
from graph.model import CompetitorTie, Conflict, ReportsTo
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset

if TYPE_CHECKING:
    from graph.analysis.briefing.brief import Brief
    from graph.analysis.planning.plan import Plan
    from graph.analysis.qualification.elements import Element
    from graph.analysis.scenarios.single_changes import SingleChanges

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MapContent:
    """Everything that the maps of an account show: the report, the lines between its people, and the decision's steps.

    `ties` are those of at least a tie's strength (.05), `members` the team members who have one. `routes` are the best
    three paths to each person who can be reached, by id. `elements` are the opportunity's elements of value.

    >>> content = map_of(measures)
    >>> [member.id for member in content.members], [rival.ties for rival in content.rivals]
    (['uma', 'vic'], [{'dev': 0.7}])
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
    compute_single_changes: Callable[[], SingleChanges | None] = field(default=lambda: None, repr=False, compare=False)
    compute_briefs: Callable[[], Mapping[str, Brief] | None] = field(default=dict, repr=False, compare=False)
    _made: dict[Callable[[MapContent], Any], Any] = field(init=False, repr=False, compare=False, default_factory=dict)

    def once(self, make: Callable[[MapContent], T]) -> T:
        """The result of `make` on this content, computed at the first call and kept. It must not be changed.

        A page lays the same content out for several languages and sizes of window.
        """
        if make not in self._made:
            self._made[make] = make(self)
        kept: T = self._made[make]
        return kept

    @property
    def single_changes(self) -> SingleChanges | None:
        """All single departures and stances, computed when first read; None beyond `UNASKED_PEOPLE` people."""
        return self.compute_single_changes()

    @property
    def briefs(self) -> Mapping[str, Brief] | None:
        """The visit briefs for the most influential people, by id, computed when first read.

        None beyond `UNASKED_PEOPLE` people.
        """
        return self.compute_briefs()


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two people: influence of `source` on `target`, conflict, or reporting of `source` to `target`."""

    source: str
    target: str
    weight: float
    assumed: bool = False
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class StepResult:
    """A step of the decision; votes are (person, weight, veto). `quota` is None for a unanimous or single step."""

    id: str
    name: str | None
    rule: str
    quota: float | None
    votes: tuple[tuple[str, float, bool], ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A team member on the map."""

    id: str
    name: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class Rival:
    """A competitor and the strength of its ties, by person id."""

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
    """The map content of an account. Raises UnknownRecord for an account or opportunity that is not in the dataset."""
    return map_of(compute_measures(dataset, account, as_of, opportunity, calibration))


def map_of(measures: Measures) -> MapContent:
    """The map content of measures already computed."""
    network = influence_network(measures)
    routes = {person.id: best_paths(network, person.id, k=PATHS) for person in measures.view.people}
    report = report_of(measures)
    least = measures.view.calibration.tie - SLACK
    ties = tuple(tie for person in report.people for tie in person.covered_by if tie.strength >= least)
    tied = {tie.member for person in report.people for tie in person.covered_by}
    return MapContent(
        report=report,
        members=tuple(
            Member(member.id, member.name, member.role) for member in measures.view.members if member.id in tied
        ),
        influences=_influences(measures),
        conflicts=_conflicts(measures),
        reporting=_reporting(measures),
        ties=ties,
        rivals=_rivals(measures),
        steps=_steps(measures),
        routes={person: paths for person, paths in routes.items() if paths},
        elements=elements(measures.dataset, measures.view.opportunity),
        compute_single_changes=cache(lambda: _single_changes(measures, report)),
        compute_briefs=cache(lambda: _briefs(measures)),
    )


def _single_changes(measures: Measures, report: CoverageReport) -> SingleChanges | None:
    if len(measures.view.people) > UNASKED_PEOPLE:
        return None
    from graph.analysis.scenarios.single_changes import single_changes

    return single_changes(measures, report)


def _briefs(measures: Measures) -> Mapping[str, Brief] | None:
    if len(measures.view.people) > UNASKED_PEOPLE:
        return None
    # Briefs and plans need scipy's optimizers, which take longer to load than the page of a large account can spare.
    from graph.analysis.briefing.brief import briefs

    return briefs(measures, BRIEFS)


def _influences(measures: Measures) -> tuple[Line, ...]:
    ids, lines = [person.id for person in measures.view.people], measures.lines
    columns = (lines.source.tolist(), lines.target.tolist(), lines.weight.tolist(), lines.assumed.tolist())
    return tuple(Line(ids[source], ids[target], *rest) for source, target, *rest in zip(*columns, strict=True))


def _conflicts(measures: Measures) -> tuple[Line, ...]:
    index = measures.view.index
    shown = [conflict for conflict in measures.dataset.of(Conflict) if conflict.a in index and conflict.b in index]
    usual = measures.view.calibration.no_intensity
    shown.sort(key=lambda conflict: (conflict.a, conflict.b))
    return tuple(Line(conflict.a, conflict.b, conflict.intensity or usual) for conflict in shown)


def _reporting(measures: Measures) -> tuple[Line, ...]:
    index = measures.view.index
    shown = [line for line in measures.dataset.of(ReportsTo) if line.person in index and line.manager in index]
    shown.sort(key=lambda line: (line.person, line.manager))
    return tuple(Line(line.person, line.manager, 1.0, dotted=line.kind == "dotted") for line in shown)


def _rivals(measures: Measures) -> tuple[Rival, ...]:
    ties: dict[str, dict[str, float]] = {}
    for tie in sorted(measures.dataset.of(CompetitorTie), key=lambda tie: tie.person):
        if tie.person in measures.view.index and not measures.view.vacant[measures.view.index[tie.person]]:
            ties.setdefault(tie.competitor, {})[tie.person] = tie.strength
    names = {rival.id: rival.name for rival in measures.view.competitors}
    return tuple(Rival(competitor, names.get(competitor), held) for competitor, held in sorted(ties.items()))


def _steps(measures: Measures) -> tuple[StepResult, ...]:
    return tuple(
        StepResult(
            id=step.record.id,
            name=step.record.name,
            rule=step.record.rule or "unanimous",
            quota=quota_of(step),
            votes=tuple((vote.person, weight_of(vote.weight), bool(vote.veto)) for vote in step.votes),
        )
        for step in measures.view.steps
    )


@dataclass(frozen=True, slots=True)
class Dossier:
    """The map and plan of an account, with the names of stakeholders and team members."""

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
    from graph.analysis.planning.plan import plan

    measures = compute_measures(dataset, account, as_of, opportunity, calibration)
    planned = plan(measures, None, DOSSIER_ACTIONS)
    return Dossier(map_of(measures), planned, planned.names)
