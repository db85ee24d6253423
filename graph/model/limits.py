"""Limits of ids and days, the same in files, on the command line and over HTTP."""

from __future__ import annotations

import datetime

ID_LENGTH = 200
"""Characters of an id at most."""

FIRST_DAY = datetime.date(1900, 1, 1)
LAST_DAY = datetime.date(2200, 12, 31)
"""The days that swaymap knows, both included: far from the ends of the calendar, where adding a day overflows."""

DAY_PATTERN = r"^(19\d\d|20\d\d|21\d\d|2200)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
"""The pattern of such a day, for JSON schemas, which cannot bound a date otherwise."""


def is_known_day(day: datetime.date) -> bool:
    """Whether a day lies between the first and the last."""
    return FIRST_DAY <= day <= LAST_DAY
