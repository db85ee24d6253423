"""The account view: people in the graph, the opportunity chosen, deciders, standards and seats."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from graph.analysis.measures.measures import compute_measures
from graph.analysis.report.coverage_report import coverage_report
from graph.model import (
    Account,
    CompetitorTie,
    Covers,
    DecisionStep,
    Influence,
    Opportunity,
    Participation,
    Person,
    TeamMember,
    Vote,
)
from graph.model.dataset import Dataset
from graph.model.problem import UnknownRecord
from tests.analysis.records import AS_OF, account, seen, touches


def bids(*rows: tuple[str, int | None]) -> Dataset:
    """An account whose opportunities bid so many days from now."""
    return Dataset.collect(
        [
            Account("q"),
            *(
                Opportunity(name, "q", bid_date=None if days is None else AS_OF + datetime.timedelta(days=days))
                for name, days in rows
            ),
        ]
    )


@pytest.mark.parametrize(
    ("rows", "chosen"),
    [
        ([("a", 40), ("b", 3), ("c", -1), ("d", None)], "b"),
        ([("a", 40), ("today", 0)], "today"),
        ([("a", -40), ("b", -3), ("d", None)], "b"),
        ([("d", None), ("c", None)], "c"),
        ([("b", 5), ("a", 5)], "a"),
        ([], None),
    ],
)
def test_the_nearest_bid_is_looked_at(rows: list[tuple[str, int | None]], chosen: str | None) -> None:
    head = coverage_report(bids(*rows), "q", AS_OF).opportunity
    assert (head and head.id) == chosen


def test_the_one_named_is_looked_at_whatever_its_date() -> None:
    head = coverage_report(bids(("a", 3), ("b", -90)), "q", AS_OF, "b").opportunity
    assert head is not None
    assert head.id == "b"


def test_what_is_not_there_is_named_with_the_nearest() -> None:
    dataset = bids(("alpha", 3))
    with pytest.raises(UnknownRecord, match="No account is called Q") as unknown:
        coverage_report(dataset, "Q", AS_OF)
    assert unknown.value.code == "unknown_account"
    with pytest.raises(UnknownRecord, match="Did you mean alpha"):
        coverage_report(dataset, "q", AS_OF, "alpah")


def test_people_who_left_stay_only_with_a_seat_and_keep_only_its_power() -> None:
    found = seen(
        Person("gone", "q", status="left"),
        Person("moved", "q", status="moved", external=True, adaptability="innovator", level=5),
        Participation("o", "moved", ("D",), stance=3),
        Participation("o", "a", ("U",)),
        Influence("moved", "a", 0.9),
        Influence("a", "moved", 0.9),
        CompetitorTie("rival", "moved", 0.8),
        TeamMember("u", role="AR"),
        Covers("u", "moved", owner=True, current_level=4),
        *touches(("executive_visit", 1, "commitment", 1), person="moved"),
        people="a",
    )
    assert [person.id for person in found.view.people] == ["a", "moved"]
    at = found.view.index["moved"]
    assert found.view.stances[at] is None
    assert len(found.lines.source) == 0
    assert found.view.rival[at] == found.covered[at] == found.connected.together[at] == found.trusted[at] == 0
    assert found.connected.last_touch.max() == -1
    assert found.system.opinions.susceptibility[at] == 0.6
    assert found.power.formal_power[at] > 0.5


def test_unidentified_people_keep_lines_stance_and_rival_but_no_strength() -> None:
    found = seen(
        Person("seat", "q", status="unidentified", adaptability="laggard"),
        Participation("o", "seat", ("D",), stance=-1),
        Influence("seat", "a", 0.4),
        CompetitorTie("rival", "seat", 0.8),
        TeamMember("u", role="AR"),
        *touches(("executive_visit", 1, "commitment", 1), person="seat"),
        people="a",
    )
    at = found.view.index["seat"]
    assert found.view.stances[at] == -1
    assert found.view.rival[at] == 0.8
    assert found.lines.weight.tolist() == [0.4]
    assert found.covered[at] == found.connected.together[at] == found.trusted[at] == 0
    assert found.connected.last_touch[0, at] > 0
    assert found.system.opinions.susceptibility[at] == 0.6


def test_inactive_members_count_nowhere_but_attended_their_contacts() -> None:
    alone, together = (
        seen(
            TeamMember("u", role="AR"),
            TeamMember("v", role="SR", active=False),
            Participation("o", "a", ("D",)),
            *touches(("thematic_exchange", 1, "two_way", 1), members=members),
            people="a",
        )
        for members in (("u",), ("u", "v"))
    )
    assert [member.id for member in together.view.members] == ["u"]
    assert together.connected.strength[0, 0] < alone.connected.strength[0, 0]


ROLES: list[tuple[list[Any], list[str]]] = [
    ([Participation("o", "a", ("D",)), Participation("o", "b", ("A",))], ["a"]),
    ([Participation("o", "seat", ("D",)), Participation("o", "b", ("A", "U"))], ["b"]),
    ([Participation("o", "b", ("U",)), DecisionStep("s", "o", 1), Vote("s", "c"), Vote("s", "seat")], ["c"]),
    ([Participation("o", "b", ("U",))], []),
]


@pytest.mark.parametrize(("records", "deciders"), ROLES)
def test_deciders_are_known_by_role_then_by_vote(records: list[Any], deciders: list[str]) -> None:
    found = seen(Person("seat", "q", status="unidentified"), *records, people="a b c")
    chosen = [person.id for person, is_one in zip(found.view.people, found.view.deciders, strict=True) if is_one]
    assert chosen == deciders


def test_without_participants_everyone_takes_part_by_level() -> None:
    levels = {"a": 7, "b": 4, "c": 1}
    people = [Person(name, "q", level=level) for name, level in levels.items()]
    empty = compute_measures(account(*people), "q", AS_OF)
    none = compute_measures(account(*people, opportunity=False), "q", AS_OF)
    raw = [2.0**level * (0.5 + 0.5 * level / 7.0) * 0.75 for level in levels.values()]
    for found in (empty, none):
        assert found.power.formal_power.tolist() == pytest.approx([item / sum(raw) for item in raw], abs=1e-12)
        assert found.standards.cadence.tolist() == [30, 30, 90]
        assert found.standards.strength.tolist() == [0.6, 0.4, 0.2]


@pytest.mark.parametrize(
    ("roles", "level", "cadence", "strength"),
    [
        ((), 7, 90, 0.2), (("D",), 5, 14, 0.7), (("D",), 6, 30, 0.6), (("U",), 7, 30, 0.4), (("G",), None, 30, 0.3),
        (("G", "E"), 3, 14, 0.6), (("U", "P"), 6, 30, 0.6), (("G", "N"), 1, 30, 0.4),
    ],
)  # fmt: skip
def test_the_standard_of_roles_and_level(
    roles: tuple[str, ...], level: int | None, cadence: int, strength: float
) -> None:
    found = seen(Person("x", "q", level=level), Participation("o", "x", roles), Participation("o", "a"), people="a")
    at = found.view.index["x"]
    assert (int(found.standards.cadence[at]), float(found.standards.strength[at])) == (cadence, strength)


def test_seats_are_votes_then_empty_steps_then_participation() -> None:
    seat = Person("seat", "q", status="unidentified")
    voted = account(
        seat,
        DecisionStep("s", "o", 1),
        DecisionStep("t", "o", 2),
        Vote("s", "a"),
        Vote("s", "seat"),
        Participation("o", "b"),
        people="a b",
    )
    assert coverage_report(voted, "q", AS_OF).identified == pytest.approx(1 / 3)
    told = account(seat, Participation("o", "seat"), Participation("o", "a"), Participation("o", "b"), people="a b")
    assert coverage_report(told, "q", AS_OF).identified == pytest.approx(2 / 3)
    assert coverage_report(account(people="a"), "q", AS_OF).identified is None
