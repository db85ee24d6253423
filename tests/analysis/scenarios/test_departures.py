"""All departures at once: each is the report of the account without the person."""

from __future__ import annotations

import datetime

import pytest

from graph.analysis.ground.limits import SINGLE_CHANGE_PEOPLE
from graph.analysis.measures.measures import compute_measures
from graph.analysis.report.coverage_report import coverage_report
from graph.analysis.scenarios.changes import without_person
from graph.analysis.scenarios.departures import departures
from graph.model.problem import InputError
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)


@pytest.mark.parametrize("seed", range(24))
def test_a_departure_is_the_report_without_the_person(seed: int) -> None:
    dataset = dataset_of(random_account(seed, people=2 + seed, members=seed % 6, opportunities=seed % 3))
    found = compute_measures(dataset, "acme", AS_OF)
    each = departures(found)
    gone = [person.id for person, vacant in zip(found.view.people, found.view.vacant, strict=True) if not vacant]
    assert [departure.person for departure in each] == gone
    for departure in each:
        report = coverage_report(without_person(dataset, departure.person), "acme", AS_OF)
        assert departure.influence == pytest.approx(found.influence[found.view.index[departure.person]], abs=1e-12)
        assert departure.after.decision_chain_coverage == pytest.approx(report.decision_chain_coverage, abs=1e-9)
        assert departure.after.redundancy == pytest.approx(report.redundancy, abs=1e-9)
        assert departure.after.supportive_coverage == pytest.approx(report.supportive_coverage, abs=1e-9)
        assert departure.after.forecast == pytest.approx(report.support.forecast if report.support else None, abs=1e-9)
        assert (departure.after.independent_routes, departure.after.status) == (
            report.independent_routes,
            report.status,
        )


def test_a_large_account_is_asked_one_at_a_time() -> None:
    found = compute_measures(
        dataset_of(random_account(1, people=SINGLE_CHANGE_PEOPLE + 60, interactions=1)), "acme", AS_OF
    )
    with pytest.raises(InputError, match="--without"):
        departures(found)
