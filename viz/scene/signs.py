"""Signs on the map of what changed between two days: came, went, moved, stance before."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from viz import encodings

if TYPE_CHECKING:
    from graph.analysis.history.compare import Comparison
    from viz.scene.scene import Disc, Point, Scene

Kind = Literal["came", "went", "moved"]
CORNER = math.sqrt(0.5)
SIGN = 8.0
"""The radius of a sign."""
BEFORE = 7.5
"""The radius of the mark of the stance before."""
BESIDE = 3.0
"""How far off the ring a sign is that a gap's number has kept from its corner."""
DOT = 2.6


@dataclass(frozen=True, slots=True)
class Sign:
    """The sign of a change at a person and its place; the mark of the earlier stance and its place."""

    person: str
    kind: Kind | None
    at: Point
    was: str | None
    was_at: Point


def kinds_of(comparison: Comparison) -> dict[str, Kind]:
    """The signs of people who came, went or moved, by person."""
    kinds: dict[str, Kind] = {change.person: "came" for change in comparison.came}
    return (
        kinds
        | {change.person: "went" for change in comparison.went}
        | {change.person: "moved" for change in comparison.moved}
    )


def stances_before(comparison: Comparison) -> dict[str, str]:
    """The form of the stance before, by person whose stance changed."""
    return {stance.person: encodings.form_of("active", stance.before) for stance in comparison.stances}


def signs_of(scene: Scene, comparison: Comparison) -> tuple[Sign, ...]:
    """The signs of a scene, in its order: on the side where a person's label is not."""
    kinds, before = kinds_of(comparison), stances_before(comparison)
    spots = [(disc.person, _round(scene, disc)) for disc in scene.discs]
    spots += [(dot.person, _Spot(dot.x, dot.y, DOT, -1, False)) for dot in scene.dots]
    return tuple(
        Sign(person, kinds.get(person), spot.sign(), before.get(person), spot.below())
        for person, spot in spots
        if person in kinds or person in before
    )


@dataclass(frozen=True, slots=True)
class _Spot:
    """A person's place, with how far its ring reaches, the free side, and whether a gap's number is on that side."""

    x: float
    y: float
    reach: float
    side: int
    badge: bool

    def sign(self) -> Point:
        if self.badge:
            return self.x + self.side * (self.reach + BESIDE), self.y
        return self.x + self.side * (CORNER * self.reach + 1), self.y - CORNER * self.reach - 1

    def below(self) -> Point:
        return self.x + self.side * CORNER * self.reach, self.y + CORNER * self.reach + 1


def _round(scene: Scene, disc: Disc) -> _Spot:
    side = 1 if disc.label.align == "right" else -1
    numbered = disc.badge is not None and (disc.badge[1] + SIGN - disc.x) * side > 0
    return _Spot(disc.x, disc.y, disc.radius + scene.frame.ring, side, numbered)
