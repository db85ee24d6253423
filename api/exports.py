"""Which file ending is which form to take along: a deck, a workbook, a table, a picture in pixels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.answers import Question, dossier_of, map_of

if TYPE_CHECKING:
    from graph.store.protocol import GraphStore
    from viz.scene.views import View


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: the language; of a picture which view; for a deck the house template."""

    lang: str
    view: View = "power"
    template: Path | None = None


def export(store: GraphStore, question: Question, ending: str, wanted: Wanted) -> bytes:
    """The account in the form that a file's ending asks for. Raises InputError where it cannot be made."""
    return EXPORTS[ending](store, question, wanted)


def _deck(store: GraphStore, question: Question, wanted: Wanted) -> bytes:
    from viz.deck.deck import deck

    return deck(dossier_of(store, question), wanted.lang, wanted.template)


def _book(store: GraphStore, question: Question, wanted: Wanted) -> bytes:
    from viz.book.book import report_book

    return report_book(dossier_of(store, question), wanted.lang)


def _table(store: GraphStore, question: Question, wanted: Wanted) -> bytes:
    from api.text.output import csv_text
    from api.text.rows import map_rows

    return csv_text(map_rows(map_of(store, question), wanted.lang)).encode()


def _pixels(store: GraphStore, question: Question, wanted: Wanted) -> bytes:
    from api.browser import png_of
    from api.pictures import picture
    from api.settings import Settings

    return png_of(picture(map_of(store, question), ".svg", wanted.lang, wanted.view), Settings().browser)


EXPORTS: dict[str, Callable[[GraphStore, Question, Wanted], bytes]] = {
    ".png": _pixels,
    ".pptx": _deck,
    ".xlsx": _book,
    ".csv": _table,
}
