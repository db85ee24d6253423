"""The curves that vis-network draws: quadratic, bent by a point at a fixed angle (its curvedCW and curvedCCW).

The arithmetic follows the vis-network 9.1 source, so that canvas, SVG and slides show the same lines.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from viz.scene.scene import Point

Floats = NDArray[np.float64]
Points = NDArray[np.float32]


def via_point(start: Point, end: Point, roundness: float) -> Point:
    """The point that bends a curve between two node centres; a roundness above 0 bends clockwise, below 0 against."""
    dx, dy = end[0] - start[0], start[1] - end[1]
    radius = math.hypot(dx, dy)
    size = abs(roundness) * 0.5 + 0.5
    turn = size if roundness >= 0 else 0.5 - abs(roundness) * 0.5
    angle = (math.atan2(dy, dx) + turn * math.pi) % (2 * math.pi)
    return start[0] + size * radius * math.sin(angle), start[1] + size * radius * math.cos(angle)


def via_points(starts: Floats, ends: Floats, roundness: Floats) -> Floats:
    """The points that bend each of many curves by each of some roundnesses: (curves, roundnesses, 2)."""
    step = ends - starts
    radius = np.hypot(step[:, 0], step[:, 1])[:, None]
    size = np.abs(roundness)[None, :] * 0.5 + 0.5
    turn = np.where(roundness >= 0, size, 0.5 - np.abs(roundness)[None, :] * 0.5)
    angle = np.arctan2(-step[:, 1], step[:, 0])[:, None] + turn * math.pi
    bent = np.stack([size * radius * np.sin(angle), size * radius * np.cos(angle)], axis=-1)
    made: Floats = starts[:, None, :] + bent
    return made


def point_at(start: Point, via: Point, end: Point, t: float) -> Point:
    """The point of a curve at t in [0, 1]."""
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
    return a * start[0] + b * via[0] + c * end[0], a * start[1] + b * via[1] + c * end[1]


def samples(starts: Points, vias: Points, ends: Points, count: int) -> Points:
    """`count` points along each curve: (curves, count, 2) from arrays (curves, 2)."""
    t = np.linspace(0.0, 1.0, count, dtype=np.float32)[:, None]
    powers = np.hstack([(1 - t) ** 2, 2 * t * (1 - t), t**2])
    made: Points = np.matmul(powers, np.stack([starts, vias, ends], axis=1))
    return made


def trimmed(start: Point, via: Point, end: Point, from_radius: float, to_radius: float) -> tuple[float, float]:
    """Where on the curve it leaves the circle around its start, and where it enters the one around its end (t)."""
    return _crossing(start, via, end, start, from_radius, False), _crossing(start, via, end, end, to_radius, True)


def _crossing(start: Point, via: Point, end: Point, centre: Point, radius: float, at_end: bool) -> float:
    inside, outside = (1.0, 0.5) if at_end else (0.0, 0.5)
    for _ in range(24):
        middle = (inside + outside) / 2
        x, y = point_at(start, via, end, middle)
        if math.hypot(x - centre[0], y - centre[1]) < radius:
            inside = middle
        else:
            outside = middle
    return outside


def part(start: Point, via: Point, end: Point, t0: float, t1: float) -> tuple[Point, Point, Point]:
    """The piece of a quadratic curve between two of its points, again a quadratic curve."""

    def blossom(u: float, v: float) -> Point:
        a, b, c = (1 - u) * (1 - v), u * (1 - v) + v * (1 - u), u * v
        return a * start[0] + b * via[0] + c * end[0], a * start[1] + b * via[1] + c * end[1]

    return blossom(t0, t0), blossom(t0, t1), blossom(t1, t1)
