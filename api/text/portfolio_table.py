"""The printed table of the portfolio: a row an opportunity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from api.text.headline import signed
from api.text.output import TableColumn, table
from api.text.rows import shown
from graph.model.words import text
from viz.words.numbers import whole_percent

if TYPE_CHECKING:
    from rich.table import Table

Row = Mapping[str, Any]


def portfolio_table(rows: Sequence[Row], lang: str) -> Table:
    """Every opportunity with its coverage, status, routes, forecast and worst gap."""
    return table(
        rows,
        [
            TableColumn("head.account", lambda row: shown(row["account_name"], row["account"], lang)),
            TableColumn(
                "head.opportunity", lambda row: shown(row["opportunity_name"], row["opportunity"] or "–", lang)
            ),
            TableColumn("head.bid_date", lambda row: row["bid_date"] or "–"),
            TableColumn("head.status", lambda row: text(f"status.{row['status']}", lang) if row["status"] else "–"),
            TableColumn("head.coverage", lambda row: whole_percent(row["decision_chain_coverage"]), right=True),
            TableColumn("head.supportive", lambda row: whole_percent(row["supportive_coverage"]), right=True),
            TableColumn("head.routes", lambda row: _dash(row["independent_routes"]), right=True),
            TableColumn(
                "head.forecast",
                lambda row: "–" if row["support_forecast"] is None else signed(row["support_forecast"]),
                right=True,
            ),
            TableColumn("head.critical", lambda row: str(row["critical_gaps"]), right=True),
            TableColumn(
                "head.worst_gap", lambda row: text(f"gap.{row['worst_gap']}", lang) if row["worst_gap"] else "–"
            ),
        ],
        lang,
    )


def _dash(value: int | None) -> str:
    return "–" if value is None else str(value)
