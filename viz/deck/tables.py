"""Native tables on a slide: a head, rows of equal height, a line under each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.oxml import parse_xml
from pptx.util import Emu

from viz.deck.drawingml import NAMESPACES, Words
from viz.deck.fitting import fitted
from viz.deck.marks import COLOUR
from viz.deck.shapes import Board, Box

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's "No Style, No Grid"."""

HEAD_HEIGHT, MOST_HEIGHT = 26.0, 54.0
SIZE, LEADING = 12.5, 15.5
INSET = 6.0


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in a cell; cut where it takes more lines than its row has."""

    text: str
    bold: bool = False
    colour: str = COLOUR["text"]
    right: bool = False


def table(board: Board, box: Box, widths: Sequence[float], head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
    """Draw a table in a box: columns of these widths in pixels, rows as high as fit, all of them alike."""
    x, y, width, height = box
    row_height = min(MOST_HEIGHT, (height - HEAD_HEIGHT) / max(1, len(rows)))
    lines = max(1, int((row_height - 6.0) / LEADING))
    scale = board.scale
    frame = board.slide.shapes.add_table(
        len(rows) + 1,
        len(widths),
        Emu(round(board.left + x * scale)),
        Emu(round(board.top + y * scale)),
        Emu(round(width * scale)),
        Emu(round((HEAD_HEIGHT + row_height * len(rows)) * scale)),
    )
    made = frame.table
    style = made._tbl.find(".//{*}tableStyleId")
    assert style is not None
    style.text = NO_STYLE
    made.horz_banding = False
    for place, wide in enumerate(widths):
        made.columns[place].width = Emu(round(wide * scale))
    heads = [
        Cell(word, bold=True, colour=COLOUR["muted"], right=rows[0][place].right if rows else False)
        for place, word in enumerate(head)
    ]
    for number, cells in enumerate((heads, *rows)):
        made.rows[number].height = Emu(round((row_height if number else HEAD_HEIGHT) * scale))
        for place, cell in enumerate(cells):
            room = widths[place] - 2 * INSET
            element = made.cell(number, place)._tc
            _fill(board, element, cell, room, lines if number else 1, head=number == 0)


def _fill(board: Board, element: Any, cell: Cell, room: float, lines: int, *, head: bool) -> None:
    shown, _ = fitted(cell.text, SIZE, room, lines, board.lang, bold=cell.bold)
    words = [[Words(shown, SIZE if not head else 11.5, cell.colour, bold=cell.bold)]]
    element.replace(element.txBody, parse_xml(board.cell(words, "right" if cell.right else "left")))
    if element.tcPr is not None:
        element.remove(element.tcPr)
    inset, line = round(INSET * board.scale), round((1.5 if head else 0.75) * board.scale)
    ink = COLOUR["text" if head else "line"].removeprefix("#")
    element.append(
        parse_xml(
            f'<a:tcPr {NAMESPACES} marL="{inset}" marR="{inset}" marT="0" marB="0" anchor="ctr">'
            f'<a:lnB w="{line}"><a:solidFill><a:srgbClr val="{ink}"/></a:solidFill></a:lnB><a:noFill/></a:tcPr>'
        )
    )
