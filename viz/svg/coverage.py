"""The coverage map as SVG, from the same numbers as every other renderer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from graph.analysis.results import MapContent, PersonResult
from graph.model.words import text
from viz.scene.coverage import coverage_scene
from viz.scene.coverage_parts import CoverageRow, CoverageScene, Grid, ShareBar, Side, Table, TieCell
from viz.scene.fish_words import percent
from viz.svg.marks import badge, chip, is_seat, mark, rect
from viz.svg.pen import Ink, Pen, about, n, pen_of, printable

HATCH = "hatch"
TINT = 0.08
FACTOR_HEIGHT, FACTOR_STEP = 3.0, 5.0
ROLE_HEIGHT = 18.0


def coverage_svg(content: MapContent, lang: str = "en", ink: Ink = "light") -> str:
    """The coverage map of an account as one SVG document, as high as its people ask."""
    return cover_svg(coverage_scene(content, lang), content, ink)


def cover_svg(scene: CoverageScene, content: MapContent, ink: Ink = "light") -> str:
    """A coverage map as one SVG document. People's parts carry `data-person`."""
    pen = pen_of(ink)
    parts = [*_defs(pen), *_Table(scene, content, pen).parts(), *_side(scene.side, content, pen)]
    return "\n".join(pen.document(scene.width, scene.height, scene.lang, parts)) + "\n"


def side_svg(scene: CoverageScene, content: MapContent, ink: Ink = "light") -> str:
    """Only what stands beside the table, as one SVG document with its own origin."""
    pen, side = pen_of(ink), scene.side
    moved = f'<g transform="translate({n(-side.x)} {n(-side.y)})">'
    parts = [*_defs(pen), moved, *_side(side, content, pen), "</g>"]
    return "\n".join(pen.document(side.width, side.height, scene.lang, parts)) + "\n"


def _defs(pen: Pen) -> Iterator[str]:
    """The hatching of cells where nobody is recorded."""
    yield (
        f'<defs><pattern id="{HATCH}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><path d="M0 0V6" stroke="{pen.colour["line"]}" stroke-width="1.6"/>'
        "</pattern></defs>"
    )


class _Table:
    def __init__(self, scene: CoverageScene, content: MapContent, pen: Pen) -> None:
        self.table: Table = scene.table
        self.lang, self.pen = scene.lang, pen
        self.people: Mapping[str, PersonResult] = {one.id: one for one in content.report.people}

    def parts(self) -> Iterator[str]:
        yield from self._heads()
        for row in self.table.rows:
            yield f'<g class="person"{about(row.person)}>'
            yield from self._row(row, self.people[row.person])
            yield "</g>"
        if self.table.more:
            more = self.table.more
            yield self.pen.text(more.x, more.y, more.text, 11.0, colour="muted")

    def _heads(self) -> Iterator[str]:
        table, pen = self.table, self.pen
        y = table.head - 8.0
        yield pen.text(table.person_x, y, text("cover.person", self.lang), 11.0, colour="muted", bold=True)
        yield pen.text(table.share_right, y, text("cover.share", self.lang), 11.0, "end", "muted", bold=True)
        for column in table.members:
            if column.role:
                wide = 11.0 + 7.5 * len(column.role)
                yield rect(column.x, y - 11.0 - ROLE_HEIGHT, wide, ROLE_HEIGHT - 2.0, pen.colour["ours"], 4)
                yield pen.text(column.x + wide / 2, y - 16.5, column.role, 11.0, "middle", "page", bold=True)
            yield pen.text(column.x, y, column.name, 11.0, bold=True)
        yield pen.text(table.bar_x, y, text("cover.together", self.lang), 11.0, colour="muted", bold=True)
        yield pen.text(table.gap_x, y, text("cover.gap", self.lang), 11.0, colour="muted", bold=True)
        yield f'<path d="M12 {n(table.head - 0.5)}H{n(table.width)}" stroke="{pen.colour["text"]}"/>'

    def _row(self, row: CoverageRow, person: PersonResult) -> Iterator[str]:
        table, pen, middle = self.table, self.pen, row.y + self.table.row / 2
        if row.tinted:
            yield rect(12, row.y, table.width - 12, table.row, pen.colour["red"], 0, TINT)
        yield pen.text(table.person_x - 31, row.y + 17, str(row.rank), 11.0, "end", "muted")
        yield from mark(pen, person, table.person_x - 16, middle, 7.8, slim=True)
        yield pen.text(row.name.x, row.name.y, row.name.text, 12.5, bold=True, italic=is_seat(person))
        for one in row.chips:
            yield from chip(pen, one)
        if row.title:
            yield pen.text(row.title.x, row.title.y, row.title.text, 11.0, colour="muted")
        yield pen.text(table.share_right, row.y + 17, f"{100 * row.share:.1f}", 11.0, "end")
        for cell in row.cells:
            yield from self._tie(cell, middle)
        yield from self._together(row, middle)
        if row.gap:
            if row.gap.number is not None:
                yield from badge(pen, row.gap.number, table.gap_x, row.y + 5)
            yield pen.text(row.gap.kind.x, row.gap.kind.y, row.gap.kind.text, 11.0)
            yield pen.text(row.gap.action.x, row.gap.action.y, row.gap.action.text, 11.0, colour="ours", bold=True)
        bottom = row.y + table.row
        yield f'<path d="M12 {n(bottom)}H{n(table.width)}" stroke="{pen.colour["line"]}"/>'

    def _tie(self, cell: TieCell, middle: float) -> Iterator[str]:
        pen = self.pen
        width = next(one.width for one in self.table.members if one.member == cell.member)
        yield f'<circle cx="{n(cell.x)}" cy="{n(middle)}" r="{n(cell.radius)}" fill="{pen.colour["ours"]}"/>'
        yield pen.text(cell.x + 11, middle + 4, f"{cell.strength:.2f}".removeprefix("0"), 11.0, bold=True)
        room = min(22.0, width - 46.0)
        for place, factor in enumerate((cell.frequency, cell.breadth, cell.depth)):
            y = middle - 6.5 + FACTOR_STEP * place
            yield rect(cell.x + 34, y, max(1.0, room * factor), FACTOR_HEIGHT, pen.colour["ours"], 0, 0.6)

    def _together(self, row: CoverageRow, middle: float) -> Iterator[str]:
        table, pen = self.table, self.pen
        yield rect(table.bar_x, middle - 4, table.bar_width, 8, pen.colour["track"], 0, 0.5)
        yield rect(table.bar_x, middle - 4, table.bar_width * row.together, 8, pen.colour["ours"])
        at = table.bar_x + table.bar_width * row.required
        yield f'<path d="M{n(at)} {n(middle - 7)}v14" stroke="{pen.colour["text"]}" stroke-width="2"/>'
        colour = "red" if row.absent else "text"
        yield pen.text(table.bar_x + table.bar_width + 6, middle + 4, row.words, 11.0, colour=colour, bold=True)


