"""How far each line bends: as little as it must to keep off discs, labels and the lines before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viz.scene.curves import samples, via_point
from viz.scene.scene import Frame, LineKind, Point

Floats = NDArray[np.float64]

BENDS = (0.0, 0.06, -0.06, 0.12, -0.12, 0.18, -0.18, 0.24, -0.24, 0.3, -0.3, 0.37, -0.37, 0.45, -0.45)
SAMPLES = 28
CHORDS = 9
"""Points of a line that crossings are counted with."""


@dataclass(frozen=True, slots=True)
class Wire:
    """A line to route: its ends, the places of their circles among all circles (-1: none), its weight."""

    kind: LineKind
    source: str
    target: str
    start: Point
    end: Point
    from_circle: int
    to_circle: int
    weight: float


@dataclass(frozen=True, slots=True)
class Routed:
    """How each wire bends, and points along all of them."""

    bends: tuple[float, ...]
    points: Floats


def route(wires: Sequence[Wire], circles: Floats, boxes: Floats, own: dict[str, int], frame: Frame) -> Routed:
    """Choose a bend for each wire, heaviest first.

    `circles` are (x, y, radius), `boxes` (x, y, width, height) of labels, `own` the box of each person's label.
    """
    bends = [0.0] * len(wires)
    points: list[Floats] = [np.zeros((0, 2))] * len(wires)
    chords = np.zeros((0, 2, 2))
    for place in sorted(range(len(wires)), key=lambda i: (-wires[i].weight, wires[i].source, wires[i].target)):
        wire = wires[place]
        tried = _tried(wire)
        cost = (
            3.2 * np.abs(BENDS)
            + 3.0 * _on_circles(tried, circles, wire)
            + 3.0 * _outside(tried, frame, wire)
            + 0.8 * _on_boxes(tried, boxes, own.get(wire.source))
        )
        lines = tried[:, :: SAMPLES // (CHORDS - 1)]
        if len(chords):
            cost = cost + 0.5 * _crossings(lines, chords)
        best = int(np.argmin(np.round(cost, 9)))
        bends[place] = BENDS[best]
        points[place] = tried[best]
        line = lines[best]
        chords = np.concatenate([chords, np.stack([line[:-1], line[1:]], axis=1)])
    return Routed(tuple(bends), np.concatenate(points) if points else np.zeros((0, 2)))


def _tried(wire: Wire) -> Floats:
    count = len(BENDS)
    vias = np.array([via_point(wire.start, wire.end, bend) for bend in BENDS])
    starts, ends = np.tile(wire.start, (count, 1)), np.tile(wire.end, (count, 1))
    return samples(starts, vias, ends, SAMPLES + 1)


def _on_circles(tried: Floats, circles: Floats, wire: Wire) -> Floats:
    others = np.ones(len(circles), dtype=bool)
    for end in (wire.from_circle, wire.to_circle):
        if end >= 0:
            others[end] = False
    foreign = circles[others]
    if not len(foreign):
        return np.zeros(len(tried))
    distance = np.hypot(
        tried[:, :, None, 0] - foreign[None, None, :, 0], tried[:, :, None, 1] - foreign[None, None, :, 1]
    )
    on: Floats = (distance < foreign[None, None, :, 2] + 4.0).any(axis=2).sum(axis=1).astype(float)
    return on


def _outside(tried: Floats, frame: Frame, wire: Wire) -> Floats:
    """Points outside the map; only our ties have business in the lane of our team."""
    x, y = tried[:, :, 0], tried[:, :, 1]
    bottom = frame.height if wire.kind == "tie" else frame.height - frame.lane
    out: Floats = ((x < frame.gutter) | (x > frame.width) | (y < frame.heads) | (y > bottom)).sum(axis=1).astype(float)
    return out


def _on_boxes(tried: Floats, boxes: Floats, own: int | None) -> Floats:
    if not len(boxes):
        return np.zeros(len(tried))
    x, y = tried[:, :, None, 0], tried[:, :, None, 1]
    inside = (x > boxes[:, 0]) & (x < boxes[:, 0] + boxes[:, 2]) & (y > boxes[:, 1]) & (y < boxes[:, 1] + boxes[:, 3])
    weight = np.ones(len(boxes))
    if own is not None:
        weight[own] = 1.7
    on: Floats = inside.sum(axis=1) @ weight
    return on


def _crossings(lines: Floats, chords: Floats) -> Floats:
    """How many of the chords each of the lines crosses: lines (n, points, 2), chords (m, 2, 2)."""
    a, b = lines[:, :-1, None, :], lines[:, 1:, None, :]
    c, d = chords[None, None, :, 0, :], chords[None, None, :, 1, :]

    def side(p: Floats, q: Floats, r: Floats) -> Floats:
        made: Floats = (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (
            r[..., 0] - p[..., 0]
        )
        return made

    crossed = (side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)
    total: Floats = crossed.sum(axis=(1, 2)).astype(float)
    return total
