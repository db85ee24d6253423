"""A raster of circles and boxes, to look up many points at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Points = NDArray[np.float32]
Numbers = NDArray[np.int16]

NOBODY = -1
SIDE = 2.0


class Raster:
    """Points on a map of a size in pixels, (..., 2), and which circle or box each is in, by squares of two pixels."""

    def __init__(self, width: float, height: float, points: Points) -> None:
        self._wide, self._high = int(width / SIDE) + 2, int(height / SIDE) + 2
        x = np.clip(points[..., 0] * (1 / SIDE), 0, self._wide - 1).astype(np.int32)
        y = np.clip(points[..., 1] * (1 / SIDE), 0, self._high - 1).astype(np.int32)
        self._at = y * self._wide + x

    def at(self, circles: Floats | None = None, boxes: Floats | None = None) -> Numbers:
        """The place of the circle (x, y, radius) or box (x, y, width, height) under each point, or `NOBODY`.

        Where circles meet, the later one counts.
        """
        field = np.full((self._high, self._wide), NOBODY, dtype=np.int16)
        for number, (x, y, radius) in enumerate(() if circles is None else (circles / SIDE).tolist()):
            left, right, top, bottom = self._window(x - radius, x + radius, y - radius, y + radius)
            across = np.arange(left, right) + 0.5 - x
            down = np.arange(top, bottom) + 0.5 - y
            inside = across[None, :] ** 2 + down[:, None] ** 2 < radius * radius
            field[top:bottom, left:right][inside] = number
        for number, (x, y, width, height) in enumerate(() if boxes is None else (boxes / SIDE).tolist()):
            left, right, top, bottom = self._window(x, x + width, y, y + height)
            field[top:bottom, left:right] = number
        values: Numbers = field.ravel()[self._at]
        return values

    def _window(self, left: float, right: float, top: float, bottom: float) -> tuple[int, int, int, int]:
        return (
            min(self._wide, max(0, round(left))),
            min(self._wide, max(0, round(right))),
            min(self._high, max(0, round(top))),
            min(self._high, max(0, round(bottom))),
        )


class Weights:
    """How much the points in a box weigh together, counted in squares of two pixels."""

    def __init__(self, width: float, height: float, *weighted: tuple[Floats, float]) -> None:
        """`weighted` are groups of points (n, 2) with the weight of one."""
        self._wide, self._high = int(width / SIDE) + 2, int(height / SIDE) + 2
        held = np.zeros(self._wide * self._high)
        for points, weight in weighted:
            x = np.clip(points[:, 0] / SIDE, 0, self._wide - 1).astype(np.int64)
            y = np.clip(points[:, 1] / SIDE, 0, self._high - 1).astype(np.int64)
            held += weight * np.bincount(y * self._wide + x, minlength=len(held))
        self._sums = np.zeros((self._high + 1, self._wide + 1))
        self._sums[1:, 1:] = held.reshape(self._high, self._wide).cumsum(axis=1)
        self._sums.cumsum(axis=0, out=self._sums)

    def inside(self, boxes: Floats) -> Floats:
        """The weight of the points in each of the boxes (n, 4: x, y, width, height)."""
        edges = np.rint(np.hstack([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]]) / SIDE).astype(np.int64)
        left, right = (np.clip(edges[:, at], 0, self._wide) for at in (0, 2))
        top, bottom = (np.clip(edges[:, at], 0, self._high) for at in (1, 3))
        sums = self._sums
        totals: Floats = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        return totals
