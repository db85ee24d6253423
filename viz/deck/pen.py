"""The pen of a drawing that makes native shapes on a slide."""

from __future__ import annotations

from collections.abc import Mapping

from graph.analysis.report.results import CoverageReport, PersonResult
from viz import encodings
from viz.deck import marks
from viz.deck.drawingml import Ink
from viz.deck.marks import COLOUR
from viz.deck.paths import Path, svg_path
from viz.deck.shapes import Board
from viz.drawing.pen import FACTOR_HEIGHT, FACTOR_OPACITY, FACTOR_STEP, FACTORS_LEFT, FACTORS_TOP, HATCH, Anchor
from viz.scene.scene import Align, Chip, TextLine
from viz.words.names import name_of
from viz.words.sentences import person_sentence

ALIGN: Mapping[Anchor, Align] = {"start": "left", "middle": "center", "end": "right"}
DASHES = (4.0, 3.0)
LONE = frozenset({"dot"})
"""Marks of a person that are one shape, and need no group around them."""


class DeckPen:
    """Draws on a board; the parts of a person form one group with the person's name."""

    def __init__(self, board: Board, report: CoverageReport) -> None:
        self.board, self.report = board, report
        self._people = report.people_by_id
        self._open: list[bool] = []

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
    ) -> None:
        """A line of text."""
        line, ink = TextLine(x, y, words), _colour(colour)
        marks.written(self.board, line, size, ink, bold=bold, italic=italic, align=ALIGN[anchor], slant=slant)

    def mark(self, person: PersonResult, x: float, y: float, radius: float, *, slim: bool = False) -> None:
        """A person in full, on a ground of the page's colour."""
        marks.grounded(self.board, person, x, y, radius, slim=slim)

    def dot(self, person: PersonResult, x: float, y: float) -> None:
        """A person as a dot."""
        marks.dot(self.board, person, x, y, self.board.lang)

    def glyph(self, form: str, x: float, y: float, scale: float) -> None:
        """The glyph of a form."""
        marks.glyph(self.board, form, x, y, scale)

    def chip(self, chip: Chip) -> None:
        """A role letter in its square."""
        marks.role_chip(self.board, chip)

    def badge(self, number: int, x: float, y: float) -> None:
        """The number of a gap."""
        marks.badge(self.board, number, x, y)

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
    ) -> None:
        """A rectangle; one without an area is not drawn."""
        if width <= 0 or height <= 0:
            return
        ink = Ink(_colour(edge), edge_width, dashes=DASHES if dashed else ()) if edge else None
        box = (x, y, width, height)
        if fill == HATCH:
            self.board.shape("rect", box, None, ink, hatching=COLOUR["line"])
        else:
            self.board.rounded(box, rounded, _colour(fill) if fill else None, ink, opacity=opacity)

    def disc(self, x: float, y: float, radius: float, fill: str) -> None:
        """A filled circle."""
        self.board.shape("ellipse", (x - radius, y - radius, 2 * radius, 2 * radius), _colour(fill))

    def tie(self, x: float, y: float, radius: float, factors: tuple[float, float, float], room: float) -> None:
        """A tie: a dot and three bars."""
        self.disc(x, y, radius, "ours")
        for place, factor in enumerate(factors):
            top = y + FACTORS_TOP + FACTOR_STEP * place
            self.rect(x + FACTORS_LEFT, top, max(1.0, room * factor), FACTOR_HEIGHT, "ours", opacity=FACTOR_OPACITY)

    def path(self, d: str, stroke: str, width: float, *, fill: str = "", rounded: bool = False) -> None:
        """A path: a line where it is one, else a form."""
        path = svg_path(d)
        ink = Ink(_colour(stroke), width, rounded=rounded) if stroke else None
        if ink is not None and [name for name, _ in path.steps] == ["M", "L"]:
            (_, (start,)), (_, (end,)) = path.steps
            self.board.line(start, end, ink)
        else:
            self._form(path, _colour(fill) if fill else None, ink)

    def _form(self, path: Path, fill: str | None, ink: Ink | None) -> None:
        x, y, width, height = path.bounds
        self.board.freeform(path.moved(1.0, -x, -y), (x, y, width, height), fill, ink)

    def begin(self, kind: str, person: str) -> None:
        """Opens the group of a person, with the name and a sentence as alternative text."""
        self._open.append(kind not in LONE)
        if self._open[-1]:
            known, lang = self._people[person], self.board.lang
            self.board.open_group(name_of(known, lang), person_sentence(known, self.report, lang))

    def end(self) -> None:
        """The end of it."""
        if self._open.pop():
            self.board.close_group()


def _colour(name: str) -> str:
    """A colour by its name, or one of a form: `form<code>-fill`, `-glyph`, `-outline`."""
    if not name.startswith("form"):
        return COLOUR[name]
    code, _, part = name.removeprefix("form").rpartition("-")
    form = encodings.FORMS["light"][code]
    return {"fill": form.fill, "glyph": form.glyph, "outline": form.outline or form.fill}[part]
