"""Touches: every contact of one of ours with one of theirs, and what it counts (measures, section 1).

Kept in columns, since an account has thousands of them.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from operator import le
from typing import Any

import numpy as np

from graph.analysis.account import AccountView, Flags, Floats, Ints
from graph.model import Interaction
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset
from graph.model.scales import METHOD

METHODS = tuple(METHOD.by_code)

Form = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Touches:
    """Every interaction in columns, an entry each in the order of ids; every touch up to the date, a pair at one.

    Of an interaction: `size` is e = w·q/√(n·m), `quality` q, `age` in days at the date of the view, `day` a proleptic
    Gregorian ordinal. Of a touch: `pair` is its place in a members x people matrix, row
    by row, `at` its interaction.
    """

    method: Ints
    day: Ints
    age: Floats
    quality: Floats
    size: Floats
    pair: Ints
    at: Ints
    shape: tuple[int, int]

    def summed(self, values: Floats) -> Floats:
        """One value an interaction summed up over its touches, by pair: members x people."""
        sums = np.bincount(self.pair, values[self.at], self.shape[0] * self.shape[1])
        return np.asarray(sums.reshape(self.shape), dtype=np.float64)

    def largest(self, values: Floats, which: Flags, least: float = 0.0) -> Floats:
        """The largest value of a pair over its touches at interactions `which`, at least `least`: members x people."""
        flat = np.full(self.shape[0] * self.shape[1], least, dtype=np.float64)
        touches = which[self.at]
        np.maximum.at(flat, self.pair[touches], values[self.at[touches]])
        return flat.reshape(self.shape)


def touches_of(view: AccountView, dataset: Dataset) -> Touches:
    """The touches of active members with the people of the graph up to the date; vacant seats have none."""
    numbers, vacant = view.calibration, view.vacant.tolist()
    dates, methods, subtypes, responses, people, members, headcounts = _columns(dataset)
    form, kinds = _forms(zip(methods, subtypes, responses, strict=True))
    met, person, n = _found(people, {name: i for name, i in view.index.items() if not vacant[i]})
    came, member, m = _found(members, view.member_index)
    count = np.fromiter((one or 1 for one in headcounts), np.int64, len(headcounts))
    quality = np.array([quality_of(kind, numbers) for kind in kinds], dtype=float)[form]
    weight = np.array([_weight(kind, numbers) for kind in kinds], dtype=float)[form]
    day = np.fromiter(map(datetime.date.toordinal, dates), np.int64, len(dates))
    age = (view.as_of.toordinal() - day).astype(float)
    theirs, ours = _paired(met, came, len(day))
    happened = age[met[theirs]] >= 0
    if not happened.all():
        theirs, ours = theirs[happened], ours[happened]
    return Touches(
        method=np.array([METHODS.index(kind[0]) for kind in kinds], dtype=np.int64)[form],
        day=day,
        age=age,
        quality=quality,
        size=weight * quality / np.sqrt(np.maximum(n, count) * np.maximum(m, 1)),
        pair=member[ours] * len(view.people) + person[theirs],
        at=met[theirs],
        shape=(len(view.members), len(view.people)),
    )


_NAMES = ("id", "date", "method", "subtype", "response", "people", "members", "customer_headcount")


def _columns(dataset: Dataset) -> list[Sequence[Any]]:
    """What counts of every interaction, in the order of their ids: sums then do not depend on that of the records."""
    ids, *columns = dataset.columns(Interaction, *_NAMES)
    if all(map(le, ids, islice(ids, 1, None))):
        return columns
    order = sorted(range(len(ids)), key=ids.__getitem__)
    return [[column[i] for i in order] for column in columns]


def _forms(forms: Iterable[Form]) -> tuple[Ints, list[Form]]:
    """The number of each one's method, subtype and response, and what the numbers mean."""
    number: dict[Form, int] = {}
    told = [number.setdefault(form, len(number)) for form in forms]
    return np.array(told, dtype=np.int64), list(number)


def _found(named: Sequence[tuple[str, ...]], places: Mapping[str, int]) -> tuple[Ints, Ints, Ints]:
    """Of the known names in lists: which list each is in, and its place; and the length of every list."""
    names = list(chain.from_iterable(named))
    lengths = np.fromiter(map(len, named), np.int64, len(named))
    place = np.fromiter(map(places.get, names, repeat(-1)), np.int64, len(names))
    where = np.repeat(np.arange(len(named)), lengths)
    known = place >= 0
    return (where, place, lengths) if known.all() else (where[known], place[known], lengths)


def _paired(theirs: Ints, ours: Ints, interactions: int) -> tuple[Ints, Ints]:
    """Everyone of theirs with everyone of ours in the same interaction, by position in the two lists.

    The lists say which interaction each attended, in order.
    """
    count = np.bincount(ours, minlength=interactions)
    first = np.cumsum(count) - count
    several = count[theirs]
    within = np.arange(several.sum()) - np.repeat(np.cumsum(several) - several, several)
    return np.repeat(np.arange(len(theirs)), several), np.repeat(first[theirs], several) + within


def quality_of(form: Form, numbers: Calibration) -> float:
    """q of the response of a method, subtype and response; an empty one is two-way, one-way for what is only sent."""
    method, subtype, response = form
    if response is None:
        sent = method in numbers.one_way_methods or (method == "daily_contact" and subtype in numbers.one_way_subtypes)
        response = "one_way" if sent else "two_way"
    return numbers.response[response]


def _weight(form: Form, numbers: Calibration) -> float:
    method, subtype, _ = form
    if method == "daily_contact" and subtype in numbers.daily_contact_weight:
        return numbers.daily_contact_weight[subtype]
    return numbers.methods[method].weight
