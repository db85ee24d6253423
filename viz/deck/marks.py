"""The marks of people, teams and rivals as native shapes: the same forms, colours and glyphs as on the page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

from graph.analysis.report.results import PersonResult
from viz import encodings
from viz.deck.drawingml import Ink, Words
from viz.deck.paths import Path, circle, polygon, svg_path
from viz.deck.shapes import Board
from viz.drawing.marks import is_seat
from viz.drawing.power import HEXAGON
from viz.scene.metrics import width_of
from viz.scene.scene import Align, Chip, Disc, Hexagon, Label, Point, TextLine, Tile
from viz.words.names import HEAVY_ROLES, name_of

COLOUR = encodings.COLOURS["light"]
CHIP = 13.0
BADGE = 16.0
RING_ROOM = 5.2
"""How far a ring reaches beyond its disc."""

ASCENT = 0.93
"""How far the top of a line is above its baseline, in sizes of its font."""

STANDARD_SITES = tuple((math.cos(math.pi * turn / 4), -math.sin(math.pi * turn / 4)) for turn in range(2, 10))
"""The connection sites of a circle in PowerPoint, from its top, anticlockwise; further sites follow them."""


@cache
def _sign(form: str) -> Path:
    return svg_path(encodings.GLYPHS[form])


def mark(
    board: Board, x: float, y: float, radius: float, form: str, ring: float | None = None, slim: bool = False
) -> None:
    """A disc with its glyph; with `ring`, a track around it and the arc of so much coverage."""
    look = encodings.FORMS["light"][form]
    if ring is not None:
        _ring(board, x, y, radius, ring, slim)
    inner = radius - (1.6 if look.dashed else 0.0)
    outline = Ink(look.outline, look.outline_width, dashes=(4.0, 3.0) if look.dashed else ()) if look.outline else None
    if look.square:
        side = 0.86 * inner
        board.rounded((x - side, y - side, 2 * side, 2 * side), 4.0 * radius / 14, look.fill, outline)
    else:
        board.shape("ellipse", (x - inner, y - inner, 2 * inner, 2 * inner), look.fill, outline)
    glyph(board, form, x, y, min(radius, 22.0) / 14.0)


def glyph(board: Board, form: str, x: float, y: float, scale: float) -> None:
    """The sign of a stance around a point."""
    look = encodings.FORMS["light"][form]
    size = 24 * scale
    filled = form in encodings.FILLED_GLYPHS
    stroke = 1.2 if filled else encodings.GLYPH_STROKE
    board.freeform(
        _sign(form).moved(scale, 0.0, 0.0),
        (x - size / 2, y - size / 2, size, size),
        look.glyph if filled else None,
        Ink(look.glyph, stroke * scale),
    )


def _ring(board: Board, x: float, y: float, radius: float, share: float, slim: bool) -> None:
    middle = radius + encodings.RING["gap"]
    box = (x - middle, y - middle, 2 * middle, 2 * middle)
    thinner = 0.8 if slim else 0.0
    board.shape("ellipse", box, None, Ink(COLOUR["track"], encodings.RING["track"] - thinner))
    arc = Ink(COLOUR["ours"], encodings.RING["arc"] - thinner)
    if share >= 0.9999:
        board.shape("ellipse", box, None, arc)
    elif share > 0:
        turns = [("adj1", 270 * 60000), ("adj2", (270 + 360 * share) % 360 * 60000)]
        board.shape("arc", box, None, arc, adjust=turns)


def disc(
    board: Board,
    disc: Disc,
    person: PersonResult,
    ring: float,
    number: int,
    sites: Sequence[Point],
    *,
    slim: bool = False,
) -> None:
    """A person: what connectors are glued to (shape `number`, at these points), ring, disc, label and badge."""
    form = encodings.person_form(person)
    outer = disc.radius + ring + 1.0
    board.freeform(
        circle(outer, outer, outer),
        (disc.x - outer, disc.y - outer, 2 * outer, 2 * outer),
        COLOUR["page"],
        number=number,
        sites=glue_points(outer, sites, disc.x - outer, disc.y - outer),
    )
    mark(board, disc.x, disc.y, disc.radius, form, person.coverage, slim=slim)
    if disc.label.shown:
        label(board, disc.label, seat=is_seat(person))
    if disc.badge is not None:
        badge(board, *disc.badge)


def glue_points(radius: float, sites: Sequence[Point], left: float, top: float) -> list[Point]:
    """The standard places on a circle, then these, from the corner of its box."""
    standard = [(radius + radius * x, radius + radius * y) for x, y in STANDARD_SITES]
    return [*standard, *((x - left, y - top) for x, y in sites)]


def label(board: Board, label: Label, *, seat: bool = False) -> None:
    """A label: name and title lines as one text that can be edited, role letters beside or under it."""
    lines = [Words(label.name.text, 12.5, COLOUR["text"], bold=True, italic=seat)]
    lines += [Words(title.text, 11.0, COLOUR["muted"]) for title in label.titles]
    x, y, width, height = label.box
    board.shape("rect", (x - 2.0, y, width + 4.0, height), COLOUR["page"], opacity=0.84)
    leading = label.titles[0].y - label.name.y if label.titles else 14.0
    left = label.name.x - {"left": 0.0, "center": width / 2, "right": width}[label.align]
    board.text(
        (left, label.name.y - 12.0, width, leading * len(lines) + 2.0),
        [[line] for line in lines],
        label.align,
        leading=leading,
    )
    for chip in label.chips:
        role_chip(board, chip)


def role_chip(board: Board, chip: Chip, side: float = CHIP) -> None:
    """A role letter in its square."""
    dark = chip.letter in HEAVY_ROLES
    board.rounded(
        (chip.x, chip.y, side, side),
        3.0,
        COLOUR["text"] if dark else COLOUR["zebra"],
        None if dark else Ink(COLOUR["line"], 1.0),
        words=[[Words(chip.letter, 11.0 * side / CHIP, COLOUR["page" if dark else "text"], bold=True)]],
    )


def dot(board: Board, person: PersonResult, x: float, y: float, lang: str) -> None:
    """A person as a dot in the colour of the stance, hollow where it is unknown."""
    form = encodings.FORMS["light"][encodings.person_form(person)]
    radius = 2.4 if form.dashed else 2.6
    ink = Ink(form.outline or form.glyph, 1.0) if form.dashed else None
    box = (x - radius, y - radius, 2 * radius, 2 * radius)
    board.shape("ellipse", box, form.fill, ink, name=name_of(person, lang))


def grounded(board: Board, person: PersonResult, x: float, y: float, radius: float, *, slim: bool) -> None:
    """A person's mark with its ring, on a ground of the page's colour."""
    outer = radius + RING_ROOM
    board.shape("ellipse", (x - outer, y - outer, 2 * outer, 2 * outer), COLOUR["page"])
    mark(board, x, y, radius, encodings.person_form(person), person.coverage, slim=slim)


def written(
    board: Board,
    line: TextLine,
    size: float,
    colour: str = COLOUR["text"],
    *,
    bold: bool = False,
    italic: bool = False,
    align: Align = "left",
    slant: float = 0.0,
) -> None:
    """A line of a scene: x is its left, middle or right, y its baseline; slanted around there, in degrees."""
    width = width_of(line.text, size, bold) + 2.0
    words = [[Words(line.text, size, colour, bold, italic)]]
    across, down = {"left": width / 2, "center": 0.0, "right": -width / 2}[align], (0.6 - ASCENT) * size
    turn = math.radians(slant)
    x = line.x + across * math.cos(turn) - down * math.sin(turn)
    y = line.y + across * math.sin(turn) + down * math.cos(turn)
    board.text((x - width / 2, y - 0.6 * size, width, 1.2 * size), words, align, turn=slant)


def badge(board: Board, number: int, x: float, y: float) -> None:
    """The number of a gap, at the top left corner of its square."""
    board.rounded(
        (x, y, BADGE, BADGE),
        4.0,
        COLOUR["text" if number <= 3 else "muted"],
        words=[[Words(str(number), 11.0, COLOUR["page"], bold=True)]],
    )


def hexagon(board: Board, hexagon: Hexagon, number: int, sites: Sequence[Point]) -> None:
    """A competitor with its initial and name; connectors are glued to shape `number` at these points."""
    radius = hexagon.radius
    left, top = hexagon.x - radius, hexagon.y - radius
    form = polygon([(radius + radius * x, radius + radius * y) for x, y in HEXAGON])
    box = (left, top, 2 * radius, 2 * radius)
    board.freeform(form, box, COLOUR["rival"], number=number, sites=glue_points(radius, sites, left, top))
    board.text(box, [[Words(hexagon.initial, 12.5, COLOUR["page"], bold=True)]], "center", "ctr")
    beside(board, hexagon.name, hexagon.under)


def tile(board: Board, tile: Tile, number: int) -> None:
    """A team member: role in a tile, name and number of ties beside it. Connectors are glued to site 0, its top."""
    board.rounded(
        (tile.x - tile.width / 2, tile.y - tile.height / 2, tile.width, tile.height),
        5.0,
        COLOUR["ours"],
        words=[[Words(tile.role, 12.5, COLOUR["page"], bold=True)]],
        number=number,
    )
    beside(board, tile.name, tile.under)


def beside(board: Board, name: TextLine, under: TextLine) -> None:
    """A name with a word under it."""
    board.text(
        (name.x, name.y - 12.0, 90.0, 28.0),
        [[Words(name.text, 12.5, COLOUR["text"], bold=True)], [Words(under.text, 11.0, COLOUR["muted"])]],
        leading=under.y - name.y,
    )
