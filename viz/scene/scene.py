"""The power map as numbers: positions, sizes and texts in pixels at scale 1, independent of renderers.

Origin is the top left corner, y grows downwards. The same content gives the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Align = Literal["left", "center", "right"]
LineKind = Literal["influence", "tie", "rival", "conflict", "reporting"]
Point = tuple[float, float]
Side = Literal["person", "member", "rival"]
Node = tuple[Side, str]
"""A node that lines join: a person, a team member and a competitor may have the same id."""

SIDES: dict[LineKind, tuple[Side, Side]] = {
    "influence": ("person", "person"),
    "tie": ("member", "person"),
    "rival": ("rival", "person"),
    "conflict": ("person", "person"),
    "reporting": ("person", "person"),
}
"""The kind of record at each end of a line, by kind of line."""


def ends_of(kind: LineKind, source: str, target: str) -> tuple[Node, Node]:
    """The ends that a line of a kind joins."""
    first, last = SIDES[kind]
    return (first, source), (last, target)


@dataclass(frozen=True, slots=True)
class Frame:
    """The size of the picture: band names at the left, column heads on top, our team below; `ring` adds to a radius."""

    width: float
    height: float
    gutter: float
    heads: float
    lane: float
    ring: float


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text: x by its alignment, y of the baseline."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of people: a unit, the rest of many units, people outside, or people without a unit.

    `whole` is the name uncut; `coverage` is None without influence.
    """

    unit: str | None
    x: float
    width: float
    lines: tuple[str, ...]
    whole: str
    coverage: float | None
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A row of people of one level, or of one tier of influence; `number` is the level as shown, empty for a tier."""

    level: int | None
    number: str
    name: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Chip:
    """A role letter: the top left corner of its square."""

    x: float
    y: float
    letter: str


@dataclass(frozen=True, slots=True)
class Label:
    """A label beside a disc: its box (x, y, width, height), name, title lines and role letters."""

    box: tuple[float, float, float, float]
    align: Align
    origin: Point
    name: TextLine
    titles: tuple[TextLine, ...]
    chips: tuple[Chip, ...]
    shown: bool
    cut: bool


@dataclass(frozen=True, slots=True)
class Disc:
    """A person drawn in full. `badge` is the number of a gap and the top left corner of its square."""

    person: str
    x: float
    y: float
    radius: float
    label: Label
    badge: tuple[int, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """A person drawn as a dot."""

    person: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Bar:
    """The people of a cell who are too many for dots: how many of each form of a mark, in the order of the bar."""

    x: float
    y: float
    width: float
    height: float
    parts: tuple[tuple[str, int], ...]
    people: tuple[str, ...]
    count: TextLine


@dataclass(frozen=True, slots=True)
class Tile:
    """A team member in the lane: the middle of the tile, its size, role, name and the line under it."""

    member: str
    x: float
    y: float
    width: float
    height: float
    role: str
    name: TextLine
    under: TextLine
    ties: int


@dataclass(frozen=True, slots=True)
class Hexagon:
    """A competitor."""

    rival: str
    x: float
    y: float
    radius: float
    initial: str
    align: Align
    name: TextLine
    under: TextLine


@dataclass(frozen=True, slots=True)
class Curve:
    """A line from `start` to `end`: quadratic, bent by `via`; `roundness` as vis-network's, clockwise above 0.

    `source` and `target` are ids; `ends` says whose.
    """

    kind: LineKind
    source: str
    target: str
    weight: float
    assumed: bool
    width: float
    opacity: float
    roundness: float
    start: Point
    via: Point
    end: Point
    middle: Point

    @property
    def ends(self) -> tuple[Node, Node]:
        """The ends of the line."""
        return ends_of(self.kind, self.source, self.target)


@dataclass(frozen=True, slots=True)
class Scene:
    """The power map: people by influence, `strip` for people without level or unit."""

    lang: str
    frame: Frame
    columns: tuple[Column, ...]
    bands: tuple[Band, ...]
    strip: Band | None
    discs: tuple[Disc, ...]
    dots: tuple[Dot, ...]
    tiles: tuple[Tile, ...]
    rivals: tuple[Hexagon, ...]
    curves: tuple[Curve, ...] = field(default=())
    bars: tuple[Bar, ...] = ()
