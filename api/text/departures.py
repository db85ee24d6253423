"""Everybody's departure, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.terminal import line
from api.text.headline import signed
from api.text.output import TableColumn, printed, table
from api.text.people_table import tenths
from api.text.rows import shown
from graph.analysis.ground.as_json import as_json
from graph.model.words import text
from viz.words.numbers import whole_percent

if TYPE_CHECKING:
    from graph.analysis.scenarios.departures import AccountFigures
    from graph.analysis.scenarios.single_changes import Departures, Leaving

PEOPLE = 15
"""How many departures are shown; JSON and CSV have all."""


def departure_rows(departures: Departures) -> list[dict[str, Any]]:
    """A row a departure."""
    return [
        {"id": departure.id, "kind": departure.kind, "influence": departure.influence, **as_json(departure.after)}
        for departure in departures.departures
    ]


def departures_text(departures: Departures, lang: str) -> str:
    """How the account stands today, and without each of the costliest to lose."""
    rows: list[dict[str, Any]] = [
        {"name": text("departures.today", lang), "influence": None, "after": departures.today}
    ]
    rows += [
        {"name": _name(departures, departure, lang), "influence": departure.influence, "after": departure.after}
        for departure in departures.departures[:PEOPLE]
    ]
    made = table(
        rows,
        [
            TableColumn("head.without", lambda row: row["name"]),
            TableColumn(
                "head.influence", lambda row: "–" if row["influence"] is None else tenths(row["influence"]), right=True
            ),
            TableColumn("head.coverage", lambda row: whole_percent(row["after"].decision_chain_coverage), right=True),
            TableColumn("head.forecast", lambda row: _forecast(row["after"]), right=True),
            TableColumn("head.routes", lambda row: _routes(row["after"]), right=True),
            TableColumn("head.status", lambda row: _status(row["after"], lang)),
        ],
        lang,
        text("departures.title", lang),
    )
    note = text("line.paths_note", lang, date=departures.as_of.isoformat(), calibration=departures.calibration)
    return f"{printed(made)}\n{line(note)}"


def _name(departures: Departures, leaving: Leaving, lang: str) -> str:
    names = departures.names.people if leaving.kind == "person" else departures.names.members
    return shown(names.get(leaving.id), leaving.id, lang)


def _forecast(figures: AccountFigures) -> str:
    return "–" if figures.forecast is None else signed(figures.forecast)


def _routes(figures: AccountFigures) -> str:
    return "–" if figures.independent_routes is None else str(figures.independent_routes)


def _status(figures: AccountFigures, lang: str) -> str:
    return "–" if figures.status is None else text(f"status.{figures.status}", lang)
