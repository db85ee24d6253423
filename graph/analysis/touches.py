"""Touches: every contact of one of ours with one of theirs, and what it counts (measures, section 1).

Kept in columns, since an account has thousands of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from graph.analysis.account import AccountView, Floats, Ints
from graph.model import Interaction
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset
from graph.model.scales import METHOD

METHODS = tuple(METHOD.by_code)

Form = tuple[str, str | None, str | None]


@dataclass(frozen=True)
class Touches:
    """Every touch, an entry each, in the order of the interactions' ids; members and people by index.

    `size` is e = w·q/√(n·m), `quality` q, `age` in days at the date of the view, `day` a proleptic Gregorian ordinal.
    """

    member: Ints
    person: Ints
    method: Ints
    day: Ints
    age: Floats
    quality: Floats
    size: Floats
    shape: tuple[int, int]

    @cached_property
    def pair(self) -> Ints:
        """The place of each touch in a members x people matrix, row by row."""
        return np.asarray(self.member * self.shape[1] + self.person, dtype=np.int64)

    def summed(self, values: Floats) -> Floats:
        """One value a touch summed up by pair: members x people."""
        sums = np.bincount(self.pair, values, self.shape[0] * self.shape[1])
        return np.asarray(sums.reshape(self.shape), dtype=np.float64)


def touches_of(view: AccountView, dataset: Dataset) -> Touches:
    """The touches of active members with the people of the graph up to the date; vacant seats have none."""
    numbers = view.calibration
    records = [one for one in dataset.of(Interaction) if one.date <= view.as_of]
    records.sort(key=attrgetter("id"))
    met, person = _positions([one.people for one in records], _present(view))
    came, member = _positions([one.members for one in records], {one.id: i for i, one in enumerate(view.members)})
    ours_at = np.bincount(came, minlength=len(records))
    several = ours_at[met]
    first = (np.cumsum(ours_at) - ours_at)[met]
    at = np.repeat(first - (np.cumsum(several) - several), several) + np.arange(int(several.sum()))
    touched = np.repeat(met, several)
    forms: list[Form] = [(one.method, one.subtype, one.response) for one in records]
    known = {form: i for i, form in enumerate(dict.fromkeys(forms))}
    form = np.array([known[one] for one in forms], dtype=np.int64)[touched]
    theirs = [max(len(one.people), one.customer_headcount or 0, 1) for one in records]
    attended = np.array([n * max(len(one.members), 1) for n, one in zip(theirs, records, strict=True)], dtype=float)
    quality = np.array([_quality(one, numbers) for one in known], dtype=float)[form]
    weight = np.array([_weight(one, numbers) for one in known], dtype=float)[form]
    day = np.array([one.date.toordinal() for one in records], dtype=np.int64)[touched]
    return Touches(
        member=member[at],
        person=np.repeat(person, several),
        method=np.array([METHODS.index(one[0]) for one in known], dtype=np.int64)[form],
        day=day,
        age=(view.as_of.toordinal() - day).astype(float),
        quality=quality,
        size=weight * quality / np.sqrt(attended[touched]),
        shape=(len(view.members), len(view.people)),
    )


def _present(view: AccountView) -> dict[str, int]:
    vacant = view.vacant.tolist()
    return {name: i for name, i in view.index.items() if not vacant[i]}


def _positions(named: list[tuple[str, ...]], places: dict[str, int]) -> tuple[Ints, NDArray[np.int64]]:
    """Which list each known name is in, and its place, list by list."""
    where = np.repeat(np.arange(len(named)), [len(names) for names in named])
    found = np.array([places.get(name, -1) for name in chain.from_iterable(named)], dtype=np.int64)
    there = found >= 0
    return where[there], found[there]


def _quality(form: Form, numbers: Calibration) -> float:
    """q of the response; an empty one is two-way, one-way for what is only sent."""
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
