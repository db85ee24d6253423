"""The largest parts of everybody's influence: computed together in a large account, the same as one by one."""

from __future__ import annotations

import datetime

import pytest

from graph.analysis.ground.limits import DIRECT_SOLVE_PEOPLE
from graph.analysis.measures.influence_system import OpinionSystem
from graph.analysis.measures.measures import compute_measures
from graph.analysis.report.coverage_report import report_of
from graph.analysis.report.influence_shares import largest_shares, largest_shares_of_all
from graph.analysis.report.results import CoverageReport
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)


def report(people: int, opportunities: int = 1) -> CoverageReport:
    rows = random_account(seed=people, people=people, interactions=10, opportunities=opportunities)
    for row in rows["people"]:
        row["status"] = "active"
    return report_of(compute_measures(dataset_of(rows), "acme", AS_OF))


@pytest.fixture
def solves(monkeypatch: pytest.MonkeyPatch) -> list[OpinionSystem]:
    """The systems that were solved, one entry a solve."""
    told: list[OpinionSystem] = []
    solve = OpinionSystem.solve

    def counted(system: OpinionSystem, inputs: object) -> object:
        told.append(system)
        return solve(system, inputs)  # type: ignore[arg-type]

    monkeypatch.setattr(OpinionSystem, "solve", counted)
    return told


@pytest.mark.parametrize(("people", "opportunities"), [(40, 1), (DIRECT_SOLVE_PEOPLE + 10, 1), (620, 0)])
@pytest.mark.parametrize("most", [1, 3])
def test_all_together_are_those_one_by_one(people: int, opportunities: int, most: int) -> None:
    found = report(people, opportunities)
    together = largest_shares_of_all(found.people, most)
    assert list(together) == [person.id for person in found.people]
    for person in found.people[:: max(1, people // 40)]:
        own, largest, rest = largest_shares(person, most)
        assert together[person.id][0] == pytest.approx(own, abs=1e-11)
        assert [part.person for part in together[person.id][1]] == [part.person for part in largest]
        assert [part.share for part in together[person.id][1]] == pytest.approx(
            [part.share for part in largest], abs=1e-11
        )
        assert together[person.id][2] == pytest.approx(rest, abs=1e-11)


def test_a_large_account_needs_no_solve_a_person(solves: list[OpinionSystem]) -> None:
    found = report(DIRECT_SOLVE_PEOPLE + 10)
    solves.clear()
    assert len(largest_shares_of_all(found.people, 3)) == len(found.people)
    assert not solves


def test_nobody_has_no_parts() -> None:
    assert largest_shares_of_all((), 3) == {}
