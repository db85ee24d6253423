"""Single changes: each figure is that of `what_if` of the same change alone."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.ground.limits import SINGLE_CHANGE_PEOPLE
from graph.analysis.measures.measures import compute_measures
from graph.analysis.report.coverage_report import report_of
from graph.analysis.scenarios.changes import Change, Stance, Without
from graph.analysis.scenarios.departures import AccountFigures
from graph.analysis.scenarios.single_changes import SingleChanges, single_changes
from graph.analysis.scenarios.what_if import what_if
from graph.model import Account, Participation, Vote
from graph.model.dataset import Dataset
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)
STANCES = (3, 2, 1, 0, -1, -2, None)


def of(dataset: Dataset) -> SingleChanges:
    found = compute_measures(dataset, "acme", AS_OF)
    told = single_changes(found, report_of(found))
    assert told is not None
    return told


def same(after: AccountFigures, dataset: Dataset, change: Change) -> None:
    expected = what_if(dataset, "acme", AS_OF, [change]).after
    for name in (
        "decision_chain_coverage",
        "supportive_coverage",
        "redundancy",
        "independent_routes",
        "status",
    ):
        assert getattr(after, name) == pytest.approx(expected[name], abs=1e-9), (change, name)
    assert after.forecast == pytest.approx(expected["support.forecast"], abs=1e-9), change


def every_change_is_what_if(dataset: Dataset) -> None:
    told = of(dataset)
    for person, after in told.without.items():
        same(after, dataset, Without(person))
    for member, after in told.without_ours.items():
        same(after, dataset, Without(member))
    for person, turning in told.stance_shifts.items():
        for stance in STANCES:
            same(turning.after(stance, told.values.get(str(stance), 0.0)), dataset, Stance(person, stance))


@pytest.mark.parametrize("seed", range(12))
def test_every_single_change_is_what_if_of_it(seed: int) -> None:
    rows = random_account(seed, people=3 + seed, members=seed % 5, opportunities=1 + seed % 2)
    every_change_is_what_if(dataset_of(rows))


@settings(max_examples=12, deadline=None)
@given(
    seed=st.integers(100, 10_000), people=st.integers(1, 9), members=st.integers(0, 3), opportunities=st.integers(0, 2)
)
def test_every_single_change_is_what_if_of_it_in_any_account(seed: int, **size: Any) -> None:
    every_change_is_what_if(dataset_of(random_account(seed, **size)))


@pytest.mark.parametrize("left_out", [(Participation, Vote), (Vote,), (Participation,)])
def test_a_stance_gives_a_seat_to_people_without_one(left_out: tuple[type, ...]) -> None:
    rows = random_account(5, people=7, members=3, opportunities=1)
    records = [record for record in dataset_of(rows) if not isinstance(record, left_out)]
    some = [record for record in dataset_of(rows) if isinstance(record, left_out)][::3] if len(left_out) == 1 else []
    every_change_is_what_if(Dataset.collect([*records, *some]))


def test_today_is_the_report() -> None:
    dataset = dataset_of(random_account(8, people=9, opportunities=1))
    found = compute_measures(dataset, "acme", AS_OF)
    report, told = report_of(found), of(dataset)
    assert report.support is not None
    assert told.today == AccountFigures(
        report.decision_chain_coverage,
        report.supportive_coverage,
        report.redundancy,
        report.independent_routes,
        report.status,
        report.support.forecast,
    )


def test_a_very_large_account_has_no_single_changes_and_says_so() -> None:
    found = compute_measures(
        dataset_of(random_account(1, people=SINGLE_CHANGE_PEOPLE + 60, interactions=1)), "acme", AS_OF
    )
    assert single_changes(found, report_of(found)) is None


def test_an_account_without_people_has_no_single_changes() -> None:
    found = compute_measures(Dataset.collect([Account("acme")]), "acme", AS_OF)
    assert single_changes(found, report_of(found)) is None
