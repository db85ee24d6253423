"""Decision influence: each person's share of the final decision (measures, section 4).

`influence = formal_power · V` with V of the Friedkin-Johnsen system: formal power, passed on to those who influence its
holders. It sums to 1.
Reference: Friedkin & Johnsen 1990, "Social influence and opinions", Journal of Mathematical Sociology 15, 193.
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
    """The opinion system of an account with formal power, and the influence that follows; one entry per person."""

    opinions: OpinionSystem
    formal_power: Floats
    influence: Floats

    def made_of(self, person: int) -> Floats:
        """The parts `formal_power_i · V_ij` of person j's influence, one entry per person i; they sum to it.

        >>> by_person(measures.system.made_of(measures.view.index["cho"]))
        {'ann': 0.098, 'ben': 0.032, 'cho': 0.0, 'dev': 0.009}
        """
        if self.opinions.people <= DIRECT_SOLVE_PEOPLE:
            column = self.control[:, person]
        else:
            opinion = np.zeros(self.opinions.people)
            opinion[person] = 1.0 - self.opinions.susceptibility[person]
            column = self.opinions.solve(opinion)
        parts: Floats = np.maximum(0.0, self.formal_power * column)
        return parts

    @cached_property
    def control(self) -> Floats:
        """V, people x people: row i, column j is the share of j's opinion in i's final one; rows sum to 1."""
        return self.opinions.solve(np.diag(1.0 - self.opinions.susceptibility))


def influence_system(lines: InfluenceLines, susceptibility: Floats, formal_power: Floats) -> InfluenceSystem:
    """Compute decision influence, `formal_power · (I - ΘW)^-1 (I - Θ)`.

    `susceptibility` (θ in [0, 1)) and `formal_power` have one entry per person. The influence sums to what
    `formal_power` sums to.

    >>> lines = InfluenceLines(np.array([2, 2]), np.array([0, 1]), np.ones(2), np.zeros(2, dtype=bool))
    >>> influence_system(lines, np.full(3, 0.7), np.full(3, 1 / 3)).influence.round(6).tolist()
    [0.227273, 0.227273, 0.545455]
    """
    system = opinion_system(lines, susceptibility, formal_power)
    influence: Floats = np.maximum(0.0, system.solve_transposed(formal_power)) * (1.0 - susceptibility)
    return InfluenceSystem(system, formal_power, influence)


def susceptibilities(view: AccountView) -> Floats:
    """θ of each person in [0, .95]: by adaptability, .60 where it is empty, .20 for external people where it is empty.

    Vacant and unidentified people have .60 whatever is recorded.
    """
    numbers = view.calibration
    values = []
    for person, known in zip(view.people, view.known.tolist(), strict=True):
        if not known:
            theta = numbers.no_susceptibility
        elif person.adaptability is not None:
            theta = numbers.susceptibility[person.adaptability]
        else:
            theta = numbers.external_susceptibility if person.external else numbers.no_susceptibility
        values.append(min(theta, numbers.most_susceptibility))
    return np.array(values, dtype=np.float64)


def levels(view: AccountView, lines: InfluenceLines, susceptibility: Floats) -> Floats:
    """lev of each person: the recorded level (1 to 7), else one inferred from influence under equal power."""
    empty = np.isnan(view.levels)
    if not empty.any():
        return view.levels
    inferred = inferred_levels(influence_percentiles(lines, susceptibility), view.calibration.inferred_level)
    return np.where(empty, inferred, view.levels)


def influence_percentiles(lines: InfluenceLines, susceptibility: Floats) -> Floats:
    """s of each person: the share of people with less influence under equal power, equal ones counted half, in [0, 1].

    Influence is compared to 9 decimals; the person counts among the equal ones.
    """
    count = len(susceptibility)
    value = influence_system(lines, susceptibility, np.full(count, 1.0 / max(1, count))).influence.round(DIGITS)
    ordered = np.sort(value)
    below, not_above = np.searchsorted(ordered, value, "left"), np.searchsorted(ordered, value, "right")
    percentiles: Floats = (below + (not_above - below) / 2.0) / max(1, count)
    return percentiles


def inferred_levels(percentiles: Floats, numbers: InferredLevel) -> Floats:
    """The level that a percentile s suggests, `7·(.5 + .4·(s - .5))`: kept near the middle, since it is a guess."""
    level: Floats = TOP_LEVEL * (numbers.middle + numbers.spread * (percentiles - 1.0 / 2.0))
    return level
