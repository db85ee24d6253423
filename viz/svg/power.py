"""The power map as SVG, from the same numbers as every other renderer."""

from __future__ import annotations

import math
from collections.abc import Iterator

from graph.analysis.history.compare import Comparison
from graph.analysis.map import MapContent
from graph.model.words import text
from viz import encodings
from viz.drawing.marks import written
from viz.encodings import Theme
from viz.scene.curves import part, point_at, trimmed
from viz.scene.metrics import width_of
from viz.scene.power import power_scene
from viz.scene.scene import Bar, Curve, Hexagon, Label, Node, Scene, Tile
from viz.svg.compared import lost_ties, signs, won
from viz.svg.marks import badge, circle, dot, mark, rect
from viz.svg.pen import pen_of
from viz.svg.text import n, xy

WON_WIDER = 2.0
"""How much wider a tie is that was not there on the earlier day."""
HIDDEN_AT_FIRST = frozenset({"reporting"})


def power_map_svg(content: MapContent, lang: str = "en", theme: Theme = "light", told: Comparison | None = None) -> str:
    """The power map of an account as one SVG document; with what is `told` of an earlier day, where there is one."""
    return scene_svg(power_scene(content, lang), content, theme, told)


def scene_svg(scene: Scene, content: MapContent, theme: Theme = "light", told: Comparison | None = None) -> str:
    """A scene as one SVG document, reporting lines left out as the page does at first."""
    return "\n".join(_Drawing(scene, content, theme, told).document()) + "\n"


