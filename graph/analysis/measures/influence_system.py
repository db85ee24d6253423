"""Friedkin-Johnsen influence system (measures, section 4).

With susceptibilities Θ (diagonal) and influence weights W (rows sum to 1), opinions x move by x' = ΘWx + (I - Θ)x0 and
settle at V·x0 with V = (I - ΘW)^-1 (I - Θ).
References: Friedkin & Johnsen 1990, "Social influence and opinions", Journal of Mathematical Sociology 15, 193;
Sherman & Morrison 1950, "Adjustment of an inverse matrix corresponding to a change in one element of a given matrix",
Annals of Mathematical Statistics 21, 124 (the spread rest of the rows is a rank-one change).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from graph.analysis.ground.arrays import Floats, Ints, starts_of
from graph.analysis.ground.limits import DIRECT_SOLVE_PEOPLE
from graph.analysis.ground.rounding import CONVERGED
from graph.analysis.measures.influence_lines import InfluenceLines

if TYPE_CHECKING:
    from scipy.sparse import csr_array


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

    @cached_property
    def _pushed(self) -> Floats:
        """θ · rest: how far the spread opinion moves each person."""
        return self.susceptibility * self.rest

    @cached_property
    def _along_lines(self) -> Callable[[Floats, bool], Floats]:
        """Solves A = I - Θ·(lines alone): A^-1 · inputs, or transposed."""
        value = self.susceptibility[self.lines.target] * self.weight
        if self.people <= DIRECT_SOLVE_PEOPLE:
            return _solved_directly(self.lines.target * self.people + self.lines.source, value, self.people)
        return _solved_by_steps(self.lines, value, self.people)

    def solve(self, inputs: Floats) -> Floats:
        """(I - ΘW)^-1 · inputs, where opinions settle; inputs have one entry per person, or people x several cases."""
        cases = inputs if inputs.ndim == 2 else inputs[:, None]
        ends = self._along_lines(np.column_stack([cases, self._pushed]), False)
        settled, moved = ends[:, :-1], ends[:, -1]
        settled = settled + np.outer(moved, (self.spread @ settled) / (1.0 - self.spread @ moved))
        return settled.reshape(inputs.shape)

    def solve_transposed(self, power: Floats) -> Floats:
        """power · (I - ΘW)^-1: power passed on along all influence lines; one entry per person."""
        if power is self.spread:
            return self.gathered()
        ends = self._along_lines(np.column_stack([power, self.spread]), True)
        passed, gathered = ends[:, 0], ends[:, 1]
        passed_on: Floats = passed + gathered * (passed @ self._pushed) / (1.0 - gathered @ self._pushed)
        return passed_on

    def gathered(self) -> Floats:
        """spread · (I - ΘW)^-1: with y of the lines alone, y / (1 - θ·rest·y), since the rest is spread as itself."""
        alone = self._along_lines(self.spread, True)
        gathered: Floats = alone / (1.0 - alone @ self._pushed)
        return gathered


@dataclass(frozen=True)
class OpinionSystems:
    """The opinion systems of several accounts, one behind another; `sizes` are their numbers of people."""

    together: OpinionSystem
    sizes: Ints

    def each(self) -> Iterator[OpinionSystem]:
        """The system of each account, with places that count in it alone."""
        one = self.together
        if len(self.sizes) == 1:
            yield one
            return
        people = starts_of(self.sizes)
        lines = np.searchsorted(one.lines.source, people).tolist()
        first = np.repeat(people[:-1], np.diff(lines))
        source, target = one.lines.source - first, one.lines.target - first
        for (start, end), (begin, last) in zip(pairwise(people.tolist()), pairwise(lines), strict=True):
            yield OpinionSystem(
                InfluenceLines(
                    source[begin:last], target[begin:last], one.lines.weight[begin:last], one.lines.assumed[begin:last]
                ),
                one.weight[begin:last],
                one.rest[start:end],
                one.spread[start:end],
                one.stubborn[start:end],
                one.susceptibility[start:end],
            )

    def gathered(self) -> Floats:
        """`OpinionSystem.gathered` of each account, one behind another."""
        return np.concatenate([np.zeros(0), *(system.gathered() for system in self.each())])

    def solve(self, inputs: Floats) -> Floats:
        """`OpinionSystem.solve` of each account, one behind another; inputs are people x cases."""
        bounds = pairwise(starts_of(self.sizes).tolist())
        ends = [system.solve(inputs[start:end]) for system, (start, end) in zip(self.each(), bounds, strict=True)]
        return np.concatenate([np.zeros((0, inputs.shape[1])), *ends])


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


def _solved_directly(places: Ints, value: Floats, people: int) -> Callable[[Floats, bool], Floats]:
    matrix = np.zeros((people, people))
    flat = matrix.ravel()
    flat[places] = -value
    flat[:: people + 1] += 1.0

    def solve(inputs: Floats, transposed: bool) -> Floats:
        return np.asarray(np.linalg.solve(matrix.T if transposed else matrix, inputs), dtype=np.float64)

    return solve


def _solved_by_steps(lines: InfluenceLines, value: Floats, people: int) -> Callable[[Floats, bool], Floats]:
    from scipy.sparse import csr_array

    onward = csr_array((value, (lines.target, lines.source)), shape=(people, people))
    back = onward.T.tocsr()

    def solve(inputs: Floats, transposed: bool) -> Floats:
        return neumann_series(back if transposed else onward, inputs, CONVERGED)

    return solve


def neumann_series(matrix: csr_array, start: Floats, least: float) -> Floats:
    """start + matrix·start + matrix·matrix·start + …, until no value of a term is above `least`.

    Parameters: `start` has one entry per person, or people x cases. The series of ΘW converges because each term
    shrinks by at least the largest susceptibility, which is below 1.
    """
    total, term = start.copy(), start
    while np.abs(term := np.asarray(matrix @ term, dtype=np.float64)).max(initial=0.0) > least:
        total += term
    return total
