"""The independent routes to the deciders, as a page of text and as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.terminal import line
from api.text.output import TableColumn, printed, table
from api.text.rows import path_rows, shown, two_digits
from graph.model.words import text

if TYPE_CHECKING:
    from graph.analysis.network.independent_routes import IndependentRoutes


def independent_rows(found: IndependentRoutes, lang: str) -> list[dict[str, Any]]:
    """A row a route, strongest first: who begins, who decides, everybody between."""
    rows = path_rows(found.routes, lang)
    return [
        {**row, "member": route.nodes[0].id, "decider": route.nodes[-1].id}
        for row, route in zip(rows, found.routes, strict=True)
    ]


def independent_text(found: IndependentRoutes, lang: str) -> str:
    """The routes as a table; a sentence where there is none."""
    if found.independent_routes is None:
        return line(text("independent.no_decider", lang))
    if not found.routes:
        return line(text("independent.none", lang))
    deciders = {route.nodes[-1].id: shown(route.nodes[-1].name, route.nodes[-1].id, lang) for route in found.routes}
    made = table(
        independent_rows(found, lang),
        [
            TableColumn("head.rank", lambda row: str(row["rank"]), right=True),
            TableColumn("head.strength", lambda row: two_digits(row["strength"]), right=True),
            TableColumn("head.decider", lambda row: deciders[row["decider"]]),
            TableColumn("head.route", lambda row: row["route"]),
        ],
        lang,
        text("independent.title" if len(found.routes) > 1 else "independent.title.one", lang, count=len(found.routes)),
    )
    return printed(made)
