"""The slide of the value proposition: our score and the rival's per element, and the people it matters to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graph.analysis.map import Dossier, MapContent
from graph.analysis.qualification.elements import Element
from graph.analysis.report.results import PersonResult
from graph.model.names import in_script
from graph.model.scales import ELEMENT
from graph.model.words import text
from viz import encodings
from viz.deck import marks
from viz.deck.drawingml import Ink, Words
from viz.deck.frame import BODY_BOTTOM, BODY_TOP, MARGIN, WIDTH, frame
from viz.deck.marks import COLOUR
from viz.deck.shapes import Board
from viz.scene.metrics import cut, wrap
from viz.words.names import name_of
from viz.words.numbers import percent

MOST = 5.0
"""The best score."""

OFFER, SCORES, MATTERS = MARGIN, 520.0, 900.0
SCALE = 300.0
HEAD = 34.0
NAMED = 6
LEVEL = 0.05


def value_slide(board: Board, dossier: Dossier, lang: str, number: int) -> Iterator[str]:
    """Draw a row per element. Returns the lines of its notes."""
    rival = rival_name(dossier.map, lang)
    frame(board, dossier.map, "value", text("deck.title.value", lang, rival=rival), lang, number)
    if all(element.empty and not element.matters_to for element in dossier.map.elements):
        key = "deck.value.none" if dossier.map.elements else "deck.value.no_opportunity"
        words = Words(text(key, lang), 16.0, COLOUR["muted"], italic=True)
        board.text((MARGIN, BODY_TOP + 20, WIDTH - 2 * MARGIN, 24), [[words]])
        return iter([words.text])
    _heads(board, lang, rival)
    high = (BODY_BOTTOM - BODY_TOP - HEAD) / len(dossier.map.elements)
    people = dossier.map.report.people_by_id
    for place, element in enumerate(dossier.map.elements):
        y = BODY_TOP + HEAD + place * high
        board.line((MARGIN, y), (WIDTH - MARGIN, y), Ink(COLOUR["line"]))
        with board.group(ELEMENT.word(element.element, lang)):
            _offer(board, element, y, high, lang)
            _scores(board, element, y, high, lang)
            _matters(board, element, people, y, lang)
    return _notes(dossier, people, lang)


def rival_name(content: MapContent, lang: str) -> str:
    """The name of the only rival; a general word where there are none or several."""
    if len(content.rivals) != 1 or not content.rivals[0].name:
        return text("deck.rival", lang)
    return in_script(content.rivals[0].name, lang)


def _heads(board: Board, lang: str, rival: str) -> None:
    y = BODY_TOP + 6
    _words(board, OFFER, y, 300.0, text("deck.value.element", lang), 12.5, bold=True)
    _words(board, SCORES, y, 120.0, text("deck.value.scores", lang), 12.5, bold=True)
    board.shape("ellipse", (SCORES + 130, y + 2, 12, 12), COLOUR["ours"])
    _words(board, SCORES + 148, y, 50.0, text("deck.value.ours", lang), 12.5)
    board.shape("hexagon", (SCORES + 200, y + 2, 13, 12), COLOUR["rival"])
    _words(board, SCORES + 218, y, 150.0, rival, 12.5)
    _words(board, MATTERS, y, 200.0, text("deck.value.matters", lang), 12.5, bold=True)


def _offer(board: Board, element: Element, y: float, high: float, lang: str) -> None:
    _words(board, OFFER, y + 14, SCORES - OFFER - 40, ELEMENT.word(element.element, lang), 17.0, bold=True)
    statement = in_script(element.statement, lang) if element.statement else text("deck.value.empty", lang)
    lines, _ = wrap(statement, 13.5, SCORES - OFFER - 40, max(1, int((high - 52) / 18)))
    ink = COLOUR["text" if element.statement else "muted"]
    paragraphs = [[Words(line, 13.5, ink, italic=not element.statement)] for line in lines]
    board.text((OFFER, y + 42, SCORES - OFFER - 40, 18.0 * len(paragraphs)), paragraphs, leading=18.0)


def _scores(board: Board, element: Element, y: float, high: float, lang: str) -> None:
    """Both scores on one scale of 0 to 5, the difference in words under it."""
    middle = y + high / 2 - 8
    board.line((SCORES, middle), (SCORES + SCALE, middle), Ink(COLOUR["track"], 2.0))
    for tick in range(6):
        x = SCORES + SCALE * tick / MOST
        board.line((x, middle - 4), (x, middle + 4), Ink(COLOUR["track"], 1.0))
        board.text((x - 10, middle + 18, 20, 14), [[Words(str(tick), 11.0, COLOUR["muted"])]], "center")
    if element.ours is not None and element.rival is not None and element.lead:
        ink = Ink(COLOUR["ours" if element.lead > 0 else "rival"], 4.0, 0.35)
        ends = (SCORES + SCALE * element.rival / MOST, middle), (SCORES + SCALE * element.ours / MOST, middle)
        board.line(*ends, ink)
    if element.rival is not None:
        x = SCORES + SCALE * element.rival / MOST
        board.shape("hexagon", (x - 10, middle - 9, 20, 18), COLOUR["rival"])
        board.text(
            (x - 20, middle - 27, 40, 15), [[Words(f"{element.rival:g}", 12.5, COLOUR["text"], bold=True)]], "center"
        )
    if element.ours is not None:
        x = SCORES + SCALE * element.ours / MOST
        board.shape("ellipse", (x - 9, middle - 9, 18, 18), COLOUR["ours"])
        board.text(
            (x - 20, middle - 27, 40, 15), [[Words(f"{element.ours:g}", 12.5, COLOUR["ours"], bold=True)]], "center"
        )
    _words(board, SCORES, middle + 36, SCALE, lead_words(element, lang), 12.5, bold=True, colour=_lead_colour(element))


def lead_words(element: Element, lang: str) -> str:
    """Whether we or the rival leads in an element, and by how much."""
    if element.lead is None:
        return text("deck.value.unscored", lang)
    if abs(element.lead) < LEVEL:
        return text("deck.value.level", lang)
    return text(
        "deck.value.ahead" if element.lead > 0 else "deck.value.behind", lang, points=f"{abs(element.lead):.1f}"
    )


def _lead_colour(element: Element) -> str:
    if element.lead is None or abs(element.lead) < LEVEL:
        return COLOUR["muted"]
    return COLOUR["ours" if element.lead > 0 else "red"]


def _matters(board: Board, element: Element, people: Mapping[str, PersonResult], y: float, lang: str) -> None:
    """The people to whom an element matters, by influence, with stance and share of the decision."""
    interested = sorted(
        (people[who] for who in element.matters_to if who in people), key=lambda who: (-who.decision_influence, who.id)
    )
    if not interested:
        _words(
            board, MATTERS, y + 16, 340.0, text("deck.value.nobody", lang), 12.5, italic=True, colour=COLOUR["muted"]
        )
    for place, person in enumerate(interested[:NAMED]):
        x, top = MATTERS + 176.0 * (place % 2), y + 16 + 38.0 * (place // 2)
        marks.mark(board, x + 12, top + 12, 10.0, encodings.person_form(person), person.coverage, slim=True)
        _words(board, x + 32, top - 3, 138.0, name_of(person, lang), 12.5, bold=True)
        _words(
            board,
            x + 32,
            top + 12,
            138.0,
            text("viz.share_words", lang, share=percent(person.decision_influence)),
            11.0,
            colour=COLOUR["muted"],
        )
    if len(interested) > NAMED:
        more = text("deck.more", lang, more=len(interested) - NAMED)
        _words(board, MATTERS, y + 16 + 38.0 * 3, 300.0, more, 11.0, colour=COLOUR["muted"])


def _words(
    board: Board,
    x: float,
    y: float,
    room: float,
    words: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    colour: str = COLOUR["text"],
) -> None:
    run = Words(cut(words, size, room, bold), size, colour, bold, italic)
    board.text((x, y, room, size * 1.35), [[run]], "left", "ctr")


def _notes(dossier: Dossier, people: Mapping[str, PersonResult], lang: str) -> Iterator[str]:
    for element in dossier.map.elements:
        statement = in_script(element.statement, lang) if element.statement else text("deck.value.empty", lang)
        whom = text("viz.comma", lang).join(name_of(people[who], lang) for who in element.matters_to if who in people)
        matters = f"{text('deck.value.matters', lang)}: {whom or text('deck.value.nobody', lang)}"
        yield text("viz.semicolon", lang).join(
            [f"{ELEMENT.word(element.element, lang)}: {statement}", lead_words(element, lang), matters]
        )
