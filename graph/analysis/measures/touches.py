"""Touches: each contact of a team member with a stakeholder, and what it counts (measures, section 1).

Kept in columns, since an account has thousands of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analysis.ground.account_view import AccountView, Flags, Floats, Ints
from graph.analysis.measures.contact_log import Form, contact_log
from graph.model import Interaction
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset
from graph.model.scales import METHOD

METHODS = tuple(METHOD.by_code)


@dataclass(frozen=True)
class Touches:
    """The interactions, in the order of ids, and the touches (member, stakeholder) at each up to the view's date.

    Per interaction: `size` is e = w·q/√(n·m), `quality` q, `age` in days at the date of the view, `day` a proleptic
    Gregorian ordinal, `month` the number of the month (12 per year). Per touch: `pair` is the flat index into a members
    x people matrix (`shape`), `at` the index of the interaction.
    """

    method: Ints
    day: Ints
    month: Ints
    age: Floats
    quality: Floats
    size: Floats
    pair: Ints
    at: Ints
    shape: tuple[int, int]

    def summed(self, values: Floats) -> Floats:
        """The sum of a value per interaction over each pair's touches: members x people."""
        sums = np.bincount(self.pair, values[self.at], self.shape[0] * self.shape[1])
        return np.asarray(sums.reshape(self.shape), dtype=np.float64)

    def largest(self, values: Floats, which: Flags, least: float = 0.0) -> Floats:
        """The largest value per pair over its touches at interactions `which`, at least `least`: members x people."""
        flat = np.full(self.shape[0] * self.shape[1], least, dtype=np.float64)
        touches = which[self.at]
        np.maximum.at(flat, self.pair[touches], values[self.at[touches]])
        return flat.reshape(self.shape)


def touches_of(view: AccountView, dataset: Dataset) -> Touches:
    """The touches of active members with people of the graph up to the view's date; vacant seats have none.

    >>> touches = touches_of(measures.view, data)
    >>> touches.summed(touches.size).round(3).tolist()  # Uma, Vic x Ann, Ben, Cho, Dev
    [[0.0, 1.604, 0.354, 0.0], [1.0, 0.0, 0.0, 0.0]]
    """
    log, numbers = dataset.once(Interaction, contact_log), view.calibration
    person, member = view.without_vacant(view.places(log.person.names)), view.member_places(log.member.names)
    theirs, ours = person[log.person.code], member[log.member.code]
    passed = view.as_of.toordinal() - log.day
    there = (theirs >= 0) & (ours >= 0) & (passed[log.at] >= 0)
    quality = np.array([quality_of(form, numbers) for form in log.forms], dtype=float)[log.form]
    weight = np.array([_weight(form, numbers) for form in log.forms], dtype=float)[log.form]
    return Touches(
        method=np.array([METHODS.index(form[0]) for form in log.forms], dtype=np.int64)[log.form],
        day=log.day,
        month=log.month,
        age=np.maximum(0.0, passed),
        quality=quality,
        size=weight * quality / np.sqrt(log.attended),
        pair=(ours * len(view.people) + theirs)[there],
        at=log.at[there],
        shape=(len(view.members), len(view.people)),
    )


def quality_of(form: Form, numbers: Calibration) -> float:
    """q of a method, subtype and response; an empty response is two-way, one-way for what is only sent."""
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
