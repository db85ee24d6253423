"""Decision influence: each person's share of the final decision (measures, section 4).

Friedkin & Johnsen 1990: formal power carried along to those who sway it, power · V; sums to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.analysis.ground.account_view import AccountView, Floats
from graph.analysis.ground.limits import DIRECT_SOLVE_PEOPLE
from graph.analysis.ground.rounding import DIGITS
from graph.analysis.measures.influence_lines import InfluenceLines
from graph.analysis.measures.influence_system import OpinionSystem, opinion_system
from graph.model.calibration_groups import InferredLevel
from graph.model.fields import TOP_LEVEL


@dataclass(frozen=True)
class InfluenceSystem:
    """The system of one account, solved once and handed to what needs it. Entries one a person."""

    opinions: OpinionSystem
    formal_power: Floats
    influence: Floats

    def made_of(self, person: int) -> Floats:
        """The parts of a person's influence, one a person through whose formal power it works; sums to it."""
        if self.opinions.people <= DIRECT_SOLVE_PEOPLE:
            swayed = self.control[:, person]
        else:
            opinion = np.zeros(self.opinions.people)
            opinion[person] = 1.0 - self.opinions.susceptibility[person]
            swayed = self.opinions.solve(opinion)
        parts: Floats = np.maximum(0.0, self.formal_power * swayed)
        return parts

    @cached_property
    def control(self) -> Floats:
        """V: row i, column j is the share of j's opinion in i's final one."""
        return self.opinions.solve(np.diag(1.0 - self.opinions.susceptibility))


def influence_system(lines: InfluenceLines, susceptibility: Floats, formal_power: Floats) -> InfluenceSystem:
    """Solve the system. All but `lines` have one entry a person; the influence sums to what the power sums to."""
    system = opinion_system(lines, susceptibility, formal_power)
    influence: Floats = np.maximum(0.0, system.solve_transposed(formal_power)) * (1.0 - susceptibility)
    return InfluenceSystem(system, formal_power, influence)


def susceptibilities(view: AccountView) -> Floats:
    """θ of each person: by adaptability; vacant and unidentified as unknown; external people as recorded or low."""
    numbers = view.calibration
    found = []
    for person, known in zip(view.people, view.known.tolist(), strict=True):
        if not known:
            theta = numbers.no_susceptibility
        elif person.adaptability is not None:
            theta = numbers.susceptibility[person.adaptability]
        else:
            theta = numbers.external_susceptibility if person.external else numbers.no_susceptibility
        found.append(min(theta, numbers.most_susceptibility))
    return np.array(found, dtype=np.float64)


def levels(view: AccountView, lines: InfluenceLines, susceptibility: Floats) -> Floats:
    """lev: the level, or where it is empty one inferred from influence under equal power (measures, section 0)."""
    empty = np.isnan(view.levels)
    if not empty.any():
        return view.levels
    inferred = inferred_levels(influence_percentiles(lines, susceptibility), view.calibration.inferred_level)
    return np.where(empty, inferred, view.levels)


def influence_percentiles(lines: InfluenceLines, susceptibility: Floats) -> Floats:
    """s: the share of people with less influence under equal power, those with the same (9 decimals) counted half."""
    count = len(susceptibility)
    value = influence_system(lines, susceptibility, np.full(count, 1.0 / max(1, count))).influence.round(DIGITS)
    ordered = np.sort(value)
    below, not_above = np.searchsorted(ordered, value, "left"), np.searchsorted(ordered, value, "right")
    standing: Floats = (below + (not_above - below) / 2.0) / max(1, count)
    return standing


def inferred_levels(standing: Floats, numbers: InferredLevel) -> Floats:
    """The level that a standing suggests, cautiously near the middle."""
    level: Floats = TOP_LEVEL * (numbers.middle + numbers.spread * (standing - 1.0 / 2.0))
    return level
