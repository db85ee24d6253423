"""Nearly empty accounts get a plain answer."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

from graph.analysis.map import map_content
from graph.analysis.report.coverage_report import coverage_report
from graph.analysis.report.report_json import report_json
from graph.model import (
    Account,
    DecisionStep,
    Interaction,
    Opportunity,
    OrgUnit,
    Participation,
    Person,
    TeamMember,
)
from graph.model.dataset import Dataset
from tests.analysis.records import AS_OF

NOBODY = Account("q")
ONE = Person("p", "q")
BID = Opportunity("o", "q")
US = TeamMember("u", role="AR")

CASES: dict[str, tuple[list[Any], str | None, list[str]]] = {
    "no people": ([], None, ["triangle_incomplete"]),
    "no people, one opportunity": (
        [BID, OrgUnit("x", "q")], "red", ["no_decision_maker", "triangle_incomplete", "no_coach"],
    ),
    "one person": ([ONE], None, ["no_contact", "triangle_incomplete", "no_owner"]),
    "a step without votes": (
        [ONE, BID, DecisionStep("s", "o", 1)],
        "red",
        ["no_contact", "no_decision_maker", "triangle_incomplete", "no_coach", "no_owner"],
    ),
    "ours without a touch": ([ONE, US], None, ["no_contact", "triangle_incomplete", "no_owner"]),
    "a touch without anybody": (
        [ONE, US, Interaction("i", AS_OF, "forum")], None, ["no_contact", "triangle_incomplete", "no_owner"],
    ),
    "a touch before a team": (
        [ONE, Interaction("i", AS_OF, "forum", None, ("p",))], None, ["no_contact", "triangle_incomplete", "no_owner"],
    ),
    "everybody gone": (
        [Person("p", "q", status="left"), BID, Participation("o", "p", ("D",))],
        "red",
        ["key_person_left", "no_decision_maker", "triangle_incomplete", "no_coach"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_plain_answer(case: str) -> None:
    records, status, types = CASES[case]
    dataset = Dataset.collect([NOBODY, *records])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        report = coverage_report(dataset, "q", AS_OF)
        content = map_content(dataset, "q", AS_OF)
    assert report.status == status
    assert [gap.type for gap in report.gaps] == types
    assert report.decision_chain_coverage == report.redundancy == 0.0
    assert report.concentration is None
    assert report.triangle == {"AR": 0.0, "SR": 0.0, "FR": 0.0}
    assert sum(person.decision_influence for person in report.people) == pytest.approx(float(bool(report.people)))
    assert content.report == report
    assert content.routes == {}


def test_without_an_opportunity_what_needs_one_is_null() -> None:
    told = report_json(coverage_report(Dataset.collect([NOBODY, ONE]), "q", AS_OF))
    assert {key for key, value in told.items() if value is None} == {
        "opportunity", "supportive_coverage", "identified", "independent_routes", "status", "support", "concentration",
        "champions", "camps",
    }  # fmt: skip


def test_a_person_without_lines_keeps_their_own_vote() -> None:
    dataset = Dataset.collect([NOBODY, BID, ONE, Person("r", "q"), Participation("o", "p"), Participation("o", "r")])
    report = coverage_report(dataset, "q", AS_OF)
    assert [person.decision_influence for person in report.people] == pytest.approx([0.5, 0.5])
    assert [person.turned_to_by for person in report.people] == [0, 0]
    assert not report.influence_assumed
