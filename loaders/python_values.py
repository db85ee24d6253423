"""Turn Python values, as DataFrames and Parquet files hold them, into the text of a cell."""

from __future__ import annotations

import datetime
import decimal
import math
import numbers
import re
from collections.abc import Iterable
from typing import Any

from loaders.cell_error import CellError

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_MOST_DIGITS = 4_000
"""Python refuses to write longer integers."""

CellText = tuple[str, CellError | None]
"""The text of a cell, and why it cannot be taken as it stands."""


_DEEPEST = 20
"""Lists within lists, at most: one that holds itself has no end."""


def type_name(value: object) -> str:
    """The type of a value as a message names it, with its package where it is not built in: `polars.DataFrame`."""
    kind = type(value)
    package = kind.__module__.partition(".")[0]
    return kind.__qualname__ if package in ("builtins", "__main__") else f"{package}.{kind.__qualname__}"


def cell_text_of(value: Any, depth: int = 0) -> CellText:
    """The text that a person would type for a value; '' for None, NaN, NaT and NA.

    Whole numbers have no `.0`, a timestamp at midnight is a day, and a list is joined by `;`. Errors: a timestamp with
    a time zone or of a year beyond 9999, a text that no store can hold (NUL, half a character), and an object that is
    none of these. `depth` is the number of lists that the value stands in.
    """
    if isinstance(value, str):
        return _of_text(str(value))
    kind = type(value)
    if kind is float:
        return _of_number(value)
    if value is None or kind.__name__ in ("NaTType", "NAType"):
        return "", None
    if isinstance(value, datetime.datetime):
        return _of_moment(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat(), None
    if isinstance(value, list | tuple):
        return _of_list(value, depth)
    if isinstance(value, set | frozenset):
        return _of_list(sorted(value, key=str), depth)
    if kind.__module__ == "numpy" or isinstance(value, numbers.Number):
        return _of_number(value)
    text = _UNSTORABLE.sub("\ufffd", _written(value))
    if isinstance(value, datetime.timedelta) or kind.__name__ == "Period":
        return text, None
    return text, CellError("not_a_cell_value", (("type", type_name(value)),))


def _written(value: object) -> str:
    """The text that `str` gives; the type alone where the object's own code fails."""
    try:
        return str(value)
    except Exception:
        return f"<{type_name(value)}>"


def is_storable(text: str) -> bool:
    """Whether every store can hold a text: it has no NUL and no half of a character."""
    return _UNSTORABLE.search(text) is None


def _of_text(text: str) -> CellText:
    match = _UNSTORABLE.search(text)
    if match is None:
        return text, None
    error = CellError("unstorable_character", (("character", f"U+{ord(match[0]):04X}"),))
    return _UNSTORABLE.sub("\ufffd", text), error


def _of_moment(value: datetime.datetime) -> CellText:
    try:
        day = value.date().isoformat()
    except (NotImplementedError, ValueError):  # pandas has years that Python's own days do not reach
        return str(value), CellError("not_a_date")
    if value.tzinfo is not None:
        return value.isoformat(sep=" "), CellError("date_with_zone", (("iso", day),))
    return (day if value.time() == datetime.time() else value.isoformat(sep=" ")), None


def _of_list(values: Iterable[Any], depth: int) -> CellText:
    if depth == _DEEPEST:
        return "…", CellError("not_a_cell_value", (("type", "list"),))
    cells = [cell_text_of(value, depth + 1) for value in values]
    error = next((error for _, error in cells if error is not None), None)
    return ";".join(text for text, _ in cells), error


def _of_number(value: Any) -> CellText:
    """The text of a number of Python, numpy or decimal; a numpy array is joined like a list."""
    if isinstance(value, float):
        if math.isnan(value):
            return "", None
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(float(value)), None
    if isinstance(value, decimal.Decimal):
        if value.is_nan():
            return "", None
        whole = value.is_finite() and value.adjusted() < _MOST_DIGITS and value == value.to_integral()
        return str(int(value)) if whole else str(value), None
    if type(value).__module__ == "numpy":
        if type(value).__name__ == "datetime64":
            value = value.astype("datetime64[us]")
        return cell_text_of(value.item() if value.ndim == 0 else value.tolist())
    if isinstance(value, int) and value.bit_length() > _MOST_DIGITS * 3:
        return "", CellError("inexact_number")
    return str(value), None
