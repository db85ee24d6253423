"""What costs us most, in a column beside the power map."""

from __future__ import annotations

from graph.analysis.map import MapContent
from graph.analysis.report.gap_subjects import subjects
from graph.model.words import text
from viz.deck import marks
from viz.deck.drawingml import Words
from viz.deck.fitting import fitted
from viz.deck.legend import TEXT, heading
from viz.deck.marks import COLOUR
from viz.deck.shapes import Board
from viz.words.subject_lines import subject_lines

LEADING = 14.0
REASON_LINES, ACTION_LINES = 4, 3
INDENT = 22.0


def worst_column(board: Board, content: MapContent, width: float, lang: str) -> float:
    """Draw the worst subjects from the top of a board; give the height that they take."""
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
        said = [[Words(why, TEXT, COLOUR["text"])], [Words(action, TEXT, COLOUR["ours"], bold=True)]]
        with board.group(why):
            marks.badge(board, line.number, 0.0, y)
            board.text((INDENT, y, room, height), said, wrap=True, leading=LEADING)
        y += height + 8.0
    return y
