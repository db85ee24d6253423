"""Days as people type them."""

from __future__ import annotations

import datetime

from graph.model.echo import cut
from graph.model.limits import FIRST_DAY, LAST_DAY, is_known_day
from graph.model.problem import InputError
from graph.model.words import message


def read_day(written: str, name: str) -> datetime.date:
    """The day of an ISO date. Raises InputError, which names the option, parameter or argument, for anything else.

    >>> read_day("2026-11-23", "as_of")
    datetime.date(2026, 11, 23)
    """
    try:
        day = datetime.date.fromisoformat(written)
    except ValueError:
        day = None
    if day is None or not is_known_day(day):
        explanation = message("problem.bad_day", name=name, value=cut(written), first=FIRST_DAY, last=LAST_DAY)
        raise InputError("bad_request", explanation)
    return day


def as_day(given: datetime.date | str, name: str) -> datetime.date:
    """A day that is given as one, as text, or as a moment at midnight without a time zone, such as pandas' Timestamp.

    Raises as `read_day`, for whatever else is given too.

    >>> as_day("2026-11-23", "as_of") == as_day(datetime.datetime(2026, 11, 23), "as_of")
    True
    """
    written = given.isoformat().removesuffix("T00:00:00") if isinstance(given, datetime.date) else str(given)
    return read_day(written, name)
