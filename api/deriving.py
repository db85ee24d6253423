"""What Neo4j's own tools are shown beside the records: ties, power, influence and coverage as computed."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from api.answers import Question, coverage

if TYPE_CHECKING:
    from graph.model.calibration import Calibration
    from graph.store.derived import Derived
    from graph.store.protocol import GraphStore


def derived(store: GraphStore, account: str, as_of: datetime.date, calibration: Calibration) -> Derived:
    """The computed ties and numbers of an account, by id or name, for the opportunity with the nearest bid."""
    from graph.store.derived import Derived, DerivedParticipation, DerivedTie

    report = coverage(store, Question(account, as_of, calibration))
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
    return Derived(report.account.id, opportunity, as_of, ties, participations)
