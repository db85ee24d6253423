"""The power map as SVG, from the same numbers as every other renderer. Every text is escaped; nothing is looked up."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, quoteattr

from graph.analysis.results import MapContent, PersonResult
from graph.model.scales import GONE
from graph.model.words import text
from viz import encodings
from viz.encodings import Theme
from viz.scene.curves import part, point_at, trimmed
from viz.scene.power import power_scene
from viz.scene.scene import Bar, Chip, Curve, Disc, Hexagon, Label, Point, Scene, Tile

CHIP = 13.0
DARK_CHIPS = "DAV"
HIDDEN_AT_FIRST = frozenset({"reporting"})


def power_map_svg(content: MapContent, lang: str = "en", theme: Theme = "light") -> str:
    """The power map of an account as one SVG document."""
    return scene_svg(power_scene(content, lang), content, theme)


def scene_svg(scene: Scene, content: MapContent, theme: Theme = "light") -> str:
    """A scene as one SVG document, reporting lines left out as the page does at first."""
    return "\n".join(_Drawing(scene, content, theme).document()) + "\n"


class _Drawing:
    def __init__(self, scene: Scene, content: MapContent, theme: Theme) -> None:
        self.scene = scene
        self.theme: Theme = theme
        self.colour: Mapping[str, str] = encodings.COLOURS[theme]
        self.people = {one.id: one for one in content.report.people}
        self.radius = {disc.person: disc.radius + scene.frame.ring + 1.0 for disc in scene.discs}
        self.radius.update((one.rival, one.radius + 1.0) for one in scene.rivals)

    def document(self) -> Iterator[str]:
        frame = self.scene.frame
        size = (
            f'viewBox="0 0 {_n(frame.width)} {_n(frame.height)}" width="{_n(frame.width)}" height="{_n(frame.height)}"'
        )
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} lang="{self.scene.lang}" role="img" '
            f"font-family={quoteattr(encodings.FONTS)}>"
        )
        yield f'<rect width="{_n(frame.width)}" height="{_n(frame.height)}" fill="{self.colour["page"]}"/>'
        yield from self._ground()
        for curve in self.scene.curves:
            if curve.kind not in HIDDEN_AT_FIRST:
                yield from self._curve(curve)
        for dot in self.scene.dots:
            yield self._dot(dot.person, dot.x, dot.y)
        for bar in self.scene.bars:
            yield from self._bar(bar)
        for disc in self.scene.discs:
            if disc.label.shown:
                yield self._plate(disc.label)
        for disc in self.scene.discs:
            yield from self._disc(disc)
        for disc in self.scene.discs:
            if disc.label.shown:
                yield from self._label(disc.label, self.people[disc.person])
        for disc in self.scene.discs:
            yield from self._badge(disc)
        for rival in self.scene.rivals:
            yield from self._hexagon(rival)
        for tile in self.scene.tiles:
            yield from self._tile(tile)
        yield "</svg>"

    def _ground(self) -> Iterator[str]:
        frame, colour = self.scene.frame, self.colour
        bottom = frame.height - frame.lane
        for number, column in enumerate(self.scene.columns):
            if number % 2 == 0:
                yield _rect(column.x, 0, column.width, bottom, colour["zebra"])
            for line, words in enumerate(column.lines):
                yield self._text(column.x + 6, 12.0 + 12.0 * line, words, 12.0, bold=True)
            if column.coverage is not None:
                room = max(10.0, column.width - 50.0)
                yield _rect(column.x + 6, 33.0, room, 4.0, colour["track"], 2)
                yield _rect(column.x + 6, 33.0, room * column.coverage, 4.0, colour["ours"], 2)
                percent = f"{round(100 * column.coverage)} %"
                yield self._text(column.x + column.width - 6, 38.5, percent, 11.0, "end", "muted")
        for band in (*self.scene.bands, *((self.scene.strip,) if self.scene.strip else ())):
            yield f'<path d="M0 {_n(band.y)}H{_n(frame.width)}" stroke="{colour["line"]}"/>'
            if band.number:
                yield self._text(8, band.y + 16, band.number, 11.0, bold=True)
                yield self._text(19, band.y + 16, band.name, 11.0, colour="muted")
            elif band.name:
                yield self._text(8, band.y + 16, band.name, 11.0, colour="muted")
        yield _rect(0, bottom, frame.width, frame.lane, colour["lane"])
        yield self._text(8, bottom + 18, text("viz.our_team", self.scene.lang), 11.0, colour="ours", bold=True)

    def _curve(self, curve: Curve) -> Iterator[str]:
        style = encodings.LINES[curve.kind]
        dashes = encodings.ASSUMED_DASHES if curve.assumed else style.dashes
        tip = 5.0 + 1.9 * curve.width if style.arrow else 0.0
        first, last = trimmed(
            curve.start, curve.via, curve.end, self.radius.get(curve.source, 0.0), self.radius.get(curve.target, 0.0)
        )
        if last <= first:
            return
        whole = part(curve.start, curve.via, curve.end, first, last)
        _, before = trimmed(curve.start, curve.via, curve.end, 0.0, self.radius.get(curve.target, 0.0) + tip * 0.8)
        start, via, end = part(curve.start, curve.via, curve.end, first, max(first, before))
        colour = self.colour[style.colour]
        dash = f' stroke-dasharray="{" ".join(_n(one) for one in dashes)}"' if dashes else ""
        yield (
            f'<path class="{curve.kind}" d="M{_xy(start)}Q{_xy(via)} {_xy(end)}" fill="none" stroke="{colour}" '
            f'stroke-width="{_n(curve.width)}" stroke-opacity="{_n(curve.opacity)}"{dash}/>'
        )
        if style.arrow:
            yield _arrow(whole, tip, colour, curve.opacity)
        if curve.kind == "conflict":
            x, y = point_at(curve.start, curve.via, curve.end, 0.5)
            yield _circle(x, y, 9.0, self.colour["page"], colour, 1.3)
            yield f'<path transform="translate({_n(x - 8)} {_n(y - 8)})" d="{encodings.BOLT}" fill="{colour}"/>'

    def _dot(self, person: str, x: float, y: float) -> str:
        one = self.people[person]
        form = encodings.FORMS[self.theme][encodings.form_of(one.status, one.stance)]
        if form.dashed:
            return _circle(x, y, 2.4, form.fill, form.outline or form.glyph, 1.0)
        return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="2.6" fill="{form.fill}"/>'

    def _bar(self, bar: Bar) -> Iterator[str]:
        x, total = bar.x, sum(count for _, count in bar.parts)
        for code, count in bar.parts:
            form, width = encodings.FORMS[self.theme][code], bar.width * count / total
            outline = f' stroke="{form.outline}" stroke-width="{encodings.BAR_OUTLINE}"' if form.dashed else ""
            yield (
                f'<rect class="bar" x="{_n(x)}" y="{_n(bar.y)}" width="{_n(width)}" height="{_n(bar.height)}" '
                f'fill="{form.fill}"{outline}/>'
            )
            x += width
        yield self._text(bar.count.x, bar.count.y, bar.count.text, 11.0, colour="muted")

    def _plate(self, label: Label) -> str:
        x, y, width, height = label.box
        return _rect(x - 2, y, width + 4, height, self.colour["page"], 3, 0.84)

    def _disc(self, disc: Disc) -> Iterator[str]:
        one = self.people[disc.person]
        code = encodings.form_of(one.status, one.stance)
        form = encodings.FORMS[self.theme][code]
        ring = disc.radius + encodings.RING["gap"]
        slim = self.scene.frame.ring < 6
        track, arc = (encodings.RING["track"] - slim * 0.8, encodings.RING["arc"] - slim * 0.8)
        yield _circle(disc.x, disc.y, ring, "none", self.colour["track"], track)
        if one.coverage > 0:
            yield _arc(disc.x, disc.y, ring, one.coverage, self.colour["ours"], arc)
        dash = ' stroke-dasharray="4 3"' if form.dashed else ""
        outline = f' stroke="{form.outline}" stroke-width="{form.outline_width}"{dash}' if form.outline else ""
        inner = disc.radius - (1.6 if form.dashed else 0.0)
        if form.square:
            side = 0.86 * inner
            yield (
                f'<rect x="{_n(disc.x - side)}" y="{_n(disc.y - side)}" width="{_n(2 * side)}" height="{_n(2 * side)}" '
                f'rx="4" fill="{form.fill}"{outline}/>'
            )
        else:
            yield f'<circle cx="{_n(disc.x)}" cy="{_n(disc.y)}" r="{_n(inner)}" fill="{form.fill}"{outline}/>'
        scale = min(disc.radius, 22.0) / 14.0
        filled = form.glyph if code in encodings.FILLED_GLYPHS else "none"
        yield (
            f'<path transform="translate({_n(disc.x - 12 * scale)} {_n(disc.y - 12 * scale)}) scale({_n(scale)})" '
            f'd="{encodings.GLYPHS[code]}" fill="{filled}" stroke="{form.glyph}" '
            f'stroke-width="{encodings.GLYPH_STROKE if filled == "none" else 1.2}" stroke-linecap="round" '
            'stroke-linejoin="round"/>'
        )

    def _label(self, label: Label, person: PersonResult) -> Iterator[str]:
        anchor = {"left": "start", "center": "middle", "right": "end"}[label.align]
        seat = person.status in ("unidentified", *GONE)
        yield self._text(label.name.x, label.name.y, label.name.text, 12.5, anchor, bold=True, italic=seat)
        for title in label.titles:
            yield self._text(title.x, title.y, title.text, 11.0, anchor, "muted")
        for chip in label.chips:
            yield from self._chip(chip)

    def _chip(self, chip: Chip) -> Iterator[str]:
        dark = chip.letter in DARK_CHIPS
        fill = self.colour["text"] if dark else self.colour["zebra"]
        yield (
            f'<rect x="{_n(chip.x)}" y="{_n(chip.y)}" width="{_n(CHIP)}" height="{_n(CHIP)}" rx="3" fill="{fill}"'
            + ("" if dark else f' stroke="{self.colour["line"]}"')
            + "/>"
        )
        ink = "page" if dark else "text"
        yield self._text(chip.x + CHIP / 2, chip.y + 10.4, chip.letter, 11.0, "middle", ink, bold=True)

    def _badge(self, disc: Disc) -> Iterator[str]:
        if disc.badge is None:
            return
        number, x, y = disc.badge
        yield _rect(x, y, 16, 16, self.colour["text" if number <= 3 else "muted"], 4)
        yield self._text(x + 8, y + 12, str(number), 11.0, "middle", "page", bold=True)

    def _hexagon(self, rival: Hexagon) -> Iterator[str]:
        corners = [
            (rival.x + rival.radius * math.cos(math.pi / 3 * i), rival.y + rival.radius * math.sin(math.pi / 3 * i))
            for i in range(6)
        ]
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in corners)
        yield f'<polygon points="{points}" fill="{self.colour["rival"]}"/>'
        yield self._text(rival.x, rival.y + 4.5, rival.initial, 12.5, "middle", "page", bold=True)
        yield self._text(rival.name.x, rival.name.y, rival.name.text, 12.5, bold=True)
        yield self._text(rival.under.x, rival.under.y, rival.under.text, 11.0, colour="muted")

    def _tile(self, tile: Tile) -> Iterator[str]:
        x, y = tile.x - tile.width / 2, tile.y - tile.height / 2
        yield _rect(x, y, tile.width, tile.height, self.colour["ours"], 5)
        yield self._text(tile.x, tile.y + 4.5, tile.role, 12.5, "middle", "page", bold=True)
        yield self._text(tile.name.x, tile.name.y, tile.name.text, 12.5, bold=True)
        yield self._text(tile.under.x, tile.under.y, tile.under.text, 11.0, colour="muted")

    def _text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        anchor: str = "start",
        colour: str = "text",
        *,
        bold: bool = False,
        italic: bool = False,
    ) -> str:
        look = (' font-weight="600"' if bold else "") + (' font-style="italic"' if italic else "")
        at = "" if anchor == "start" else f' text-anchor="{anchor}"'
        return (
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" fill="{self.colour[colour]}"{at}{look}>'
            f"{escape(_printable(words))}</text>"
        )


def _printable(words: str) -> str:
    """Without the characters that XML does not have."""
    return "".join(
        ch
        for ch in words
        if ch in "\t\n" or (ord(ch) >= 32 and not 0xD800 <= ord(ch) <= 0xDFFF and ord(ch) not in (0xFFFE, 0xFFFF))
    )


def _xy(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(value: float) -> str:
    """A number as short as two decimals allow."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


def _rect(x: float, y: float, width: float, height: float, fill: str, round_: float = 0, opacity: float = 1) -> str:
    more = (f' rx="{_n(round_)}"' if round_ else "") + (f' fill-opacity="{_n(opacity)}"' if opacity < 1 else "")
    return f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{fill}"{more}/>'


def _circle(x: float, y: float, radius: float, fill: str, stroke: str, width: float) -> str:
    look = f'fill="{fill}" stroke="{stroke}" stroke-width="{_n(width)}"'
    return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" {look}/>'


def _arc(x: float, y: float, radius: float, share: float, colour: str, width: float) -> str:
    if share >= 0.9999:
        return _circle(x, y, radius, "none", colour, width)
    angle = 2 * math.pi * share
    ends = f"{_n(x + radius * math.sin(angle))} {_n(y - radius * math.cos(angle))}"
    return (
        f'<path d="M{_n(x)} {_n(y - radius)}A{_n(radius)} {_n(radius)} 0 {int(share > 0.5)} 1 {ends}" fill="none" '
        f'stroke="{colour}" stroke-width="{_n(width)}"/>'
    )


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
    points = f"{_n(x)},{_n(y)} {_n(left[0])},{_n(left[1])} {_n(right[0])},{_n(right[1])}"
    return f'<polygon points="{points}" fill="{colour}" fill-opacity="{_n(opacity + 0.12)}"/>'
