"""The slide of the coverage map: a row per person, a column per team member, gap and action at the end."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from graph.analysis.map import Dossier, MapContent
from graph.analysis.report.results import CoverageReport, Gap
from graph.model.words import text
from viz.deck.frame import BODY_BOTTOM, BODY_TOP, MARGIN, WIDTH, frame
from viz.deck.legend import stance_row
from viz.deck.pen import DeckPen
from viz.deck.shapes import Board
from viz.drawing.coverage import draw_coverage
from viz.scene.coverage import coverage_scene
from viz.words.names import name_of
from viz.words.sentences import tie_words

SCENE_WIDTH = 1464.0
MOST = 24
"""How many rows the slide holds."""

TOP = BODY_TOP - 6.0
MET = 1 - 1e-9


def coverage_slide(board: Board, dossier: Dossier, lang: str, number: int) -> Iterator[str]:
    """Draw the coverage map. Returns the lines of its notes: every person below the required strength."""
    content = dossier.map
    frame(board, content, "coverage", _title(content.report, lang), lang, number)
    scene = coverage_scene(content, lang, SCENE_WIDTH, MOST)
    zoom = min((WIDTH - 2 * MARGIN) / scene.width, (BODY_BOTTOM - TOP) / scene.height)
    left = (WIDTH - zoom * scene.width) / 2
    pen = DeckPen(board.inner(left, TOP, zoom), content.report)
    deque(draw_coverage(scene, content, pen), maxlen=0)
    stance_row(board.inner(MARGIN, BODY_BOTTOM - 15.0), content, left + zoom * scene.side.x - MARGIN - 8.0, lang)
    return _notes(content, lang)


def _title(report: CoverageReport, lang: str) -> str:
    """The number of people below the required strength."""
    if not report.people:
        return text("deck.title.nobody", lang)
    short = sum(person.coverage < MET for person in report.people)
    return text("deck.title.coverage", lang, short=short, people=len(report.people))


def _notes(content: MapContent, lang: str) -> Iterator[str]:
    """Every person below the required strength, with the action for the worst gap."""
    worst: dict[str, Gap] = {}
    for gap in content.report.gaps:
        if gap.person is not None:
            worst.setdefault(gap.person, gap)
    for rank, person in enumerate(content.report.people[:MOST], 1):
        if person.coverage < MET:
            note = f"{rank}. {name_of(person, lang)}: {tie_words(person, content.report, lang)}"
            missing = worst.get(person.id)
            yield f"{note} → {missing.action.render(lang)}" if missing else note
