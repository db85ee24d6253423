"""The frame of every slide: title, account and opportunity, main figures, and a foot with day and calibration."""

from __future__ import annotations

from dataclasses import dataclass

from pptx.util import Emu

from graph.analysis.map import MapContent
from graph.analysis.report.results import CoverageReport
from graph.model.words import text
from viz import encodings
from viz.deck.drawingml import Ink, Words
from viz.deck.shapes import Board
from viz.scene.metrics import cut, width_of
from viz.words.header import Header, header_of
from viz.words.legend import made_of
from viz.words.numbers import whole_percent

COLOUR = encodings.COLOURS["light"]
WIDTH, HEIGHT = 1280.0, 720.0
"""A slide in pixels, whatever its size in inches."""

MARGIN = 20.0
BODY_TOP, BODY_BOTTOM = 82.0, 690.0
TITLE_SIZES = (22.0, 20.5, 19.0, 17.5)
VALUE, WORD = 19.0, 11.5
APART = 22.0
MOST_REASON = 230.0


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure of the head with the word under it."""

    value: str
    word: str
    colour: str = COLOUR["text"]
    indent: float = 0.0

    @property
    def width(self) -> float:
        """How much room it takes, in pixels."""
        return max(self.indent + width_of(self.value, VALUE, bold=True), width_of(self.word, WORD)) + APART


def frame(board: Board, content: MapContent, view: str, title: str, lang: str, number: int) -> None:
    """The head and the foot of a slide."""
    header = header_of(content.report)
    facts = _facts(content.report, header, lang)
    left = WIDTH - MARGIN - sum(fact.width for fact in facts) + APART
    _title(board, title, left - MARGIN - 24)
    with board.group(text("deck.head", lang)):
        _whose(board, header, view, lang, left - MARGIN - 24)
        status_mark(board, left, 17.0, content.report.status)
        for fact in facts:
            room = fact.width - APART + 4.0
            board.text(
                (left + fact.indent, 14, room - fact.indent, 26), [[Words(fact.value, VALUE, fact.colour, bold=True)]]
            )
            board.text((left, 46, room, 18), [[Words(fact.word, WORD, COLOUR["muted"])]], "left", "ctr")
            left += fact.width
        board.line((MARGIN, BODY_TOP - 8), (WIDTH - MARGIN, BODY_TOP - 8), Ink(COLOUR["line"]))
    _foot(board, content, header, lang, number)


def _title(board: Board, title: str, room: float) -> None:
    """The message in the layout's own title, so that outlines and screen readers find it."""
    size = next((size for size in TITLE_SIZES if width_of(title, size, bold=True) <= room), TITLE_SIZES[-1])
    paragraphs = [[Words(cut(title, size, room, bold=True), size, COLOUR["text"], bold=True)]]
    holder = board.slide.shapes.title
    if holder is None:
        board.text((MARGIN, 12, room, 32), paragraphs, "left", "ctr")
        return
    holder.left, holder.top = Emu(round(board.left + MARGIN * board.scale)), Emu(round(board.top + 12 * board.scale))
    holder.width, holder.height = Emu(round(room * board.scale)), Emu(round(32 * board.scale))
    board.write(holder, paragraphs)


def _whose(board: Board, header: Header, view: str, lang: str, room: float) -> None:
    """The view, the account, the opportunity and the bid, on one line."""
    account, opportunity = getattr(header.account, lang), getattr(header.opportunity, lang)
    parts = [text(f"deck.view.{view}", lang), account, opportunity]
    if header.bid is not None:
        parts.append(getattr(header.bid, lang))
    line = cut(" · ".join(parts), 13.0, room)
    board.text((MARGIN, 46, room, 20), [[Words(line, 13.0, COLOUR["muted"])]], "left", "ctr")


def _facts(report: CoverageReport, header: Header, lang: str) -> list[Fact]:
    """Status with its reason, coverage, support, routes and seats."""
    ink = COLOUR[report.status] if report.status else COLOUR["muted"]
    reason = cut(getattr(header.status_reason, lang), WORD, MOST_REASON)
    facts = [Fact(getattr(header.status_word, lang), reason, ink, 23.0 if report.status else 0.0)]
    facts.append(Fact(header.covered, text("deck.fact.covered", lang)))
    if report.supportive_coverage is not None:
        facts.append(Fact(whole_percent(report.supportive_coverage), text("deck.fact.supported", lang)))
    facts.append(Fact(header.routes, text("viz.routes_fact", lang)))
    return [*facts, Fact(header.seats, text("viz.seats_fact", lang))]


def status_mark(board: Board, x: float, y: float, status: str | None, size: float = 17.0) -> None:
    """The status as a form of its own: a green disc with a tick, an amber triangle, a red octagon."""
    if status is None:
        return
    form, sign = {"green": ("ellipse", "✓"), "amber": ("triangle", "!"), "red": ("octagon", "×")}[status]
    words = [[Words(sign, 11.0, COLOUR["page"], bold=True)]]
    board.shape(form, (x, y, size, size), COLOUR[status], words=words)


def _foot(board: Board, content: MapContent, header: Header, lang: str, number: int) -> None:
    """Account, day, calibration, inferred levels, confidentiality, and the number of the slide."""
    made = made_of(content)
    parts = [getattr(header.account, lang), getattr(made.as_of, lang)]
    parts += [getattr(note.text, lang) for note in made.notes]
    parts.append(text("viz.confidential", lang))
    line = cut(" · ".join(parts), 11.0, WIDTH - 2 * MARGIN - 60)
    board.text(
        (MARGIN, 698, WIDTH - 2 * MARGIN - 60, 16),
        [[Words(line, 11.0, COLOUR["muted"])]],
        name=text("deck.footer", lang),
    )
    words = [[Words(str(number), 11.0, COLOUR["muted"])]]
    board.text((WIDTH - MARGIN - 40, 698, 40, 16), words, "right")
