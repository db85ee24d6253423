"""Write a value as the text of a cell, which `loaders.cells` reads back as the same value."""

from __future__ import annotations

import datetime
from typing import Any

from graph.model.columns import Column

_YES_NO = {"en": ("yes", "no"), "zh": ("是", "否")}


def yes_no(lang: str) -> tuple[str, str]:
    """The words for true and false."""
    return _YES_NO[lang]


def cell_text(value: Any, column: Column, lang: str | None = None) -> str:
    """The text of a value, '' for None. Scales and booleans are words of the language, or codes without one."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(cell_text(item, column, lang) for item in value)
    if column.scale is not None:
        return column.scale.word(value, lang) if lang else str(value)
    if isinstance(value, bool):
        return yes_no(lang or "en")[0 if value else 1]
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
