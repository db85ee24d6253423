"""The map of an account: saved in the form that a file's ending asks for, shown in a notebook, given to pyvis."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from graph.model.file_problems import cannot_write, template_without_deck, unknown_choice, unknown_ending
from graph.model.words import LANGUAGES, text
from graph.private_files import write_file

if TYPE_CHECKING:
    import networkx as nx
    from pyvis.network import Network

    from graph.analysis.history.compared_map import ComparedMap
    from graph.analysis.map import Dossier, MapContent
    from viz.scene.views import View

DECK = ".pptx"
COMPARED_ENDINGS = {"power": (".html", ".svg"), "fishbone": (".html",), "coverage": (".html",)}
"""In which forms two days can be compared, by view: only the map has signs of what happened."""

NODE_LINK = ".graph.json"
"""The ending of the account's graph as node-link JSON; `.json` alone is a view with the report."""

NOTEBOOK_HEIGHT = 640
"""Pixels of a map in a notebook."""


class Shown(Protocol):
    """The part of an account that a map needs."""

    @property
    def map_content(self) -> MapContent:
        """The content of the pictures."""
        ...

    @property
    def dossier(self) -> Dossier:
        """The content of slides and workbook."""
        ...

    @property
    def graph(self) -> nx.MultiDiGraph[str]:
        """The account as a networkx graph."""
        ...


@dataclass(frozen=True)
class PowerMap:
    """The map of an account, from `Account.map`. In a notebook it is shown as the interactive page.

    Attributes:
        account: whose map it is.
        view: `power`, `fishbone` or `coverage`: which picture, and on which view the page opens.
        lang: `en` or `zh`.

    >>> PowerMap(qinglan, view="fishbone").written(".svg").startswith("<svg")
    True
    """

    account: Shown
    view: View = "power"
    lang: str = "en"

    def __post_init__(self) -> None:
        for name, value, known in (("view", self.view, tuple(COMPARED_ENDINGS)), ("lang", self.lang, LANGUAGES)):
            if value not in known:
                raise unknown_choice(name, value, known)

    def save(self, path: Path | str, template: Path | str | None = None) -> Path:
        """Save it, whole or not at all, in the form that the file's ending asks for.

        `.html` is the interactive page, `.svg` the picture, `.json` what it shows, `.pptx` slides, `.xlsx` the
        workbook, `.csv` its people, `.graphml`, `.gexf` and `.graph.json` (node-link) the graph for other tools.

        Args:
            path: the file.
            template: a deck whose fonts and master the slides take.

        Returns:
            The path.

        Raises:
            InputError: another ending, a file that cannot be written, a template where no slides are asked for.

        >>> qinglan.map().save("qinglan.html").name
        'qinglan.html'
        """
        path = Path(path)
        ending = ending_of(path)
        if ending not in ENDINGS:
            raise unknown_ending(path, ", ".join(ENDINGS))
        if template is not None and ending != DECK:
            raise template_without_deck(path)
        written = self.written(ending, None if template is None else Path(template))
        try:
            write_file(path, written)
        except OSError as wrong:
            raise cannot_write(path, wrong) from wrong
        return path

    def written(self, ending: str, template: Path | None = None) -> str | bytes:
        """The content that `save` writes into a file with an ending of `ENDINGS`. Raises InputError for another one.

        >>> qinglan.map().written(".csv").splitlines()[0][:12]
        'rank,id,name'
        """
        if ending not in ENDINGS:
            raise unknown_ending(ending, ", ".join(ENDINGS))
        return ENDINGS[ending](self, template)

    def to_pyvis(self) -> Network:
        """The power map as a `pyvis.network.Network` of its own, with our positions and colours and without physics.

        >>> network = qinglan.map().to_pyvis()
        >>> network.add_node("note", label="ask Wu Tao first", x=0, y=0)
        """
        from viz.pyvis import pyvis_network

        return pyvis_network(self.account.map_content, self.lang)

    def _repr_html_(self) -> str:
        """The page in a frame of its own, as notebooks show it."""
        page = html.escape(str(self.written(".html")))
        return (
            f'<iframe srcdoc="{page}" sandbox="allow-scripts allow-downloads allow-modals allow-popups" '
            f'style="width: 100%; height: {NOTEBOOK_HEIGHT}px; border: 0"></iframe>'
        )


def ending_of(path: Path) -> str:
    """The ending of a file's name, in small letters, that says its form."""
    return NODE_LINK if path.name.lower().endswith(NODE_LINK) else path.suffix.lower()


