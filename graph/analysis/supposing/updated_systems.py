"""Systems that differ from one in a few columns, solved from its inverse (Woodbury 1950, after Sherman & Morrison)."""

from __future__ import annotations

import numpy as np

from graph.analysis.account import Floats, Ints


class UpdatedSystems:
    """Several systems, each the one with this inverse but for some columns.

    `columns` names them, systems x columns; `change` is what they gain, systems x rows x columns.
    """

    def __init__(self, inverse: Floats, columns: Ints, change: Floats) -> None:
        self._inverse, self._columns = inverse, columns
        self._moved = inverse @ change
        self._own = np.take_along_axis(self._moved, columns[:, :, None], axis=1) + np.eye(columns.shape[1])

    def solved(self, sides: Floats) -> Floats:
        """The solution of each system, for the right-hand side in its row."""
        before = sides @ self._inverse.T
        gained = np.linalg.solve(self._own, np.take_along_axis(before, self._columns, axis=1)[:, :, None])
        after: Floats = before - (self._moved @ gained)[:, :, 0]
        return after
