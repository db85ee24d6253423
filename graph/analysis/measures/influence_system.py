"""Friedkin-Johnsen influence system (measures, section 4).

With susceptibilities Θ (diagonal) and influence weights W (rows sum to 1), opinions x move by x' = ΘWx + (I - Θ)x0 and
settle at V·x0 with V = (I - ΘW)^-1 (I - Θ).
Reference: Friedkin & Johnsen 1990, "Social influence and opinions", Journal of Mathematical Sociology 15, 193.
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
    """W and Θ of an account, W kept as sparse lines and a rank-one rest.

    W is the lines, each with its scaled `weight`, plus the outer product of `rest` and `spread`: `rest` is what each
    row lacks to 1, `spread` the weights by which it is distributed. `stubborn` holds each row's weights of nodes beside
    the people, people x nodes.
    """

    lines: InfluenceLines
    weight: Floats
    rest: Floats
    spread: Floats
    stubborn: Floats
    susceptibility: Floats

    @property
    def people(self) -> int:
        """The number of people."""
        return len(self.susceptibility)

    def incoming(self, opinions: Floats) -> Floats:
        """W·x: the weighted mean opinion that influences each person, from one opinion per person."""
        by_lines = np.bincount(self.lines.target, self.weight * opinions[self.lines.source], self.people)
        return np.asarray(by_lines + self.rest * float(self.spread @ opinions), dtype=np.float64)

    def passed_on(self, power: Floats) -> Floats:
        """power·W: each person's power passed on to those who influence them, from one entry per person."""
        by_lines = np.bincount(self.lines.source, self.weight * power[self.lines.target], self.people)
        return np.asarray(by_lines + self.spread * float(self.rest @ power), dtype=np.float64)

    @cached_property
    def matrix(self) -> Floats:
        """I - ΘW, people x people."""
        weights = self.rest[:, None] * self.spread
        weights[self.lines.target, self.lines.source] += self.weight
        matrix: Floats = np.eye(self.people) - self.susceptibility[:, None] * weights
        return matrix

    def solve(self, inputs: Floats) -> Floats:
        """(I - ΘW)^-1 · inputs, where opinions settle; inputs have one entry per person, or people x several cases."""
        if self.people <= DIRECT_SOLVE_PEOPLE:
            return np.asarray(np.linalg.solve(self.matrix, inputs), dtype=np.float64)

        def onward(opinions: Floats) -> Floats:
            return self.susceptibility * self.incoming(opinions)

        columns = inputs.reshape(self.people, -1).T
        ends = [
            _fixed_point(start, lambda opinions: self.susceptibility * self.incoming(opinions)) for start in columns
        ]
        return np.stack(ends, axis=1).reshape(inputs.shape)

    def solve_transposed(self, power: Floats) -> Floats:
        """power · (I - ΘW)^-1: power passed on along all influence lines; one entry per person."""
        if self.people <= DIRECT_SOLVE_PEOPLE:
            return np.asarray(np.linalg.solve(self.matrix.T, power), dtype=np.float64)
        return _fixed_point(power, lambda held: self.passed_on(self.susceptibility * held))


def opinion_system(
    lines: InfluenceLines, susceptibility: Floats, spread: Floats, stubborn: Floats | None = None
) -> OpinionSystem:
    """Build W by the rule of section 4: rows that sum to more than 1 are scaled to 1, others are filled by `spread`.

    `susceptibility` and `spread` (formal power) have one entry per person; `stubborn` is people x nodes, joined to each
    row before it is scaled. What is not known of a person's influences is spread, since unknown is not independent.

    >>> lines = InfluenceLines(np.array([1]), np.array([0]), np.ones(1), np.zeros(1, dtype=bool))
    >>> system = opinion_system(lines, np.array([0.5, 0.0]), np.array([0.0, 1.0]))
    >>> system.solve(np.diag(1.0 - system.susceptibility)).tolist()  # V
    [[0.5, 0.5], [0.0, 1.0]]
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
    """The Neumann series start + onward(start) + onward(onward(start)) + …

    It converges because `onward` shrinks by at least the largest susceptibility, which is below 1.
    """
    total, step = start.copy(), start
    while np.abs(step := onward(step)).max(initial=0.0) > CONVERGED:
        total += step
    return total
