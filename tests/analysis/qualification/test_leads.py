"""Lead qualification: the design's vectors, the requirements of every grade, and the best question."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.qualification.claims import Topic, log_odds, logistic, positions, weighed
from graph.analysis.qualification.leads import Leads, leads
from graph.model import (
    Claim,
    Insight,
    Interaction,
    Opportunity,
    OrgUnit,
    Pain,
    Participation,
    Person,
    Proposition,
    ReportsTo,
    TeamMember,
)
from graph.model.calibration import load_calibration
from tests.analysis.records import AS_OF, seen, touches

NUMBERS = load_calibration().leads
PLACES = [OrgUnit("x", "q"), OrgUnit("y", "q"), OrgUnit("z", "q")]
STAFF = [Person(f"{unit}{n}", "q", unit) for unit in "xyz" for n in range(3)]


def told(*claims: tuple[str | None, str]) -> Topic:
    records = [Claim(f"c{n}", "o", "fit", source_person=who, polarity=how) for n, (who, how) in enumerate(claims)]
    return weighed("fit", records, positions(STAFF, []), NUMBERS)


@pytest.mark.parametrize(
    ("claims", "probability"),
    [
        ([("x0", "supports")], 0.50),
        ([("x0", "supports"), ("x1", "supports"), ("x2", "supports")], 0.604),
        ([("x0", "supports"), ("y0", "supports")], 0.70),
        ([("x0", "supports"), ("y0", "supports"), ("z0", "supports")], 0.845),
        ([("x0", "supports"), ("y0", "supports"), ("z0", "contradicts")], 0.50),
        ([], 0.30),
    ],
)
def test_the_vectors(claims: list[tuple[str | None, str]], probability: float) -> None:
    topic = told(*claims)
    assert topic.probability == pytest.approx(probability, abs=5e-4)
    assert log_odds(0.3) + sum(claim.adds for claim in topic.claims) == pytest.approx(log_odds(topic.probability))


def test_against_any_number_of_contradictions_the_probability_is_nothing() -> None:
    claims = [
        Claim(f"c{n}", "o", "fit", source_person=f"p{n}", polarity="contradicts", reliability=0.95) for n in range(400)
    ]
    assert weighed("fit", claims, {}, NUMBERS).probability == 0.0
    assert logistic(log_odds(0.3)) == pytest.approx(0.3)


def test_without_a_source_all_are_one_group_and_both_sides_are_grouped_apart() -> None:
    topic = told((None, "supports"), (None, "supports"), ("x0", "supports"), ("x1", "contradicts"))
    assert (topic.supporting_groups, topic.contradicting_groups) == (2, 1)
    assert topic.probability == pytest.approx(1 / (1 + (0.7 / 0.3) * (3 / 7) ** 1.25), abs=1e-12)


def test_the_group_is_the_unit_then_the_solid_manager_then_the_person() -> None:
    people = [Person("a", "q", "x"), Person("b", "q"), Person("c", "q"), Person("e", "q", "x", external=True)]
    placed = positions(people, [ReportsTo("b", "a", "dotted"), ReportsTo("b", "c")])
    assert placed == {"a": ("unit", "x"), "b": ("manager", "c"), "c": ("alone", "c"), "e": ("alone", "e")}


@given(st.lists(st.tuples(st.sampled_from([person.id for person in STAFF]), st.booleans()), max_size=8), st.randoms())
def test_the_order_of_claims_changes_nothing(claims: list[tuple[str, bool]], chance: Any) -> None:
    records = [
        Claim(f"c{n}", "o", "fit", source_person=who, polarity="supports" if yes else "contradicts")
        for n, (who, yes) in enumerate(claims)
    ]
    shuffled = records.copy()
    chance.shuffle(shuffled)
    place = positions(STAFF, [])
    assert weighed("fit", records, place, NUMBERS) == weighed("fit", shuffled, place, NUMBERS)


def lead(*records: Any, **fields: Any) -> Leads:
    made = Opportunity("o", "q", bid_date=AS_OF + datetime.timedelta(days=22), **fields)
    return leads(seen(*PLACES, *STAFF, made, TeamMember("u", role="AR"), *records, opportunity=False))


def yes(topic: str, *sources: str, **more: Any) -> list[Claim]:
    return [Claim(f"{topic}-{who}", "o", topic, source_person=who, reliability=0.8, **more) for who in sources]


CREDIBLE = [claim for topic in ("customer_defined", "intent", "fit") for claim in yes(topic, "x0", "y0")]
PAIN = Pain("p", "x0", "o", state="admitted")


@pytest.mark.parametrize(
    ("records", "grade"),
    [
        ([], "raw"),
        (CREDIBLE, "credible"),
        (CREDIBLE[:-1], "raw"),
        ([*CREDIBLE[:-1], *yes("fit", "x1", "x2")], "raw"),
        ([*CREDIBLE, PAIN, *yes("budget", "x0")], "opportunity_lead"),
        ([*CREDIBLE, PAIN, *yes("start_date", "x0")], "opportunity_lead"),
        ([*CREDIBLE, *yes("budget", "x0")], "credible"),
        ([*CREDIBLE, Pain("p", "x0", "o", state="seen"), *yes("budget", "x0")], "credible"),
        ([*CREDIBLE, Pain("p", "x0", None, state="painful"), *yes("budget", "x0")], "credible"),
        ([*CREDIBLE, PAIN, *yes("budget", "x0", "y0"), *yes("start_date", "x0", "z0")], "opportunity"),
        ([*CREDIBLE, PAIN, *yes("budget", "x0", "y0"), *yes("start_date", "x0")], "opportunity_lead"),
        ([PAIN, *yes("budget", "x0", "y0"), *yes("start_date", "x0", "z0")], "raw"),
    ],
)
def test_a_grade_asks_for_all_below_it(records: list[Any], grade: str) -> None:
    assert lead(*records).supported == grade


def test_a_claim_of_tomorrow_does_not_exist_and_one_without_a_date_counts() -> None:
    tomorrow = AS_OF + datetime.timedelta(days=1)
    found = lead(*yes("fit", "x0", date=tomorrow), *yes("intent", "y0", date=AS_OF), *yes("budget", "z0"))
    assert [topic.topic for topic in found.topics] == ["budget", "intent"]


def test_more_than_the_claims_support_is_said() -> None:
    assert lead(*CREDIBLE, grade="opportunity").overrated is True
    assert lead(*CREDIBLE, grade="credible").overrated is False
    assert lead(*CREDIBLE).overrated is None


def test_the_question_goes_to_another_position_that_we_reach() -> None:
    met = [
        Interaction(f"i{n}", AS_OF, "executive_visit", people=(who,), members=("u",))
        for n, who in enumerate(("x0", "x1", "y1"))
    ]
    told = [*yes("customer_defined", "x0", "y0"), *yes("intent", "x0", "y0"), *yes("fit", "x0")]
    found = lead(*told, *met).question
    assert found is not None
    assert (found.topic, found.person, found.member, found.grade) == ("fit", "y1", "u", "credible")
    assert (found.probability, found.after) == (pytest.approx(0.6316, abs=1e-4), pytest.approx(0.8, abs=1e-12))


def test_where_only_a_position_lacks_nobody_of_the_one_that_spoke_is_asked() -> None:
    sure = [Claim(f"fit-{n}", "o", "fit", source_person="x0", reliability=0.95) for n in range(2)]
    met = [Interaction("i", AS_OF, "executive_visit", people=("x1",), members=("u",))]
    told = [*yes("customer_defined", "x0", "y0"), *yes("intent", "x0", "y0"), *sure]
    assert lead(*told, *met).question is None
    reached = Interaction("j", AS_OF, "daily_contact", people=("z1",), members=("u",))
    question = lead(*told, *met, reached).question
    assert question is not None
    assert question.person == "z1"


def test_with_everything_supported_nothing_is_asked() -> None:
    told = [*CREDIBLE, PAIN, *yes("budget", "x0", "y0"), *yes("start_date", "x0", "z0")]
    assert lead(*told, *touches(("executive_visit", 1, "two_way", 1), person="x1")).question is None


def test_where_a_lead_came_from() -> None:
    day = AS_OF - datetime.timedelta(days=100)
    tour, call, late = (
        Interaction("tour", day - datetime.timedelta(days=4), "company_tour", None, ("x0",), ("u",)),
        Interaction("call", day - datetime.timedelta(days=2), "daily_contact", "call", ("x0",), ("u",)),
        Interaction("late", day + datetime.timedelta(days=2), "forum", None, ("x0",), ("u",)),
    )
    birth = lead(tour, call, late, origin="self_created", first_seen=day).birth
    assert birth is not None
    assert birth.exchange is not None
    assert (birth.self_created, birth.days_before_tender, birth.before_tender) == (True, 122, True)
    assert (birth.exchange.id, birth.exchange.members) == ("tour", ("u",))
    empty = lead(tour).birth
    assert empty is not None
    assert (empty.self_created, empty.days_before_tender, empty.before_tender, empty.exchange) == (None,) * 4


def test_lenses_and_elements_say_what_is_empty() -> None:
    found = lead(Insight("o", "market", "new"), Proposition("o", "need_fit", "fits", ours=4, rival=2.5))
    assert [lense.lens for lense in found.lenses if lense.empty] == ["customer", "product", "competition"]
    assert [element.element for element in found.elements if element.empty] == [
        "company_advantage",
        "solution_value",
        "competitive_difference",
    ]
    assert next(element.lead for element in found.elements if not element.empty) == 1.5


def test_without_an_opportunity_there_is_no_lead() -> None:
    found = leads(seen(people="a", opportunity=False))
    assert (found.opportunity, found.supported, found.birth, found.topics) == (None, None, None, ())
    nobody = leads(seen(Participation("o", "a"), people="a"))
    assert (nobody.supported, nobody.question) == ("raw", None)
