"""Chooses how far each line bends, to avoid discs, labels and lines already placed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viz.scene.curves import samples, via_points
from viz.scene.raster import NOBODY, Raster
from viz.scene.scene import SIDES, Frame, LineKind, Point

Floats = NDArray[np.float64]
Points = NDArray[np.float32]
Ints = NDArray[np.int64]

BENDS = np.array([0.0, 0.06, -0.06, 0.12, -0.12, 0.18, -0.18, 0.24, -0.24, 0.3, -0.3, 0.37, -0.37, 0.45, -0.45])
SAMPLES = 28
CHORDS = np.array([1, 7, 14, 21, 27])
"""The points between which a line is taken as straight, to count crossings; at a disc, lines meet but do not cross."""
PROMISING = 4
"""The bends of a line, cheapest first, for which crossings are counted."""
AT_ONCE = 4
"""One more line is routed at the same time for each time this many lines are routed already."""
ON_DISC, OUTSIDE, ON_LABEL, ON_OWN_LABEL, CROSSING = 3.0, 3.0, 0.8, 1.7, 0.5
OFF_DISC = 4.0


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
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Routed:
    """How each wire bends, and points along all of them."""

    bends: tuple[float, ...]
    points: Floats


def route(wires: Sequence[Wire], circles: Floats, boxes: Floats, own: dict[str, int], frame: Frame) -> Routed:
    """Choose a bend for each wire, heaviest first; ties, which run in bundles, all at once.

    `circles` are (x, y, radius), `boxes` (x, y, width, height) of labels, `own` the box of each person's label.
    """
    bends = np.zeros(len(wires))
    drawn = [place for place, wire in enumerate(wires) if wire.kind != "reporting"]
    if not drawn:
        return Routed(tuple(bends.tolist()), np.zeros((0, 2)))
    routed = [wires[place] for place in drawn]
    tried = _tried(routed)
    cost = _cost_alone(routed, tried, circles, boxes, own, frame)
    best = _chosen(routed, cost, tried)
    bends[drawn] = BENDS[best]
    return Routed(tuple(bends.tolist()), tried[np.arange(len(routed)), best].reshape(-1, 2).astype(float))


def _chosen(wires: Sequence[Wire], cost: Floats, tried: Points) -> Ints:
    """The cheapest bend of each wire, with what it crosses: (wires)."""
    promising = np.argsort(cost, axis=1, kind="stable")[:, :PROMISING]
    rows = np.arange(len(wires))[:, None]
    chords = tried[rows, promising][:, :, CHORDS]
    cost = cost[rows, promising]
    best = np.zeros(len(wires), dtype=np.int64)
    alone = [place for place, wire in enumerate(wires) if wire.kind != "tie"]
    alone.sort(key=lambda place: (-wires[place].weight, wires[place].source, wires[place].target))
    before = chords[alone, 0]
    first = 0
    while first < len(alone):
        last = first + max(1, first // AT_ONCE)
        now = alone[first:last]
        best[now] = _least(cost[now], chords[now], before[:first])
        before[first:last] = chords[now, best[now]]
        first = last
    ties = [place for place, wire in enumerate(wires) if wire.kind == "tie"]
    if ties:
        best[ties] = _least(cost[ties], chords[ties], before)
    return promising[rows[:, 0], best]


def _least(cost: Floats, chords: Points, before: Points) -> Ints:
    """Which of the bends of some lines is the cheapest, with what each crosses."""
    counted = crossed(chords.reshape(-1, *chords.shape[2:]), before).reshape(chords.shape[:2])
    best: Ints = np.argmin((cost + CROSSING * counted).round(6), axis=1)
    return best


def _tried(wires: Sequence[Wire]) -> Points:
    """Points along every wire with every bend: (wires, bends, points, 2)."""
    starts, ends = np.array([wire.start for wire in wires]), np.array([wire.end for wire in wires])
    vias = via_points(starts, ends, BENDS).reshape(-1, 2).astype(np.float32)
    count = len(BENDS)
    first, last = (side.astype(np.float32).repeat(count, axis=0) for side in (starts, ends))
    return samples(first, vias, last, SAMPLES + 1).reshape(len(wires), count, SAMPLES + 1, 2)


def _cost_alone(
    wires: Sequence[Wire], tried: Points, circles: Floats, boxes: Floats, own: dict[str, int], frame: Frame
) -> Floats:
    """The own cost of each bend of each wire, without the other wires: (wires, bends)."""
    raster = Raster(frame.width, frame.height, tried)
    disc = raster.at(circles=circles + np.array([0.0, 0.0, OFF_DISC]))
    ends = np.array([(wire.from_circle, wire.to_circle) for wire in wires])
    foreign = (disc != NOBODY) & (disc != ends[:, 0, None, None]) & (disc != ends[:, 1, None, None])
    label = raster.at(boxes=boxes)
    labelled = ((SIDES[wire.kind][0] == "person", wire.source) for wire in wires)
    mine = np.array([own.get(identity, NOBODY - 1) if person else NOBODY - 1 for person, identity in labelled])[
        :, None, None
    ]
    on_label = (label != NOBODY).sum(axis=2) + (ON_OWN_LABEL - 1.0) * (label == mine).sum(axis=2)
    cost: Floats = (
        3.2 * np.abs(BENDS)[None, :]
        + ON_DISC * foreign.sum(axis=2)
        + OUTSIDE * _outside(wires, tried, frame)
        + ON_LABEL * on_label
    )
    return cost


def _outside(wires: Sequence[Wire], tried: Points, frame: Frame) -> Ints:
    """Points outside the map; only our ties have business in the lane of our team."""
    x, y = tried[..., 0], tried[..., 1]
    bottom = np.array([frame.height - (0.0 if wire.kind == "tie" else frame.lane) for wire in wires])[:, None, None]
    out: Ints = ((x < frame.gutter) | (x > frame.width) | (y < frame.heads) | (y > bottom)).sum(axis=2)
    return out


def crossed(lines: Points, others: Points) -> NDArray[np.float64]:
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


def _are_on_two_sides(lines: Points, others: Points) -> NDArray[np.bool_]:
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
