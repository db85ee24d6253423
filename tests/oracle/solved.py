"""The opinion systems solved densely by numpy."""

from __future__ import annotations

import numpy as np

from tests.oracle.opinion_system import OpinionSystem, Values


class Solved:
    """`(I - ΘW)^-1` by numpy."""

    def influence(self, opinions: OpinionSystem) -> dict[str, float]:
        """`formal_power · V`."""
        people = list(opinions.theta)
        power = np.array([opinions.power[person] for person in people])
        keeps = np.array([1 - opinions.theta[person] for person in people])
        reached = np.linalg.solve(self._system(opinions).T, power)
        return dict(zip(people, (reached * keeps).tolist(), strict=True))

    def settled(self, opinions: OpinionSystem, start: Values) -> dict[str, float]:
        """`V·x0`, we at 1 and the rivals at -1."""
        people = list(opinions.theta)
        pushed = [
            (1 - opinions.theta[person]) * start[person]
            + opinions.theta[person] * (opinions.ours[person] - opinions.rivals[person])
            for person in people
        ]
        return dict(zip(people, np.linalg.solve(self._system(opinions), np.array(pushed)).tolist(), strict=True))

    def _system(self, opinions: OpinionSystem) -> np.ndarray:
        people = list(opinions.theta)
        position = {person: i for i, person in enumerate(people)}
        rows = []
        for i, person in enumerate(people):
            row = [opinions.rest[person] * opinions.power[other] for other in people]
            for source, weight in opinions.weights[person].items():
                row[position[source]] += weight
            rows.append([float(i == j) - opinions.theta[person] * heard for j, heard in enumerate(row)])
        return np.array(rows)
