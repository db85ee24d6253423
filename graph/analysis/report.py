"""The coverage report of an account, put together so that it reads like the JSON that it makes."""

from __future__ import annotations

import datetime

import numpy as np

from graph.analysis import coverage as covering
from graph.analysis.account import AccountView
from graph.analysis.connection import day_of
from graph.analysis.gap_words import GapWords
from graph.analysis.gaps import Evidence, coverage_gaps
from graph.analysis.measured import Measured, measured
from graph.analysis.network import network_of
from graph.analysis.paths import best_paths
from graph.analysis.results import (
    CoverageReport,
    Gap,
    InfluencePath,
    InfluenceShare,
    Named,
    OpportunityHead,
    PersonResult,
    Tie,
    UnitResult,
)
from graph.analysis.routes import independent_routes
from graph.analysis.status import status
from graph.analysis.support import support
from graph.model import CompetitorTie, Covers
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


def report_of(found: Measured, routes: dict[str, tuple[InfluencePath, ...]] | None = None) -> CoverageReport:
    """The report of measures already computed. `routes` are the best paths to people, where they are known already."""
    view, influence, by_role = found.view, found.influence, found.connected.by_role
    numbers, decided = view.calibration, view.opportunity is not None
    state = status(view, found.covered) if decided else None
    seats, held = covering.seats(view) if decided else (0, 0)
    return CoverageReport(
        account=Named(view.account.id, view.account.name),
        opportunity=_head(view),
        as_of=view.as_of,
        calibration=numbers.label,
        influence_assumed=any(line.assumed for line in found.lines),
        decision_chain_coverage=float(influence @ found.covered),
        supportive_coverage=covering.supportive(view, influence) if decided else None,
        identified=held / seats if seats else None,
        redundancy=covering.redundancy(by_role, influence, numbers.firm_tie),
        independent_routes=independent_routes(view, found.connected.together, found.lines) if decided else None,
        concentration=covering.concentration(found.connected.strength, influence),
        status=state[0] if state else None,
        triangle=covering.triangle(by_role, influence, numbers.tie),
        by_role=covering.by_role(view, influence, found.covered),
        units=_units(found),
        people=_people(found),
        gaps=_gaps(found, routes),
        support=support(view, found.support, found.power.formal_power) if decided else None,
        status_reason=state[1] if state else None,
        seats=seats,
        seats_identified=held,
        step_names={step.record.id: step.record.name for step in view.steps},
    )


def ties_of(found: Measured, person: int) -> tuple[Tie, ...]:
    """Our ties with a person: active members with a strength above 0 or a covers row, strongest first."""
    view, connected = found.view, found.connected
    covering_members = {one.member for one in found.dataset.of(Covers) if one.person == view.people[person].id}
    ties = [
        Tie(
            member=member.id,
            person=view.people[person].id,
            role=member.role,
            frequency=float(connected.frequency[u, person]),
            breadth=float(connected.breadth[u, person]),
            depth=float(connected.depth[u, person]),
            strength=float(connected.strength[u, person]),
            trust=float(found.trust[u, person]),
            last_touch=day_of(int(connected.last_touch[u, person])),
        )
        for u, member in enumerate(view.members)
        if connected.strength[u, person] > 0 or member.id in covering_members
    ]
    return tuple(sorted(ties, key=lambda tie: (-round(tie.strength, 9), tie.member)))


def _head(view: AccountView) -> OpportunityHead | None:
    one = view.opportunity
    return None if one is None else OpportunityHead(one.id, one.name, one.bid_date)


def _units(found: Measured) -> tuple[UnitResult, ...]:
    covered = covering.by_unit(found.view, found.influence, found.covered)
    return tuple(UnitResult(one.id, one.name, covered[one.id], one.parent) for one in found.view.units)


def _people(found: Measured) -> tuple[PersonResult, ...]:
    people = found.view.people
    order = sorted(range(len(people)), key=lambda i: (-round(float(found.influence[i]), 9), people[i].id))
    final = found.support.final(found.view.stance_values)
    turned_to_by = np.bincount([line.source for line in found.lines], minlength=len(people))
    trusted = found.trusted
    vetoes = {vote.person for step in found.view.steps for vote in step.votes if vote.veto}
    return tuple(_person(found, i, float(final[i]), int(turned_to_by[i]), float(trusted[i]), vetoes) for i in order)


def _person(found: Measured, i: int, final: float, turned_to_by: int, trusted: float, vetoes: set[str]) -> PersonResult:
    view = found.view
    one, part = view.people[i], view.participation[i]
    return PersonResult(
        id=one.id,
        name=one.name,
        title=one.title,
        level=float(found.levels[i]) if one.level is None else one.level,
        level_inferred=one.level is None,
        unit=one.unit,
        status=one.status or "active",
        roles=view.roles(i),
        stance=view.stances[i],
        phi=float(found.power.phi[i]),
        role_power=float(found.power.role_power[i]),
        formal_power=float(found.power.formal_power[i]),
        decision_influence=float(found.influence[i]),
        turned_to_by=turned_to_by,
        connection_strength=float(found.connected.together[i]),
        required_strength=float(found.standards.strength[i]),
        cadence=int(found.standards.cadence[i]),
        coverage=float(found.covered[i]),
        competitor_strength=float(view.rival[i]),
        trust=trusted,
        final_stance=final,
        covered_by=ties_of(found, i),
        made_of=_made_of(found, i),
        veto=one.id in vetoes or bool(part is not None and part.veto),
        external=bool(one.external),
        has_seat=bool(view.seated[i]),
        function=one.function,
    )


def _made_of(found: Measured, person: int) -> tuple[InfluenceShare, ...]:
    parts = found.system.made_of(person)
    order = sorted(np.flatnonzero(parts > 0), key=lambda i: (-round(float(parts[i]), 9), found.view.people[i].id))
    return tuple(InfluenceShare(found.view.people[i].id, float(parts[i])) for i in order)


def _gaps(found: Measured, routes: dict[str, tuple[InfluencePath, ...]] | None) -> tuple[Gap, ...]:
    view = found.view
    owners = {
        one.person
        for one in found.dataset.of(Covers)
        if one.owner and any(member.id == one.member for member in view.members)
    }
    evidence = Evidence(
        view=view,
        standards=found.standards,
        connected=found.connected,
        covered=found.covered,
        influence=found.influence,
        owned=np.array([one.id in owners for one in view.people], dtype=bool),
        deciders=view.deciders(),
    )
    raw = coverage_gaps(evidence)
    if routes is None:
        network = network_of(found)
        routes = {
            (who := view.people[one.person].id): best_paths(network, who, k=1) for one in raw if one.person is not None
        }
    words = GapWords(evidence, routes, _strongest_rivals(found))
    return tuple(
        Gap(
            type=one.type,
            person=None if one.person is None else view.people[one.person].id,
            unit=one.unit,
            severity=one.severity,
            band=one.band,
            reason=words.reason(one),
            action=words.action(one),
        )
        for one in raw
    )


def _strongest_rivals(found: Measured) -> dict[str, str]:
    names = {one.id: one.name or one.id for one in found.view.competitors}
    ties = sorted(found.dataset.of(CompetitorTie), key=lambda tie: (tie.strength, tie.competitor))
    return {tie.person: names.get(tie.competitor, tie.competitor) for tie in ties}
