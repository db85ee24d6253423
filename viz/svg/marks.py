"""Marks as SVG: discs with ring and glyph, dots, badges, role chips."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Protocol

from graph.analysis.report.results import PersonResult
from viz import encodings
from viz.drawing.pen import Anchor
from viz.encodings import Form, person_form
from viz.scene.scene import Chip
from viz.svg.text import n
from viz.words.names import HEAVY_ROLES

CHIP = 13.0
SMALL = 7.0
"""Rings of discs smaller than this are thinner."""
DASHED_IN = 1.6
"""Dashed outlines stay off the ring by this."""


class Colours(Protocol):
    """The part of a pen that marks need: colours by name, forms by code, texts."""

    @property
    def colour(self) -> Mapping[str, str]: ...

    @property
    def forms(self) -> Mapping[str, Form]: ...

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        anchor: Anchor = "start",
        colour: str = "text",
        *,
        bold: bool = False,
        italic: bool = False,
    ) -> str: ...


def mark(pen: Colours, person: PersonResult, x: float, y: float, radius: float, *, slim: bool = False) -> Iterator[str]:
    """A person in full: ring by coverage, fill and glyph by stance. Slim rings where there are many people."""
    small = min(1.0, radius / SMALL)
    ring = radius + encodings.RING["gap"] * small
    track, width = ((encodings.RING[part] - slim * 0.8) * small for part in ("track", "arc"))
    yield circle(x, y, ring, "none", pen.colour["track"], track)
    if person.coverage > 0:
        yield arc(x, y, ring, person.coverage, pen.colour["ours"], width)
    yield from body(pen, person_form(person), x, y, radius)


def body(pen: Colours, code: str, x: float, y: float, radius: float) -> Iterator[str]:
    """A form without its ring: fill, outline and glyph."""
    form = pen.forms[code]
    dash = ' stroke-dasharray="4 3"' if form.dashed else ""
    outline = f' stroke="{form.outline}" stroke-width="{form.outline_width}"{dash}' if form.outline else ""
    inner = radius - (DASHED_IN if form.dashed else 0.0)
    if form.square:
        side = 0.86 * inner
        yield (
            f'<rect x="{n(x - side)}" y="{n(y - side)}" width="{n(2 * side)}" height="{n(2 * side)}" '
            f'rx="4" fill="{form.fill}"{outline}/>'
        )
    else:
        yield f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(inner)}" fill="{form.fill}"{outline}/>'
    yield glyph(pen, code, x, y, min(radius, 22.0) / 14.0)


def outer(radius: float) -> float:
    """How much the ring adds to a radius."""
    return 5.0 * min(1.0, radius / SMALL)


def glyph(pen: Colours, code: str, x: float, y: float, scale: float) -> str:
    """The glyph of a form around its middle."""
    form = pen.forms[code]
    filled = form.glyph if code in encodings.FILLED_GLYPHS else "none"
    return (
        f'<path transform="translate({n(x - 12 * scale)} {n(y - 12 * scale)}) scale({n(scale)})" '
        f'd="{encodings.GLYPHS[code]}" fill="{filled}" stroke="{form.glyph}" '
        f'stroke-width="{encodings.GLYPH_STROKE if filled == "none" else 1.2}" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )


def dot(pen: Colours, person: PersonResult, x: float, y: float) -> str:
    """A person as a dot: unknown ones are hollow."""
    form = pen.forms[person_form(person)]
    if form.dashed:
        return circle(x, y, 2.4, form.fill, form.outline or form.glyph, 1.0)
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="2.6" fill="{form.fill}"/>'


def chip(pen: Colours, chip: Chip) -> Iterator[str]:
    """A role letter in its square."""
    dark = chip.letter in HEAVY_ROLES
    fill = pen.colour["text"] if dark else pen.colour["zebra"]
    yield (
        f'<rect x="{n(chip.x)}" y="{n(chip.y)}" width="{n(CHIP)}" height="{n(CHIP)}" rx="3" fill="{fill}"'
        + ("" if dark else f' stroke="{pen.colour["line"]}"')
        + "/>"
    )
    ink = "page" if dark else "text"
    yield pen.text(chip.x + CHIP / 2, chip.y + 10.4, chip.letter, 11.0, "middle", ink, bold=True)


def badge(pen: Colours, number: int, x: float, y: float) -> Iterator[str]:
    """The number of a gap: the worst three in ink."""
    yield rect(x, y, 16, 16, pen.colour["text" if number <= 3 else "muted"], 4)
    yield pen.text(x + 8, y + 12, str(number), 11.0, "middle", "page", bold=True)


def rect(x: float, y: float, width: float, height: float, fill: str, round_: float = 0, opacity: float = 1) -> str:
    """A filled rectangle, its corners rounded where asked."""
    more = (f' rx="{n(round_)}"' if round_ else "") + (f' fill-opacity="{n(opacity)}"' if opacity < 1 else "")
    return f'<rect x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}" fill="{fill}"{more}/>'


def circle(x: float, y: float, radius: float, fill: str, stroke: str, width: float) -> str:
    """A circle with a line around it."""
    look = f'fill="{fill}" stroke="{stroke}" stroke-width="{n(width)}"'
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}" {look}/>'


def arc(x: float, y: float, radius: float, share: float, colour: str, width: float) -> str:
    """An arc from the top, clockwise, as long as a share of the circle."""
    if share >= 0.9999:
        return circle(x, y, radius, "none", colour, width)
    angle = 2 * math.pi * share
    ends = f"{n(x + radius * math.sin(angle))} {n(y - radius * math.cos(angle))}"
    return (
        f'<path d="M{n(x)} {n(y - radius)}A{n(radius)} {n(radius)} 0 {int(share > 0.5)} 1 {ends}" fill="none" '
        f'stroke="{colour}" stroke-width="{n(width)}"/>'
    )
