"""The power map drawn, from the ground up: ground, lines, people, competitors, our team."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from graph.analysis.map import MapContent
from graph.analysis.report.results import PersonResult
from viz import encodings
from viz.drawing.pen import Part
from viz.scene.scene import Band, Bar, Column, Curve, Disc, Hexagon, Scene, Tile

Box = tuple[float, float, float, float]

WON_WIDER = 2.0
"""How much wider a tie is drawn that was not there on the earlier day."""
BOLT_RADIUS, BOLT_EDGE = 9.0, 1.3
"""The disc under the bolt in the middle of a conflict, and its outline."""
HEXAGON = tuple((math.cos(math.pi / 3 * corner), math.sin(math.pi / 3 * corner)) for corner in range(6))
"""The corners of a hexagon of radius 1 around the origin."""
SLIM_BELOW = 6.0
"""Where the ring adds less than this to a radius, rings are drawn thinner."""


@dataclass(frozen=True, slots=True)
class LineLook:
    """How a line is drawn: a colour of `encodings.COLOURS`, width in pixels, opacity, dashes, whether with an arrow."""

    colour: str
    width: float
    opacity: float
    dashes: tuple[float, ...]
    arrow: bool


class MapPen(Protocol[Part]):
    """Draws the parts of a power map; each method gives what it made, or draws and gives nothing."""

    def ground(self, scene: Scene) -> Iterable[Part]:
        """Columns with their heads, bands, and the lane of our team."""

    def line(self, curve: Curve, look: LineLook) -> Iterable[Part]:
        """A line between two nodes, a bolt in the middle of a conflict."""

    def bar(self, bar: Bar, pieces: Sequence[tuple[str, Box]]) -> Iterable[Part]:
        """The people of a cell as a bar: each form of a mark with its box."""

    def dot(self, person: PersonResult, x: float, y: float) -> Part:
        """A person as a dot."""

    def people(self, people: Sequence[tuple[Disc, PersonResult]], *, slim: bool) -> Iterable[Part]:
        """People in full: mark with ring, label, gap number. `slim` asks for thinner rings."""

    def rival(self, rival: Hexagon) -> Iterable[Part]:
        """A competitor."""

    def team_member(self, tile: Tile) -> Iterable[Part]:
        """A team member in the lane."""


def draw_power(
    scene: Scene,
    content: MapContent,
    pen: MapPen[Part],
    *,
    won: frozenset[tuple[str, str]] = frozenset(),
    under_lines: Iterable[Part] = (),
    over_people: Iterable[Part] = (),
) -> Iterator[Part]:
    """A power map with a pen, from the ground up, reporting lines left out.

    For a comparison of two days, `won` are ties (member, person) to stand out, `under_lines` and `over_people` parts of
    the same pen that are drawn under all lines and over all people.
    """
    people = content.report.people_by_id
    yield from pen.ground(scene)
    yield from under_lines
    for curve in scene.curves:
        if curve.kind not in encodings.HIDDEN_AT_FIRST:
            yield from pen.line(curve, look_of(curve, won))
    for bar in scene.bars:
        yield from pen.bar(bar, tuple(_pieces(bar)))
    for dot in scene.dots:
        yield pen.dot(people[dot.person], dot.x, dot.y)
    full = [(disc, people[disc.person]) for disc in scene.discs]
    yield from pen.people(full, slim=scene.frame.ring < SLIM_BELOW)
    yield from over_people
    for rival in scene.rivals:
        yield from pen.rival(rival)
    for tile in scene.tiles:
        yield from pen.team_member(tile)


def look_of(curve: Curve, won: frozenset[tuple[str, str]] = frozenset()) -> LineLook:
    """How a line is drawn; a tie among `won` wider and opaque."""
    style = encodings.LINES[curve.kind]
    dashes = encodings.ASSUMED_DASHES if curve.assumed else style.dashes
    if curve.kind == "tie" and (curve.source, curve.target) in won:
        return LineLook(style.colour, curve.width + WON_WIDER, 1.0, dashes, style.arrow)
    return LineLook(style.colour, curve.width, curve.opacity, dashes, style.arrow)


def bands_of(scene: Scene) -> tuple[Band, ...]:
    """The bands of a scene, and the strip of people without level or unit where there is one."""
    return scene.bands if scene.strip is None else (*scene.bands, scene.strip)


def head_bar(column: Column) -> Box:
    """The box of the coverage bar in the head of a column, at full length."""
    return column.x + 6.0, 33.0, max(10.0, column.width - 50.0), 4.0


def _pieces(bar: Bar) -> Iterator[tuple[str, Box]]:
    x, total = bar.x, sum(count for _, count in bar.parts)
    for form, count in bar.parts:
        width = bar.width * count / total
        yield form, (x, bar.y, width, bar.height)
        x += width
