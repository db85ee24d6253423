"""Dates are written 2026-11-23. Anything else is refused, with the day or days that it may mean."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator

from loaders.cell_error import CellError

_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)Z?)?")
_PARTS = re.compile(r"(\d{1,4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,4})\s*日?")
_DAY_NUMBER = re.compile(r"\d{5}(?:\.0+)?")
_EPOCH = datetime.date(1899, 12, 30)


def read_date(written: str) -> datetime.date | CellError:
    """The day of an ISO date, or why the text is none."""
    text = unicodedata.normalize("NFKC", written).strip()
    iso = _ISO_DAY.fullmatch(text)
    if iso is not None:
        try:
            day = datetime.date.fromisoformat(iso[1])
        except ValueError:
            return CellError("impossible_date")
        return day if not (iso[2] or "").strip("0:.") else CellError("date_with_time", (("iso", iso[1]),))
    if _DAY_NUMBER.fullmatch(text):
        day = _EPOCH + datetime.timedelta(days=int(text[:5]))
        return CellError("day_number", (("iso", day.isoformat()),))
    return _otherwise(text)


def _otherwise(text: str) -> CellError:
    parts = _PARTS.fullmatch(text)
    if parts is None:
        return CellError("not_a_date")
    days = sorted(set(_meant(parts[1], parts[2], parts[3])))
    if not days:
        return CellError("impossible_date")
    said = (("iso", " / ".join(day.isoformat() for day in days)),)
    return CellError("not_iso_date" if len(days) == 1 else "ambiguous_date", said)


def _meant(first: str, second: str, third: str) -> Iterator[datetime.date]:
    """The days that three numbers may be, by the orders in use: year first, day first, month first."""
    orders = [(first, second, third)] if len(first) > 2 else [(third, second, first), (third, first, second)]
    if len(first) <= 2 and len(third) <= 2:
        orders.append((first, second, third))
    for year, month, day in orders:
        try:
            yield datetime.date(int(year) + (2000 if len(year) <= 2 else 0), int(month), int(day))
        except ValueError:
            continue
