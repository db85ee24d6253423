"""The pen of a drawing that writes lists for the page, which its scripts draw in any theme."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from graph.analysis.map import MapContent
from graph.analysis.report.results import PersonResult
from viz.drawing.pen import Anchor
from viz.scene.scene import Chip

Entry = list[Any]
"""A letter for the kind of thing drawn, then numbers and words; default values at the end are left out."""


class ListPen:
    """Writes entries. Styles of texts are kept once for all lists of a page; people are their place in the report."""

    def __init__(self, content: MapContent) -> None:
        self._place = {person.id: place for place, person in enumerate(content.report.people)}
        self._styles: dict[tuple[str, float, str, bool, bool, float], int] = {}

    @property
    def styles(self) -> list[list[Any]]:
        """Anchor, size, colour, bold, italic, slant of each style, in the order of their numbers."""
        return [
            [anchor, size, colour, int(bold), int(italic), slant]
            for anchor, size, colour, bold, italic, slant in self._styles
        ]

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
        slant: float = 0.0,
    ) -> Entry:
        """A line of text."""
        style = (anchor, size, colour, bold, italic, slant)
        return ["t", _short(x), _short(y), words, self._styles.setdefault(style, len(self._styles))]

    def mark(self, person: PersonResult, x: float, y: float, radius: float, *, slim: bool = False) -> Entry:
        """A person in full."""
        return ["m", self._place[person.id], _short(x), _short(y), _short(radius), int(slim)]

    def dot(self, person: PersonResult, x: float, y: float) -> Entry:
        """A person as a dot."""
        return ["d", self._place[person.id], _short(x), _short(y)]

    def glyph(self, form: str, x: float, y: float, scale: float) -> Entry:
        """The glyph of a form."""
        return ["g", form, _short(x), _short(y), round(scale, 3)]

    def chip(self, chip: Chip) -> Entry:
        """A role letter."""
        return ["c", _short(chip.x), _short(chip.y), chip.letter]

    def badge(self, number: int, x: float, y: float) -> Entry:
        """The number of a gap."""
        return ["b", number, _short(x), _short(y)]

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str,
        *,
        rounded: float = 0.0,
        opacity: float = 1.0,
        edge: str = "",
        edge_width: float = 1.0,
        dashed: bool = False,
    ) -> Entry:
        """A rectangle."""
        box = [_short(x), _short(y), round(width, 2), _short(height)]
        more = [_short(rounded), round(opacity, 3), edge, _short(edge_width), int(dashed)]
        usual = [0, 1, "", 1, 0]
        while more and more[-1] == usual[len(more) - 1]:
            more.pop()
        return ["r", *box, fill, *more]

    def disc(self, x: float, y: float, radius: float, fill: str) -> Entry:
        """A filled circle."""
        return ["o", _short(x), _short(y), round(radius, 2), fill]

    def tie(self, x: float, y: float, radius: float, factors: tuple[float, float, float], room: float) -> Entry:
        """A tie: radius of the dot, lengths of the bars in pixels."""
        return ["k", _short(x), _short(y), round(radius, 2), *(_short(max(1.0, room * factor)) for factor in factors)]

    def path(self, d: str, stroke: str, width: float, *, fill: str = "", rounded: bool = False) -> Entry:
        """A path."""
        return ["p", d, stroke, _short(width), fill, int(rounded)]

    def begin(self, kind: str, person: str) -> Entry:
        """The start of the parts of a person."""
        return ["(", kind, self._place[person]]

    def end(self) -> Entry:
        """The end of the parts of a person."""
        return [")"]


def listed(width: float, height: float, parts: Iterable[Entry]) -> dict[str, Any]:
    """A drawing as data.js declares it."""
    return {"width": _short(width), "height": _short(height), "parts": list(parts)}


def _short(value: float) -> float:
    """A tenth of a pixel is enough; whole numbers go without it."""
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded
