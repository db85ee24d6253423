"""Whom everybody listens to, as one system of opinions (measures, section 4).

Friedkin & Johnsen 1990, "Social influence and opinions": with susceptibilities Θ and weights W (rows sum to 1),
opinions settle at V x0 with V = (I - ΘW)^-1 (I - Θ).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.analysis.ground.account_view import Floats
from graph.analysis.ground.limits import DIRECT_SOLVE_PEOPLE
from graph.analysis.ground.rounding import CONVERGED
from graph.analysis.measures.influence_lines import InfluenceLines


@dataclass(frozen=True)
class OpinionSystem:
    """W and Θ of an account. W is the lines (scaled where a person's sum is above 1) and, for what is missing to 1,
    `rest` of each person spread as `spread`; `stubborn` are the weights of nodes beside the people (people x nodes).
    """

    lines: InfluenceLines
    weight: Floats
    rest: Floats
    spread: Floats
    stubborn: Floats
    susceptibility: Floats

    @property
    def people(self) -> int:
        """How many people there are."""
        return len(self.susceptibility)

    def incoming(self, opinions: Floats) -> Floats:
        """W times one opinion a person: what each hears from the people."""
        said = np.bincount(self.lines.target, self.weight * opinions[self.lines.source], self.people)
        return np.asarray(said + self.rest * float(self.spread @ opinions), dtype=np.float64)

    def passed_on(self, power: Floats) -> Floats:
        """Power of those who listen carried to those whom they listen to: power times W."""
        passed = np.bincount(self.lines.source, self.weight * power[self.lines.target], self.people)
        return np.asarray(passed + self.spread * float(self.rest @ power), dtype=np.float64)

    @cached_property
    def matrix(self) -> Floats:
        """I - ΘW, people x people."""
        weights = self.rest[:, None] * self.spread
        weights[self.lines.target, self.lines.source] += self.weight
        matrix: Floats = np.eye(self.people) - self.susceptibility[:, None] * weights
        return matrix

    def solve(self, pushes: Floats) -> Floats:
        """(I - ΘW)^-1 times pushes: where opinions settle. One push a person, or people x several."""
        if self.people <= DIRECT_SOLVE_PEOPLE:
            return np.asarray(np.linalg.solve(self.matrix, pushes), dtype=np.float64)
        columns = pushes.reshape(self.people, -1).T
        ends = [_fixed_point(push, lambda opinions: self.susceptibility * self.incoming(opinions)) for push in columns]
        return np.stack(ends, axis=1).reshape(pushes.shape)

    def solve_transposed(self, power: Floats) -> Floats:
        """Power times (I - ΘW)^-1: where it ends up, followed back through everyone's ears."""
        if self.people <= DIRECT_SOLVE_PEOPLE:
            return np.asarray(np.linalg.solve(self.matrix.T, power), dtype=np.float64)
        return _fixed_point(power, lambda held: self.passed_on(self.susceptibility * held))


def opinion_system(
    lines: InfluenceLines, susceptibility: Floats, spread: Floats, stubborn: Floats | None = None
) -> OpinionSystem:
    """W by the rule of section 4: a person's weights are divided by their sum where it is above 1; what is missing to
    1 is spread as `spread` (formal power). `stubborn` nodes join each row before that.
    """
    people = len(susceptibility)
    beside = np.zeros((people, 0)) if stubborn is None else stubborn
    sums = np.bincount(lines.target, lines.weight, people) + beside.sum(axis=1)
    scale = np.maximum(sums, 1.0)
    return OpinionSystem(
        lines=lines,
        weight=lines.weight / scale[lines.target],
        rest=np.maximum(0.0, 1.0 - sums),
        spread=spread,
        stubborn=beside / scale[:, None],
        susceptibility=susceptibility,
    )


def _fixed_point(start: Floats, onward: Callable[[Floats], Floats]) -> Floats:
    """start + onward(start) + onward(onward(start)) + …; ends, since onward shrinks by the largest susceptibility."""
    total, step = start.copy(), start
    while np.abs(step := onward(step)).max(initial=0.0) > CONVERGED:
        total += step
    return total
