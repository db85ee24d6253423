"""What the values of a column look like: the form of its days, what stands between the parts of a list."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

DAYS = (
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d-%m-%Y",
    "%Y年%m月%d日",
    "%d %b %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%d-%b-%y",
    "%Y%m%d",
    "%Y/%m/%d %H:%M",
    "%d.%m.%Y %H:%M",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M %p",
)
"""The forms of a day that are looked for, beside 2026-11-23."""

SEPARATORS = (";", "；", "、", ",", "，", "/", "\n")


def forms_of_days(cells: Sequence[str]) -> list[str]:
    """The forms in which every cell is a day; empty where all are ISO days, or none fits all of the others."""
    days = {cell for cell in cells if cell and not _is_iso(cell)}
    return [form for form in DAYS if days and all(_is_day(cell, form) for cell in days)]


def separator_of(cells: Sequence[str]) -> str | None:
    """What stands between the parts of most cells; None where nothing does, or where a semicolon does."""
    counts = {one: sum(one in cell for cell in cells) for one in SEPARATORS}
    most = max(SEPARATORS, key=lambda item: counts[item])
    return most if counts[most] and most not in (";", "；") else None


def _is_iso(cell: str) -> bool:
    try:
        datetime.datetime.fromisoformat(cell)
    except ValueError:
        return False
    return cell[4:5] == "-"


def _is_day(cell: str, form: str) -> bool:
    try:
        datetime.datetime.strptime(cell, form)
    except ValueError:
        return False
    return True
