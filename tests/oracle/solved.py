"""Where listening leads, at once: the same systems solved densely by numpy."""

from __future__ import annotations

import numpy as np

from tests.oracle.listening import Listening, Values


class Solved:
    """`(I - ΘW)^-1` by numpy."""

    def influence(self, listening: Listening) -> dict[str, float]:
        """`formal_power · V`."""
        people = list(listening.theta)
        power = np.array([listening.power[person] for person in people])
        keeps = np.array([1 - listening.theta[person] for person in people])
        reached = np.linalg.solve(self._system(listening).T, power)
        return dict(zip(people, (reached * keeps).tolist(), strict=True))

    def settled(self, listening: Listening, start: Values) -> dict[str, float]:
        """`V·x0`, we at 1 and the rivals at -1."""
        people = list(listening.theta)
        pushed = [
            (1 - listening.theta[person]) * start[person]
            + listening.theta[person] * (listening.ours[person] - listening.rivals[person])
            for person in people
        ]
        return dict(zip(people, np.linalg.solve(self._system(listening), np.array(pushed)).tolist(), strict=True))

    def _system(self, listening: Listening) -> np.ndarray:
        people = list(listening.theta)
        position = {person: i for i, person in enumerate(people)}
        rows = []
        for i, person in enumerate(people):
            row = [listening.rest[person] * listening.power[other] for other in people]
            for source, weight in listening.weights[person].items():
                row[position[source]] += weight
            rows.append([float(i == j) - listening.theta[person] * heard for j, heard in enumerate(row)])
        return np.array(rows)
