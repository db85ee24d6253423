"""Camps by final stance, and cross-pressure on each person (measures, section 12).

Reference: Hutt, Johnston & Ronchetto 1985, "Selling centers and buying centers", JPSSM 5, 33; Hutt & Reingen 1987,
"Social network analysis: emergent versus prescribed patterns in organizational buying behavior", ACR 14, 259.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from graph.analysis.ground.account_view import AccountView
from graph.analysis.ground.arrays import Floats, Ints
from graph.analysis.ground.named_tuples import rows
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.measures.forecast import SupportSystem

Camp = Literal["for", "against", "undecided", "unknown"]
CAMPS: tuple[Camp, ...] = ("for", "against", "undecided", "unknown")


class CampMember(NamedTuple):
    """A person's camp and cross-pressure in [0, 1]; people with a high one change their stance easily."""

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
    """Each camp's share of decision influence, everyone's camp by id, and the influence lines between camps.

    `crossing` is in order of falling weight (9 decimals), then source and target.
    """

    shares: Mapping[Camp, float]
    people: tuple[CampMember, ...]
    crossing: tuple[CrossingLine, ...]


def camps(view: AccountView, system: SupportSystem, final: Floats, together: Floats, influence: Floats) -> Camps:
    """Sort people into camps: for x* ≥ .1, against x* ≤ -.1, else undecided; unknown without a stance and tie.

    `final` is x* of the forecast, `together` the team's connection strength, `influence` decision influence; each has
    one entry per person.

    >>> {camp: round(share, 3) for camp, share in report.camps.shares.items()}
    {'for': 0.815, 'against': 0.185, 'undecided': 0.0, 'unknown': 0.0}
    """
    ids = [person.id for person in view.people]
    code = _camp_codes(view, final, together)
    names = [CAMPS[number] for number in code.tolist()]
    shares = np.bincount(code, influence, len(CAMPS)).tolist()
    return Camps(
        shares=dict(zip(CAMPS, shares, strict=True)),
        people=tuple(rows(CampMember, ids, names, cross_pressure(system, view.stance_values).tolist())),
        crossing=_crossing(system, ids, names, code),
    )


def _camp_codes(view: AccountView, final: Floats, together: Floats) -> Ints:
    """The index in `CAMPS` of each person's camp."""
    apart = view.calibration.camp_from
    number = np.where(
        final >= apart - SLACK,
        CAMPS.index("for"),
        np.where(final <= SLACK - apart, CAMPS.index("against"), CAMPS.index("undecided")),
    )
    number[~view.stated & (together < view.calibration.tie - SLACK)] = CAMPS.index("unknown")
    return number


def cross_pressure(system: SupportSystem, stances: Floats) -> Floats:
    """Cross-pressure `2·min(p, n)/(p + n)` in [0, 1], 0 where p and n are 0; one entry per person.

    p and n are the positive and negative parts of a person's incoming influence `Σ_j W_ij x0_j`, with ours (+1) and the
    rivals' (-1) included; `stances` is x0.

    >>> by_person(cross_pressure(measures.support_system, measures.view.stance_values))
    {'ann': 0.062, 'ben': 0.138, 'cho': 0.278, 'dev': 0.338}
    """
    opinions = system.opinions
    for_us = opinions.incoming(np.maximum(0.0, stances)) + opinions.stubborn[:, 0]
    against = opinions.incoming(np.maximum(0.0, -stances)) + opinions.stubborn[:, 1]
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
