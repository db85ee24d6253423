"""The triangle at work: duties, time, joint work and load by hand; the assignment against every other one."""

from __future__ import annotations

import datetime
import itertools
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.planning.assignment import assignment, fit
from graph.analysis.planning.customer_time import working_days
from graph.analysis.planning.team import Team, team
from graph.model import Covers, Duty, Interaction, Participation, Person, TeamMember
from graph.model.team_work import MemberDay, TeamWork
from tests.analysis.records import AS_OF, seen
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

OURS = [TeamMember("ar", role="AR", level=4), TeamMember("sr", role="SR", level=5), TeamMember("fr", role="FR")]


def at_work(*records: Any, elsewhere: TeamWork | None = None) -> Team:
    return team(seen(*OURS, *records, people="a b"), elsewhere or TeamWork(), 12)


def on(day: int, *members: str, people: tuple[str, ...] = ("a",), **more: Any) -> Interaction:
    when = AS_OF - datetime.timedelta(days=day)
    more = {"method": "daily_contact", **more}
    return Interaction(f"{when}{members}{more}", when, people=people, members=members, **more)


def test_ninety_days_have_their_working_days() -> None:
    days = working_days(AS_OF, 90)  # a Monday
    assert len(days) == 64
    assert (max(days), min(days)) == (AS_OF, datetime.date(2026, 8, 26))
    assert not {day.weekday() for day in days} & {5, 6}


def test_customer_time_counts_days_not_touches() -> None:
    found = at_work(
        on(0, "ar"),
        on(0, "ar", method="forum"),
        on(1, "ar"),  # a Sunday
        on(3, "ar", response="none"),
        on(4, "ar", people=("b",)),
        on(89, "ar"),
        on(90, "ar"),
        on(5, "ar", people=("gone",)),
        Person("gone", "q", status="left"),
    )
    ar, *others = found.members
    assert (ar.id, ar.customer_days, ar.customer_time) == ("ar", 3, 3 / 64)
    assert [other.customer_days for other in others] == [0, 0]
    assert found.contacts == 4


def test_days_at_other_accounts_count_over_all() -> None:
    def contact(day: int, method: str = "daily_contact", response: str | None = None) -> MemberDay:
        return MemberDay("ar", AS_OF - datetime.timedelta(days=day), method, None, response)

    counted = [contact(0), contact(4), contact(5), contact(5, "forum")]
    not_counted = [contact(1), contact(3, response="none"), contact(90)]
    found = at_work(
        on(0, "ar"), Covers("ar", "a", owner=True), elsewhere=TeamWork([*counted, *not_counted], {"ar": 12, "gone": 1})
    )
    ar, sr, _ = found.members
    assert (ar.customer_days, ar.customer_days_everywhere, ar.owned, ar.owned_everywhere) == (1, 3, 1, 13)
    assert (sr.customer_days_everywhere, sr.owned_everywhere) == (0, 0)
    assert ar.overloaded


def test_joint_work_needs_two_corners() -> None:
    assert at_work().joint_work is None
    retired = TeamMember("old", role="SR", active=False)
    found = at_work(
        retired,
        on(0, "ar", "sr"),
        on(3, "ar"),
        on(4, "ar", "old"),
        on(5, "old"),
        TeamMember("boss", role="EXEC"),
        on(6, "ar", "boss"),
    )
    assert (found.joint_contacts, found.contacts, found.joint_work) == (2, 4, 0.5)


def test_duties_are_held_open_or_misplaced() -> None:
    found = at_work(
        Duty("q", "sales_lead", "ar"),
        Duty("q", "profit", "ar"),
        Duty("q", "head", None),
        Duty("q", "plan", "gone"),
        TeamMember("gone", role="SR", active=False),
        Duty("elsewhere", "operation", "fr"),
    )
    told = {duty.duty: duty for duty in found.duties}
    assert len(told) == 14
    assert (told["sales_lead"].member, told["sales_lead"].misplaced, told["sales_lead"].open) == ("ar", False, False)
    assert (told["profit"].role, told["profit"].misplaced) == ("AR", True)
    assert all(told[item].open for item in ("head", "plan", "operation"))
    assert [(corner.corner, corner.open_duties, corner.misplaced_duties) for corner in found.corners] == [
        ("AR", 3, 0),
        ("SR", 4, 1),
        ("FR", 5, 0),
    ]


