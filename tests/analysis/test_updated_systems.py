"""Systems that differ in a few columns, against solving each of them."""

from __future__ import annotations

import numpy as np
import pytest

from graph.analysis.supposing.updated_systems import UpdatedSystems


@pytest.mark.parametrize("columns", [0, 1, 3, 6])
def test_each_is_solved_as_by_itself(columns: int) -> None:
    generator = np.random.default_rng(columns)
    base = np.eye(6) + 0.1 * generator.random((6, 6))
    where = np.array([generator.permutation(6)[:columns] for _ in range(4)]).reshape(4, columns)
    change = 0.2 * generator.random((4, 6, columns))
    sides = generator.random((4, 6))
    solved = UpdatedSystems(np.linalg.inv(base), where, change).solved(sides)
    for one in range(4):
        system = base.copy()
        system[:, where[one]] += change[one]
        assert np.allclose(solved[one], np.linalg.solve(system, sides[one]), rtol=0, atol=1e-13)
