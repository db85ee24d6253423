"""The portfolio as a workbook: a row per opportunity."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from graph.model.names import in_script
from graph.model.words import text
from viz.book.part import Column, Form, Look, Value, column, part, yes_no
from viz.book.writing import workbook

LOOKS: dict[str, tuple[Form, Look]] = {
    "decision_chain_coverage": ("share", "better"),
    "supportive_coverage": ("share", "better"),
    "identified": ("share", ""),
    "redundancy": ("share", ""),
    "concentration": ("share", ""),
    "AR": ("share", ""),
    "SR": ("share", ""),
    "FR": ("share", ""),
    "independent_routes": ("integer", "bar"),
    "support_index": ("number", ""),
    "support_forecast": ("number", ""),
    "support_low": ("number", ""),
    "support_high": ("number", ""),
    "people": ("integer", ""),
    "levels_inferred": ("integer", ""),
    "gaps": ("integer", ""),
    "critical_gaps": ("integer", "worse"),
    "bid_date": ("date", ""),
    "as_of": ("date", ""),
}
"""How the columns that are not text are shown."""

WIDE = {"account_name": 26.0, "opportunity_name": 28.0, "worst_gap": 24.0, "calibration": 22.0}


def portfolio_book(rows: Sequence[Mapping[str, Any]], as_of: datetime.date, lang: str = "en") -> bytes:
    """The rows of the portfolio as a workbook of one sheet; heads are there even where there is no row."""
    keys = list(rows[0]) if rows else ["account", "account_name", *LOOKS]
    columns = [_column(key, lang) for key in keys]
    values = [[_value(key, row[key], lang) for key in keys] for row in rows]
    sheet = part("portfolio", lang, columns, values, frozen=2)
    return workbook([sheet], sheet.name, as_of)


def _column(key: str, lang: str) -> Column:
    form, look = LOOKS.get(key, ("text", ""))
    return column(key, lang, form, look, WIDE.get(key, 14.0))


def _value(key: str, value: Any, lang: str) -> Value:
    if value is None:
        return None
    if key in ("bid_date", "as_of"):
        return datetime.date.fromisoformat(value)
    if key in ("account_name", "opportunity_name"):
        return in_script(value, lang)
    if key == "status":
        return text(f"status.{value}", lang)
    if key == "worst_gap":
        return text(f"gap.{value}", lang)
    if isinstance(value, bool):
        return yes_no(value, lang)
    text_value: Value = value
    return text_value