def test_twelve_people_are_a_load_and_thirteen_too_many() -> None:
    def load(count: int) -> bool:
        people = [Person(f"p{n:02}", "q") for n in range(count)]
        return at_work(*people, *(Covers("ar", person.id, owner=True) for person in people)).members[0].overloaded

    assert (load(12), load(13)) == (False, True)


def test_owners_too_senior_or_too_junior_are_named() -> None:
    people = [Person("top", "q", level=6), Person("peer", "q", level=5), Person("staff", "q", level=2)]
    found = at_work(*people, *(Covers("ar", person.id, owner=True) for person in people), Covers("sr", "staff"))
    assert [(mismatch.person, mismatch.matching) for mismatch in found.mismatches] == [
        ("staff", "over"),
        ("top", "under"),
    ]


def test_the_fit_is_that_of_the_text() -> None:
    found = seen(
        TeamMember("u", role="SR", level=4, background=("Army",), interests=("go",)),
        TeamMember("v", role="AR"),
        Person("a", "q", level=6, function="it", background=("army",)),
        Person("b", "q", level=4, function="finance", interests=("Army",)),
        Person("c", "q"),
    )
    assert fit(found) == pytest.approx(
        np.array([[0.4 * 0.5 + 0.3 + 0.1, 0.4 + 0.09, 0.09], [0.09, 0.3, 0.09]]), abs=1e-12
    )


@pytest.mark.parametrize("seed", range(20))
def test_no_other_assignment_is_worth_more(seed: int) -> None:
    found = account(seed, people=6, members=1 + seed % 3)
    capacity = 1 + seed % 4
    best = assignment(found, capacity)
    worth = fit(found) * found.influence
    short = [found.view.index[person.person] for person in best.people]
    members = range(len(found.view.members))
    every = (
        sum(worth[u, i] for u, i in zip(chosen, short, strict=True) if u >= 0)
        for chosen in itertools.product((-1, *members), repeat=len(short))
        if all(chosen.count(u) <= capacity for u in members)
    )
    assert best.total == pytest.approx(max(every), abs=1e-9)
    for u in found.view.members:
        assert sum(person.member == u.id for person in best.people) <= capacity
    assert set(short) == set(np.flatnonzero(found.view.known & (found.covered < 1 - 1e-9)).tolist())


def account(seed: int, people: int, members: int) -> Measures:
    return compute_measures(dataset_of(random_account(seed, people=people, members=members)), "acme", AS_OF)


@given(st.permutations(range(4)))
def test_ties_go_by_id_whatever_the_order(order: list[int]) -> None:
    ours = [TeamMember(f"u{n}", role="AR") for n in order]
    found = seen(*ours, people="a b c d e")
    assert [(person.person, person.member) for person in assignment(found, 2).people] == [
        ("a", "u0"),
        ("b", "u0"),
        ("c", "u1"),
        ("d", "u1"),
        ("e", "u2"),
    ]


def test_the_gain_is_over_the_present_owner() -> None:
    ours = [TeamMember("u", role="AR", level=2), TeamMember("v", role="AR", level=6)]
    found = assignment(
        seen(
            *ours,
            Person("a", "q", level=6),
            Participation("o", "a", ("D",)),
            Covers("u", "a", owner=True),
            Person("b", "q"),
        )
    )
    a, b = sorted(found.people, key=lambda person: person.person)
    assert (a.member, a.matching, a.owner, a.owner_matching) == ("v", "fits", "u", "under")
    assert a.gain == pytest.approx(a.decision_influence * 0.4, abs=1e-12)
    assert (b.owner, b.matching) == (None, None)
    assert b.gain == pytest.approx(b.decision_influence * (b.fit or 0.0), abs=1e-12)
    assert found.total - found.present == pytest.approx((a.gain or 0.0) + (b.gain or 0.0), abs=1e-12)


def test_with_more_people_than_places_the_least_worth_have_nobody() -> None:
    found = assignment(seen(OURS[0], Participation("o", "a", ("D",)), people="a b c"), 1)
    assert [person.member for person in found.people] == ["ar", None, None]
    nobody = assignment(seen(people="a"))
    assert [(person.member, person.gain) for person in nobody.people] == [(None, None)]
