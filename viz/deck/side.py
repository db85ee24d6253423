"""Around the power map: what costs us most, and what the marks and lines mean."""

from __future__ import annotations

from graph.analysis.reporting.subjects import subjects
from graph.analysis.results import MapContent
from graph.model.words import text
from viz import encodings
from viz.deck import marks
from viz.deck.marks import COLOUR
from viz.deck.shapes import Board, Ink, Words
from viz.page.legend import FORM_WORDS, ROLE_WORDS
from viz.page.subject_lines import subject_lines
from viz.scene.metrics import cut, width_of, wrap
from viz.scene.scene import Chip, Scene

HEAD, TEXT, LEAD = 12.5, 11.0, 14.0
REASON_LINES, ACTION_LINES = 4, 3
ROOM = {"en": 1.0, "zh": 0.9}
"""How much of a line is filled: between Chinese and Latin characters PowerPoint leaves a little more room."""


def side(board: Board, content: MapContent, width: float, lang: str) -> None:
    """Draw the column beside the map on a board of its own, from its top left corner."""
    y = _worst(board, content, width, lang)
    with board.group(text("deck.legend", lang)):
        _roles(board, content, _stances(board, content, width, y + 8.0, lang) + 6.0, width, lang)


def below(board: Board, scene: Scene, width: float, lang: str) -> None:
    """Draw the legend of lines and sizes on a board of its own, in one row."""
    entries: list[tuple[Ink | str, str, float]] = [
        (_line_sample(kind), text(f"viz.layer.{kind}", lang), 26.0) for kind in _kinds(scene)
    ]
    if any(curve.assumed for curve in scene.curves):
        entries.append(
            (
                Ink(COLOUR["influence"], 1.8, 0.7, encodings.ASSUMED_DASHES, arrow=True),
                text("viz.assumed_line", lang),
                26.0,
            )
        )
    entries += [(key, text(key, lang), 18.0) for key in ("viz.area", "viz.ring", "viz.gap_by_cost")]
    x = 0.0
    with board.group(text("deck.legend", lang)):
        for sample, word, room in entries:
            if x + room + 6.0 + width_of(word, TEXT) > width:
                break
            if isinstance(sample, Ink):
                board.line((x, 7.0), (x + room - 2.0, 7.0), sample)
            else:
                _sample(board, sample, x)
            _entry(board, word, x + room + 4.0, 0.0, width)
            x += room + width_of(word, TEXT) + 22.0
        if scene.dots:
            _entry(board, text("deck.dots", lang, dots=len(scene.dots)), x, 0.0, width)


def _worst(board: Board, content: MapContent, width: float, lang: str) -> float:
    _heading(board, text("viz.worst", lang), 0.0, width)
    y = 20.0
    lines = subject_lines(subjects(content.report))
    if not lines:
        board.text((0, y, width, 16), [[Words(text("viz.no_gap", lang), TEXT, COLOUR["muted"])]])
        return y + 20.0
    for line in lines:
        room = (width - 22.0) * ROOM[lang]
        why, _ = wrap(getattr(line.why, lang), TEXT, room, REASON_LINES)
        action, _ = wrap(f"→ {getattr(line.action, lang)}", TEXT, room, ACTION_LINES, bold=True)
        marks.badge(board, line.number, 0.0, y + 1.0)
        told = [[Words(one, TEXT, COLOUR["text"])] for one in why]
        told += [[Words(one, TEXT, COLOUR["ours"], bold=True)] for one in action]
        board.text((22, y, width - 22, LEAD * len(told)), told, leading=LEAD)
        y += LEAD * len(told) + 8.0
    return y


def _stances(board: Board, content: MapContent, width: float, y: float, lang: str) -> float:
    """The stances; how a vacant seat looks only where there is one."""
    _heading(board, text("viz.stance", lang), y, width)
    y += 18.0
    shown = {encodings.form_of(one.status, one.stance) for one in content.report.people}
    for form, word in FORM_WORDS.items():
        if form == "vacant" and form not in shown:
            continue
        marks.mark(board, 8.0, y + 7.0, 7.0, form)
        _entry(board, getattr(word, lang), 22.0, y, width)
        y += 16.0
    return y


def _sample(board: Board, key: str, x: float) -> None:
    grey = encodings.FORMS["light"]["0"].fill
    if key == "viz.area":
        board.shape("ellipse", (x, 6.0, 5.0, 5.0), grey)
        board.shape("ellipse", (x + 6.0, 2.0, 11.0, 11.0), grey)
    elif key == "viz.ring":
        board.shape("ellipse", (x + 3.0, 2.0, 11.0, 11.0), None, Ink(COLOUR["track"], 2.6))
        turns = [("adj1", 270 * 60000), ("adj2", 126 * 60000)]
        board.shape("arc", (x + 3.0, 2.0, 11.0, 11.0), None, Ink(COLOUR["ours"], 3.0), adjust=turns)
    else:
        board.rounded(
            (x + 3.0, 0.0, 14.0, 14.0), 3.5, COLOUR["text"], words=[[Words("1", 10.0, COLOUR["page"], bold=True)]]
        )


def _kinds(scene: Scene) -> list[str]:
    drawn = {curve.kind for curve in scene.curves}
    return [kind for kind in ("influence", "tie", "rival", "conflict") if kind in drawn]


def _line_sample(kind: str) -> Ink:
    style, tie = encodings.LINES[kind], kind == "tie"
    return Ink(COLOUR[style.colour], 3.0 if tie else 1.8, 0.6 if tie else 1.0, style.dashes, style.arrow)


def _roles(board: Board, content: MapContent, y: float, width: float, lang: str) -> None:
    """The role letters that somebody holds, in two columns."""
    held = {role for one in content.report.people for role in one.roles}
    held |= {"V"} if any(one.veto for one in content.report.people) else set()
    letters = [letter for letter in ROLE_WORDS if letter in held]
    if not letters:
        return
    _heading(board, text("viz.role", lang), y, width)
    y += 18.0
    for place, letter in enumerate(letters):
        x, top = (place % 2) * width / 2, y + 16.0 * (place // 2)
        marks.role_chip(board, Chip(x, top, letter))
        _entry(board, text(f"viz.role.{letter}", lang), x + 18.0, top - 1.0, x + width / 2)


def _heading(board: Board, word: str, y: float, width: float) -> None:
    board.text((0.0, y, width, 16.0), [[Words(cut(word, HEAD, width, bold=True), HEAD, COLOUR["text"], bold=True)]])


def _entry(board: Board, word: str, x: float, y: float, right: float) -> None:
    room = right - x
    board.text((x, y, room, 14.0), [[Words(cut(word, TEXT, room), TEXT, COLOUR["text"])]], "left", "ctr")
