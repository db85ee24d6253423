"""Decay: the day on which each connection falls below its standard without further contact (measures, section 11).

All touches of a method decay with the same half-life, so a pair's contact by that method shrinks by one factor per day:
the strength of any later day follows from today's sums.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from graph.analysis.ground.arrays import Floats, Ints, sums
from graph.analysis.ground.limits import DECAY_DAYS
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.measures.connection import Connection, best_by_role, breadth_of, depth_of, strength_of, together_of
from graph.analysis.measures.measures import Measures
from graph.analysis.measures.touches import METHODS
from graph.model.calibration import Calibration


@dataclass(frozen=True, slots=True)
class FallsBelow:
    """The first day on which a person who is covered today is not any more; `strength` is today's."""

    person: str
    date: datetime.date
    days: int
    strength: float
    required: float
    decision_influence: float


def falls_below(measures: Measures) -> tuple[FallsBelow, ...]:
    """The day on which each covered person falls below the required strength, soonest first, then by influence and id.

    >>> [(fall.person, fall.days) for fall in falls_below(measures)]
    [('cho', 133)]
    """
    view, required = measures.view, measures.standards.strength
    enough = np.flatnonzero(view.known & (measures.connected.together >= required - SLACK))
    days = _first_day_below(_Decay(measures), required)
    falls = [
        FallsBelow(
            person=view.people[i].id,
            date=view.as_of + datetime.timedelta(days=int(days[i])),
            days=int(days[i]),
            strength=float(measures.connected.together[i]),
            required=float(required[i]),
            decision_influence=float(measures.influence[i]),
        )
        for i in enough.tolist()
    ]
    return tuple(sorted(falls, key=lambda fall: (fall.days, -round(fall.decision_influence, DIGITS), fall.person)))


def _first_day_below(decay: _Decay, required: Floats) -> Ints:
    """Found by bisection for all people at once, which is right because strength never grows with time."""
    above = np.zeros(len(required), dtype=np.int64)
    below = np.full(len(required), DECAY_DAYS, dtype=np.int64)
    while (below - above > 1).any():
        middle = (above + below) // 2
        holds = decay.together(middle) >= required - SLACK
        above, below = np.where(holds, middle, above), np.where(holds, below, middle)
    return below


class _Decay:
    """The connections of an account some days from now, a number of days for each person."""

    def __init__(self, measures: Measures) -> None:
        self._view = measures.view
        self._numbers: Calibration = measures.view.calibration
        self._connected: Connection = measures.connected
        self._half_life = np.array([self._numbers.methods[name].half_life for name in METHODS], dtype=np.float64)
        self._energy = self._energy_by_method()

    def _energy_by_method(self) -> Floats:
        touches = self._connected.touches
        worn = touches.size * np.exp2(-touches.age / self._half_life[touches.method])
        at = touches.method[touches.at] * touches.cells + touches.cell
        energy = sums(at, worn[touches.at], len(METHODS) * touches.cells)
        return energy.reshape(len(METHODS), *self._connected.strength.shape)

    def together(self, days: Ints) -> Floats:
        """The team's connection strength with each person in this many days; one entry per person."""
        numbers, contact = self._numbers, self._connected.contact
        left = (self._energy * np.exp2(-days / self._half_life[:, None])[:, None, :]).sum(axis=0)
        frequency = contact.frequency(left - contact.energy)
        alive = contact.alive * np.exp2(-days / numbers.breadth_half_life)
        breadth = breadth_of(np.minimum(1.0, alive / numbers.breadth_touch).sum(axis=0), numbers)
        depth = depth_of(contact.rho, contact.deepest * np.exp2(-days / numbers.depth_half_life), numbers)
        strength = strength_of(np.maximum(0.0, frequency), breadth, depth, numbers)
        return together_of(best_by_role(self._view.batch, strength))
