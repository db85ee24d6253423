"""Touches: each contact of a team member with a stakeholder, and what it counts (measures, section 1)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.analysis.ground.arrays import Flags, Floats, Ints, largest, sums
from graph.analysis.ground.batch import Batch
from graph.analysis.ground.columns import EMPTY_CODE
from graph.analysis.ground.contact_log import Form, month_numbers
from graph.model.calibration import Calibration
from graph.model.scales import METHOD, RESPONSE, SUBTYPE

METHODS, SUBTYPES, RESPONSES = tuple(METHOD.by_code), tuple(SUBTYPE.by_code), tuple(RESPONSE.by_code)


@dataclass(frozen=True)
class Touches:
    """The interactions, in the order of ids, and the touches (member, stakeholder) at each up to the batch's day.

    Per interaction: `method` is a place in `METHODS`, `size` is e = w·q/√(n·m), `quality` q, `age` in days, `day` a
    proleptic Gregorian ordinal. Per touch: `cell` of members x people, `at` the index of the interaction.
    """

    method: Ints
    day: Ints
    age: Floats
    quality: Floats
    size: Floats
    cell: Ints
    at: Ints
    cells: int

    @cached_property
    def month(self) -> Ints:
        """The number of each interaction's month, 12 per year."""
        return month_numbers(self.day)

    def summed(self, values: Floats) -> Floats:
        """The sum of a value per interaction over the touches of each cell."""
        return sums(self.cell, values[self.at], self.cells)

    def largest(self, values: Floats, which: Flags, least: float = 0.0) -> Floats:
        """The largest value per cell over its touches at interactions `which`, at least `least`."""
        touches = which[self.at]
        return largest(self.cell[touches], values[self.at[touches]], self.cells, least)


def touches_of(batch: Batch) -> Touches:
    """The touches of active members with people of the graph up to the batch's day; vacant seats have none.

    >>> touches = touches_of(measures.view.batch)
    >>> touches.summed(touches.size).round(3).tolist()  # Uma x Ann, Ben, Cho, Dev, then Vic
    [0.0, 1.604, 0.354, 0.0, 1.0, 0.0, 0.0, 0.0]
    """
    log, contacts = batch.columns.tables["interactions"], batch.columns.tables["contacts"]
    person, member = batch.people_at("contacts", "person", meeting=True), batch.members_at("contacts")
    day, at = log["date"].astype(np.int64), contacts["interaction"]
    passed = batch.as_of.toordinal() - day
    there = np.flatnonzero((person >= 0) & (member >= 0) & (passed[at] >= 0))
    weights, qualities = _tables(batch.calibration)
    form = _form(log["method"], log["subtype"], log["response"])
    quality = qualities[form]
    return Touches(
        method=log["method"].astype(np.int64),
        day=day,
        age=np.maximum(0.0, passed),
        quality=quality,
        size=weights[form] * quality / np.sqrt(log["attended"]),
        cell=batch.cells_of(member[there], person[there]),
        at=at[there],
        cells=batch.cells,
    )


def _form(method: Ints, subtype: Ints, response: Ints) -> Ints:
    """The place of a method, subtype and response in the tables of `_tables`."""
    subtypes, responses = len(SUBTYPES) + 1, len(RESPONSES) + 1
    return (method.astype(np.int64) * subtypes + subtype - EMPTY_CODE) * responses + response - EMPTY_CODE


def _tables(numbers: Calibration) -> tuple[Floats, Floats]:
    """w and q of every method, subtype and response, empty ones first."""
    shape = (len(METHODS), len(SUBTYPES) + 1, len(RESPONSES) + 1)
    weights, qualities = np.zeros(shape), np.zeros(shape)
    answered = np.array([0.0, *(numbers.response[response] for response in RESPONSES)])
    for m, method in enumerate(METHODS):
        weights[m], qualities[m] = numbers.methods[method].weight, answered
        qualities[m, :, 0] = quality_of((method, None, None), numbers)
    daily = METHODS.index("daily_contact")
    for s, subtype in enumerate(SUBTYPES, start=1):
        if subtype in numbers.daily_contact_weight:
            weights[daily, s] = numbers.daily_contact_weight[subtype]
            qualities[daily, s, 0] = quality_of(("daily_contact", subtype, None), numbers)
    return weights.ravel(), qualities.ravel()


def quality_of(form: Form, numbers: Calibration) -> float:
    """q of a method, subtype and response; an empty response is two-way, one-way for what is only sent."""
    method, subtype, response = form
    if response is None:
        sent = method in numbers.one_way_methods or (method == "daily_contact" and subtype in numbers.one_way_subtypes)
        response = "one_way" if sent else "two_way"
    return numbers.response[response]
