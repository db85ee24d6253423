"""DrawingML snippets for shapes: lines, fills, hatching, texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from viz.scene.scene import Align
from viz.words.printable import contained

NAMESPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
FONTS = '<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/>'
HEADING = FONTS.replace("+mn", "+mj")
"""The fonts of the deck's theme, of text and of headings: a house template brings its own."""

Measure = Callable[[float], int]
"""Pixels in the units of a slide, or of a font."""


@dataclass(frozen=True, slots=True)
class Ink:
    """A line: colour, width and dashes in pixels, opacity, an arrow at its end, round ends."""

    colour: str
    width: float = 1.0
    opacity: float = 1.0
    dashes: tuple[float, ...] = ()
    arrow: bool = False
    rounded: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A run of text: size in pixels, colour as #RRGGBB."""

    text: str
    size: float
    colour: str
    bold: bool = False
    italic: bool = False


Paragraph = Sequence[Words]
Anchor = Literal["t", "ctr", "b"]


def body(
    paragraphs: Sequence[Paragraph],
    align: Align,
    points: Measure,
    lang: str,
    *,
    anchor: Anchor = "t",
    wrap: bool = True,
    leading: float | None = None,
    major: bool = False,
    tag: str = "p:txBody",
) -> str:
    """The text of a shape, or of a cell where `tag` says so; `leading` is a line's height, `major` the headings' font.

    `points` turns pixels into hundredths of a point.
    """
    side = {"left": "l", "center": "ctr", "right": "r"}[align]
    spacing = "" if leading is None else f'<a:lnSpc><a:spcPts val="{points(leading)}"/></a:lnSpc>'
    fonts, tongue = HEADING if major else FONTS, "zh-CN" if lang == "zh" else "en-GB"
    runs = ("".join(_run(run, points, tongue, fonts) for run in paragraph) for paragraph in paragraphs)
    written = "".join(f'<a:p><a:pPr algn="{side}">{spacing}</a:pPr>{run}</a:p>' for run in runs)
    return (
        f'<{tag} {NAMESPACES}><a:bodyPr wrap="{"square" if wrap else "none"}" lIns="0" tIns="0" rIns="0" bIns="0" '
        f'anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>{written}</{tag}>'
    )


def _run(run: Words, points: Measure, tongue: str, fonts: str) -> str:
    look = (' b="1"' if run.bold else ' b="0"') + (' i="1"' if run.italic else "")
    look += f' sz="{points(run.size)}" lang="{tongue}"'
    return f"<a:r><a:rPr{look}>{filled(run.colour)}{fonts}</a:rPr><a:t>{escape(contained(run.text))}</a:t></a:r>"


def inked(ink: Ink | None, length: Measure) -> str:
    """The line of a shape or connector; none where there is no ink."""
    if ink is None:
        return "<a:ln><a:noFill/></a:ln>"
    dashes = ""
    if ink.dashes:
        stops = zip(ink.dashes[::2], ink.dashes[1::2], strict=True)
        part = 100000 / ink.width  # dashes are told in thousandths of a per cent of the width
        dashed = "".join(f'<a:ds d="{round(part * on)}" sp="{round(part * off)}"/>' for on, off in stops)
        dashes = f"<a:custDash>{dashed}</a:custDash>"
    head = '<a:tailEnd type="triangle" w="med" len="med"/>' if ink.arrow else ""
    inside = f"{filled(ink.colour, ink.opacity)}{dashes}<a:round/>{head}"
    return f'<a:ln w="{length(ink.width)}" cap="{"rnd" if ink.rounded else "flat"}">{inside}</a:ln>'


def filled(colour: str | None, opacity: float = 1.0) -> str:
    """A fill of one colour; none where there is no colour."""
    if colour is None:
        return "<a:noFill/>"
    value = colour.removeprefix("#")
    if opacity >= 1:
        return f'<a:solidFill><a:srgbClr val="{value}"/></a:solidFill>'
    return f'<a:solidFill><a:srgbClr val="{value}"><a:alpha val="{round(100000 * opacity)}"/></a:srgbClr></a:solidFill>'


def hatched(colour: str) -> str:
    """Thin slanted lines on white."""
    ink = f'<a:srgbClr val="{colour.removeprefix("#")}"/>'
    ground = '<a:srgbClr val="FFFFFF"/>'
    return f'<a:pattFill prst="ltUpDiag"><a:fgClr>{ink}</a:fgClr><a:bgClr>{ground}</a:bgClr></a:pattFill>'


def named(number: int, name: str, description: str = "") -> str:
    """The id, name and alternative text of a shape."""
    description_attribute = f" descr={quoteattr(contained(description))}" if description else ""
    return f'<p:cNvPr id="{number}" name={quoteattr(contained(name) or f"Shape {number}")}{description_attribute}/>'
