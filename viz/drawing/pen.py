"""The protocol of pens: a drawing asks for marks, texts and lines, the pen writes them in its format."""

from __future__ import annotations

from typing import Literal, Protocol, TypeVar

from graph.analysis.report.results import PersonResult
from viz.scene.scene import Chip

Anchor = Literal["start", "middle", "end"]
Part = TypeVar("Part", covariant=True)
"""The type that a pen returns for one thing drawn: a line of SVG, an entry of a list, nothing."""

FACTORS_LEFT, FACTORS_TOP, FACTOR_STEP, FACTOR_HEIGHT, FACTOR_OPACITY = 34.0, -6.5, 5.0, 3.0, 0.6
"""The bars of a tie: where they begin from the middle of its dot, step, height and opacity."""
HATCH = "hatch"
"""The fill for cells without recorded people: thin slanted lines."""


class Pen(Protocol[Part]):
    """Colours are the names of `encodings.COLOURS`, `form<code>-fill`, `-glyph` or `-outline` of a form, or `HATCH`."""

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
    ) -> Part:
        """A line of text: y of the baseline, `slant` in degrees clockwise around its anchor."""

    def mark(self, person: PersonResult, x: float, y: float, radius: float, *, slim: bool = False) -> Part:
        """A person in full: ring by coverage, fill and glyph by stance, on a ground of the page's colour."""

    def dot(self, person: PersonResult, x: float, y: float) -> Part:
        """A person as a dot."""

    def glyph(self, form: str, x: float, y: float, scale: float) -> Part:
        """The glyph of a form around its middle; scale 1 is 24 pixels."""

    def chip(self, chip: Chip) -> Part:
        """A role letter in its square."""

    def badge(self, number: int, x: float, y: float) -> Part:
        """The number of a gap: the top left corner of its square."""

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
    ) -> Part:
        """A rectangle; without a fill or an edge where the colour is empty."""

    def disc(self, x: float, y: float, radius: float, fill: str) -> Part:
        """A filled circle."""

    def tie(self, x: float, y: float, radius: float, factors: tuple[float, float, float], room: float) -> Part:
        """A tie: a dot, and beside its number bars of frequency, breadth and depth, at most `room` long."""

    def path(self, d: str, stroke: str, width: float, *, fill: str = "", rounded: bool = False) -> Part:
        """A path of SVG, stroked."""

    def begin(self, kind: str, person: str) -> Part:
        """Begin the parts of a person, of kind "person", "vote", "row" or "dot", until `end`."""

    def end(self) -> Part:
        """End the parts that `begin` began."""
