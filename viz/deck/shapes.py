"""Native shapes on a slide in the pixels of a scene, written as DrawingML where python-pptx has no call for them.

A board maps pixels to EMU (914,400 an inch). Shapes get ids of their own before they are drawn, so that a connector
below a shape in the pile can be glued to it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from pptx.oxml import parse_xml
from pptx.slide import Slide

from viz.deck.drawingml import NAMESPACES, Anchor, Ink, Paragraph, body, filled, hatched, inked, named
from viz.deck.paths import Path
from viz.scene.scene import Align, Point

POINTS_A_PIXEL = 0.75
PIXEL = 9525
"""EMU of a pixel at 96 an inch, where a scene is drawn at scale 1."""

Box = tuple[float, float, float, float]
UNFILLED = ' fill="none"'


@dataclass
class _Pile:
    """The state of a slide: the last id, the open groups, and the bounds of their content (EMU)."""

    last: int
    groups: list[Any]
    bounds: list[list[Box]] = field(default_factory=list)


class Board:
    """A slide to draw on; `scale` is EMU a pixel, `left` and `top` (EMU) where pixel 0, 0 lies."""

    def __init__(self, slide: Slide, lang: str, scale: float, left: float = 0.0, top: float = 0.0) -> None:
        self.slide, self.lang, self.scale, self.left, self.top = slide, lang, scale, left, top
        tree = slide.shapes._spTree
        used = [int(number) for number in tree.xpath("//p:cNvPr/@id")]
        self._pile = _Pile(max(used, default=1), [tree])

    def inner(self, x: float, y: float, zoom: float = 1.0) -> Board:
        """A board for a part of this one, whose pixel 0, 0 lies at x, y."""
        part = Board(self.slide, self.lang, self.scale * zoom, self.left + x * self.scale, self.top + y * self.scale)
        part._pile = self._pile
        return part

    def new_id(self) -> int:
        """An id for a shape that will be drawn."""
        self._pile.last += 1
        return self._pile.last

    @contextmanager
    def group(self, name: str, description: str = "") -> Iterator[None]:
        """Group all that is drawn inside, so that it is moved as one. Nothing inside, no group."""
        self.open_group(name, description)
        yield
        self.close_group()

    def open_group(self, name: str, description: str = "") -> None:
        """Open a group: what is drawn until it is closed belongs to it."""
        group = parse_xml(
            f"<p:grpSp {NAMESPACES}><p:nvGrpSpPr>{named(self.new_id(), name, description)}<p:cNvGrpSpPr/><p:nvPr/>"
            "</p:nvGrpSpPr><p:grpSpPr/></p:grpSp>"
        )
        self._pile.groups.append(group)
        self._pile.bounds.append([])

    def close_group(self) -> None:
        """Close the group opened last; one with nothing inside is left out."""
        group, boxes = self._pile.groups.pop(), self._pile.bounds.pop()
        if not boxes:
            return
        x, y = min(box[0] for box in boxes), min(box[1] for box in boxes)
        width, height = max(box[0] + box[2] for box in boxes) - x, max(box[1] + box[3] for box in boxes) - y
        at, size = f'x="{round(x)}" y="{round(y)}"', f'cx="{round(width)}" cy="{round(height)}"'
        frame = f"<a:off {at}/><a:ext {size}/><a:chOff {at}/><a:chExt {size}/>"
        group.replace(group[1], parse_xml(f"<p:grpSpPr {NAMESPACES}><a:xfrm>{frame}</a:xfrm></p:grpSpPr>"))
        self._add(group, (x, y, width, height))

    def _add(self, element: Any, bounds: Box) -> None:
        """Put an element on top, within bounds in EMU."""
        self._pile.groups[-1].append(element)
        if self._pile.bounds:
            self._pile.bounds[-1].append(bounds)

    def shape(
        self,
        preset: str,
        box: Box,
        fill: str | None = None,
        ink: Ink | None = None,
        *,
        name: str = "",
        opacity: float = 1.0,
        adjust: Sequence[tuple[str, float]] = (),
        words: Sequence[Paragraph] = (),
        align: Align = "center",
        number: int | None = None,
        hatching: str | None = None,
    ) -> int:
        """A preset shape in a box (x, y, width, height), with text in its middle if there is any."""
        guides = "".join(f'<a:gd name="{key}" fmla="val {round(value)}"/>' for key, value in adjust)
        geometry = f'<a:prstGeom prst="{preset}"><a:avLst>{guides}</a:avLst></a:prstGeom>'
        words_xml = body(words, align, self._points, self.lang, anchor="ctr", wrap=False) if words else ""
        return self._put(geometry, box, fill, ink, name, opacity, words_xml, number=number, hatching=hatching)

    def rounded(self, box: Box, radius: float, fill: str | None, ink: Ink | None = None, **more: Any) -> int:
        """A rectangle with round corners of a radius in pixels."""
        side = max(1e-6, min(box[2], box[3]))
        return self.shape("roundRect", box, fill, ink, adjust=[("adj", min(50000.0, 100000 * radius / side))], **more)

    def text(
        self,
        box: Box,
        paragraphs: Sequence[Paragraph],
        align: Align = "left",
        anchor: Anchor = "t",
        *,
        wrap: bool = False,
        leading: float | None = None,
        fill: str | None = None,
        opacity: float = 1.0,
        turn: float = 0.0,
        name: str = "",
    ) -> int:
        """A text box without margins; `leading` is the height of a line in pixels, `turn` in degrees, clockwise."""
        text_xml = body(paragraphs, align, self._points, self.lang, anchor=anchor, wrap=wrap, leading=leading)
        geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        return self._put(geometry, box, fill, None, name, opacity, text_xml, text_box=True, turn=turn)

    def freeform(
        self,
        path: Path,
        box: Box,
        fill: str | None = None,
        ink: Ink | None = None,
        *,
        name: str = "",
        sites: Sequence[Point] = (),
        number: int | None = None,
    ) -> int:
        """A drawn form; the path is in pixels from the corner of the box, `sites` are where connectors are glued."""
        wide, high = self._length(box[2]), self._length(box[3])
        glue = "".join(f'<a:cxn ang="0"><a:pos x="{self._length(x)}" y="{self._length(y)}"/></a:cxn>' for x, y in sites)
        geometry = (
            f"<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst>{glue}</a:cxnLst>"
            '<a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
            f'<a:path w="{wide}" h="{high}"{"" if fill else UNFILLED}>{path.drawn(self._length)}</a:path>'
            "</a:pathLst></a:custGeom>"
        )
        return self._put(geometry, box, fill, ink, name, 1.0, "", number=number)

    def line(self, start: Point, end: Point, ink: Ink, name: str = "") -> int:
        """A straight line, glued to nothing."""
        return self.connector(start, end, ink, name=name)

    def connector(
        self,
        start: Point,
        end: Point,
        ink: Ink,
        *,
        bulge: float = 0.0,
        name: str = "",
        glued: tuple[tuple[int, int], tuple[int, int]] | None = None,
    ) -> int:
        """A connector, glued to (shape id, site) at both ends where `glued` says so.

        `bulge` is how far its middle stands off the straight line, in pixels, to the left of the way from start to end.
        """
        number = self.new_id()
        glue = ""
        if glued is not None:
            (first, site), (last, other) = glued
            glue = f'<a:stCxn id="{first}" idx="{site}"/><a:endCxn id="{last}" idx="{other}"/>'
        place = self._bent(start, end, bulge) if bulge else self._straight(start, end)
        (x0, y0), (x1, y1) = start, end
        self._add(
            parse_xml(
                f"<p:cxnSp {NAMESPACES}><p:nvCxnSpPr>{named(number, name)}<p:cNvCxnSpPr>{glue}</p:cNvCxnSpPr><p:nvPr/>"
                f"</p:nvCxnSpPr><p:spPr>{place}{inked(ink, self._length)}</p:spPr></p:cxnSp>"
            ),
            self._emu((min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))),
        )
        return number

    def write(self, holder: Any, paragraphs: Sequence[Paragraph]) -> None:
        """Fill the text of a placeholder; all but size, colour and margins comes from the layout."""
        text_xml = body(paragraphs, "left", self._points, self.lang, anchor="ctr", wrap=False, major=True)
        holder._element.replace(holder._element.txBody, parse_xml(text_xml))

    def _straight(self, start: Point, end: Point) -> str:
        (x0, y0), (x1, y1) = start, end
        off, ext = self._at((min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0)))
        flips = (' flipH="1"' if x1 < x0 else "") + (' flipV="1"' if y1 < y0 else "")
        return f'<a:xfrm{flips}>{off}{ext}</a:xfrm><a:prstGeom prst="straightConnector1"><a:avLst/></a:prstGeom>'

    def _bent(self, start: Point, end: Point, bulge: float) -> str:
        """A curved connector one pixel wide, its waist moved out by the bulge, and turned into the way it goes."""
        (x0, y0), (x1, y1) = start, end
        long = math.hypot(x1 - x0, y1 - y0)
        wide, high = 1.0, math.sqrt(max(1.0, long * long - 1.0))
        turn = math.degrees(math.atan2(y1 - y0, x1 - x0) - math.atan2(high, wide)) % 360
        off, ext = self._at(((x0 + x1 - wide) / 2, (y0 + y1 - high) / 2, wide, high))
        return (
            f'<a:xfrm rot="{round(turn * 60000)}">{off}{ext}</a:xfrm><a:prstGeom prst="curvedConnector3"><a:avLst>'
            f'<a:gd name="adj1" fmla="val {round(100000 * (bulge + wide / 2) / wide)}"/></a:avLst></a:prstGeom>'
        )

    def _put(
        self,
        geometry: str,
        box: Box,
        fill: str | None,
        ink: Ink | None,
        name: str,
        opacity: float,
        text_xml: str,
        *,
        number: int | None = None,
        text_box: bool = False,
        turn: float = 0.0,
        hatching: str | None = None,
    ) -> int:
        number = self.new_id() if number is None else number
        off, ext = self._at(box)
        kind = ' txBox="1"' if text_box else ""
        turned = f' rot="{round(turn % 360 * 60000)}"' if turn else ""
        painted = (hatched(hatching) if hatching else filled(fill, opacity)) + inked(ink, self._length)
        self._add(
            parse_xml(
                f"<p:sp {NAMESPACES}><p:nvSpPr>{named(number, name)}<p:cNvSpPr{kind}/><p:nvPr/></p:nvSpPr><p:spPr>"
                f"<a:xfrm{turned}>{off}{ext}</a:xfrm>{geometry}{painted}</p:spPr>{text_xml}</p:sp>"
            ),
            self._emu(box),
        )
        return number

    def cell(self, paragraphs: Sequence[Paragraph], align: Align) -> str:
        """A text as a cell of a table holds it."""
        return body(paragraphs, align, self._points, self.lang, tag="a:txBody")

    def _emu(self, box: Box) -> Box:
        x, y, width, height = box
        return self.left + x * self.scale, self.top + y * self.scale, width * self.scale, height * self.scale

    def _at(self, box: Box) -> tuple[str, str]:
        x, y, width, height = self._emu(box)
        return f'<a:off x="{round(x)}" y="{round(y)}"/>', f'<a:ext cx="{round(width)}" cy="{round(height)}"/>'

    def _length(self, pixels: float) -> int:
        return round(pixels * self.scale)

    def _points(self, pixels: float) -> int:
        """Hundredths of a point."""
        return round(100 * pixels * POINTS_A_PIXEL * self.scale / PIXEL)
