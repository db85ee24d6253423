"""The contact log: a dataset's interactions in columns, built once and shared by the reports of all its accounts.

What a contact counts depends on the account's view; its date, method and attendees do not.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from operator import le
from typing import Any

import numpy as np

from graph.analysis.ground.arrays import Ints
from graph.analysis.ground.coded import Coded, coded
from graph.model import Interaction
from graph.model.dataset import Dataset

EPOCH = datetime.date(1970, 1, 1)
"""The day from which numpy counts days and months."""

CONTACT_COLUMNS = ("id", "date", "method", "subtype", "response", "people", "members", "customer_headcount")
"""The columns of interactions that the log is made of."""

Form = tuple[str, str | None, str | None]
"""Method, subtype and response."""


@dataclass(frozen=True)
class ContactLog:
    """Interactions, in the order of ids, and the pairs (stakeholder, team member) that met at each.

    Per interaction: `form` is an index into `forms`, `day` a proleptic Gregorian ordinal, `attended` n·m of measures,
    section 1. Per pair: `person` and `member` are their ids, `at` the index of the interaction.
    """

    forms: tuple[Form, ...]
    form: Ints
    day: Ints
    attended: Ints
    person: Coded[str]
    member: Coded[str]
    at: Ints


def month_number(day: datetime.date) -> int:
    """The number of a day's month, 12 per year."""
    return 12 * day.year + day.month - 1


def month_numbers(days: Ints) -> Ints:
    """The number of the month of each day, given as proleptic Gregorian ordinals; 12 per year."""
    months = (days - EPOCH.toordinal()).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return np.asarray(months + month_number(EPOCH), dtype=np.int64)


def contact_log(dataset: Dataset) -> ContactLog:
    """Build the contact log of a dataset. It does not depend on the order of the records."""
    dates, methods, subtypes, responses, people, members, headcounts = _columns(dataset)
    form = coded(zip(methods, subtypes, responses, strict=True))
    met, came = _lengths(people), _lengths(members)
    count = np.fromiter((headcount or 1 for headcount in headcounts), np.int64, len(headcounts))
    day = np.fromiter(map(datetime.date.toordinal, dates), np.int64, len(dates))
    theirs, ours = _paired(met, came)
    return ContactLog(
        forms=form.names,
        form=form.code,
        day=day,
        attended=np.maximum(met, count) * np.maximum(came, 1),
        person=coded(chain.from_iterable(people)).at(theirs),
        member=coded(chain.from_iterable(members)).at(ours),
        at=np.repeat(np.arange(len(met)), met)[theirs],
    )


def _columns(dataset: Dataset) -> list[Sequence[Any]]:
    """The columns of the interactions, sorted by id so that sums do not depend on the order of the records."""
    ids, *columns = dataset.columns(Interaction, *CONTACT_COLUMNS)
    if all(map(le, ids, islice(ids, 1, None))):
        return columns
    order = sorted(range(len(ids)), key=ids.__getitem__)
    return [[column[i] for i in order] for column in columns]


def _lengths(lists: Sequence[Iterable[str]]) -> Ints:
    return np.fromiter(map(len, lists), np.int64, len(lists))  # type: ignore[arg-type]


def _paired(met: Ints, came: Ints) -> tuple[Ints, Ints]:
    """All pairs (stakeholder, member) within each interaction, as indices into the two flat lists of attendees.

    `met` and `came` are the numbers of stakeholders and members at each interaction.
    """
    several = np.repeat(came, met)
    first = np.repeat(np.cumsum(came) - came, met)
    within = np.arange(several.sum()) - np.repeat(np.cumsum(several) - several, several)
    return np.repeat(np.arange(len(several)), several), np.repeat(first, several) + within
