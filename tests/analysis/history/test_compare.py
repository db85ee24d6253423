"""Comparison of two days: every difference by hand, causes that add up, decay against a later report."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from graph.analysis.history.compare import Comparison, compare, compare_saved
from graph.analysis.history.records_between import differences, existing, taken_back
from graph.analysis.history.snapshot import snapshot_of_json
from graph.analysis.measures.measures import compute_measures
from graph.analysis.report.coverage_report import report_of
from graph.analysis.report.decay import falls_below
from graph.analysis.report.report_json import report_json
from graph.model import (
    Claim,
    CompetitorTie,
    Interaction,
    Opportunity,
    OrgUnit,
    Participation,
    Person,
    TeamMember,
    Vote,
)
from graph.model.calibration import load_calibration
from graph.model.dataset import Dataset
from graph.model.problem import InputError
from tests.analysis.records import AS_OF, account
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

NUMBERS = load_calibration(None)
THEN = AS_OF - datetime.timedelta(days=60)


def compared(before: Dataset, after: Dataset, since: datetime.date = THEN, until: datetime.date = AS_OF) -> Comparison:
    return compare(before, after, "q", since, until, None, NUMBERS)


def with_(dataset: Dataset, *records: Any, drop: tuple[Any, ...] = ()) -> Dataset:
    return Dataset.collect([*(record for record in dataset if record not in drop), *records])


def visit(name: str, person: str, day: datetime.date) -> Interaction:
    return Interaction(name, day, "executive_visit", None, (person,), ("u",))


UNITS = (OrgUnit("x", "q"), OrgUnit("y", "q"))
OURS = TeamMember("u", role="AR")


def test_people_who_came_went_and_moved() -> None:
    stays, goes = Person("b", "q", "x"), Person("c", "q")
    seat, gone = Person("e", "q", status="unidentified"), Person("f", "q", status="left")
    before = account(*UNITS, stays, goes, seat, gone, Person("h", "q"), people="a")
    after = with_(
        before,
        Person("b", "q", "y"),
        Person("c", "q", status="moved"),
        Person("d", "q"),
        Person("e", "q"),
        Person("f", "q"),
        drop=(stays, goes, seat, gone, Person("h", "q")),
    )
    found = compared(before, after)
    assert [(came.person, came.was) for came in found.came] == [("d", None), ("e", "unidentified"), ("f", "left")]
    assert [(went.person, went.how) for went in found.went] == [("c", "moved"), ("h", "removed")]
    assert [(move.person, move.from_unit, move.to_unit) for move in found.moved] == [("b", "x", "y")]


def test_stances_and_ties() -> None:
    was = Participation("o", "a", ("D",), 1)
    long_ago = visit("i", "b", AS_OF - datetime.timedelta(days=1500))
    before = account(OURS, was, Participation("o", "b"), long_ago, people="a b")
    after = with_(before, replace(was, stance=None), visit("j", "a", AS_OF), drop=(was,))
    found = compared(before, after, long_ago.date)
    assert [(stance.person, stance.before, stance.after) for stance in found.stances] == [("a", 1, None)]
    assert [(tie.member, tie.person, tie.before) for tie in found.ties_won] == [("u", "a", None)]
    assert [(tie.member, tie.person) for tie in found.ties_lost] == [("u", "b")]


def test_contacts_and_claims_of_later_days_do_not_exist_yet() -> None:
    visits = visit("i", "a", THEN), visit("j", "a", AS_OF)
    data = account(OURS, *visits, Participation("o", "a", ("D",)), Claim("c", "o", "fit", date=AS_OF), people="a")
    assert [interaction.id for interaction in existing(data, THEN).of(Interaction)] == ["i"]
    assert existing(data, THEN).of(Claim) == []
    coverage = next(
        measure for measure in compared(data, data).measures if measure.measure == "decision_chain_coverage"
    )
    assert coverage.time is not None
    assert coverage.time < 0
    assert [(cause.sheet, cause.key) for cause in coverage.causes if cause.sheet] == [
        ("interactions", None),
        ("interactions", ("j",)),
    ]
    assert next(cause.person for cause in coverage.causes if cause.person) == "a"


@pytest.mark.parametrize("seed", range(8))
def test_causes_add_up_and_are_the_reports_with_the_records_as_they_were(seed: int) -> None:
    after = dataset_of(random_account(seed, people=10, opportunities=1))
    dropped = [*after.of(Participation)[:2], *after.of(Vote)[:2], *after.of(CompetitorTie)[:1], *after.of(Person)[:1]]
    before = with_(after, drop=tuple(dropped))
    before = taken_back(before, after, differences(before, after))
    found = compare(before, after, "acme", THEN, AS_OF, None, NUMBERS)
    different = {
        difference.target: difference for difference in differences(existing(before, THEN), existing(after, AS_OF))
    }
    assert found.measures
    for measure in found.measures:
        kinds = [cause.move for cause in measure.causes if cause.key is None and cause.person is None]
        if measure.change is None:
            continue
        assert measure.time is not None
        assert measure.together is not None
        assert measure.time + sum(move or 0.0 for move in kinds) + measure.together == pytest.approx(
            measure.change, abs=1e-9
        )
        for cause in measure.causes:
            if cause.key is not None:
                assert (cause.sheet, cause.key) in different
                back = taken_back(
                    existing(before, THEN), existing(after, AS_OF), [different[cause.sheet or "", cause.key]]
                )
                coverage = report_of(compute_measures(back, "acme", AS_OF)).decision_chain_coverage
                if measure.measure == "decision_chain_coverage":
                    assert cause.instead == pytest.approx(coverage, abs=1e-12)


def test_nothing_that_is_taken_back_leaves_a_name_of_nobody() -> None:
    before = account(OURS, people="a")
    new = [
        Person("b", "q"),
        Participation("o", "b", ("D",)),
        Interaction("i", AS_OF, "forum", None, ("a", "b"), ("u",)),
    ]
    after = with_(before, *new)
    person = next(difference for difference in differences(before, after) if difference.target == ("people", ("b",)))
    back = taken_back(before, after, [person])
    assert back.of(Participation) == []
    assert back.of(Interaction)[0].people == ("a",)


def test_an_opportunity_of_later_was_none_before() -> None:
    before = account(people="a", opportunity=False)
    found = compared(before, with_(before, Opportunity("o", "q")))
    status = next(measure for measure in found.measures if measure.measure == "status")
    assert (status.before, status.after, status.change) == (None, "red", None)
    assert [(cause.sheet, cause.instead) for cause in status.causes if cause.key is None] == [("opportunities", None)]


@pytest.mark.parametrize("seed", range(6))
def test_the_day_of_falling_below_is_that_of_the_reports(seed: int) -> None:
    data = dataset_of(random_account(seed, people=20, interactions=300))
    found = compute_measures(data, "acme", AS_OF)
    told = falls_below(found)
    for item in told:
        for days, holds in ((item.days - 1, True), (item.days, False)):
            later = compute_measures(data, "acme", AS_OF + datetime.timedelta(days=days))
            at = later.view.index[item.person]
            assert bool(later.connected.together[at] >= later.standards.strength[at] - 1e-9) is holds
    enough = {p.id for p in report_of(found).people if p.connection_strength >= p.required_strength and p.coverage > 0}
    assert {item.person for item in told} == enough
    assert [item.days for item in told] == sorted(item.days for item in told)


def test_saved_maps_say_the_same_without_causes() -> None:
    data = account(
        OURS, visit("i", "a", THEN), visit("j", "b", AS_OF), Participation("o", "a", ("D",), 1), people="a b"
    )
    then, now = (compute_measures(existing(data, day), "q", day) for day in (THEN, AS_OF))
    saved = [snapshot_of_json(report_json(report_of(side), "en"), "saved") for side in (then, now)]
    found, live = compare_saved(*saved, NUMBERS.tie), compared(data, data)
    assert (found.ties_won, found.stances, found.people) == (live.ties_won, live.stances, live.people)
    assert [(measure.measure, measure.before, measure.after) for measure in found.measures] == [
        (measure.measure, measure.before, measure.after) for measure in live.measures
    ]
    assert found.falls_below is None


@pytest.mark.parametrize("saved", [[], {}, {"people": 3}, "x", {"report": {"people": [], "opportunity": None}}])
def test_what_is_no_report_is_refused(saved: Any) -> None:
    with pytest.raises(InputError, match=r"not a coverage report"):
        snapshot_of_json(saved, "x.json")


def test_days_out_of_order_are_refused() -> None:
    data = account(people="a")
    with pytest.raises(InputError, match="out of order"):
        compared(data, data, AS_OF, THEN)


def test_the_same_day_twice_moves_nothing() -> None:
    data = account(OURS, visit("i", "a", THEN), people="a b")
    found = compared(data, data, AS_OF, AS_OF)
    assert (found.measures, found.people, found.came, found.ties_won) == ((), (), (), ())
