"""The headline of a report: the figures of the account as a whole, without its people, lines and texts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.analysis.ground.account_view import AccountView
from graph.analysis.ground.arrays import Flags, Floats, Ints, any_of
from graph.analysis.ground.named import Named
from graph.analysis.measures import coverage
from graph.analysis.measures.measures import BatchMeasures, Measures
from graph.analysis.network.routes import NO_DECIDER, independent_routes
from graph.analysis.report.gaps import GapColumns, RawGap, gap_columns
from graph.analysis.report.results import OpportunityHead, Status, Support
from graph.analysis.report.status import REASONS, STATUSES, status_reasons
from graph.analysis.report.support import support, support_sums
from graph.model.words import Message, message


@dataclass(frozen=True)
class HeadlineColumns:
    """The figures of the accounts of a batch, each array with one entry per account.

    What needs an opportunity means nothing where `decided` is False. `routes` is `NO_DECIDER` without deciders,
    `concentration` NaN without any connection, `reason` a place in `REASONS`.
    """

    measures: BatchMeasures
    decided: Flags
    influence_assumed: Flags
    decision_chain_coverage: Floats
    supportive_coverage: Floats
    seats: Ints
    seats_identified: Ints
    redundancy: Floats
    routes: Ints
    concentration: Floats
    reason: Ints
    triangle: Mapping[str, Floats]
    support: tuple[Floats, Floats, Floats, Floats]
    people: Ints
    levels_inferred: Ints

    @cached_property
    def gaps(self) -> GapColumns:
        """The gaps of all accounts."""
        return gap_columns(self.measures)


def headline_columns(measures: BatchMeasures) -> HeadlineColumns:
    """The figures of the accounts of a batch.

    >>> headline_columns(measures.whole).decision_chain_coverage.round(3).tolist()
    [0.679]
    """
    batch, influence, by_role = measures.batch, measures.influence, measures.connected.by_role
    lines = measures.lines
    seats, held = coverage.seats(batch)
    return HeadlineColumns(
        measures=measures,
        decided=batch.decided,
        influence_assumed=any_of(batch.of_account[lines.source], lines.assumed, batch.accounts),
        decision_chain_coverage=coverage.decision_chain_coverage(batch, influence, measures.covered),
        supportive_coverage=coverage.supportive(batch, influence),
        seats=seats,
        seats_identified=held,
        redundancy=coverage.redundancy(batch, by_role, influence),
        routes=independent_routes(batch, measures.connected.together, lines),
        concentration=coverage.concentration(batch, measures.connected.strength, influence),
        reason=status_reasons(batch, measures.covered),
        triangle=coverage.triangle(batch, by_role, influence),
        support=support_sums(measures),
        people=batch.sizes,
        levels_inferred=batch.count(np.isnan(batch.level)),
    )


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
    """The headline of an account.

    >>> head = headline_of(measures)
    >>> round(head.decision_chain_coverage, 3), head.identified, len(head.gaps) == len(report.gaps)
    (0.679, 1.0, True)
    """
    view, columns = measures.view, headline_columns(measures.whole)
    decided, routes = bool(columns.decided[0]), int(columns.routes[0])
    concentration = float(columns.concentration[0])
    return Headline(
        account=Named(view.account.id, view.account.name),
        opportunity=_opportunity(view),
        as_of=view.as_of,
        calibration=view.calibration.label,
        influence_assumed=bool(columns.influence_assumed[0]),
        decision_chain_coverage=float(columns.decision_chain_coverage[0]),
        supportive_coverage=float(columns.supportive_coverage[0]) if decided else None,
        seats=int(columns.seats[0]) if decided else 0,
        seats_identified=int(columns.seats_identified[0]) if decided else 0,
        redundancy=float(columns.redundancy[0]),
        independent_routes=routes if decided and routes != NO_DECIDER else None,
        concentration=None if np.isnan(concentration) else concentration,
        status=STATUSES[columns.reason[0]] if decided else None,
        status_reason=message(REASONS[columns.reason[0]]) if decided else None,
        triangle={corner: float(share[0]) for corner, share in columns.triangle.items()},
        support=support(measures) if decided else None,
        people=int(columns.people[0]),
        levels_inferred=int(columns.levels_inferred[0]),
        gaps=columns.gaps.of_account(0),
    )


def _opportunity(view: AccountView) -> OpportunityHead | None:
    opportunity = view.opportunity
    return None if opportunity is None else OpportunityHead(opportunity.id, opportunity.name, opportunity.bid_date)