def picture(content: MapContent, ending: str, lang: str, view: View = "power") -> str:
    """A view in the form that a file's ending asks for; a page has every view and opens on this one."""
    return PICTURES[ending](content, lang, view)


def compared_picture(compared: ComparedMap, ending: str, lang: str, view: View = "power") -> str:
    """Two days in the form that a file's ending asks for, of `COMPARED_ENDINGS`; a page opens on this view."""
    if ending == ".svg":
        from viz.svg.power import power_map_svg

        return power_map_svg(compared.content, lang, comparison=compared.comparison)
    from viz.map_page import compared_page

    return compared_page(compared, lang, view)


def map_rows(content: MapContent, lang: str) -> list[dict[str, Any]]:
    """A row a person, by influence: the numbers that the power map shows, names in full as stored."""
    from graph.analysis.report.gap_subjects import subjects
    from graph.model.scales import STANCE

    report = content.report
    units = report.unit_names
    numbers = {subject.person: subject.number for subject in subjects(report) if subject.person is not None}
    return [
        {
            "rank": rank,
            "id": person.id,
            "name": person.name,
            "title": person.title,
            "unit": person.unit,
            "unit_name": units.get(person.unit) if person.unit else None,
            "level": person.level,
            "level_inferred": person.level_inferred,
            "status": person.status,
            "external": person.external,
            "roles": list(person.roles),
            "veto": person.veto,
            "stance": person.stance,
            "stance_word": text("word.unknown", lang) if person.stance is None else STANCE.word(person.stance, lang),
            "decision_influence": person.decision_influence,
            "connection_strength": person.connection_strength,
            "required_strength": person.required_strength,
            "coverage": person.coverage,
            "competitor_strength": person.competitor_strength,
            "gap_number": numbers.get(person.id),
            "as_of": report.as_of.isoformat(),
            "calibration": report.calibration.render(lang),
        }
        for rank, person in enumerate(report.people, 1)
    ]


def _page(content: MapContent, lang: str, view: View) -> str:
    from viz.map_page import power_map_page

    return power_map_page(content, lang, view)


def _svg(content: MapContent, lang: str, view: View) -> str:
    from viz.svg.coverage import coverage_svg
    from viz.svg.fishbone import fishbone_svg
    from viz.svg.power import power_map_svg

    drawn: dict[View, Callable[[MapContent, str], str]] = {
        "power": power_map_svg,
        "fishbone": fishbone_svg,
        "coverage": coverage_svg,
    }
    return drawn[view](content, lang)


def _json(content: MapContent, lang: str, view: View) -> str:
    import orjson

    from viz.map_json import map_json

    shown = map_json(content, lang, view)
    return orjson.dumps(shown, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


PICTURES: dict[str, Callable[[MapContent, str, View], str]] = {".html": _page, ".svg": _svg, ".json": _json}


Writing = Callable[[PowerMap, Path | None], str | bytes]
"""Writes a map, with the template of slides where there is one."""


def _drawn(ending: str) -> Writing:
    return lambda power_map, _: picture(power_map.account.map_content, ending, power_map.lang, power_map.view)


def _deck(power_map: PowerMap, template: Path | None) -> bytes:
    from viz.deck.deck import deck

    return deck(power_map.account.dossier, power_map.lang, template)


def _book(power_map: PowerMap, _: Path | None) -> bytes:
    from viz.book.book import report_book

    return report_book(power_map.account.dossier, power_map.lang)


def _table(power_map: PowerMap, _: Path | None) -> str:
    from loaders.csv_rows import rows_as_csv

    return rows_as_csv(map_rows(power_map.account.map_content, power_map.lang))


def _graph(ending: str) -> Writing:
    def write(power_map: PowerMap, _: Path | None) -> bytes:
        from viz.graph_files import graph_file

        graph = power_map.account.graph
        for _source, _target, line in graph.edges(data=True):
            line.pop("evidence", None)  # sources of what is known about people stay out of files that are passed on
        return graph_file(graph, ending)

    return write


ENDINGS: dict[str, Writing] = {
    **{ending: _drawn(ending) for ending in PICTURES},
    DECK: _deck,
    ".xlsx": _book,
    ".csv": _table,
    ".graphml": _graph(".graphml"),
    ".gexf": _graph(".gexf"),
    NODE_LINK: _graph(".json"),
}
"""The writer of each ending."""
