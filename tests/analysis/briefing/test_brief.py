"""The visit brief: each part by hand, in both languages, for everybody of the sample and of random accounts."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

from api.text.brief import brief_markdown, brief_text
from graph.analysis.briefing.brief import Brief, brief
from graph.analysis.briefing.visit import HEART, seat_of
from graph.analysis.measures.measures import compute_measures
from graph.model import (
    Claim,
    Commitment,
    Competitor,
    CompetitorTie,
    Covers,
    Influence,
    Interaction,
    Pain,
    Participation,
    Person,
    Proposition,
    TeamMember,
)
from graph.model.problem import Refused, UnknownRecord
from tests.analysis.records import AS_OF, seen
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of
from viz.brief.page import brief_page

OURS = TeamMember("u", role="AR", level=4, background=("Army / 军队",), interests=("Go",))


def made(*records: Any, person: Person | None = None, member: str | None = None, people: str = "b") -> Brief:
    return brief(seen(OURS, person or Person("a", "q"), *records, people=people), "a", member)


def trusted(*records: Any, stance: int | None = 1, roles: tuple[str, ...] = ("E",)) -> Brief:
    met = [
        Interaction(f"i{n}", AS_OF - datetime.timedelta(days=30 * n), "executive_visit", None, ("a",), ("u",))
        for n in range(18)
    ]
    return made(Participation("o", "a", roles, stance), Covers("u", "a", current_level=4), *met, *records)


def said(messages: Any) -> list[str]:
    return [message.render("en") for message in messages]


def test_without_a_member_the_owner_goes_else_the_closest() -> None:
    v = TeamMember("v", role="SR")
    touch = Interaction("i", AS_OF, "forum", None, ("a",), ("v",))
    assert made(v).member.id == "u"
    assert made(v, touch).member.id == "v"
    assert made(v, touch, Covers("u", "a", owner=True)).member.id == "u"
    assert made(v, touch, member="u").member.id == "u"


def test_absent_people_cannot_be_visited() -> None:
    with pytest.raises(UnknownRecord, match="no person A"):
        brief(seen(OURS, people="a"), "A")
    with pytest.raises(UnknownRecord, match="is called U"):
        made(member="U")
    with pytest.raises(Refused, match="seat without a person"):
        made(person=Person("a", "q", status="unidentified"))
    with pytest.raises(Refused, match="No team member is active"):
        brief(seen(people="a"), "a")


@pytest.mark.parametrize(("state", "letter"), HEART.items())
def test_the_pain_says_which_question_is_the_heart(state: str | None, letter: str) -> None:
    pains = [] if state is None else [Pain("p", "a", "o", "It hurts", state)]
    found = made(*pains, Pain("other", "b", "o", "Not theirs", "worth_paying"))
    assert [question.letter for question in found.questions if question.heart] == [letter]
    assert any("It hurts" in line for line in said(question.text for question in found.questions)) is (
        state is not None
    )


@pytest.mark.parametrize(
    ("roles", "seat"),
    [
        (("U", "D"), "decide"),
        (("A",), "decide"),
        (("P", "E"), "evaluate"),
        (("P",), "purchase"),
        (("U",), "use"),
        ((), "advise"),
    ],
)
def test_the_role_says_which_questions(roles: tuple[str, ...], seat: str) -> None:
    assert seat_of(roles) == seat


def test_all_seven_goals_are_there_and_say_whether_they_are_this_visits() -> None:
    found = made(
        Participation("o", "a", ("D",)),
        Proposition("o", "need_fit", "It fits", 4, 2, ("a",)),
        Pain("p", "a", "o", "It hurts", "seen"),
    )
    goals = {goal.kind: (goal.here, goal.text.render("en")) for goal in found.goals}
    assert list(goals) == ["learn", "value", "need", "concern", "relation", "introduction", "commitment"]
    assert goals["learn"] == (True, "where they stand: the stance is unknown")
    assert goals["value"] == (True, "need fit: It fits")
    assert goals["need"] == (True, "“It hurts” from seen to admitted")
    assert goals["relation"][0] is True
    assert goals["introduction"][0] is False
    assert goals["commitment"][0] is False


def test_it_is_time_to_ask_with_trust_and_nobody_against_us() -> None:
    assert trusted().ask.ready
    assert trusted().ask.trust >= 0.5
    assert said(trusted(stance=None).ask.missing) == ["their stance is unknown"]
    assert said(trusted(stance=-1).ask.missing) == ["they are against us"]
    assert not made(Participation("o", "a", (), 1)).ask.ready


def test_a_supporter_is_asked_for_an_introduction_to_an_unreached_person() -> None:
    line = Influence("a", "b", 0.5)
    assert trusted(line).ask.text.render("en") == "an introduction to b"
    assert trusted(line, stance=0).ask.text.render("en") == "our test among the criteria of the evaluation"
    reached = Interaction("j", AS_OF, "executive_visit", None, ("b",), ("u",))
    assert trusted(line, reached).ask.text.render("en") == "our test among the criteria of the evaluation"


def test_objections_come_from_the_records() -> None:
    found = made(
        Commitment("c", "u", "a", "us", "The plan", status="missed"),
        Commitment("d", "u", "a", "them", "Their part", status="missed"),
        Claim("k", "o", "fit", "Too small", "a", polarity="contradicts"),
        Claim("s", "o", "stance:b", "Leans away", "a", polarity="contradicts"),
        Proposition("o", "need_fit", "It fits", 2, 3, ("a",)),
        Competitor("r", weaknesses="Slow"),
        CompetitorTie("r", "a", 0.6),
        person=Person("a", "q", adaptability="laggard"),
    )
    lines = [objection.objection.render("en") + objection.answer.render("en") for objection in found.objections]
    assert len(lines) == 5
    for word, line in zip(("The plan", "Too small", "It fits", "Slow", "works"), lines, strict=True):
        assert word in line


def test_what_the_two_share() -> None:
    found = made(person=Person("a", "q", background=("army / 军队",), interests=("tea",)))
    assert said(found.connection_points) == ["Same background: army"]
    assert found.agenda[0].text.render("en") == "Opening – Same background: army"


def test_open_promises_stand_on_the_agenda_ours_first() -> None:
    found = made(
        Commitment("c", "u", "a", "them", "Theirs", datetime.date(2026, 1, 1), "open"),
        Commitment("d", "u", "a", "us", "Ours"),
        Commitment("e", "u", "a", "us", "Done", status="kept"),
    )
    line = found.agenda[1].text.render("en")
    assert line.index("Ours") < line.index("Theirs")
    assert "Done" not in line


def test_the_top_of_the_house_has_less_time() -> None:
    assert sum(item.minutes for item in made(person=Person("a", "q", level=7)).agenda) == 20
    assert sum(item.minutes for item in made(person=Person("a", "q", level=3)).agenda) == 45


@pytest.mark.parametrize("seed", range(4))
def test_everybody_has_a_brief_in_both_languages(seed: int) -> None:
    found = compute_measures(dataset_of(random_account(seed, people=12, opportunities=seed % 2)), "acme", AS_OF)
    for person, known in zip(found.view.people, found.view.known, strict=True):
        if not known:
            continue
        made = brief(found, person.id)
        for lang in ("en", "zh"):
            for written in (brief_text(made, lang), brief_markdown(made, lang), brief_page(made, lang)):
                assert "{" not in written.partition("<body>")[2]
                assert written.endswith(("\n", "</html>"))


HOSTILE = "<script>alert(1)</script> {{7*7}} [x](javascript:y) *b* # head"


def test_a_record_is_text_never_markup() -> None:
    found = made(person=Person("a", "q", name=HOSTILE, title=HOSTILE, notes=HOSTILE, kpis=("# one",)))
    page = brief_page(found, "en")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "{{7*7}}" in page
    markdown = brief_markdown(found, "en")
    assert not re.search(r"(?<!\\)<script", markdown)
    assert r"\[x\](javascript:y) \*b\*" in markdown
