"""The next best actions: touches by priority, with member, person, method and reason (measures, section 9)."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np

from graph.analysis.ground.account_view import AccountView
from graph.analysis.ground.arrays import Floats
from graph.analysis.ground.limits import WORTH_A_WORD_COVERAGE, WORTH_A_WORD_FORECAST
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.measures.connection import NEVER
from graph.analysis.measures.measures import Measures
from graph.analysis.planning.rhythm import allowed, feasibility
from graph.analysis.planning.touch_effects import WAYS, TouchEffects, touch_effects
from graph.analysis.report.results import Gap
from graph.model.scales import METHOD, SUBTYPE
from graph.model.words import Day, Message, Name, ScaleWord, message


@dataclass(frozen=True, slots=True)
class Alternate:
    """Another member who could act, and the priority of that."""

    member: str
    priority: float


@dataclass(frozen=True, slots=True)
class NextAction:
    """A touch to make. `priority = value · feasibility / √effort`; `effort` is in working days of the member.

    `forecast` and `coverage` are the changes of the support forecast (None without an opportunity) and of
    decision-chain coverage by this touch alone. `ask` says that trust and stance allow asking for a commitment.
    `closes` is the person's worst gap.
    """

    person: str
    member: str
    method: str
    subtype: str | None
    priority: float
    value: float
    feasibility: float
    effort: float
    forecast: float | None
    coverage: float
    information: float
    ask: bool
    by_when: datetime.date
    closes: str | None
    reason: Message
    alternates: tuple[Alternate, ...]


@dataclass(frozen=True)
class Candidates:
    """All candidate touches, ways x members x people; `feasibility` is members x people, `information` people."""

    effects: TouchEffects
    value: Floats
    feasibility: Floats
    priority: Floats
    information: Floats


def candidates(measures: Measures) -> Candidates:
    """The value and priority of every candidate touch; the priority is 0 where the rhythm does not allow it.

    `value = .5·Δforecast/max + .3·ΔDCC/max + .2·information`, where the maxima are over all candidates, allowed or not;
    `priority = value · feasibility / effort^.5`.

    >>> candidates(measures).priority.shape  # ways, members, people
    (11, 2, 4)
    """
    effects, information = touch_effects(measures), information_value(measures.view, measures.influence)
    numbers = measures.view.calibration.moves
    value = (
        numbers.forecast_share * _of_largest(effects.forecast)
        + numbers.coverage_share * _of_largest(effects.coverage)
        + numbers.information_share * information
    )
    feasible = feasibility(measures)
    effort = np.array([numbers.effort[subtype or method] for method, subtype in WAYS])[:, None, None]
    worth = value * feasible / effort**numbers.effort_exponent
    priority = np.where(allowed(measures.view, measures.connected), worth, 0.0)
    return Candidates(effects, value, feasible, priority, information)


def next_actions(measures: Measures, gaps: Sequence[Gap], days: int, most: int) -> tuple[NextAction, ...]:
    """The `most` touches of the highest priority, the first of `ranked_actions`.

    >>> [(action.member, action.person) for action in next_actions(measures, report.gaps, days=30, most=2)]
    [('vic', 'ann'), ('vic', 'ann')]
    """
    return tuple(islice(ranked_actions(measures, gaps, days), most))


def ranked_actions(measures: Measures, gaps: Sequence[Gap], days: int) -> Iterator[NextAction]:
    """All touches with a priority above 0, one per person, method and subtype, by the best member (ties by id).

    In order of falling priority (9 decimals), then person, method, subtype. `gaps` are the report's, worst first;
    `days` is the horizon.
    """
    worth = candidates(measures)
    if not worth.priority.size:
        return
    rounded = worth.priority.round(DIGITS)
    best = rounded.argmax(axis=1)
    top = np.take_along_axis(rounded, best[:, None, :], axis=1)[:, 0, :]
    ways, people = np.nonzero(top > 0)
    ids = [person.id for person in measures.view.people]
    order = sorted(
        zip(ways.tolist(), people.tolist(), strict=True),
        key=lambda at: (-top[at], ids[at[1]], WAYS[at[0]][0], WAYS[at[0]][1] or ""),
    )
    worst: dict[str, Gap] = {}
    for gap in gaps:
        if gap.person is not None:
            worst.setdefault(gap.person, gap)
    for way, person in order:
        yield _action(measures, worth, way, int(best[way, person]), person, days, worst.get(ids[person]))


def information_value(view: AccountView, influence: Floats) -> Floats:
    """The influence of people whose stance is unknown, undated or assessed too long ago, 0 for others."""
    outdated = []
    for part, stance in zip(view.participation, view.stances, strict=True):
        assessed = None if part is None else part.assessed_on
        old = assessed is None or (view.as_of - assessed).days > view.calibration.moves.stale_days
        outdated.append(stance is None or old)
    return np.where(np.array(outdated, dtype=bool), influence, 0.0)


def by_when(measures: Measures, person: int, days: int) -> datetime.date:
    """The date by which to act: the earliest of the horizon, last touch + cadence, and the day before the bid.

    It is never before `as_of`. `person` is an index, `days` the horizon.
    """
    view = measures.view
    limits = [view.as_of + datetime.timedelta(days=days)]
    last = int(measures.connected.last_touch[:, person].max(initial=NEVER))
    if last != NEVER:
        limits.append(datetime.date.fromordinal(last + int(measures.standards.cadence[person])))
    if view.opportunity is not None and view.opportunity.bid_date is not None:
        # A bid of long ago makes no difference to one of today, and may be the first day of the calendar.
        limits.append(max(view.opportunity.bid_date, view.as_of) - datetime.timedelta(days=1))
    return max(view.as_of, min(limits))


def _of_largest(moves: Floats) -> Floats:
    """Each change divided by the largest; negative ones count as 0."""
    gains = np.maximum(0.0, moves)
    largest = float(gains.max(initial=0.0))
    return gains / largest if largest > 0 else np.zeros_like(gains)


def _action(
    measures: Measures, worth: Candidates, way: int, member: int, person: int, days: int, gap: Gap | None
) -> NextAction:
    view = measures.view
    method, subtype = WAYS[way]
    stance = view.stances[person]
    decided = view.opportunity is not None
    trusted = measures.trust[member, person] >= view.calibration.moves.ask_trust - SLACK
    return NextAction(
        person=view.people[person].id,
        member=view.members[member].id,
        method=method,
        subtype=subtype,
        priority=float(worth.priority[way, member, person]),
        value=float(worth.value[way, member, person]),
        feasibility=float(worth.feasibility[member, person]),
        effort=view.calibration.moves.effort[subtype or method],
        forecast=float(worth.effects.forecast[way, member, person]) if decided else None,
        coverage=float(worth.effects.coverage[way, member, person]),
        information=float(worth.information[person]),
        ask=stance is not None and stance >= 0 and bool(trusted),
        by_when=by_when(measures, person, days),
        closes=None if gap is None else gap.type,
        reason=_reason(measures, worth, way, member, person, days),
        alternates=_alternates(view, worth, way, member, person),
    )


def _alternates(view: AccountView, worth: Candidates, way: int, chosen: int, person: int) -> tuple[Alternate, ...]:
    others = [
        Alternate(member.id, float(worth.priority[way, u, person]))
        for u, member in enumerate(view.members)
        if u != chosen and worth.priority[way, u, person].round(DIGITS) > 0
    ]
    return tuple(sorted(others, key=lambda other: (-round(other.priority, DIGITS), other.member)))


def _reason(measures: Measures, worth: Candidates, way: int, member: int, person: int, days: int) -> Message:
    """The text of an action: member, person, method, date, and the figures it improves."""
    view, (method, subtype) = measures.view, WAYS[way]
    stakeholder, actor = view.people[person], view.members[member]
    return message(
        "action.reason",
        member=Name(actor.name or actor.id),
        person=Name(stakeholder.name or stakeholder.id),
        how=ScaleWord(METHOD, method) if subtype is None else ScaleWord(SUBTYPE, subtype),
        by=Day(by_when(measures, person, days)),
        why=_improvements(worth, way, member, person),
    )


def _improvements(worth: Candidates, way: int, member: int, person: int) -> tuple[Message, ...]:
    coverage = 100.0 * float(worth.effects.coverage[way, member, person])
    forecast = float(worth.effects.forecast[way, member, person])
    moves = []
    if coverage >= WORTH_A_WORD_COVERAGE:
        moves.append(message("action.why.coverage", points=f"{coverage:.1f}"))
    if forecast >= WORTH_A_WORD_FORECAST:
        moves.append(message("action.why.forecast", points=f"{forecast:.3f}".removeprefix("0")))
    if worth.information[person] > 0:
        moves.append(message("action.why.information", points=f"{100.0 * float(worth.information[person]):.0f}"))
    return tuple(moves or [message("action.why.keeps")])
