"""The printed table of the portfolio: a row an opportunity, with the columns that fit the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from api.terminal import line
from api.text.headline import signed
from api.text.output import TableColumn, page_width, printed, table
from api.text.rows import shown
from graph.model.words import text
from viz.words.numbers import NOTHING, compact_amount, whole_percent

if TYPE_CHECKING:
    from graph.analysis.report.portfolio_query import PortfolioQuery

Row = Mapping[str, Any]

NAME_WIDTH = 16
"""The most characters that a column needs: longer names are folded."""

BETWEEN_COLUMNS = 3
"""Characters between two columns."""

IN_ORDER: tuple[str, ...] = (
    *("account", "opportunity", "bid_date", "status", "coverage", "supportive", "routes", "forecast"),
    *("amount", "at_risk", "critical", "worst_gap"),
)
"""The columns as they stand beside each other."""

BY_NEED: tuple[str, ...] = (
    *("account", "opportunity", "status", "coverage", "at_risk", "bid_date", "amount", "critical", "worst_gap"),
    *("supportive", "forecast", "routes"),
)
"""The same columns, those first that are wanted most where not all fit."""

WHERE_KNOWN = ("amount", "at_risk")
"""Columns that are left out where no row has a value."""


def portfolio_text(
    rows: Sequence[Row], query: PortfolioQuery, filters: Mapping[str, Sequence[str]], lang: str, to_file: bool = False
) -> str:
    """The table, and below it which rows these are and in which order; a line where there is none.

    `filters` are what was asked for, as typed, by the name of the filter.
    """
    words = _filters_in_words(filters, lang)
    if not rows:
        return line(text("line.portfolio.no_match", lang, filter=words) if words else text("cli.accounts.none", lang))
    written = printed(table(rows, fitting_columns(rows, lang, page_width(to_file)), lang), to_file)
    if words:
        written += line(text("line.portfolio.filter", lang, filter=words))
    return written + line(order_in_words(query.sort, lang)) if query.sort else written


def order_in_words(sort: Iterable[str], lang: str) -> str:
    """The keys that rows are sorted by, each with what comes first."""
    from graph.analysis.report.portfolio_query import SORTS

    keys = [text(f"portfolio.order.{SORTS[key]}", lang, column=text(f"book.head.{key}", lang)) for key in sort]
    return text("line.portfolio.order", lang, keys=_separator(lang).join(keys))


def fitting_columns(rows: Sequence[Row], lang: str, width: int) -> list[TableColumn]:
    """Coverage, status, value, routes, forecast and worst gap of each opportunity: the columns that a page holds."""
    columns = _columns(lang)
    wanted = [name for name in BY_NEED if name not in WHERE_KNOWN or any(row[name] is not None for row in rows)]
    room, fitting = width - 2 + BETWEEN_COLUMNS, set[str]()
    for name in wanted:
        needed = BETWEEN_COLUMNS + _needed(columns[name], rows, lang)
        if needed <= room:
            fitting.add(name)
            room -= needed
    return [columns[name] for name in IN_ORDER if name in fitting]


def _columns(lang: str) -> dict[str, TableColumn]:
    return {
        "account": TableColumn("head.account", lambda row: shown(row["account_name"], row["account"], lang)),
        "opportunity": TableColumn(
            "head.opportunity", lambda row: shown(row["opportunity_name"], row["opportunity"] or NOTHING, lang)
        ),
        "bid_date": TableColumn("head.bid_date", lambda row: row["bid_date"] or NOTHING),
        "status": TableColumn(
            "head.status", lambda row: text(f"status.{row['status']}", lang) if row["status"] else NOTHING
        ),
        "coverage": TableColumn("head.coverage", lambda row: whole_percent(row["decision_chain_coverage"]), right=True),
        "supportive": TableColumn("head.supportive", lambda row: whole_percent(row["supportive_coverage"]), right=True),
        "routes": TableColumn("head.routes", lambda row: _number(row["independent_routes"]), right=True),
        "forecast": TableColumn(
            "head.forecast",
            lambda row: NOTHING if row["support_forecast"] is None else signed(row["support_forecast"]),
            right=True,
        ),
        "amount": TableColumn(
            "head.amount", lambda row: compact_amount(row["amount"], row["currency"], lang), right=True
        ),
        "at_risk": TableColumn(
            "head.at_risk", lambda row: compact_amount(row["at_risk"], row["currency"], lang), right=True
        ),
        "critical": TableColumn("head.critical", lambda row: str(row["critical_gaps"]), right=True),
        "worst_gap": TableColumn(
            "head.worst_gap", lambda row: text(f"gap.{row['worst_gap']}", lang) if row["worst_gap"] else NOTHING
        ),
    }


def _needed(column: TableColumn, rows: Sequence[Row], lang: str) -> int:
    """How many characters wide a column must be to be readable: its head may be folded between words."""
    from rich.cells import cell_len

    head = max(map(cell_len, text(column.head, lang).split()))
    return min(NAME_WIDTH, max(head, *(cell_len(column.value(row)) for row in rows)))


def _filters_in_words(filters: Mapping[str, Sequence[str]], lang: str) -> str:
    """The filters that were asked for, in words; empty where there are none."""
    words = []
    for name, values in filters.items():
        shown_values = [text(f"status.{value}", lang) for value in values] if name == "status" else list(values)
        if shown_values:
            words.append(text(f"portfolio.filter.{name}", lang, values="/".join(shown_values)))
    return _separator(lang).join(words)


def _separator(lang: str) -> str:
    return "；" if lang == "zh" else "; "


def _number(value: int | None) -> str:
    return NOTHING if value is None else str(value)
