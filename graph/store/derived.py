"""Values computed from the records and written back beside them, in stores whose own tools show them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.analysis.report.results import CoverageReport


@dataclass(frozen=True, slots=True)
class DerivedTie:
    """The computed connection of a team member to a stakeholder (measures 1 and 2)."""

    member: str
    person: str
    frequency: float
    breadth: float
    depth: float
    strength: float
    trust: float
    last_touch: datetime.date | None


@dataclass(frozen=True, slots=True)
class DerivedParticipation:
    """The computed numbers of a person in an opportunity (measures 3, 4 and 6)."""

    opportunity: str
    person: str
    formal_power: float
    decision_influence: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Derived:
    """All values written back for an account, computed for an opportunity at a date."""

    account: str
    opportunity: str | None
    as_of: datetime.date
    ties: Sequence[DerivedTie] = ()
    participations: Sequence[DerivedParticipation] = ()


def derived_of(report: CoverageReport) -> Derived:
    """The computed ties and numbers of a report, for the opportunity that it is about.

    >>> derived_of(report).account
    'harbour'
    """
    opportunity = report.opportunity.id if report.opportunity else None
    ties = [
        DerivedTie(
            member=tie.member,
            person=tie.person,
            frequency=tie.frequency,
            breadth=tie.breadth,
            depth=tie.depth,
            strength=tie.strength,
            trust=tie.trust,
            last_touch=tie.last_touch,
        )
        for person in report.people
        for tie in person.covered_by
        if tie.strength > 0
    ]
    participations = [
        DerivedParticipation(
            opportunity=opportunity,
            person=person.id,
            formal_power=person.formal_power,
            decision_influence=person.decision_influence,
            coverage=person.coverage,
        )
        for person in report.people
        if opportunity is not None and person.has_seat
    ]
    return Derived(report.account.id, opportunity, report.as_of, ties, participations)
