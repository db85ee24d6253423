"""Which file ending is which form to take along: a deck, a workbook, a table, a picture in pixels, the graph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.answers import Question, dossier_of, map_of, measures_of

if TYPE_CHECKING:
    from graph.store.protocol import GraphStore
    from viz.scene.views import View


NODE_LINK = ".graph.json"
"""The ending of the account's graph as node-link JSON; `.json` alone is a view with the report."""


def ending_of(path: Path) -> str:
    """The ending of a file's name, in small letters, that says its form."""
    return NODE_LINK if path.name.lower().endswith(NODE_LINK) else path.suffix.lower()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: the language; of a picture which view; for a deck the house template."""

    lang: str
    view: View = "power"
    template: Path | None = None


def export(store: GraphStore, question: Question, ending: str, wanted: Wanted) -> bytes:
    """The account in the form that a file's ending asks for. Raises Problem where it cannot be made."""
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


def _graph(store: GraphStore, question: Question, ending: str) -> bytes:
    from graph.analysis.network.account_graph import account_graph
    from viz.graph_files import graph_file

    graph = account_graph(measures_of(store, question))
    for _, _, line in graph.edges(data=True):
        line.pop("evidence", None)  # what was said by whom is in no file to take along
    return graph_file(graph, ending)


EXPORTS: dict[str, Callable[[GraphStore, Question, Wanted], bytes]] = {
    ".png": _pixels,
    ".pptx": _deck,
    ".xlsx": _book,
    ".csv": _table,
    ".graphml": lambda store, question, _: _graph(store, question, ".graphml"),
    ".gexf": lambda store, question, _: _graph(store, question, ".gexf"),
    NODE_LINK: lambda store, question, _: _graph(store, question, ".json"),
}
