"""The slide of the power map."""

from __future__ import annotations

from collections.abc import Iterator

from graph.analysis.map import Dossier, MapContent
from graph.analysis.report.gap_subjects import subjects
from graph.model.words import text
from viz.deck.frame import BODY_TOP, MARGIN, WIDTH, frame
from viz.deck.legend import legend_column, line_row
from viz.deck.power import draw_power_map
from viz.deck.shapes import Board
from viz.deck.worst import worst_column
from viz.scene.power import power_scene
from viz.scene.views import NARROW
from viz.words.names import name_of
from viz.words.numbers import whole_percent
from viz.words.sentences import gap_sentences, why_rank

ZOOM = 1.03
APART = 14.0
NAMED, EXPLAINED, SUBJECTS = 3, 10, 6


def power_slide(board: Board, dossier: Dossier, lang: str, number: int) -> Iterator[str]:
    """Draw the power map with what costs us most beside it; give the lines of its notes."""
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
    """Who decides: the people with the most of the decision, and how much they hold together."""
    top = content.report.people[:NAMED]
    if not top:
        return text("deck.title.nobody", lang)
    *others, last = [name_of(one, lang) for one in top]
    together = text("deck.and", lang, names=text("viz.comma", lang).join(others), last=last) if others else last
    share = whole_percent(sum(one.decision_influence for one in top))
    return text("deck.title.power" if others else "deck.title.power.one", lang, people=together, share=share)


def _notes(content: MapContent, lang: str) -> Iterator[str]:
    yield text("deck.notes.ranks", lang)
    for rank, person in enumerate(content.report.people[:EXPLAINED], 1):
        yield why_rank(person, rank, content, lang)
    yield ""
    yield text("deck.notes.gaps", lang)
    for subject in subjects(content.report)[:SUBJECTS]:
        yield from gap_sentences(subject, lang)
