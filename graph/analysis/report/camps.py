"""Camps and cross-pressure: who will be for us, who against, and who is pulled both ways (measures, section 12).

Cross-pressure in buying networks: Hutt & Reingen 1987, prescribed and emergent networks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from graph.analysis.ground.account_view import AccountView, Floats, Ints
from graph.analysis.ground.named_tuples import rows
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.measures.forecast import SupportSystem

Camp = Literal["for", "against", "undecided", "unknown"]
CAMPS: tuple[Camp, ...] = ("for", "against", "undecided", "unknown")


class CampMember(NamedTuple):
    """A person's camp and cross-pressure in [0, 1]; high moves easily."""

    person: str
    camp: Camp
    cross_pressure: float


class CrossingLine(NamedTuple):
    """An influence line from one camp into another."""

    source: str
    target: str
    weight: float
    assumed: bool
    source_camp: Camp
    target_camp: Camp


@dataclass(frozen=True, slots=True)
class Camps:
    """Each camp's share of decision influence, everyone's camp by id, and the lines between different camps.

    `crossing` is by weight (9 decimals) falling, then source and target.
    """

    shares: Mapping[Camp, float]
    people: tuple[CampMember, ...]
    crossing: tuple[CrossingLine, ...]


def camps(view: AccountView, system: SupportSystem, final: Floats, together: Floats, influence: Floats) -> Camps:
    """The camps by the forecast; `final` is x*, `together` C of all of ours, each one entry a person."""
    ids = [person.id for person in view.people]
    number = _numbers(view, final, together)
    found = [CAMPS[one] for one in number.tolist()]
    shares = np.bincount(number, influence, len(CAMPS)).tolist()
    return Camps(
        shares=dict(zip(CAMPS, shares, strict=True)),
        people=tuple(rows(CampMember, ids, found, cross_pressure(system, view.stance_values).tolist())),
        crossing=_crossing(system, ids, found, number),
    )


def _numbers(view: AccountView, final: Floats, together: Floats) -> Ints:
    """Where everyone's camp stands in `CAMPS`."""
    apart = view.calibration.camp_from
    number = np.where(
        final >= apart - SLACK,
        CAMPS.index("for"),
        np.where(final <= SLACK - apart, CAMPS.index("against"), CAMPS.index("undecided")),
    )
    number[~view.stated & (together < view.calibration.tie - SLACK)] = CAMPS.index("unknown")
    return number


def cross_pressure(system: SupportSystem, stances: Floats) -> Floats:
    """`2·min(p, n)/(p + n)` of what each person hears for and against us, ours and the rival's pull included."""
    heard = system.opinions
    for_us = heard.incoming(np.maximum(0.0, stances)) + heard.stubborn[:, 0]
    against = heard.incoming(np.maximum(0.0, -stances)) + heard.stubborn[:, 1]
    both = for_us + against
    return np.divide(2.0 * np.minimum(for_us, against), both, out=np.zeros_like(both), where=both > 0)


def _crossing(system: SupportSystem, ids: list[str], camp: list[Camp], number: Ints) -> tuple[CrossingLine, ...]:
    lines = system.opinions.lines
    cross = np.flatnonzero(number[lines.source] != number[lines.target])
    # People are in the order of their ids, so their places sort as the ids do.
    order = cross[np.lexsort((lines.target[cross], lines.source[cross], -lines.weight[cross].round(DIGITS)))]
    ends = lines.source[order].tolist(), lines.target[order].tolist()
    weights, assumed = lines.weight[order].tolist(), lines.assumed[order].tolist()
    names, camps = ([map(every.__getitem__, end) for end in ends] for every in (ids, camp))
    return tuple(rows(CrossingLine, *names, weights, assumed, *camps))
