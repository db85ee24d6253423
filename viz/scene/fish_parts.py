"""The fishbone as numbers and words: what its renderers draw. Pixels at scale 1, origin top left, y downwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from viz.scene.scene import Chip, Disc, Dot, Point, TextLine

BoneKind = Literal["unit", "outside", "nowhere", "others"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Mix:
    """More people than a bone has room for, even as dots: a bar of their marks' forms, and how many they are.

    `people` are in the order of the bar, each with the same share of its width.
    """

    box: Box
    people: tuple[str, ...]
    forms: Mapping[str, int]
    words: TextLine


@dataclass(frozen=True, slots=True)
class Bone:
    """A unit from its joint on the spine to its end: `share` of the decision, `coverage` None without influence.

    `people` counts everybody of it; `units` those that an "others" bone stands for, else 1.
    """

    kind: BoneKind
    unit: str | None
    units: int
    people: int
    share: float
    coverage: float | None
    above: bool
    start: Point
    end: Point
    width: float
    whole: str
    name: tuple[TextLine, ...]
    under: tuple[TextLine, ...]
    mix: Mix | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A vote: as wide as its weight is of all votes of the step. Glyph, label and chip are None without room."""

    person: str
    votes: float
    veto: bool
    x: float
    width: float
    glyph: float | None
    label: TextLine | None
    chip: Chip | None


@dataclass(frozen=True, slots=True)
class StepBar:
    """A step of the decision: its votes side by side, supporters left; `quota` is where the black tick stands.

    `enough` where those who support us are; `passes` where also nobody else can veto: `blocked` says who can.
    """

    step: str
    name: TextLine
    rule: TextLine
    box: Box
    segments: tuple[Segment, ...]
    quota: float | None
    total: float
    supporting: float
    enough: bool
    passes: bool
    bottleneck: bool
    words: tuple[TextLine, ...]
    blocked: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """The head of the fish: steps, the bottleneck in words, and the root unit's people (among the scene's discs)."""

    outline: str
    box: Box
    title: TextLine
    steps: tuple[StepBar, ...]
    notes: tuple[TextLine, ...]
    bottleneck: tuple[TextLine, ...]
    unit: str | None
    heading: TextLine | None
    heading_under: TextLine | None
    rule: float | None
    mix: Mix | None = None


@dataclass(frozen=True, slots=True)
class Fishbone:
    """The fishbone of an account: bones from the head to the tail, discs by influence, everybody once."""

    lang: str
    width: float
    height: float
    ring: float
    spine: tuple[Point, Point]
    spine_width: float
    tail: tuple[Point, Point, Point]
    bones: tuple[Bone, ...]
    head: Head
    discs: tuple[Disc, ...]
    dots: tuple[Dot, ...]

    @property
    def mixes(self) -> tuple[Mix, ...]:
        """The bars of those who are too many for dots."""
        every = (*(bone.mix for bone in self.bones), self.head.mix)
        return tuple(mix for mix in every if mix is not None)
