"""The independent routes to the deciders, as a page of text and as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.terminal import line
from api.text.output import TableColumn, printed, table
from api.text.rows import path_rows, shown, two_digits
from graph.model.words import text

if TYPE_CHECKING:
    from graph.analysis.network.independent_routes import IndependentRoutes


def independent_rows(independent: IndependentRoutes, lang: str) -> list[dict[str, Any]]:
    """A row a route, strongest first: who begins, who decides, everybody between."""
    rows = path_rows(independent.routes, lang)
    return [
        {**row, "member": route.nodes[0].id, "decider": route.nodes[-1].id}
        for row, route in zip(rows, independent.routes, strict=True)
    ]


def independent_text(independent: IndependentRoutes, lang: str) -> str:
    """The routes as a table; a sentence where there is none."""
    if independent.independent_routes is None:
        return line(text("independent.no_decider", lang))
    if not independent.routes:
        return line(text("independent.none", lang))
    deciders = {
        route.nodes[-1].id: shown(route.nodes[-1].name, route.nodes[-1].id, lang) for route in independent.routes
    }
    made = table(
        independent_rows(independent, lang),
        [
            TableColumn("head.rank", lambda row: str(row["rank"]), right=True),
            TableColumn("head.strength", lambda row: two_digits(row["strength"]), right=True),
            TableColumn("head.decider", lambda row: deciders[row["decider"]]),
            TableColumn("head.route", lambda row: row["route"]),
        ],
        lang,
        text(
            "independent.title" if len(independent.routes) > 1 else "independent.title.one",
            lang,
            count=len(independent.routes),
        ),
    )
    return printed(made)
