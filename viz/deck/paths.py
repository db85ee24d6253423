"""Paths in pixels, read from SVG path data: moves, lines, curves, arcs of circles."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from viz.scene.scene import Point

KAPPA = 0.5522847498
"""How far the handles of a cubic curve stand off for a quarter of a circle."""

_TOKENS = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
_TAKES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Q": 4, "A": 7, "Z": 0}


@dataclass(frozen=True, slots=True)
class Path:
    """Commands with their points: M and L one, C three (two handles and the end), Z none."""

    steps: tuple[tuple[str, tuple[Point, ...]], ...]

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """The box (x, y, width, height) around all points, handles of curves too."""
        xs = [x for _, ends in self.steps for x, _ in ends]
        ys = [y for _, ends in self.steps for _, y in ends]
        return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)

    def moved(self, scale: float, x: float, y: float) -> Path:
        """The path scaled, then moved by x, y."""
        return Path(tuple((name, tuple((x + scale * a, y + scale * b) for a, b in ends)) for name, ends in self.steps))

    def drawn(self, length: Callable[[float], int]) -> str:
        """The path as DrawingML; `length` turns pixels into its units."""
        tags = {"M": "moveTo", "L": "lnTo", "C": "cubicBezTo"}
        made = []
        for name, ends in self.steps:
            inside = "".join(f'<a:pt x="{length(x)}" y="{length(y)}"/>' for x, y in ends)
            made.append("<a:close/>" if name == "Z" else f"<a:{tags[name]}>{inside}</a:{tags[name]}>")
        return "".join(made)


def circle(x: float, y: float, radius: float) -> Path:
    """A circle from its right, clockwise."""
    k = KAPPA * radius
    steps: list[tuple[str, tuple[Point, ...]]] = [("M", ((x + radius, y),))]
    for turn in range(4):
        cos, sin = round(math.cos(turn * math.pi / 2)), round(math.sin(turn * math.pi / 2))

        def turned(a: float, b: float, cos: int = cos, sin: int = sin) -> Point:
            return x + a * cos - b * sin, y + a * sin + b * cos

        steps.append(("C", (turned(radius, k), turned(k, radius), turned(0.0, radius))))
    return Path((*steps, ("Z", ())))


def polygon(points: list[Point]) -> Path:
    """A closed form with straight edges."""
    return Path((("M", (points[0],)), *(("L", (point,)) for point in points[1:]), ("Z", ())))


def svg_path(written: str) -> Path:
    """The path that an SVG `d` attribute of M, L, H, V, C, Q, A and Z says, large or small letters.

    Arcs are of circles, not turned. Raises KeyError for any other command.
    """
    steps: list[tuple[str, tuple[Point, ...]]] = []
    x = y = 0.0
    first = (0.0, 0.0)
    for letter, values in _commands(written):
        name, base = letter.upper(), (x, y) if letter.islower() else (0.0, 0.0)
        if name == "Z":
            steps.append(("Z", ()))
            x, y = first
            continue
        if name == "A":
            end = (base[0] + values[5], base[1] + values[6])
            steps += [("C", curve) for curve in _arc((x, y), end, values[0], values[3] > 0, values[4] > 0)]
        elif name in "HV":
            end = (base[0] + values[0], y) if name == "H" else (x, base[1] + values[0])
            steps.append(("L", (end,)))
        else:
            ends = tuple((base[0] + a, base[1] + b) for a, b in zip(values[::2], values[1::2], strict=True))
            end = ends[-1]
            steps.append(("C", _raised((x, y), *ends)) if name == "Q" else (name, ends))
        x, y = end
        if name == "M":
            first = end
    return Path(tuple(steps))


def _raised(start: Point, handle: Point, end: Point) -> tuple[Point, Point, Point]:
    """A quadratic curve as a cubic one."""
    first, second = (((point[0] + 2 * handle[0]) / 3, (point[1] + 2 * handle[1]) / 3) for point in (start, end))
    return first, second, end


def _commands(written: str) -> Iterator[tuple[str, list[float]]]:
    """Each command with as many numbers as it takes; a letter holds for what follows, after a move it is a line."""
    tokens = _TOKENS.findall(written)
    place, letter = 0, "M"
    while place < len(tokens):
        if tokens[place].isalpha():
            letter = tokens[place]
            place += 1
        count = _TAKES[letter.upper()]
        yield letter, [float(token) for token in tokens[place : place + count]]
        place += count
        letter = {"M": "L", "m": "l"}.get(letter, letter)


def _arc(start: Point, end: Point, radius: float, large: bool, clockwise: bool) -> Iterator[tuple[Point, Point, Point]]:
    """An arc of a circle as cubic curves of a quarter at most (SVG 1.1, F.6.5)."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    half = math.hypot(dx, dy) / 2
    radius = max(radius, half)
    rise = math.sqrt(max(0.0, radius * radius - half * half)) * (1 if large == clockwise else -1)
    cx = (start[0] + end[0]) / 2 + rise * dy / (2 * half)
    cy = (start[1] + end[1]) / 2 - rise * dx / (2 * half)
    first = math.atan2(start[1] - cy, start[0] - cx)
    sweep = (math.atan2(end[1] - cy, end[0] - cx) - first) % (2 * math.pi)
    if not clockwise:
        sweep -= 2 * math.pi
    pieces = max(1, math.ceil(abs(sweep) / (math.pi / 2) - 1e-9))
    step = sweep / pieces
    k = 4 / 3 * math.tan(step / 4)
    for number in range(pieces):
        a, b = first + number * step, first + (number + 1) * step
        yield (
            (cx + radius * (math.cos(a) - k * math.sin(a)), cy + radius * (math.sin(a) + k * math.cos(a))),
            (cx + radius * (math.cos(b) + k * math.sin(b)), cy + radius * (math.sin(b) - k * math.cos(b))),
            (cx + radius * math.cos(b), cy + radius * math.sin(b)),
        )
