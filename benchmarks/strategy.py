"""Strategists' questions about one account, against computing one report after another."""

from __future__ import annotations

import datetime

from benchmarks.measuring import Result, seconds, side_by_side
from graph.analysis.measures.measures import compute_measures
from graph.analysis.planning.next_actions import candidates
from graph.analysis.planning.touch_effects import WAYS
from graph.analysis.report.coverage_report import coverage_report
from graph.analysis.scenarios.changes import Touch, with_touch, without_person
from graph.analysis.scenarios.departures import departures
from graph.model.calibration import load_calibration
from graph.model.dataset import Dataset
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)
NUMBERS = load_calibration(None)
SAMPLE = 11
"""Every so-many-th candidate is computed again by the peer; the time is taken times this."""


def plan_60x5x10() -> Result:
    """The worth of every touch: 60 people x 5 members x 11 ways, against a report for each touch; seconds."""
    dataset = _account()
    found = compute_measures(dataset, "acme", AS_OF, None, NUMBERS)
    touches = [
        Touch(member.id, person.id, *way)
        for way in WAYS
        for member in found.view.members
        for person, known in zip(found.view.people, found.view.known, strict=True)
        if known
    ]

    def ours() -> None:
        candidates(compute_measures(dataset, "acme", AS_OF, None, NUMBERS))

    def peer() -> None:
        for touch in touches[::SAMPLE]:
            coverage_report(with_touch(dataset, AS_OF, touch), "acme", AS_OF, None, NUMBERS)

    return side_by_side(lambda: seconds(ours, times=10), lambda: SAMPLE * seconds(peer), unit="s", runs=5)


def departures_60() -> Result:
    """The departure of each of 60 people, against one report after another; seconds."""
    dataset = _account()
    people = [departure.person for departure in departures(compute_measures(dataset, "acme", AS_OF, None, NUMBERS))]

    def ours() -> None:
        departures(compute_measures(dataset, "acme", AS_OF, None, NUMBERS))

    def peer() -> None:
        for person in people:
            coverage_report(without_person(dataset, person), "acme", AS_OF, None, NUMBERS)

    return side_by_side(lambda: seconds(ours, times=5), lambda: seconds(peer), unit="s", runs=9)


def _account() -> Dataset:
    return dataset_of(random_account(seed=1, people=60, members=5, lines=360, interactions=600))
