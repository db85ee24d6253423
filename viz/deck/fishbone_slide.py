"""The slide of the fishbone: units as bones, the steps and their votes in the head."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from graph.analysis.map import Dossier, MapContent
from graph.model.words import text
from viz.deck.frame import BODY_BOTTOM, BODY_TOP, MARGIN, WIDTH, frame
from viz.deck.legend import stance_row
from viz.deck.pen import DeckPen
from viz.deck.shapes import Board
from viz.drawing.fishbone import draw_fishbone
from viz.scene.fish_parts import Fishbone
from viz.scene.fishbone import fishbone_scene
from viz.words.names import named
from viz.words.numbers import whole_percent

SIZE = (1180.0, 558.0)
ZOOM = (WIDTH - 2 * MARGIN) / SIZE[0]


def fishbone_slide(board: Board, dossier: Dossier, lang: str, number: int) -> Iterator[str]:
    """Draw the fishbone. Returns the lines of its notes: every step in words."""
    content = dossier.map
    scene = fishbone_scene(content, lang, *SIZE)
    frame(board, content, "fishbone", _title(content, scene, lang), lang, number)
    pen = DeckPen(board.inner(MARGIN, BODY_TOP, ZOOM), content.report)
    deque(draw_fishbone(scene, content, pen), maxlen=0)
    stance_row(board.inner(MARGIN, BODY_BOTTOM - 15.0), content, WIDTH - 2 * MARGIN, lang)
    return _notes(scene, lang)


def _title(content: MapContent, scene: Fishbone, lang: str) -> str:
    """The bottleneck step by name; without steps, the unit with the largest share of the decision."""
    support = content.report.support
    if not scene.head.steps and scene.bones:
        unit = scene.bones[0]
        return text("deck.title.fishbone.share", lang, unit=unit.whole, share=whole_percent(unit.share))
    if support is None or support.bottleneck is None or support.bottleneck.step not in content.report.step_names:
        return text("deck.title.fishbone", lang)
    step = named(content.report.step_names, support.bottleneck.step, lang)
    return text("deck.title.fishbone.bottleneck", lang, step=step)


def _notes(scene: Fishbone, lang: str) -> Iterator[str]:
    """Each step in a line, as the head says it; then the units by their share."""
    apart = text("viz.semicolon", lang)
    for step in scene.head.steps:
        words = apart.join(line.text for line in (*step.words, *step.blocked))
        yield f"{step.name.text} ({step.rule.text}): {words}"
    yield from (line.text for line in (*scene.head.notes, *scene.head.bottleneck))
    for bone in scene.bones:
        yield f"{bone.whole}: {apart.join(line.text for line in bone.under)}"