class _Drawing:
    def __init__(self, scene: Scene, content: MapContent, theme: Theme, told: Comparison | None) -> None:
        self.scene, self.told, self.won = scene, told, won(told)
        self.pen = pen_of(theme)
        self.colour = self.pen.colour
        self.people = {person.id: person for person in content.report.people}
        self.radius: dict[Node, float] = {
            ("person", disc.person): disc.radius + scene.frame.ring + 1.0 for disc in scene.discs
        }
        self.radius.update((("rival", rival.rival), rival.radius + 1.0) for rival in scene.rivals)

    def document(self) -> Iterator[str]:
        frame = self.scene.frame
        return self.pen.document(frame.width, frame.height, self.scene.lang, self._parts())

    def _parts(self) -> Iterator[str]:
        yield from self._ground()
        if self.told is not None:
            yield from lost_ties(self.pen, self.scene, self.told)
        for curve in self.scene.curves:
            if curve.kind not in HIDDEN_AT_FIRST:
                yield from self._curve(curve)
        for bar in self.scene.bars:
            yield from self._bar(bar)
        for one in self.scene.dots:
            yield dot(self.pen, self.people[one.person], one.x, one.y)
        for disc in self.scene.discs:
            if disc.label.shown:
                yield self._plate(disc.label)
        for disc in self.scene.discs:
            slim = self.scene.frame.ring < 6
            yield from mark(self.pen, self.people[disc.person], disc.x, disc.y, disc.radius, slim=slim)
        for disc in self.scene.discs:
            if disc.label.shown:
                yield from written(self.pen, disc.label, self.people[disc.person])
        for disc in self.scene.discs:
            if disc.badge is not None:
                yield from badge(self.pen, *disc.badge)
        if self.told is not None:
            yield from signs(self.pen, self.scene, self.told)
        for rival in self.scene.rivals:
            yield from self._hexagon(rival)
        for tile in self.scene.tiles:
            yield from self._tile(tile)

    def _ground(self) -> Iterator[str]:
        frame, colour = self.scene.frame, self.colour
        bottom = frame.height - frame.lane
        for number, column in enumerate(self.scene.columns):
            if number % 2 == 0:
                yield rect(column.x, 0, column.width, bottom, colour["zebra"])
            for line, words in enumerate(column.lines):
                yield self.pen.text(column.x + 6, 12.0 + 12.0 * line, words, 12.0, bold=True)
            if column.coverage is not None:
                room = max(10.0, column.width - 50.0)
                yield rect(column.x + 6, 33.0, room, 4.0, colour["track"], 2)
                yield rect(column.x + 6, 33.0, room * column.coverage, 4.0, colour["ours"], 2)
                percent = f"{round(100 * column.coverage)} %"
                yield self.pen.text(column.x + column.width - 6, 38.5, percent, 11.0, "end", "muted")
        for band in (*self.scene.bands, *((self.scene.strip,) if self.scene.strip else ())):
            yield f'<path d="M0 {n(band.y)}H{n(frame.width)}" stroke="{colour["line"]}"/>'
            if band.number:
                yield self.pen.text(8, band.y + 16, band.number, 11.0, bold=True)
                yield self.pen.text(19, band.y + 16, band.name, 11.0, colour="muted")
            elif band.name:
                yield self.pen.text(8, band.y + 16, band.name, 11.0, colour="muted")
        yield rect(0, bottom, frame.width, frame.lane, colour["lane"])
        yield self.pen.text(8, bottom + 18, text("viz.our_team", self.scene.lang), 11.0, colour="ours", bold=True)

    def _curve(self, curve: Curve) -> Iterator[str]:
        style = encodings.LINES[curve.kind]
        dashes = encodings.ASSUMED_DASHES if curve.assumed else style.dashes
        tip = 5.0 + 1.9 * curve.width if style.arrow else 0.0
        source, target = (self.radius.get(end, 0.0) for end in curve.ends)
        first, last = trimmed(curve.start, curve.via, curve.end, source, target)
        if last <= first:
            return
        whole = part(curve.start, curve.via, curve.end, first, last)
        _, before = trimmed(curve.start, curve.via, curve.end, 0.0, target + tip * 0.8)
        start, via, end = part(curve.start, curve.via, curve.end, first, max(first, before))
        colour = self.colour[style.colour]
        width, opacity = (curve.width, curve.opacity)
        if curve.kind == "tie" and (curve.source, curve.target) in self.won:
            width, opacity = curve.width + WON_WIDER, 1.0
        dash = f' stroke-dasharray="{" ".join(n(one) for one in dashes)}"' if dashes else ""
        yield (
            f'<path class="{curve.kind}" d="M{xy(start)}Q{xy(via)} {xy(end)}" fill="none" stroke="{colour}" '
            f'stroke-width="{n(width)}" stroke-opacity="{n(opacity)}"{dash}/>'
        )
        if style.arrow:
            yield _arrow(whole, tip, colour, curve.opacity)
        if curve.kind == "conflict":
            x, y = point_at(curve.start, curve.via, curve.end, 0.5)
            yield circle(x, y, 9.0, self.colour["page"], colour, 1.3)
            yield f'<path transform="translate({n(x - 8)} {n(y - 8)})" d="{encodings.BOLT}" fill="{colour}"/>'

    def _bar(self, bar: Bar) -> Iterator[str]:
        x, total = bar.x, sum(count for _, count in bar.parts)
        for code, count in bar.parts:
            form, width = self.pen.forms[code], bar.width * count / total
            outline = f' stroke="{form.outline}" stroke-width="{encodings.BAR_OUTLINE}"' if form.dashed else ""
            yield (
                f'<rect class="bar" x="{n(x)}" y="{n(bar.y)}" width="{n(width)}" height="{n(bar.height)}" '
                f'fill="{form.fill}"{outline}/>'
            )
            x += width
        yield self.pen.text(bar.count.x, bar.count.y, bar.count.text, 11.0, colour="muted")

    def _plate(self, label: Label) -> str:
        x, y, width, height = label.box
        return rect(x - 2, y, width + 4, height, self.colour["page"], 3, 0.84)

    def _plate_of(self, side: Hexagon | Tile, ground: str) -> str:
        width = max(width_of(side.name.text, 12.5, bold=True), width_of(side.under.text, 11.0))
        return rect(side.name.x - 2, side.name.y - 12, width + 4, 28, self.colour[ground], 3, 0.84)

    def _hexagon(self, rival: Hexagon) -> Iterator[str]:
        corners = [
            (rival.x + rival.radius * math.cos(math.pi / 3 * i), rival.y + rival.radius * math.sin(math.pi / 3 * i))
            for i in range(6)
        ]
        points = " ".join(f"{n(x)},{n(y)}" for x, y in corners)
        yield self._plate_of(rival, "page")
        yield f'<polygon points="{points}" fill="{self.colour["rival"]}"/>'
        yield self.pen.text(rival.x, rival.y + 4.5, rival.initial, 12.5, "middle", "page", bold=True)
        yield self.pen.text(rival.name.x, rival.name.y, rival.name.text, 12.5, bold=True)
        yield self.pen.text(rival.under.x, rival.under.y, rival.under.text, 11.0, colour="muted")

    def _tile(self, tile: Tile) -> Iterator[str]:
        x, y = tile.x - tile.width / 2, tile.y - tile.height / 2
        yield self._plate_of(tile, "lane")
        yield rect(x, y, tile.width, tile.height, self.colour["ours"], 5)
        yield self.pen.text(tile.x, tile.y + 4.5, tile.role, 12.5, "middle", "page", bold=True)
        yield self.pen.text(tile.name.x, tile.name.y, tile.name.text, 12.5, bold=True)
        yield self.pen.text(tile.under.x, tile.under.y, tile.under.text, 11.0, colour="muted")


def _arrow(
    curve: tuple[tuple[float, float], tuple[float, float], tuple[float, float]],
    size: float,
    colour: str,
    opacity: float,
) -> str:
    _, via, (x, y) = curve
    angle = math.atan2(y - via[1], x - via[0])
    back, side = size, 0.42 * size
    left = (x - back * math.cos(angle) - side * math.sin(angle), y - back * math.sin(angle) + side * math.cos(angle))
    right = (x - back * math.cos(angle) + side * math.sin(angle), y - back * math.sin(angle) - side * math.cos(angle))
    points = f"{n(x)},{n(y)} {n(left[0])},{n(left[1])} {n(right[0])},{n(right[1])}"
    return f'<polygon points="{points}" fill="{colour}" fill-opacity="{n(opacity + 0.12)}"/>'
