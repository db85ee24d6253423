"""The legend of a slide: marks, role letters and lines, in a column beside a picture or in a row below it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from graph.analysis.map import MapContent
from graph.model.words import text
from viz import encodings
from viz.deck import marks
from viz.deck.drawingml import Ink, Words
from viz.deck.marks import COLOUR
from viz.deck.shapes import Board
from viz.scene.metrics import cut, width_of
from viz.scene.scene import Chip, Scene
from viz.words.legend import FORM_WORDS, ROLE_WORDS

HEAD, TEXT = 12.5, 11.0
STEP = 16.0
APART = 18.0

Entry = tuple[Callable[[Board, float], None], str, float]
"""An entry of a row: what draws its sample at an x, its word, and how wide the sample is."""


def legend_column(board: Board, content: MapContent, y: float, width: float, lang: str) -> None:
    """Stances and roles from a height of a board on."""
    with board.group(text("deck.legend", lang)):
        heading(board, text("viz.stance", lang), y, width)
        y += 18.0
        for form, word in _forms(content, lang):
            marks.mark(board, 8.0, y + 7.0, 7.0, form)
            entry(board, word, 22.0, y, width)
            y += STEP
        _roles(board, content, y + 6.0, width, lang)


def stance_row(board: Board, content: MapContent, width: float, lang: str) -> None:
    """Stances, ring and gap number in one row from the left edge of a board."""
    stances: list[Entry] = [
        (lambda board, x, form=form: marks.mark(board, x + 7.0, 7.0, 7.0, form), word, 16.0)  # type: ignore[misc]
        for form, word in _forms(content, lang)
    ]
    _row(board, [*stances, *_sizes(lang, ("viz.ring", "viz.gap_by_cost"))], width, lang)


def line_row(board: Board, scene: Scene, width: float, lang: str) -> None:
    """Lines and sizes of the power map in one row, and how many people are dots."""
    entries = [*_lines(scene, lang), *_sizes(lang, ("viz.area", "viz.ring", "viz.gap_by_cost"))]
    small = len(scene.dots) + sum(len(bar.people) for bar in scene.bars)
    if small:
        entries.append((lambda board, x: None, text("deck.dots", lang, dots=small), 0.0))
    _row(board, entries, width, lang)


def _row(board: Board, entries: list[Entry], width: float, lang: str) -> None:
    x = 0.0
    with board.group(text("deck.legend", lang)):
        for draw, word, room in entries:
            wide = width_of(word, TEXT)
            if x + room + 4.0 + wide > width:
                return
            draw(board, x)
            entry(board, word, x + room + 4.0, 0.0, x + room + 8.0 + wide)
            x += room + 4.0 + wide + APART


def _forms(content: MapContent, lang: str) -> Iterator[tuple[str, str]]:
    """The forms of marks with their words; how a vacant seat looks only where there is one."""
    shown = {encodings.person_form(person) for person in content.report.people}
    for form, word in FORM_WORDS.items():
        if form != "vacant" or form in shown:
            yield form, getattr(word, lang)


def _lines(scene: Scene, lang: str) -> Iterator[Entry]:
    drawn = {curve.kind for curve in scene.curves}
    for kind in ("influence", "tie", "rival", "conflict"):
        if kind in drawn:
            style, tie = encodings.LINES[kind], kind == "tie"
            ink = Ink(COLOUR[style.colour], 3.0 if tie else 1.8, 0.6 if tie else 1.0, style.dashes, style.arrow)
            yield _sample_of(ink), text(f"viz.layer.{kind}", lang), 24.0
    if any(curve.assumed for curve in scene.curves):
        ink = Ink(COLOUR["influence"], 1.8, 0.7, encodings.ASSUMED_DASHES, arrow=True)
        yield _sample_of(ink), text("viz.assumed_line", lang), 24.0


def _sample_of(ink: Ink) -> Callable[[Board, float], None]:
    def draw(board: Board, x: float) -> None:
        board.line((x, 7.0), (x + 24.0, 7.0), ink)

    return draw


def _sizes(lang: str, keys: tuple[str, ...]) -> Iterator[Entry]:
    samples = {"viz.area": _area, "viz.ring": _ring, "viz.gap_by_cost": _gap}
    for key in keys:
        yield samples[key], text(key, lang), 17.0


def _area(board: Board, x: float) -> None:
    grey = encodings.FORMS["light"]["0"].fill
    board.shape("ellipse", (x, 6.0, 5.0, 5.0), grey)
    board.shape("ellipse", (x + 6.0, 2.0, 11.0, 11.0), grey)


def _ring(board: Board, x: float) -> None:
    board.shape("ellipse", (x + 2.0, 1.5, 11.0, 11.0), None, Ink(COLOUR["track"], 2.6))
    turns = [("adj1", 270 * 60000), ("adj2", 126 * 60000)]
    board.shape("arc", (x + 2.0, 1.5, 11.0, 11.0), None, Ink(COLOUR["ours"], 3.0), adjust=turns)


def _gap(board: Board, x: float) -> None:
    number = [[Words("1", 10.0, COLOUR["page"], bold=True)]]
    board.rounded((x + 1.0, 0.0, 14.0, 14.0), 3.5, COLOUR["text"], words=number)


def _roles(board: Board, content: MapContent, y: float, width: float, lang: str) -> None:
    """The role letters that occur, in two columns."""
    held = {role for person in content.report.people for role in person.roles}
    held |= {"V"} if any(person.veto for person in content.report.people) else set()
    letters = [letter for letter in ROLE_WORDS if letter in held]
    if not letters:
        return
    heading(board, text("viz.role", lang), y, width)
    y += 18.0
    for place, letter in enumerate(letters):
        x, top = (place % 2) * width / 2, y + STEP * (place // 2)
        marks.role_chip(board, Chip(x, top, letter))
        entry(board, text(f"viz.role.{letter}", lang), x + 18.0, top - 1.0, x + width / 2)


def heading(board: Board, word: str, y: float, width: float) -> None:
    """A heading in a column."""
    board.text((0.0, y, width, 16.0), [[Words(cut(word, HEAD, width, bold=True), HEAD, COLOUR["text"], bold=True)]])


def entry(board: Board, word: str, x: float, y: float, right: float) -> None:
    """A word of a legend, cut at its right."""
    room = right - x
    board.text((x, y, room, 14.0), [[Words(cut(word, TEXT, room), TEXT, COLOUR["text"])]], "left", "ctr")
