"""The plan: next best actions, assignment, and unknowns to find out (measures, sections 9, 14, 15)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field

from graph.analysis.ground.limits import PLAN_DAYS
from graph.analysis.ground.named import Names, names_of_both
from graph.analysis.measures.measures import Measures
from graph.analysis.planning.assignment import Assignment, assignment
from graph.analysis.planning.find_out import FindOut, to_find_out
from graph.analysis.planning.next_actions import NextAction, next_actions
from graph.analysis.report.coverage_report import report_of
from graph.model.whole_numbers import whole_number
from graph.model.words import Message


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of an account for `days` days from `as_of`."""

    account: str
    opportunity: str | None
    as_of: datetime.date
    days: int
    calibration: Message
    actions: tuple[NextAction, ...]
    assignment: Assignment
    find_out: tuple[FindOut, ...]
    names: Names = field(repr=False)


def plan(measures: Measures, days: int | None, most: int, capacity: int | None = None) -> Plan:
    """Compute the plan, with at most `most` actions.

    `days` and `capacity` (as in `assignment`) are by default those of the calibration. Raises InputError unless they
    are whole numbers, days from 1 to 366.

    >>> plan(measures, days=None, most=3).days
    30
    """
    view = measures.view
    days = view.calibration.moves.horizon if days is None else whole_number(days, "days", PLAN_DAYS)
    most = whole_number(most, "top")
    return Plan(
        account=view.account.id,
        opportunity=None if view.opportunity is None else view.opportunity.id,
        as_of=view.as_of,
        days=days,
        calibration=view.calibration.label,
        actions=next_actions(measures, report_of(measures).gaps, days, most),
        assignment=assignment(measures, capacity),
        find_out=to_find_out(measures),
        names=names_of_both(view.people, view.members),
    )
