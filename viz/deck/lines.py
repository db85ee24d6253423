"""Lines of a scene as glued connectors: straight, or curved where a straight line would cross people.

A scene's curve may bend at will; a glued connector is straight or one of PowerPoint's own curves. So each line takes
the cheapest of a few: straight from edge to edge, straight but shifted to a side, or an arc from side to side.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from viz.scene.scene import Curve, Node, Point

Floats = NDArray[np.float64]

SHIFTS = (0.0, 0.3, -0.3, 0.6, -0.6)
"""By how much of the circle's radius a straight line is shifted at both ends."""

BULGES = (14.0, 30.0, 52.0)
"""How far an arc stands off, in pixels."""

SAMPLES = 32
ON_PERSON, ON_LABEL, AWAY, ARC, TOGETHER = 3.0, 0.25, 1.2, 2.4, 6.0
"""Costs: a sample on another person, on a label; a shift; an arc; lying on another line of the same two nodes."""

FAINT = 0.2
"""Our ties lie below everything in a light colour: what they pass costs less."""


@dataclass(frozen=True, slots=True)
class End:
    """Where a line may end: the middle of a circle and its radius; radius 0 is a point."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Link:
    """A line as it is drawn: from `start` to `end`, its middle `bulge` pixels to the left of the straight way."""

    start: Point
    end: Point
    bulge: float

    @property
    def middle(self) -> Point:
        """The point half-way."""
        (x0, y0), (x1, y1) = self.start, self.end
        long = math.hypot(x1 - x0, y1 - y0) or 1.0
        across = (y1 - y0) / long * self.bulge, -(x1 - x0) / long * self.bulge
        return (x0 + x1) / 2 + across[0], (y0 + y1) / 2 + across[1]


@dataclass
class Linker:
    """Finds links past the people and labels of a scene: circles (x, y, radius) and boxes (x, y, width, height)."""

    circles: Floats
    boxes: Floats
    _taken: dict[frozenset[Node], list[Link]] = field(default_factory=dict)

    def link(self, curve: Curve, start: End, end: End) -> Link:
        """The cheapest link for a curve of the scene between two ends."""
        pair = frozenset(curve.ends)
        others = self._taken.setdefault(pair, [])
        straight = _straight(start, end, 0.0, math.atan2(end.y - start.y, end.x - start.x))
        if not others and self._cost(_points(straight), start, end, 1.0) == 0.0:
            others.append(straight)
            return straight
        options = list(_options(start, end))
        costs = [
            own
            + self._cost(_points(link), start, end, FAINT if curve.kind == "tie" else 1.0)
            + sum(TOGETHER for other in others if _close(link, other))
            for own, link in options
        ]
        best = options[int(np.argmin(np.round(costs, 6)))][1]
        others.append(best)
        return best

    def _cost(self, points: Floats, start: End, end: End, weight: float) -> float:
        cost = 0.0
        if len(self.circles):
            own = np.zeros(len(self.circles), dtype=bool)
            for near in (start, end):
                own |= np.hypot(self.circles[:, 0] - near.x, self.circles[:, 1] - near.y) < 0.5
            foreign = self.circles[~own]
            away = np.hypot(points[:, None, 0] - foreign[None, :, 0], points[:, None, 1] - foreign[None, :, 1])
            cost += ON_PERSON * float((away < foreign[None, :, 2] + 2.0).sum())
        if len(self.boxes):
            low, high = self.boxes[:, :2], self.boxes[:, :2] + self.boxes[:, 2:]
            inside = ((points[:, None] >= low[None]) & (points[:, None] <= high[None])).all(axis=2)
            cost += ON_LABEL * float(inside.sum())
        return weight * cost


def _options(start: End, end: End) -> Iterator[tuple[float, Link]]:
    """The possible courses of a line, each with its own cost."""
    angle = math.atan2(end.y - start.y, end.x - start.x)
    for shift in SHIFTS:
        if shift and not (start.radius or end.radius):
            continue
        yield AWAY * abs(shift), _straight(start, end, shift, angle)
    for bulge in BULGES:
        for side in (1.0, -1.0):
            yield ARC + bulge / 40.0, _arc(start, end, side, bulge, angle)


def _straight(start: End, end: End, shift: float, angle: float) -> Link:
    """Straight between points of both circles, shifted to the left of the way by a part of each radius."""
    turn = math.asin(shift)
    return Link(_on(start, angle - turn), _on(end, angle + math.pi + turn), 0.0)


def _arc(start: End, end: End, side: float, bulge: float, angle: float) -> Link:
    """From the side of one circle to the same side of the other; `side` 1 is left of the way."""
    across = angle - side * math.pi / 2
    return Link(_on(start, across), _on(end, across), side * bulge)


def _on(end: End, angle: float) -> Point:
    return end.x + end.radius * math.cos(angle), end.y + end.radius * math.sin(angle)


def _points(link: Link) -> Floats:
    """Points along a link; an arc as PowerPoint's curved connector draws it: two cubic curves."""
    t = np.linspace(0.0, 1.0, SAMPLES)[:, None]
    start, end = np.array(link.start), np.array(link.end)
    if not link.bulge:
        made: Floats = start + t * (end - start)
        return made
    way = end - start
    across = np.array([way[1], -way[0]]) / (float(np.hypot(*way)) or 1.0) * link.bulge
    middle = (start + end) / 2 + across
    first = _cubic(start, start + across / 2, start + across + way / 4, middle, t)
    return np.vstack([first, _cubic(middle, start + across + way * 3 / 4, end + across / 2, end, t)])


def _cubic(a: Floats, b: Floats, c: Floats, d: Floats, t: Floats) -> Floats:
    made: Floats = (1 - t) ** 3 * a + 3 * t * (1 - t) ** 2 * b + 3 * t * t * (1 - t) * c + t**3 * d
    return made


def _close(link: Link, other: Link) -> bool:
    return math.dist(link.middle, other.middle) < 5.0
