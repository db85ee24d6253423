"""The headline of a report: the figures of the account as a whole, without its people, lines and texts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from graph.analysis.ground.account_view import AccountView
from graph.analysis.ground.named import Named
from graph.analysis.measures import coverage
from graph.analysis.measures.measures import Measures
from graph.analysis.network.routes import independent_routes
from graph.analysis.report.gaps import RawGap, coverage_gaps, gap_evidence
from graph.analysis.report.results import OpportunityHead, Status, Support
from graph.analysis.report.status import status
from graph.analysis.report.support import support
from graph.model.words import Message


@dataclass(frozen=True, slots=True)
class Headline:
    """The figures of one account and opportunity, named as in the report; `gaps` are without their texts."""

    account: Named
    opportunity: OpportunityHead | None
    as_of: datetime.date
    calibration: Message
    influence_assumed: bool
    decision_chain_coverage: float
    supportive_coverage: float | None
    seats: int
    seats_identified: int
    redundancy: float
    independent_routes: int | None
    concentration: float | None
    status: Status | None
    status_reason: Message | None
    triangle: Mapping[str, float]
    support: Support | None
    people: int
    levels_inferred: int
    gaps: tuple[RawGap, ...]

    @property
    def identified(self) -> float | None:
        """The share of the seats that an active person holds; None without seats."""
        return self.seats_identified / self.seats if self.seats else None


def headline_of(measures: Measures) -> Headline:
    """The headline of measures already computed; the portfolio needs no more, which spares it the people and texts.

    >>> head = headline_of(measures)
    >>> round(head.decision_chain_coverage, 3), head.identified, len(head.gaps) == len(report.gaps)
    (0.679, 1.0, True)
    """
    view, influence, by_role = measures.view, measures.influence, measures.connected.by_role
    numbers, decided = view.calibration, view.opportunity is not None
    state = status(view, measures.covered) if decided else None
    seats, held = coverage.seats(view) if decided else (0, 0)
    return Headline(
        account=Named(view.account.id, view.account.name),
        opportunity=_opportunity(view),
        as_of=view.as_of,
        calibration=numbers.label,
        influence_assumed=measures.lines.any_assumed,
        decision_chain_coverage=float(influence @ measures.covered),
        supportive_coverage=coverage.supportive(view, influence) if decided else None,
        seats=seats,
        seats_identified=held,
        redundancy=coverage.redundancy(by_role, influence, numbers),
        independent_routes=independent_routes(view, measures.connected.together, measures.lines) if decided else None,
        concentration=coverage.concentration(measures.connected.strength, influence),
        status=state[0] if state else None,
        status_reason=state[1] if state else None,
        triangle=coverage.triangle(by_role, influence, numbers.tie),
        support=support(view, measures.forecast, measures.power.formal_power) if decided else None,
        people=len(view.people),
        levels_inferred=sum(person.level is None for person in view.people),
        gaps=coverage_gaps(gap_evidence(measures)),
    )


def _opportunity(view: AccountView) -> OpportunityHead | None:
    opportunity = view.opportunity
    return None if opportunity is None else OpportunityHead(opportunity.id, opportunity.name, opportunity.bid_date)
