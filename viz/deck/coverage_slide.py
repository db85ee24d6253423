"""The slide of the coverage map: a row a person, a column a member of ours, what is missing at the row's end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.analysis.dossier import Dossier
from graph.analysis.results import CoverageReport, Gap, MapContent, PersonResult
from graph.model.words import text
from viz.deck import marks
from viz.deck.frame import BODY_BOTTOM, BODY_TOP, MARGIN, WIDTH, frame
from viz.deck.legend import stance_row
from viz.deck.marks import COLOUR
from viz.deck.sentences import tie_words
from viz.deck.shapes import Board, Ink, Words
from viz.page.numbers import strength
from viz.scene.coverage import coverage_scene
from viz.scene.coverage_parts import CoverageRow, CoverageScene, Grid, ShareBar, Side, Table, TieCell
from viz.scene.fish_words import percent
from viz.scene.plan import name_of
from viz.scene.scene import TextLine

SCENE_WIDTH = 1464.0
MOST = 24
"""How many rows the slide holds."""

TOP = BODY_TOP - 6.0
TINT = 0.08
MET = 1 - 1e-9


def coverage_slide(board: Board, dossier: Dossier, lang: str, number: int) -> Iterator[str]:
    """Draw the coverage map; give the lines of its notes: every person below what is required."""
    content = dossier.map
    frame(board, content, "coverage", _title(content.report, lang), lang, number)
    scene = coverage_scene(content, lang, SCENE_WIDTH, MOST)
    zoom = min((WIDTH - 2 * MARGIN) / scene.width, (BODY_BOTTOM - TOP) / scene.height)
    left = (WIDTH - zoom * scene.width) / 2
    draw_coverage(board.inner(left, TOP, zoom), scene, content)
    stance_row(board.inner(MARGIN, BODY_BOTTOM - 15.0), content, left + zoom * scene.side.x - MARGIN - 8.0, lang)
    return _notes(content, lang)


def _title(report: CoverageReport, lang: str) -> str:
    """How many are below the tie that they ask for."""
    if not report.people:
        return text("deck.title.nobody", lang)
    short = sum(one.coverage < MET for one in report.people)
    return text("deck.title.coverage", lang, short=short, people=len(report.people))


def draw_coverage(board: Board, scene: CoverageScene, content: MapContent) -> None:
    """Draw the scene on a board of the scene's pixels."""
    people = {one.id: one for one in content.report.people}
    _heads(board, scene.table, scene.lang)
    for row in scene.table.rows:
        with board.group(name_of(people[row.person], scene.lang), row.gap.whole if row.gap else ""):
            _row(board, scene.table, row, people[row.person])
    if scene.table.more:
        marks.written(board, scene.table.more, 11.0, COLOUR["muted"])
    _side(board, scene.side, people)


def _heads(board: Board, table: Table, lang: str) -> None:
    y = table.head - 8.0
    with board.group(text("deck.head", lang)):
        heads = ((table.person_x, "person"), (table.bar_x, "together"), (table.gap_x, "gap"))
        for x, key in heads:
            marks.written(board, TextLine(x, y, text(f"cover.{key}", lang)), 11.0, COLOUR["muted"], bold=True)
        share = TextLine(table.share_right, y, text("cover.share", lang))
        marks.written(board, share, 11.0, COLOUR["muted"], bold=True, align="right")
        for column in table.members:
            if column.role:
                role = [[Words(column.role, 11.0, COLOUR["page"], bold=True)]]
                box = (column.x, y - 29.0, 11.0 + 7.5 * len(column.role), 16.0)
                board.rounded(box, 4.0, COLOUR["ours"], words=role)
            marks.written(board, TextLine(column.x, y, column.name), 11.0, bold=True)
        board.line((12.0, table.head - 0.5), (table.width, table.head - 0.5), Ink(COLOUR["text"]))


def _row(board: Board, table: Table, row: CoverageRow, person: PersonResult) -> None:
    middle = row.y + table.row / 2
    if row.tinted:
        board.shape("rect", (12.0, row.y, table.width - 12.0, table.row), COLOUR["red"], opacity=TINT)
    rank = TextLine(table.person_x - 31.0, row.y + 17.0, str(row.rank))
    marks.written(board, rank, 11.0, COLOUR["muted"], align="right")
    marks.person_mark(board, person, table.person_x - 16.0, middle, 7.8)
    marks.written(board, row.name, 12.5, bold=True, italic=marks.is_seat(person))
    for chip in row.chips:
        marks.role_chip(board, chip)
    if row.title:
        marks.written(board, row.title, 11.0, COLOUR["muted"])
    marks.written(board, TextLine(table.share_right, row.y + 17.0, f"{100 * row.share:.1f}"), 11.0, align="right")
    for cell in row.cells:
        _tie(board, table, cell, middle)
    _together(board, table, row, middle)
    if row.gap:
        if row.gap.number is not None:
            marks.badge(board, row.gap.number, table.gap_x, row.y + 5.0)
        marks.written(board, row.gap.kind, 11.0)
        marks.written(board, row.gap.action, 11.0, COLOUR["ours"], bold=True)
    bottom = row.y + table.row
    board.line((12.0, bottom), (table.width, bottom), Ink(COLOUR["line"]))


