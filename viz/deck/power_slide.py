"""The slide of the power map, with the worst gaps and the legend beside it."""

from __future__ import annotations

from collections.abc import Iterator

from graph.analysis.map import Dossier, MapContent
from graph.analysis.report.gap_subjects import subjects
from graph.model.words import text
from viz.deck import marks
from viz.deck.drawingml import Words
from viz.deck.fitting import fitted
from viz.deck.frame import BODY_TOP, MARGIN, WIDTH, frame
from viz.deck.legend import TEXT, heading, legend_column, line_row
from viz.deck.marks import COLOUR
from viz.deck.power import draw_power_map
from viz.deck.shapes import Board
from viz.scene.power import power_scene
from viz.scene.views import NARROW
from viz.words.names import name_of
from viz.words.numbers import whole_percent
from viz.words.sentences import gap_sentences, why_rank
from viz.words.subject_lines import subject_lines

ZOOM = 1.03
APART = 14.0
NAMED, EXPLAINED, SUBJECTS = 3, 10, 6
LEADING = 14.0
REASON_LINES, ACTION_LINES = 4, 3
INDENT = 22.0


def power_slide(board: Board, dossier: Dossier, lang: str, number: int) -> Iterator[str]:
    """Draw the power map, the worst gaps and the legend. Returns the lines of its notes."""
    content = dossier.map
    frame(board, content, "power", _title(content, lang), lang, number)
    scene = power_scene(content, lang, *NARROW)
    draw_power_map(board.inner(MARGIN, BODY_TOP, ZOOM), scene, content)
    left = MARGIN + ZOOM * scene.frame.width + APART
    column, width = board.inner(left, BODY_TOP), WIDTH - MARGIN - left
    legend_column(column, content, worst_column(column, content, width, lang) + 8.0, width, lang)
    line_row(board.inner(MARGIN, BODY_TOP + ZOOM * scene.frame.height + 8.0), scene, WIDTH - 2 * MARGIN, lang)
    return _notes(content, lang)


def _title(content: MapContent, lang: str) -> str:
    """The people with the largest shares of the decision, and their share together."""
    top = content.report.people[:NAMED]
    if not top:
        return text("deck.title.nobody", lang)
    *others, last = [name_of(person, lang) for person in top]
    together = text("deck.and", lang, names=text("viz.comma", lang).join(others), last=last) if others else last
    share = whole_percent(sum(person.decision_influence for person in top))
    return text("deck.title.power" if others else "deck.title.power.one", lang, people=together, share=share)


def _notes(content: MapContent, lang: str) -> Iterator[str]:
    yield text("deck.notes.ranks", lang)
    for rank, person in enumerate(content.report.people[:EXPLAINED], 1):
        yield why_rank(person, rank, content, lang)
    yield ""
    yield text("deck.notes.gaps", lang)
    for subject in subjects(content.report)[:SUBJECTS]:
        yield from gap_sentences(subject, lang)


def worst_column(board: Board, content: MapContent, width: float, lang: str) -> float:
    """Draw the worst gap subjects from the top of a board. Returns their height in pixels."""
    heading(board, text("viz.worst", lang), 0.0, width)
    y = 20.0
    lines = subject_lines(subjects(content.report))
    if not lines:
        board.text((0, y, width, 16), [[Words(text("viz.no_gap", lang), TEXT, COLOUR["muted"])]])
        return y + 20.0
    room = width - INDENT
    for line in lines:
        why, high = fitted(getattr(line.why, lang), TEXT, room, REASON_LINES, lang)
        action, more = fitted(f"→ {getattr(line.action, lang)}", TEXT, room, ACTION_LINES, lang, bold=True)
        height = LEADING * (high + more)
        paragraphs = [[Words(why, TEXT, COLOUR["text"])], [Words(action, TEXT, COLOUR["ours"], bold=True)]]
        with board.group(why):
            marks.badge(board, line.number, 0.0, y)
            board.text((INDENT, y, room, height), paragraphs, wrap=True, leading=LEADING)
        y += height + 8.0
    return y
