"""What-if: a hypothetical change gives the report of an account in which it has happened."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

import pytest

from graph.analysis.report.coverage_report import coverage_report
from graph.analysis.scenarios.changes import Change, ImpossibleChange, Stance, Touch, Without
from graph.analysis.scenarios.what_if import WhatIf, headline_figures, what_if
from graph.model import Account, Interaction, Opportunity, Participation, Person, TeamMember
from graph.model.dataset import Dataset
from graph.model.problem import UnknownRecord
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)


def account(seed: int = 3) -> Dataset:
    return dataset_of(random_account(seed, people=12, members=3, opportunities=1))


def asked(dataset: Dataset, *changes: Change) -> WhatIf:
    return what_if(dataset, "acme", AS_OF, changes)


def with_records(dataset: Dataset, *changed: Any) -> Dataset:
    """The dataset with these records in the place of those with the same key."""
    keys = {(type(record), _key(record)) for record in changed}
    return Dataset.collect([*(record for record in dataset if (type(record), _key(record)) not in keys), *changed])


def _key(record: Any) -> Any:
    return (
        (record.opportunity, record.person) if isinstance(record, Participation) else getattr(record, "id", id(record))
    )


def same(found: WhatIf, dataset: Dataset) -> None:
    expected = headline_figures(coverage_report(dataset, "acme", AS_OF))
    assert dict(found.after) == pytest.approx(expected, abs=1e-12)
    assert {figure.measure for figure in found.moved} == {
        name for name, value in found.before.items() if value != pytest.approx(expected[name], abs=1e-9)
    }


@pytest.mark.parametrize("seed", range(6))
def test_a_stakeholder_leaves(seed: int) -> None:
    dataset = account(seed)
    for person in dataset.of(Person):
        if person.status not in ("left", "moved"):
            same(asked(dataset, Without(person.id)), with_records(dataset, replace(person, status="left")))


def test_a_member_becomes_inactive() -> None:
    dataset = account()
    for member in dataset.of(TeamMember):
        if member.active is not False:
            same(asked(dataset, Without(member.id)), with_records(dataset, replace(member, active=False)))


def test_a_stance_changes() -> None:
    dataset = account()
    for part in dataset.of(Participation):
        person = next(person for person in dataset.of(Person) if person.id == part.person)
        if person.status in ("left", "moved"):
            continue
        for stance in (-2, 3, None):
            same(asked(dataset, Stance(part.person, stance)), with_records(dataset, replace(part, stance=stance)))


def test_a_stance_of_a_person_by_name_who_has_no_participation_yet() -> None:
    dataset = Dataset.collect(
        [
            Account("acme"),
            Person("p", "acme", name="Lin"),
            Person("q", "acme"),
            Opportunity("o", "acme"),
            Participation("o", "q", stance=1),
        ]
    )
    changed = with_records(dataset, Participation("o", "p", stance=2))
    for named in ("p", "Lin"):
        same(asked(dataset, Stance(named, 2)), changed)


def test_a_touch_is_an_interaction_of_today() -> None:
    dataset = account()
    member = next(member.id for member in dataset.of(TeamMember) if member.active is not False)
    person = next(person.id for person in dataset.of(Person) if person.status in (None, "active"))
    touch = Interaction("zzz", AS_OF, "daily_contact", "visit", (person,), (member,), "two_way")
    same(asked(dataset, Touch(member, person, "daily_contact", "visit")), with_records(dataset, touch))


def test_several_happen_together_and_nothing_is_changed_for_good() -> None:
    dataset = account()
    before = repr(list(dataset))
    people = [person for person in dataset.of(Person) if person.status in (None, "active")]
    once = replace(people[0], status="left")
    twice = with_records(dataset, once, replace(people[1], status="left"))
    same(asked(dataset, Without(people[0].id), Without(people[1].id)), twice)
    assert repr(list(dataset)) == before


def test_gaps_that_open_and_close_are_those_of_one_side_only() -> None:
    dataset = account()
    for person in dataset.of(Person):
        if person.status in ("left", "moved"):
            continue
        found = asked(dataset, Without(person.id))
        after = coverage_report(with_records(dataset, replace(person, status="left")), "acme", AS_OF)
        before = coverage_report(dataset, "acme", AS_OF)
        sides = [{(gap.type, gap.person, gap.unit) for gap in record.gaps} for record in (before, after)]
        assert {(gap.type, gap.person, gap.unit) for gap in found.gaps_opened} == sides[1] - sides[0]
        assert {(gap.type, gap.person, gap.unit) for gap in found.gaps_closed} == sides[0] - sides[1]
        gone = next((other for other in found.people if other.person == person.id), None)
        assert gone is None or gone.before is not None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Without("p0"), "Did you mean p1"),
        (Stance("p99", 1), "p99"),
        (Stance("p01", 7), "There is no stance 7"),
        (Touch("m9", "p01", "forum"), "m9"),
        (Touch("m1", "p01", "lunch"), "no contact method lunch"),
        (Touch("m1", "p01", "forum", "visit"), "no contact method visit"),
    ],
)
def test_what_cannot_happen_is_said_in_a_sentence(change: Change, said: str) -> None:
    dataset = with_records(account(), TeamMember("m1", "M", "AR"), Person("p01", "acme", name="P"))
    with pytest.raises((UnknownRecord, ImpossibleChange), match=said):
        asked(dataset, change)


def test_people_who_left_cannot_be_met() -> None:
    ours = TeamMember("m1", "M", "AR")
    gone = with_records(account(), Person("p01", "acme", status="left"), ours)
    for change in (Touch("m1", "p01", "forum"), Stance("p01", 1)):
        with pytest.raises(ImpossibleChange, match="p01 has left"):
            asked(gone, change)
    with pytest.raises(ImpossibleChange, match="p01 has left already"):
        asked(gone, Without("p01"))
    away = with_records(account(), TeamMember("m1", "M", "AR", active=False), Person("p01", "acme"))
    with pytest.raises(ImpossibleChange, match="Team member m1 is inactive and meets nobody"):
        asked(away, Touch("m1", "p01", "forum"))
    with pytest.raises(ImpossibleChange, match="Team member m1 is inactive already"):
        asked(away, Without("m1"))
    seat = with_records(account(), Person("p01", "acme", status="unidentified"), ours)
    with pytest.raises(ImpossibleChange, match="p01 is a seat without a name"):
        asked(seat, Touch("m1", "p01", "forum"))
    nothing = dataset_of(random_account(1, people=4, opportunities=0))
    with pytest.raises(ImpossibleChange, match="acme has none"):
        asked(nothing, Stance("p01", 1))
