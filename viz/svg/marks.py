"""The marks that every picture shares: discs with ring and glyph, dots, badges, role chips, labels."""

from __future__ import annotations

import math
from collections.abc import Iterator

from graph.analysis.results import PersonResult
from graph.model.scales import GONE
from viz import encodings
from viz.scene.scene import Chip, Label
from viz.svg.pen import Pen, n

CHIP = 13.0
DARK_CHIPS = "DAV"
DASHED_IN = 1.6
"""Dashed outlines stay off the ring by this."""


def form_of(person: PersonResult) -> str:
    """How a person's mark looks."""
    return encodings.form_of(person.status, person.stance)


def is_seat(person: PersonResult) -> bool:
    """Whether a name is written as that of a seat nobody is known to hold."""
    return person.status in ("unidentified", *GONE)


def mark(pen: Pen, person: PersonResult, x: float, y: float, radius: float, *, slim: bool = False) -> Iterator[str]:
    """A person in full: ring by coverage, fill and glyph by stance. Slim rings where there are many people."""
    code = form_of(person)
    form = pen.forms[code]
    gap = encodings.RING["gap"]
    ring = radius + (gap if radius >= 7 else gap * radius / 7.0)
    track, width = (encodings.RING["track"] - slim * 0.8, encodings.RING["arc"] - slim * 0.8)
    if radius < 7:
        track, width = track * radius / 7.0, width * radius / 7.0
    yield circle(x, y, ring, "none", pen.colour["track"], track)
    if person.coverage > 0:
        yield arc(x, y, ring, person.coverage, pen.colour["ours"], width)
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


def glyph(pen: Pen, code: str, x: float, y: float, scale: float) -> str:
    """The glyph of a form around its middle."""
    form = pen.forms[code]
    filled = form.glyph if code in encodings.FILLED_GLYPHS else "none"
    return (
        f'<path transform="translate({n(x - 12 * scale)} {n(y - 12 * scale)}) scale({n(scale)})" '
        f'd="{encodings.GLYPHS[code]}" fill="{filled}" stroke="{form.glyph}" '
        f'stroke-width="{encodings.GLYPH_STROKE if filled == "none" else 1.2}" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
    )


def dot(pen: Pen, person: PersonResult, x: float, y: float, more: str = "") -> str:
    """A person as a dot: unknown ones are hollow."""
    form = pen.forms[form_of(person)]
    if form.dashed:
        return circle(x, y, 2.4, form.fill, form.outline or form.glyph, 1.0, more)
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="2.6" fill="{form.fill}"{more}/>'


def written(pen: Pen, label: Label, person: PersonResult) -> Iterator[str]:
    """A label: name, titles, chips."""
    anchor = {"left": "start", "center": "middle", "right": "end"}[label.align]
    yield pen.text(label.name.x, label.name.y, label.name.text, 12.5, anchor, bold=True, italic=is_seat(person))
    for title in label.titles:
        yield pen.text(title.x, title.y, title.text, 11.0, anchor, "muted")
    for one in label.chips:
        yield from chip(pen, one)


def chip(pen: Pen, one: Chip) -> Iterator[str]:
    """A role letter in its square."""
    dark = one.letter in DARK_CHIPS
    fill = pen.colour["text"] if dark else pen.colour["zebra"]
    yield (
        f'<rect x="{n(one.x)}" y="{n(one.y)}" width="{n(CHIP)}" height="{n(CHIP)}" rx="3" fill="{fill}"'
        + ("" if dark else f' stroke="{pen.colour["line"]}"')
        + "/>"
    )
    ink = "page" if dark else "text"
    yield pen.text(one.x + CHIP / 2, one.y + 10.4, one.letter, 11.0, "middle", ink, bold=True)


def badge(pen: Pen, number: int, x: float, y: float) -> Iterator[str]:
    """The number of a gap: the worst three in ink."""
    yield rect(x, y, 16, 16, pen.colour["text" if number <= 3 else "muted"], 4)
    yield pen.text(x + 8, y + 12, str(number), 11.0, "middle", "page", bold=True)


def rect(x: float, y: float, width: float, height: float, fill: str, round_: float = 0, opacity: float = 1) -> str:
    """A filled rectangle, its corners rounded where asked."""
    more = (f' rx="{n(round_)}"' if round_ else "") + (f' fill-opacity="{n(opacity)}"' if opacity < 1 else "")
    return f'<rect x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}" fill="{fill}"{more}/>'


def circle(x: float, y: float, radius: float, fill: str, stroke: str, width: float, more: str = "") -> str:
    """A circle with a line around it."""
    look = f'fill="{fill}" stroke="{stroke}" stroke-width="{n(width)}"'
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}" {look}{more}/>'


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
