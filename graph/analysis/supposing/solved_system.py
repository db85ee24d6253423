"""A system of influence solved once, for any power, and then for every departure by the few ears that change.

Sherman & Morrison 1950 and Woodbury 1950: where a few columns of a matrix change, its inverse changes by as low a rank.
"""

from __future__ import annotations

import numpy as np

from graph.analysis.account import Flags, Floats, Ints


class SolvedSystem:
    """I - ΘW, without what is spread as power: `heard` is what each person is told (targets x sources), `theta` the
    susceptibilities, `beside` the weights of us and the rivals in each person's ear.
    """

    def __init__(self, heard: Floats, theta: Floats, beside: Floats) -> None:
        sums = heard.sum(axis=1) + beside
        self._at_large = theta * np.maximum(0.0, 1.0 - sums)
        self._ears = heard * (theta / np.maximum(1.0, sums))[:, None]
        self._solved = np.linalg.inv(np.eye(len(theta)) - self._ears)

    def gathered(self, power: Floats) -> Floats:
        """Power (several x people) times (I - ΘW)^-1 where what is missing in each ear is spread as that power."""
        return _folded(power @ self._solved, self._at_large)

    def changed(self, ears: Ints, counts: Flags, heard: Floats, theta: Floats, sums: Floats) -> ChangedSystems:
        """The systems in which these ears (systems x ears) are told this (systems x ears x sources).

        `theta` and `sums` are everybody's then, systems x people; ears that do not count stay as they are.
        """
        scale = np.take_along_axis(theta / np.maximum(1.0, sums), ears, axis=1)
        # One product a system: together they would be large enough for threads, which cost more than they save.
        lost = (self._ears[ears] - heard * scale[:, :, None]) @ self._solved
        lost[~counts] = 0.0
        return ChangedSystems(self._solved, ears, lost, theta * np.maximum(0.0, 1.0 - sums))


class ChangedSystems:
    """Systems that differ from a solved one in a few ears: by what loses `lost` when it is solved, systems x ears x
    sources; `at_large` is the weight of what each person hears from nobody in particular.
    """

    def __init__(self, solved: Floats, ears: Ints, lost: Floats, at_large: Floats) -> None:
        self._solved, self._ears, self._lost, self._at_large = solved, ears, lost, at_large
        system = np.take_along_axis(lost, np.repeat(ears[:, None, :], ears.shape[1], axis=1), axis=2)
        each = np.arange(ears.shape[1])
        system[:, each, each] += 1.0
        self._system = system.swapaxes(1, 2)

    def gathered(self, power: Floats) -> Floats:
        """Power (systems x people) times (I - ΘW)^-1 of each system, with what is spread as power folded in."""
        along = power @ self._solved
        told = np.take_along_axis(along, self._ears, axis=1)
        share = np.linalg.solve(self._system, told[:, :, None])
        along -= (share.swapaxes(1, 2) @ self._lost)[:, 0, :]
        return _folded(along, self._at_large)


def _folded(along: Floats, at_large: Floats) -> Floats:
    """What is heard from nobody in particular goes round again as power (Sherman & Morrison)."""
    gathered: Floats = along / (1.0 - (at_large * along).sum(axis=1))[:, None]
    return gathered
