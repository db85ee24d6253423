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
CHORDS = 4
"""The pieces of a line that crossings are counted with."""


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
    before = _Before()
    for place in sorted(range(len(wires)), key=lambda i: (-wires[i].weight, wires[i].source, wires[i].target)):
        wire = wires[place]
        if wire.kind == "reporting":
            continue
        tried = _tried(wire)
        lines = tried[:, :: SAMPLES // CHORDS]
        cost = (
            3.2 * np.abs(BENDS)
            + 3.0 * _on_circles(tried, circles, wire)
            + 3.0 * _outside(tried, frame, wire)
            + 0.8 * _on_boxes(tried, boxes, own.get(wire.source))
            + 0.5 * before.crossed_by(lines)
        )
        best = int(np.argmin(np.round(cost, 9)))
        bends[place] = BENDS[best]
        points[place] = tried[best]
        if wire.kind != "tie":
            before.add(lines[best])
    return Routed(tuple(bends), np.concatenate(points) if points else np.zeros((0, 2)))


class _Before:
    """The lines routed so far, as chords; ties run in bundles and are not among them."""

    def __init__(self) -> None:
        self._lines: list[Floats] = []

    def add(self, line: Floats) -> None:
        """Add a line of `CHORDS` + 1 points."""
        self._lines.append(line)

    def crossed_by(self, lines: Floats) -> Floats:
        """How many chords each of these lines (n, points, 2) crosses."""
        if not self._lines:
            return np.zeros(len(lines))
        chords = np.array(self._lines)
        low, high = lines.min(axis=(0, 1)), lines.max(axis=(0, 1))
        near = ((chords.max(axis=1) >= low) & (chords.min(axis=1) <= high)).all(axis=1)
        chords = chords[near]
        if not len(chords):
            return np.zeros(len(lines))
        apart = _sides(lines, chords)
        across = _sides(chords, lines)
        crossed = (apart[:, :, :, :-1] * apart[:, :, :, 1:] < 0) & (
            (across[:, :, :, :-1] * across[:, :, :, 1:] < 0).transpose(2, 3, 0, 1)
        )
        total: Floats = crossed.sum(axis=(1, 2, 3)).astype(float)
        return total


def _sides(lines: Floats, points: Floats) -> Floats:
    """On which side of each segment of `lines` (n, k, 2) each of `points` (m, l, 2) lies: (n, k - 1, m, l)."""
    start, step = lines[:, :-1], np.diff(lines, axis=1)
    across = (
        step[..., 0, None, None] * points[None, None, :, :, 1] - step[..., 1, None, None] * points[None, None, :, :, 0]
    )
    own = step[..., 0] * start[..., 1] - step[..., 1] * start[..., 0]
    side: Floats = across - own[..., None, None]
    return side


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
