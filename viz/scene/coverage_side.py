"""Beside the coverage table: coverage by role, the grid of levels and units, the iron triangle."""

from __future__ import annotations

from graph.analysis.map import MapContent
from graph.model.scales import ROLE
from graph.model.words import text
from viz.scene.coverage_grid import grid_of
from viz.scene.coverage_parts import ShareBar, Side
from viz.scene.metrics import cut, wrap
from viz.scene.scene import Chip, TextLine

WIDTH = 318.0
PAD = 14.0
HEADING, SMALL = 12.5, 11.0
BAR_ROW, BAR_HEIGHT, BAR_LEFT = 18.0, 6.0, 144.0
PERCENT = 44.0
CORNERS = ("AR", "SR", "FR")


def beside_table(content: MapContent, x: float, lang: str) -> Side:
    """One under the other in a column of a fixed width."""
    maker = _Side(content, lang)
    y = maker.roles_at(x + PAD, 20.0) + 30.0
    y = maker.grid_at(x + PAD, y) + 26.0
    return maker.side(x, 0.0, WIDTH, maker.triangle_at(x + PAD, y) + 14.0)


def under_table(content: MapContent, top: float, width: float, lang: str) -> Side:
    """Side by side from a height on."""
    maker = _Side(content, lang)
    third, y = (width - 2 * PAD) / 3.0, top + 24.0
    ends = (
        maker.roles_at(PAD, y),
        maker.grid_at(PAD + third, y),
        maker.triangle_at(PAD + 2.0 * third, y),
    )
    return maker.side(0.0, top, width, max(ends) + 14.0 - top)


class _Side:
    """Makes the three parts, each from a place of its top left corner on, and answers where it ends."""

    def __init__(self, content: MapContent, lang: str) -> None:
        self.content, self.report, self.lang = content, content.report, lang
        self.width = WIDTH - 2 * PAD
        self.headings: list[TextLine] = []
        self.notes: list[TextLine] = []

    def side(self, x: float, y: float, width: float, height: float) -> Side:
        """All of it."""
        return Side(
            x=x,
            y=y,
            width=width,
            height=height,
            headings=tuple(self.headings),
            notes=tuple(self.notes),
            roles=self.roles,
            grid=self.grid,
            triangle=self.triangle,
        )

    def roles_at(self, x: float, y: float) -> float:
        y = self._heading("cover.by_role", x, y)
        bars = []
        for role in ROLE.by_code:
            if role in self.report.by_role:
                y += BAR_ROW
                words, value = ROLE.word(role, self.lang), self.report.by_role[role]
                bars.append(_bar(role, words, value, x, y, self.width, chip=True))
        y += BAR_ROW
        two = text("cover.two_roles", self.lang)
        self.roles = (*bars, _bar("two_roles", two, self.report.redundancy, x, y, self.width))
        return y

    def grid_at(self, x: float, y: float) -> float:
        y = self._heading("cover.grid", x, y)
        for line in wrap(text("cover.grid_key", self.lang), SMALL, self.width, 2)[0]:
            y += 14.0
            self.notes.append(TextLine(x, y, line))
        self.grid, y = grid_of(self.content, x, y + 8.0, self.width, self.lang)
        return y

    def triangle_at(self, x: float, y: float) -> float:
        y = self._heading("cover.triangle", x, y)
        bars = []
        for corner in CORNERS:
            y += BAR_ROW
            bars.append(_bar(corner, corner, self.report.triangle.get(corner), x, y, self.width, at=34.0))
        self.triangle = tuple(bars)
        return y

    def _heading(self, key: str, x: float, y: float) -> float:
        lines, _ = wrap(text(key, self.lang), HEADING, self.width, 2, bold=True)
        self.headings += [TextLine(x, y + 16.0 * number, line) for number, line in enumerate(lines)]
        return y + 16.0 * (len(lines) - 1)


def _bar(
    key: str,
    words: str,
    value: float | None,
    x: float,
    y: float,
    width: float,
    *,
    chip: bool = False,
    at: float = BAR_LEFT,
) -> ShareBar:
    """A line of words, bar and percentage; y is the baseline of the words."""
    indent = 19.0 if chip else 0.0
    return ShareBar(
        key=key,
        chip=Chip(x, y - 10.5, key) if chip else None,
        words=TextLine(x + indent, y, cut(words, SMALL, at - indent - 6.0)),
        bar=(x + at, y - 7.0, width - at - PERCENT, BAR_HEIGHT),
        value=value,
    )
