"""The coverage map drawn: the table of people and team members, and the part beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Generic

from graph.analysis.map import MapContent
from graph.analysis.report.results import PersonResult
from graph.model.words import text
from viz.drawing.marks import is_seat
from viz.drawing.pen import HATCH, Part, Pen
from viz.scene.coverage_parts import CoverageRow, CoverageScene, Grid, ShareBar, Side, Table, TieCell
from viz.words.numbers import points, strength, whole_percent

TINT = 0.08
ROLE_HEIGHT = 18.0
MARK = 7.4


def draw_coverage(scene: CoverageScene, content: MapContent, pen: Pen[Part]) -> Iterator[Part]:
    """A coverage map with a pen: the table, then the part beside it."""
    yield from draw_table(scene, content, pen)
    yield from draw_side(scene.side, content, pen)


def draw_table(scene: CoverageScene, content: MapContent, pen: Pen[Part]) -> Iterator[Part]:
    """Only the table."""
    yield from _Table(scene, content, pen).parts()


class _Table(Generic[Part]):
    def __init__(self, scene: CoverageScene, content: MapContent, pen: Pen[Part]) -> None:
        self.table: Table = scene.table
        self.lang, self.pen = scene.lang, pen
        self.people: Mapping[str, PersonResult] = content.report.people_by_id

    def parts(self) -> Iterator[Part]:
        yield from self._heads()
        for row in self.table.rows:
            yield self.pen.begin("row", row.person)
            yield from self._row(row, self.people[row.person])
            yield self.pen.end()
        if self.table.more:
            more = self.table.more
            yield self.pen.text(more.x, more.y, more.text, 11.0, colour="muted")

    def _heads(self) -> Iterator[Part]:
        table, pen = self.table, self.pen
        y = table.head - 8.0
        yield pen.text(table.person_x, y, text("cover.person", self.lang), 11.0, colour="muted", bold=True)
        yield pen.text(table.share_right, y, text("cover.share", self.lang), 11.0, "end", "muted", bold=True)
        for column in table.members:
            if column.role:
                wide = 11.0 + 7.5 * len(column.role)
                yield pen.rect(column.x, y - 11.0 - ROLE_HEIGHT, wide, ROLE_HEIGHT - 2.0, "ours", rounded=4)
                yield pen.text(column.x + wide / 2, y - 16.5, column.role, 11.0, "middle", "page", bold=True)
            yield pen.text(column.x, y, column.name, 11.0, bold=True)
        yield pen.text(table.bar_x, y, text("cover.together", self.lang), 11.0, colour="muted", bold=True)
        yield pen.text(table.gap_x, y, text("cover.gap", self.lang), 11.0, colour="muted", bold=True)
        yield pen.path(f"M12 {table.head - 0.5:.1f}H{table.width:.1f}", "text", 1.0)

    def _row(self, row: CoverageRow, person: PersonResult) -> Iterator[Part]:
        table, pen, middle = self.table, self.pen, row.y + self.table.row / 2
        if row.tinted:
            yield pen.rect(12.0, row.y, table.width - 12.0, table.row, "red", opacity=TINT)
        yield pen.text(table.person_x - 30, row.y + 17, str(row.rank), 11.0, "end", "muted")
        yield pen.mark(person, table.person_x - 15.0, middle, MARK, slim=True)
        yield pen.text(row.name.x, row.name.y, row.name.text, 12.5, bold=True, italic=is_seat(person))
        for chip in row.chips:
            yield pen.chip(chip)
        if row.title:
            yield pen.text(row.title.x, row.title.y, row.title.text, 11.0, colour="muted")
        yield pen.text(table.share_right, row.y + 17, points(row.share), 11.0, "end")
        for cell in row.cells:
            yield from self._tie(cell, middle)
        yield from self._together(row, middle)
        if row.gap:
            if row.gap.number is not None:
                yield pen.badge(row.gap.number, table.gap_x, row.y + 5)
            yield pen.text(row.gap.kind.x, row.gap.kind.y, row.gap.kind.text, 11.0)
            yield pen.text(row.gap.action.x, row.gap.action.y, row.gap.action.text, 11.0, colour="ours", bold=True)
        bottom = row.y + table.row
        yield pen.path(f"M12 {bottom:.1f}H{table.width:.1f}", "line", 1.0)

    def _tie(self, cell: TieCell, middle: float) -> Iterator[Part]:
        pen = self.pen
        width = next(member.width for member in self.table.members if member.member == cell.member)
        factors = (cell.frequency, cell.breadth, cell.depth)
        yield pen.tie(cell.x, middle, cell.radius, factors, min(22.0, width - 46.0))
        yield pen.text(cell.x + 11, middle + 4, strength(cell.strength), 11.0, bold=True)

    def _together(self, row: CoverageRow, middle: float) -> Iterator[Part]:
        table, pen = self.table, self.pen
        yield pen.rect(table.bar_x, middle - 4, table.bar_width, 8, "track", opacity=0.5)
        yield pen.rect(table.bar_x, middle - 4, table.bar_width * row.together, 8, "ours")
        at = table.bar_x + table.bar_width * row.required
        yield pen.path(f"M{at:.1f} {middle - 7:.1f}v14", "text", 2.0)
        colour = "red" if row.absent else "text"
        yield pen.text(table.bar_x + table.bar_width + 6, middle + 4, row.words, 11.0, colour=colour, bold=True)


def draw_side(side: Side, content: MapContent, pen: Pen[Part]) -> Iterator[Part]:
    """Only the part beside or under the table."""
    people = content.report.people_by_id
    for line in side.headings:
        yield pen.text(line.x, line.y, line.text, 12.5, bold=True)
    for line in side.notes:
        yield pen.text(line.x, line.y, line.text, 11.0, colour="muted")
    for bar in (*side.roles, *side.triangle):
        yield from _bar(bar, pen, bold=bar in side.triangle)
    yield from _grid(side.grid, people, pen)


def _bar(bar: ShareBar, pen: Pen[Part], *, bold: bool) -> Iterator[Part]:
    if bar.chip:
        yield pen.chip(bar.chip)
    yield pen.text(bar.words.x, bar.words.y, bar.words.text, 11.0, bold=bold)
    x, y, width, height = bar.bar
    yield pen.rect(x, y, width, height, "track", rounded=2)
    yield pen.rect(x, y, width * (bar.value or 0.0), height, "ours", rounded=2)
    yield pen.text(x + width + 44, bar.words.y, whole_percent(bar.value), 11.0, "end")


def _grid(grid: Grid, people: Mapping[str, PersonResult], pen: Pen[Part]) -> Iterator[Part]:
    for head in grid.heads:
        yield pen.text(*head.end, head.text, 11.0, "end", "muted", slant=grid.slant)
    for level in grid.levels:
        if level.number:
            yield pen.text(level.number.x, level.number.y, level.number.text, 11.0, bold=True)
        for line in level.names:
            yield pen.text(line.x, line.y, line.text, 11.0, colour="muted")
    for cell in grid.cells:
        x, y, width, height = cell.box
        yield pen.rect(x, y, width, height, "" if cell.people else HATCH, edge="line")
        for mark in cell.marks:
            yield pen.begin("person", mark.person)
            yield pen.mark(people[mark.person], mark.x, mark.y, mark.radius, slim=True)
            yield pen.end()
        if cell.more:
            yield pen.text(cell.more.x, cell.more.y, cell.more.text, 11.0, "middle", bold=True)
    for cell in grid.cells:
        if cell.seat:
            x, y, width, height = cell.box
            yield pen.rect(x + 1, y + 1, width - 2, height - 2, "", edge="red", edge_width=2.0)
