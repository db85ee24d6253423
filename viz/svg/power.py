"""The power map as SVG."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from graph.analysis.history.compare import Comparison
from graph.analysis.map import MapContent
from graph.analysis.report.results import PersonResult
from graph.model.words import text
from viz import encodings
from viz.drawing.marks import written
from viz.drawing.power import BOLT_EDGE, BOLT_RADIUS, HEXAGON, Box, LineLook, bands_of, draw_power, head_bar
from viz.encodings import Theme
from viz.scene.curves import part, point_at, trimmed
from viz.scene.metrics import width_of
from viz.scene.power import power_scene
from viz.scene.scene import Bar, Curve, Disc, Hexagon, Label, Node, Point, Scene, Tile
from viz.svg.compared import lost_ties, signs, won
from viz.svg.marks import badge, circle, dot, mark, rect
from viz.svg.pen import SvgPen, pen_of
from viz.svg.text import n, xy
from viz.words.numbers import whole_percent


def power_map_svg(
    content: MapContent, lang: str = "en", theme: Theme = "light", comparison: Comparison | None = None
) -> str:
    """The power map of an account as one SVG document; `comparison` adds what changed since an earlier day."""
    return power_scene_svg(power_scene(content, lang), content, theme, comparison)


def power_scene_svg(
    scene: Scene, content: MapContent, theme: Theme = "light", comparison: Comparison | None = None
) -> str:
    """A scene of the power map as one SVG document."""
    pen = pen_of(theme)
    parts = draw_power(
        scene,
        content,
        PowerPen(pen, scene),
        won=won(comparison),
        under_lines=() if comparison is None else lost_ties(pen, scene, comparison),
        over_people=() if comparison is None else signs(pen, scene, comparison),
    )
    frame = scene.frame
    return "\n".join(pen.document(frame.width, frame.height, scene.lang, parts)) + "\n"


class PowerPen:
    """Writes the parts of a power map as SVG; lines end at the outlines of what they join."""

    def __init__(self, pen: SvgPen, scene: Scene) -> None:
        self.pen, self.colour, self.lang = pen, pen.colour, scene.lang
        ring = scene.frame.ring
        self.radius: dict[Node, float] = {("person", disc.person): disc.radius + ring + 1.0 for disc in scene.discs}
        self.radius.update((("rival", rival.rival), rival.radius + 1.0) for rival in scene.rivals)

    def ground(self, scene: Scene) -> Iterator[str]:
        """Columns with their heads, bands, and the lane of our team."""
        frame, colour = scene.frame, self.colour
        bottom = frame.height - frame.lane
        for number, column in enumerate(scene.columns):
            if number % 2 == 0:
                yield rect(column.x, 0, column.width, bottom, colour["zebra"])
            for line, words in enumerate(column.lines):
                yield self.pen.text(column.x + 6, 12.0 + 12.0 * line, words, 12.0, bold=True)
            if column.coverage is not None:
                x, y, width, height = head_bar(column)
                yield rect(x, y, width, height, colour["track"], 2)
                yield rect(x, y, width * column.coverage, height, colour["ours"], 2)
                right = column.x + column.width - 6
                yield self.pen.text(right, 38.5, whole_percent(column.coverage), 11.0, "end", "muted")
        for band in bands_of(scene):
            yield f'<path d="M0 {n(band.y)}H{n(frame.width)}" stroke="{colour["line"]}"/>'
            if band.number:
                yield self.pen.text(8, band.y + 16, band.number, 11.0, bold=True)
                yield self.pen.text(19, band.y + 16, band.name, 11.0, colour="muted")
            elif band.name:
                yield self.pen.text(8, band.y + 16, band.name, 11.0, colour="muted")
        yield rect(0, bottom, frame.width, frame.lane, colour["lane"])
        yield self.pen.text(8, bottom + 18, text("viz.our_team", self.lang), 11.0, colour="ours", bold=True)

    def line(self, curve: Curve, look: LineLook) -> Iterator[str]:
        """A curve cut at the outlines of both ends, its arrow's tip on the outline; nothing where they touch."""
        tip = 5.0 + 1.9 * curve.width if look.arrow else 0.0
        source, target = (self.radius.get(end, 0.0) for end in curve.ends)
        first, last = trimmed(curve.start, curve.via, curve.end, source, target)
        if last <= first:
            return
        whole = part(curve.start, curve.via, curve.end, first, last)
        _, before = trimmed(curve.start, curve.via, curve.end, 0.0, target + tip * 0.8)
        start, via, end = part(curve.start, curve.via, curve.end, first, max(first, before))
        colour = self.colour[look.colour]
        dash = f' stroke-dasharray="{" ".join(n(length) for length in look.dashes)}"' if look.dashes else ""
        yield (
            f'<path class="{curve.kind}" d="M{xy(start)}Q{xy(via)} {xy(end)}" fill="none" stroke="{colour}" '
            f'stroke-width="{n(look.width)}" stroke-opacity="{n(look.opacity)}"{dash}/>'
        )
        if look.arrow:
            yield _arrow(whole, tip, colour, look.opacity)
        if curve.kind == "conflict":
            x, y = point_at(curve.start, curve.via, curve.end, 0.5)
            yield circle(x, y, BOLT_RADIUS, self.colour["page"], colour, BOLT_EDGE)
            yield f'<path transform="translate({n(x - 8)} {n(y - 8)})" d="{encodings.BOLT}" fill="{colour}"/>'

    def bar(self, bar: Bar, pieces: Sequence[tuple[str, Box]]) -> Iterator[str]:
        """A bar of many people's marks, and their number."""
        for code, (x, y, width, height) in pieces:
            form = self.pen.forms[code]
            outline = f' stroke="{form.outline}" stroke-width="{encodings.BAR_OUTLINE}"' if form.dashed else ""
            yield (
                f'<rect class="bar" x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}" '
                f'fill="{form.fill}"{outline}/>'
            )
        yield self.pen.text(bar.count.x, bar.count.y, bar.count.text, 11.0, colour="muted")

    def dot(self, person: PersonResult, x: float, y: float) -> str:
        """A person as a dot."""
        return dot(self.pen, person, x, y)

    def people(self, people: Sequence[tuple[Disc, PersonResult]], *, slim: bool) -> Iterator[str]:
        """People in layers: plates of labels below all marks, labels over them, gap numbers on top."""
        named = [(disc, person) for disc, person in people if disc.label.shown]
        for disc, _ in named:
            yield self._plate(disc.label)
        for disc, person in people:
            yield from mark(self.pen, person, disc.x, disc.y, disc.radius, slim=slim)
        for disc, person in named:
            yield from written(self.pen, disc.label, person)
        for disc, _ in people:
            if disc.badge is not None:
                yield from badge(self.pen, *disc.badge)

    def rival(self, rival: Hexagon) -> Iterator[str]:
        """A competitor: a hexagon with its initial, name and a word beside it."""
        corners = [(rival.x + rival.radius * x, rival.y + rival.radius * y) for x, y in HEXAGON]
        points = " ".join(f"{n(x)},{n(y)}" for x, y in corners)
        yield self._plate_beside(rival, "page")
        yield f'<polygon points="{points}" fill="{self.colour["rival"]}"/>'
        yield self.pen.text(rival.x, rival.y + 4.5, rival.initial, 12.5, "middle", "page", bold=True)
        yield from self._beside(rival)

    def team_member(self, tile: Tile) -> Iterator[str]:
        """A team member: a tile with the role, name and number of ties beside it."""
        x, y = tile.x - tile.width / 2, tile.y - tile.height / 2
        yield self._plate_beside(tile, "lane")
        yield rect(x, y, tile.width, tile.height, self.colour["ours"], 5)
        yield self.pen.text(tile.x, tile.y + 4.5, tile.role, 12.5, "middle", "page", bold=True)
        yield from self._beside(tile)

    def _plate(self, label: Label) -> str:
        x, y, width, height = label.box
        return rect(x - 2, y, width + 4, height, self.colour["page"], 3, 0.84)

    def _plate_beside(self, side: Hexagon | Tile, ground: str) -> str:
        width = max(width_of(side.name.text, 12.5, bold=True), width_of(side.under.text, 11.0))
        return rect(side.name.x - 2, side.name.y - 12, width + 4, 28, self.colour[ground], 3, 0.84)

    def _beside(self, side: Hexagon | Tile) -> Iterator[str]:
        yield self.pen.text(side.name.x, side.name.y, side.name.text, 12.5, bold=True)
        yield self.pen.text(side.under.x, side.under.y, side.under.text, 11.0, colour="muted")


def _arrow(curve: tuple[Point, Point, Point], size: float, colour: str, opacity: float) -> str:
    _, via, (x, y) = curve
    angle = math.atan2(y - via[1], x - via[0])
    back, side = size, 0.42 * size
    left = (x - back * math.cos(angle) - side * math.sin(angle), y - back * math.sin(angle) + side * math.cos(angle))
    right = (x - back * math.cos(angle) + side * math.sin(angle), y - back * math.sin(angle) - side * math.cos(angle))
    points = f"{n(x)},{n(y)} {n(left[0])},{n(left[1])} {n(right[0])},{n(right[1])}"
    return f'<polygon points="{points}" fill="{colour}" fill-opacity="{n(opacity + 0.12)}"/>'