def _side(side: Side, content: MapContent, pen: Pen) -> Iterator[str]:
    people = {one.id: one for one in content.report.people}
    if side.y == 0:
        yield f'<path d="M{n(side.x + 0.5)} 0V{n(side.height)}" stroke="{pen.colour["line"]}"/>'
    for line in side.headings:
        yield pen.text(line.x, line.y, line.text, 12.5, bold=True)
    for line in side.notes:
        yield pen.text(line.x, line.y, line.text, 11.0, colour="muted")
    for bar in (*side.roles, *side.triangle):
        yield from _bar(bar, pen, bold=bar in side.triangle)
    yield from _grid(side.grid, people, pen)


def _bar(bar: ShareBar, pen: Pen, *, bold: bool) -> Iterator[str]:
    if bar.chip:
        yield from chip(pen, bar.chip)
    yield pen.text(bar.words.x, bar.words.y, bar.words.text, 11.0, bold=bold)
    x, y, width, height = bar.bar
    yield rect(x, y, width, height, pen.colour["track"], 2)
    yield rect(x, y, width * (bar.value or 0.0), height, pen.colour["ours"], 2)
    yield pen.text(x + width + 44, bar.words.y, percent(bar.value), 11.0, "end")


def _grid(grid: Grid, people: Mapping[str, PersonResult], pen: Pen) -> Iterator[str]:
    for head in grid.heads:
        x, y = head.end
        yield f'<g transform="translate({n(x)} {n(y)}) rotate({n(grid.slant)})">'
        yield f"<title>{escape(printable(head.whole))}</title>"
        yield pen.text(0, 0, head.text, 11.0, "end", "muted")
        yield "</g>"
    for level in grid.levels:
        if level.number:
            yield pen.text(level.number.x, level.number.y, level.number.text, 11.0, bold=True)
        for line in level.names:
            yield pen.text(line.x, line.y, line.text, 11.0, colour="muted")
    for cell in grid.cells:
        x, y, width, height = cell.box
        fill = "none" if cell.people else f"url(#{HATCH})"
        yield (
            f'<rect x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}" fill="{fill}" '
            f'stroke="{pen.colour["line"]}"/>'
        )
        for one in cell.marks:
            yield f'<g class="person"{about(one.person)}>'
            yield from mark(pen, people[one.person], one.x, one.y, one.radius, slim=True)
            yield "</g>"
        if cell.more:
            yield pen.text(cell.more.x, cell.more.y, cell.more.text, 11.0, "middle", bold=True)
    for cell in grid.cells:
        if cell.seat:
            x, y, width, height = cell.box
            box = f'x="{n(x + 1)}" y="{n(y + 1)}" width="{n(width - 2)}" height="{n(height - 2)}"'
            yield f'<rect {box} fill="none" stroke="{pen.colour["red"]}" stroke-width="2"/>'
