"""How often lines cross, each taken as a few straight pieces: for many lines at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Lines = NDArray[np.float32]


def crossed(lines: Lines, others: Lines) -> NDArray[np.float64]:
    """How many pieces of `others` (m, points, 2) each of `lines` (n, points, 2) crosses."""
    if not len(others) or not len(lines):
        return np.zeros(len(lines))
    low, high = lines.min(axis=(0, 1)), lines.max(axis=(0, 1))
    near = ((others.max(axis=1) >= low) & (others.min(axis=1) <= high)).all(axis=1)
    others = others[near]
    if not len(others):
        return np.zeros(len(lines))
    apart = _are_on_two_sides(lines, others)
    across = _are_on_two_sides(others, lines).transpose(2, 3, 0, 1)
    counted: NDArray[np.float64] = (apart & across).sum(axis=(1, 2, 3)).astype(float)
    return counted


def _are_on_two_sides(lines: Lines, others: Lines) -> NDArray[np.bool_]:
    """Whether each piece of `others` has its ends on two sides of each piece of `lines`: (n, pieces, m, pieces)."""
    start, step = lines[:, :-1].reshape(-1, 2), np.diff(lines, axis=1).reshape(-1, 2)
    own = step[:, 0] * start[:, 1] - step[:, 1] * start[:, 0]
    # Written out: the matrices are too small for a product that runs in threads.
    sides = step[:, :1] * others[..., 1].reshape(1, -1)
    sides -= step[:, 1:] * others[..., 0].reshape(1, -1)
    sides -= own[:, None]
    sides = sides.reshape(len(lines), -1, *others.shape[:2])
    differ: NDArray[np.bool_] = sides[..., 1:] * sides[..., :-1] < 0
    return differ
