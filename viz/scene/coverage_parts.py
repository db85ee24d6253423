"""The coverage map as numbers and words: what its renderers draw. Pixels at scale 1, origin top left, y downwards."""

from __future__ import annotations

from dataclasses import dataclass

from viz.scene.scene import Chip, TextLine

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class MemberColumn:
    """A team member; or with `member` None all without a column of their own, whose cells show the strongest tie."""

    member: str | None
    members: tuple[str, ...]
    role: str
    name: str
    whole: str
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class TieCell:
    """A tie in its column: strength, frequency, breadth and depth in [0, 1]; dot area is the strength."""

    member: str | None
    strength: float
    frequency: float
    breadth: float
    depth: float
    x: float
    radius: float


@dataclass(frozen=True, slots=True)
class GapCell:
    """The worst gap of a person and what to do; `number` is its badge. Texts as they fit, and whole."""

    number: int | None
    kind: TextLine
    action: TextLine
    whole: str


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """A person: `words` are the strength of all ties together, `absent` is true without any tie."""

    person: str
    rank: int
    y: float
    share: float
    name: TextLine
    title: TextLine | None
    chips: tuple[Chip, ...]
    cells: tuple[TieCell, ...]
    together: float
    required: float
    words: str
    absent: bool
    gap: GapCell | None
    tinted: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The table: where its columns begin, its rows by influence, and how many people are left out under it."""

    width: float
    head: float
    row: float
    person_x: float
    share_right: float
    bar_x: float
    bar_width: float
    gap_x: float
    gap_width: float
    members: tuple[MemberColumn, ...]
    rows: tuple[CoverageRow, ...]
    more: TextLine | None


@dataclass(frozen=True, slots=True)
class ShareBar:
    """A bar with its words and its value, None where nothing is measured: `key` is a role, a corner or "two_roles"."""

    key: str
    chip: Chip | None
    words: TextLine
    bar: Box
    value: float | None


@dataclass(frozen=True, slots=True)
class GridMark:
    """A person in a cell of the grid: `radius` without the ring."""

    person: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class GridCell:
    """People at a level of a unit: marks of up to four, of more three and their number; `seat` one without a name."""

    column: int
    row: int
    box: Box
    people: tuple[str, ...]
    marks: tuple[GridMark, ...]
    more: TextLine | None
    seat: bool


@dataclass(frozen=True, slots=True)
class GridHead:
    """A unit over its column: the end of its slanted name, cut and whole; `unit` None for the merged column."""

    unit: str | None
    end: tuple[float, float]
    text: str
    whole: str


@dataclass(frozen=True, slots=True)
class GridLevel:
    """A level beside its row: its number, empty for a tier, and its name in lines."""

    number: TextLine | None
    names: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """Level by unit: everybody is in one cell."""

    heads: tuple[GridHead, ...]
    levels: tuple[GridLevel, ...]
    cells: tuple[GridCell, ...]
    slant: float


@dataclass(frozen=True, slots=True)
class Side:
    """The part beside or under the table: coverage by role, the grid, the triangle, each under its heading."""

    x: float
    y: float
    width: float
    height: float
    headings: tuple[TextLine, ...]
    notes: tuple[TextLine, ...]
    roles: tuple[ShareBar, ...]
    grid: Grid
    triangle: tuple[ShareBar, ...]


@dataclass(frozen=True, slots=True)
class CoverageScene:
    """The coverage map of an account."""

    lang: str
    width: float
    height: float
    table: Table
    side: Side