def _tie(board: Board, table: Table, cell: TieCell, middle: float) -> None:
    radius = cell.radius
    board.shape("ellipse", (cell.x - radius, middle - radius, 2 * radius, 2 * radius), COLOUR["ours"])
    marks.written(board, TextLine(cell.x + 11.0, middle + 4.0, strength(cell.strength)), 11.0, bold=True)
    width = next(one.width for one in table.members if one.member == cell.member)
    room = min(22.0, width - 46.0)
    for place, factor in enumerate((cell.frequency, cell.breadth, cell.depth)):
        box = (cell.x + 34.0, middle - 6.5 + 5.0 * place, max(1.0, room * factor), 3.0)
        board.shape("rect", box, COLOUR["ours"], opacity=0.6)


def _together(board: Board, table: Table, row: CoverageRow, middle: float) -> None:
    board.shape("rect", (table.bar_x, middle - 4.0, table.bar_width, 8.0), COLOUR["track"], opacity=0.5)
    if row.together > 0:
        board.shape("rect", (table.bar_x, middle - 4.0, table.bar_width * row.together, 8.0), COLOUR["ours"])
    at = table.bar_x + table.bar_width * row.required
    board.line((at, middle - 7.0), (at, middle + 7.0), Ink(COLOUR["text"], 2.0))
    words = TextLine(table.bar_x + table.bar_width + 6.0, middle + 4.0, row.words)
    marks.written(board, words, 11.0, COLOUR["red" if row.absent else "text"], bold=True)


def _side(board: Board, side: Side, people: Mapping[str, PersonResult]) -> None:
    for line in side.headings:
        marks.written(board, line, 12.5, bold=True)
    for line in side.notes:
        marks.written(board, line, 11.0, COLOUR["muted"])
    for bar in (*side.roles, *side.triangle):
        _bar(board, bar, bold=bar in side.triangle)
    _grid(board, side.grid, people)


def _bar(board: Board, bar: ShareBar, *, bold: bool) -> None:
    if bar.chip:
        marks.role_chip(board, bar.chip)
    marks.written(board, bar.words, 11.0, bold=bold)
    x, y, width, height = bar.bar
    board.shape("rect", (x, y, width, height), COLOUR["track"])
    if bar.value:
        board.shape("rect", (x, y, width * bar.value, height), COLOUR["ours"])
    marks.written(board, TextLine(x + width + 44.0, bar.words.y, percent(bar.value)), 11.0, align="right")


def _grid(board: Board, grid: Grid, people: Mapping[str, PersonResult]) -> None:
    for head in grid.heads:
        marks.slanted(board, head.text, head.end, grid.slant, head.whole)
    for level in grid.levels:
        if level.number:
            marks.written(board, level.number, 11.0, bold=True)
        for line in level.names:
            marks.written(board, line, 11.0, COLOUR["muted"])
    for cell in grid.cells:
        board.shape("rect", cell.box, None, Ink(COLOUR["line"]), hatched=COLOUR["line"] if not cell.people else None)
    for cell in grid.cells:
        for one in cell.marks:
            marks.person_mark(board, people[one.person], one.x, one.y, one.radius)
        if cell.more:
            marks.written(board, cell.more, 11.0, bold=True, align="center")
        if cell.seat:
            x, y, width, height = cell.box
            board.shape("rect", (x + 1.0, y + 1.0, width - 2.0, height - 2.0), None, Ink(COLOUR["red"], 2.0))


def _notes(content: MapContent, lang: str) -> Iterator[str]:
    """Everybody below what is required, with the worst gap and what to do."""
    worst: dict[str, Gap] = {}
    for gap in content.report.gaps:
        if gap.person is not None:
            worst.setdefault(gap.person, gap)
    for rank, person in enumerate(content.report.people[:MOST], 1):
        if person.coverage < MET:
            said = f"{rank}. {name_of(person, lang)}: {tie_words(person, lang)}"
            missing = worst.get(person.id)
            yield f"{said} → {missing.action.render(lang)}" if missing else said
