"""Every type of gap: when it is raised, its severity, and its texts."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from graph.analysis.report.coverage_report import coverage_report
from graph.analysis.report.results import CoverageReport, Gap
from graph.model import (
    Competitor,
    CompetitorTie,
    Covers,
    DecisionStep,
    Influence,
    Interaction,
    OrgUnit,
    Participation,
    Person,
    TeamMember,
    Vote,
)
from graph.model.words import LANGUAGES
from tests.analysis.records import AS_OF, account

URGENCY = 0.5 + 0.5 * 2 ** (-22 / 90)
"""The bid of the accounts here is 22 days off."""

OURS = [TeamMember("ar", "Ann", "AR", 4), TeamMember("sr", "Sue", "SR", 3), TeamMember("ex", "Eve", "EXEC", 7)]
STRONG = [("executive_visit", 5), ("company_tour", 8), ("thematic_exchange", 3), ("joint_release", 9)]


def met(person: str, *members: str, days: int = 5, method: str = "thematic_exchange") -> Interaction:
    """One contact so many days ago."""
    return Interaction(
        f"{person}-{'-'.join(members)}-{days}-{method}",
        AS_OF - datetime.timedelta(days=days),
        method,
        None,
        (person,),
        members,
        "two_way",
    )


def strongly(person: str, *members: str) -> list[Any]:
    """Enough contact by each to meet any standard."""
    return [
        record
        for member in members
        for record in (
            *(met(person, member, days=days, method=method) for method, days in STRONG),
            *(met(person, member, days=7 * week, method="experience_visit") for week in range(8)),
            Covers(member, person, True, 4),
        )
    ]


def report(*records: Any, people: str = "", opportunity: bool = True) -> CoverageReport:
    """The report of an account with our three members."""
    return coverage_report(account(*OURS, *records, people=people, opportunity=opportunity), "q", AS_OF)


def gaps(found: CoverageReport, of: str | None = None) -> dict[str, Gap]:
    """Gaps of a person, a unit or (neither) the account, by type."""
    return {gap.type: gap for gap in found.gaps if (gap.person or gap.unit) == of}


def test_a_vacant_and_an_unidentified_seat_have_one_gap_each() -> None:
    found = report(
        Person("gone", "q", name="Gone Guy", status="left"),
        Person("seat", "q", title="Head of audit", status="unidentified"),
        Participation("o", "gone", ("D",), stance=-2, confidence=0.3),
        Participation("o", "seat", ("A",)),
        CompetitorTie("r", "seat", 0.9),
        Competitor("r", "Rival"),
    )
    assert list(gaps(found, "gone")) == ["key_person_left"]
    assert list(gaps(found, "seat")) == ["unidentified_role"]
    assert (
        gaps(found, "seat")["unidentified_role"].reason.render("en")
        == "Nobody knows who holds the seat “Head of audit”"
    )
    share = {person.id: person.decision_influence for person in found.people}
    assert gaps(found, "gone")["key_person_left"].severity == pytest.approx(100 * URGENCY)
    assert gaps(found, "seat")["unidentified_role"].severity == pytest.approx(
        min(100, 100 * share["seat"] / share["gone"] * URGENCY * 1.45)
    )


def test_of_no_contact_stale_and_weak_tie_there_is_one() -> None:
    for days, kind in ((None, "no_contact"), (5, "weak_tie"), (28, "weak_tie"), (29, "stale")):
        touch = [] if days is None else [met("a", "ar", days=days)]
        found = gaps(report(Participation("o", "a", ("D",)), *touch, people="a"), "a")
        assert [item for item in found if item in ("no_contact", "stale", "weak_tie")] == [kind]
        assert found[kind].severity == pytest.approx(
            100 * URGENCY * (1 - coverage_of(report(Participation("o", "a", ("D",)), *touch, people="a"), "a"))
        )


def coverage_of(found: CoverageReport, person: str) -> float:
    """The coverage of a person."""
    return found.person(person).coverage


def test_a_person_who_is_well_covered_has_no_gap() -> None:
    boss = Person("a", "q", level=6, function="finance")
    good = [Participation("o", "a", ("D",), 3, confidence=0.9), *strongly("a", "ar", "ex")]
    assert gaps(report(boss, *good), "a") == {}


def test_one_thread_and_no_owner() -> None:
    found = gaps(report(Participation("o", "a", ("U",)), met("a", "ar"), people="a"), "a")
    assert {"single_threaded", "no_owner"} <= set(found)
    assert found["single_threaded"].reason.render("en") == "Only AR Ann has a tie to the seat “a”"
    owned = gaps(
        report(Participation("o", "a", ("U",)), met("a", "ar"), met("a", "sr"), Covers("sr", "a", True), people="a"),
        "a",
    )
    assert not {"single_threaded", "no_owner"} & set(owned)


def test_a_person_without_seat_and_influence_has_no_gap() -> None:
    found = report(Participation("o", "boss", ("D",), 1), people="boss nobody")
    assert gaps(found, "nobody") == {}
    asked = report(Participation("o", "boss", ("D",), 1), Influence("aide", "boss", 0.9), people="boss aide")
    assert {"no_contact", "no_owner"} <= set(gaps(asked, "aide"))
    assert "stance_unknown" not in gaps(asked, "aide")


@pytest.mark.parametrize(
    ("function", "level", "members", "wrong"),
    [
        ("finance", 3, "ar", False), ("finance", 3, "sr", True), ("it", 3, "sr", False), ("delivery", 3, "ar", True),
        ("finance", 6, "ar", True), ("finance", 6, "ar ex", False), ("other", 3, "sr", False), (None, 6, "sr", True),
        ("finance", 3, "", False),
    ],
)  # fmt: skip
def test_the_role_that_the_function_asks_for(function: str | None, level: int, members: str, wrong: bool) -> None:
    touch = [met("a", *members.split())] if members else []
    found = report(Person("a", "q", function=function, level=level), Participation("o", "a", ("E",)), *touch)
    assert ("wrong_role" in gaps(found, "a")) is wrong


@pytest.mark.parametrize(
    ("level", "members", "mismatch"),
    [(5, "sr", True), (4, "sr", False), (6, "sr ar", True), (7, "ex", False), (None, "sr", False)],
)
def test_two_levels_above_our_highest(level: int | None, members: str, mismatch: bool) -> None:
    found = report(Person("a", "q", level=level), Participation("o", "a", ("E",)), met("a", *members.split()))
    assert ("level_mismatch" in gaps(found, "a")) is mismatch


def test_stances() -> None:
    def of(stance: int | None, *more: Any, confidence: float | None = None) -> set[str]:
        found = report(Participation("o", "a", ("D",), stance, confidence=confidence), *more, people="a")
        return set(gaps(found, "a")) & {"stance_unknown", "hostile_unaddressed", "unverified"}

    assert of(None) == {"stance_unknown"}
    assert of(None, confidence=0.2) == {"stance_unknown"}
    assert of(0) == set()
    assert of(-1) == {"hostile_unaddressed"}
    assert of(-1, *strongly("a", "ar", "sr", "ex")) == set()
    assert of(1, confidence=0.6) == set()
    assert of(1, confidence=0.59) == {"unverified"}


def test_a_rival_must_be_strong_and_ahead() -> None:
    def owned(strength: float, *more: Any) -> bool:
        rival = [Competitor("r", "Rival / 对手"), CompetitorTie("r", "a", strength)]
        return "competitor_owned" in gaps(report(Participation("o", "a", ("D",)), *rival, *more, people="a"), "a")

    assert owned(0.5)
    assert not owned(0.49)
    assert not owned(0.5, *strongly("a", "ar", "sr"))


def test_units_without_anybody_we_know() -> None:
    units = [OrgUnit("u1", "q", "Finance"), OrgUnit("u2", "q"), OrgUnit("empty", "q")]
    people = [Person("a", "q", "u1"), Person("b", "q", "u2")]
    found = report(*units, *people, Participation("o", "a", ("D",)), Participation("o", "b", ("D",)), met("b", "ar"))
    uncovered = [gap for gap in found.gaps if gap.type == "department_uncovered"]
    assert [(gap.unit, gap.person) for gap in uncovered] == [("u1", None)]
    assert uncovered[0].severity == pytest.approx(100 * URGENCY)
    assert {unit.id: unit.coverage is None for unit in found.units} == {"u1": False, "u2": False, "empty": True}


def test_the_account() -> None:
    def of(*stances: int | None) -> dict[str, Gap]:
        names = "abcdef"[: len(stances)]
        parts = [Participation("o", name, ("D",), stance) for name, stance in zip(names, stances, strict=True)]
        return gaps(report(*parts, met("a", "ar"), people=" ".join(names)))

    assert set(of(None)) == {"triangle_incomplete", "no_coach"}
    assert of(None)["triangle_incomplete"].severity == pytest.approx(100 * URGENCY * 2 / 3)
    assert set(of(3, 0)) == {"triangle_incomplete"}
    assert set(of(3, 0, 1)) == {"triangle_incomplete", "no_opponent_identified"}
    assert set(of(3, -1)) == {"triangle_incomplete"}
    outnumbered = of(-1, -2, 1)
    assert set(outnumbered) == {"triangle_incomplete", "no_coach", "supporters_outnumbered"}
    assert outnumbered["supporters_outnumbered"].severity == pytest.approx(100 * URGENCY / 3)
    assert "no_decision_maker" in gaps(report(Participation("o", "a", ("U",)), people="a"))


def test_without_an_opportunity_nothing_is_asked_of_stances() -> None:
    found = report(Person("a", "q", level=7), Person("b", "q", level=1), people="c", opportunity=False)
    assert {gap.type for gap in found.gaps} == {"no_contact", "no_owner", "triangle_incomplete"}
    assert found.gaps[0].severity == pytest.approx(75.0)


def test_bands_and_order() -> None:
    found = report(
        *(Participation("o", name, ("D",)) for name in "ab"), Participation("o", "c", ("U",)), people="a b c"
    )
    assert [(gap.severity, gap.type) for gap in found.gaps] == sorted(
        ((gap.severity, gap.type) for gap in found.gaps), key=lambda item: (-round(item[0], 9), item[1])
    )
    same = [gap.person for gap in found.gaps if gap.type == "stance_unknown"]
    assert same == ["a", "b", "c"]
    for gap in found.gaps:
        bounds = {"critical": (60, 101), "high": (35, 60), "medium": (15, 35), "low": (1, 15)}[gap.band]
        assert bounds[0] <= gap.severity < bounds[1]


def test_texts_name_member_helper_and_date() -> None:
    records = [
        Person("cfo", "q", name="Fang Li / 方丽", level=6, function="finance"),
        Person("pan", "q", name="Pan Yi / 潘毅"),
        Participation("o", "cfo", ("A",), veto=True),
        Participation("o", "pan", ("U",), 2),
        Influence("pan", "cfo", 0.5),
        met("pan", "sr"),
    ]
    gap = gaps(report(*records), "cfo")["no_contact"]
    assert gap.reason.render("en") == "No team member has a tie to Fang Li (can veto); .60 is required"
    assert gap.reason.render("zh") == "我方无人与方丽有连接（有否决权）；要求 .60"
    assert gap.action.render("en") == "EXEC Eve: a first meeting through Pan Yi, by 7 Dec"
    assert gap.action.render("zh") == "EXEC Eve：12月7日前经潘毅引荐完成首次会面"
    assert gap.brief.render("en") == "Eve: meet via Pan Yi, by 7 Dec"
    assert gap.brief.render("zh") == "Eve：12月7日前经潘毅会面"
    hostile = [*records[:3], Participation("o", "pan", ("U",), -1), *records[4:]]
    assert gaps(report(*hostile), "cfo")["no_contact"].action.render("en") == "EXEC Eve: a first meeting, by 7 Dec"


@pytest.mark.parametrize(
    ("idle", "bid", "by"),
    [(5, 22, "2 Dec"), (5, 3, "25 Nov"), (40, 22, "23 Nov"), (0, 22, "7 Dec"), (5, -9, "23 Nov")],
)
def test_by_when(idle: int, bid: int, by: str) -> None:
    """The cadence is 14 days: that after the last touch, the day before the bid, never in the past."""
    from graph.model import Opportunity

    bidding = Opportunity("o", "q", bid_date=AS_OF + datetime.timedelta(days=bid))
    dataset = account(
        *OURS, bidding, Participation("o", "a", ("D",)), met("a", "ar", days=idle), people="a", opportunity=False
    )
    found = gaps(coverage_report(dataset, "q", AS_OF), "a")
    assert found["stance_unknown"].action.render("en").endswith(f"by {by}")


def test_every_gap_of_every_kind_has_words_in_both_languages() -> None:
    from tests.oracle.random_account import random_account
    from tests.oracle.records import dataset_of

    seen_types: set[str] = set()
    for seed in range(60):
        found = coverage_report(dataset_of(random_account(seed, 12, 1 + seed % 5)), "acme", AS_OF)
        for gap in found.gaps:
            seen_types.add(gap.type)
            for lang in LANGUAGES:
                said = gap.reason.render(lang) + gap.action.render(lang) + gap.brief.render(lang)
                assert not re.search("[{}]|None(?! of ours)", said), said
    assert len(seen_types) == 19


def test_a_veto_in_a_step_is_said_too() -> None:
    step = [DecisionStep("s", "o", 1, rule="quota"), Vote("s", "a", veto=True), Vote("s", "b")]
    found = report(*step, people="a b")
    assert "can veto" in gaps(found, "a")["no_contact"].reason.render("en")
    assert "can veto" not in gaps(found, "b")["no_contact"].reason.render("en")
