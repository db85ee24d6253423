"""Rules over several records: what breaks them is found, at the record that breaks them, and nothing else is."""

from __future__ import annotations

import datetime
import time
from itertools import pairwise
from typing import Any

import networkx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import (
    Account,
    Claim,
    Commitment,
    Competitor,
    CompetitorTie,
    Conflict,
    Covers,
    DecisionStep,
    Duty,
    Influence,
    Interaction,
    Opportunity,
    OrgUnit,
    Pain,
    Participation,
    Person,
    Proposition,
    ReportsTo,
    TeamMember,
    Vote,
)
from graph.model.dataset import Dataset
from graph.model.rules import Violation, loops_in, violations

GOOD: list[Any] = [
    Account("a"),
    Account("b"),
    OrgUnit("u", "a"),
    OrgUnit("v", "b"),
    Person("p", "a", "u"),
    Person("q", "a"),
    Person("x", "b"),
    ReportsTo("q", "p"),
    Opportunity("o", "a"),
    Opportunity("ob", "b"),
    DecisionStep("s", "o", rule="quota", quota=2.0),
    Vote("s", "p"),
    Vote("s", "q", 1.0),
    TeamMember("m"),
    Competitor("c"),
]


def broken(*more: Any) -> list[Violation]:
    """The rules broken by adding records to good ones."""
    return violations(Dataset.collect([*GOOD, *more]), Dataset.collect(more))


def test_good_records_break_nothing() -> None:
    assert violations(Dataset.collect(GOOD), Dataset.collect(GOOD)) == []


@pytest.mark.parametrize(
    ("record", "sheet", "column", "value", "in_sheet"),
    [
        (Person("n", "gone"), "people", "account", "gone", "accounts"),
        (Person("n", "a", "gone"), "people", "unit", "gone", "units"),
        (OrgUnit("n", "a", parent="gone"), "units", "parent", "gone", "units"),
        (ReportsTo("p", "gone"), "reports_to", "manager", "gone", "people"),
        (Influence("gone", "p", 0.5), "influences", "source", "gone", "people"),
        (Conflict("gone", "p"), "conflicts", "a", "gone", "people"),
        (Opportunity("n", "gone"), "opportunities", "account", "gone", "accounts"),
        (Participation("gone", "p"), "participation", "opportunity", "gone", "opportunities"),
        (DecisionStep("n", "gone"), "steps", "opportunity", "gone", "opportunities"),
        (Vote("gone", "p"), "votes", "step", "gone", "steps"),
        (Covers("gone", "p"), "covers", "member", "gone", "team"),
        (CompetitorTie("gone", "p", 0.5), "competitor_ties", "competitor", "gone", "competitors"),
        (Duty("a", "plan", "gone"), "duties", "member", "gone", "team"),
        (Commitment("n", "m", "gone", "us"), "commitments", "person", "gone", "people"),
        (Pain("n", "gone"), "pains", "person", "gone", "people"),
        (Claim("n", "o", "budget", source_person="gone"), "claims", "source_person", "gone", "people"),
        (Proposition("o", "need_fit", matters_to=("p", "gone")), "propositions", "matters_to", "gone", "people"),
    ],
)
def test_a_reference_to_nothing_is_found(record: Any, sheet: str, column: str, value: str, in_sheet: str) -> None:
    (found,) = broken(record)
    assert (found.code, found.sheet, found.column, found.value) == ("dangling", sheet, column, value)
    assert found.places == {"sheet": in_sheet}


def test_each_missing_one_of_a_list_is_named() -> None:
    meeting = Interaction("i", datetime.date(2026, 1, 2), "forum", people=("gone", "p", "away"), members=("nobody",))
    assert [(violation.column, violation.value) for violation in broken(meeting)] == [
        ("people", "gone"),
        ("people", "away"),
        ("members", "nobody"),
    ]


@pytest.mark.parametrize("record", [ReportsTo("p", "p"), Influence("p", "p", 0.5), Conflict("p", "p")])
def test_nobody_has_a_line_to_themselves(record: Any) -> None:
    (found,) = broken(record)
    assert (found.code, found.value, found.key) == ("self_tie", "p", ("p", "p"))


@pytest.mark.parametrize(
    ("record", "column", "value"),
    [
        (Person("n", "a", "v"), "unit", "v"),
        (OrgUnit("n", "a", parent="v"), "parent", "v"),
        (ReportsTo("p", "x"), "manager", "x"),
        (Influence("x", "p", 0.5), "target", "p"),
        (Conflict("p", "x"), "b", "x"),
        (Participation("ob", "p"), "person", "p"),
        (Vote("s", "x"), "person", "x"),
        (Pain("n", "p", "ob"), "opportunity", "ob"),
        (Proposition("o", "need_fit", matters_to=("p", "x")), "matters_to", "x"),
    ],
)
def test_a_line_stays_within_one_account(record: Any, column: str, value: str) -> None:
    (found,) = broken(record)
    assert (found.code, found.column, found.value) == ("other_account", column, value)
    assert {found.places["account"], found.places["home"]} == {"a", "b"}


def test_guests_of_a_forum_and_sources_of_claims_may_be_of_other_accounts() -> None:
    forum = Interaction("i", datetime.date(2026, 1, 2), "forum", people=("p", "x"), members=("m",))
    assert broken(forum, Claim("n", "o", "budget", source_person="x")) == []


def test_a_loop_of_managers_is_shown_whole_at_a_changed_line() -> None:
    (found,) = broken(ReportsTo("p", "q"))
    assert (found.code, found.sheet, found.key, found.column) == ("loop", "reports_to", ("p", "q"), "manager")
    assert found.places == {"loop": "p → q → p"}


def test_a_loop_of_units_is_found_also_of_one() -> None:
    (found,) = broken(OrgUnit("n", "a", parent="n"))
    assert (found.code, found.key, found.places["loop"]) == ("loop", ("n",), "n → n")
    (found,) = broken(OrgUnit("n", "a", parent="k"), OrgUnit("k", "a", parent="n"))
    assert found.places["loop"] == "k → n → k"


def test_several_managers_are_no_loop() -> None:
    assert broken(Person("r", "a"), ReportsTo("r", "p"), ReportsTo("r", "q", "dotted")) == []


def test_a_long_loop_is_cut_in_the_message_and_needs_no_deep_stack() -> None:
    people = [Person(f"n{i:05}", "a") for i in range(20_000)]
    lines = [ReportsTo(person.id, over.id) for person, over in zip(people, [*people[1:], people[0]], strict=True)]
    (found,) = broken(*people, *lines)
    assert found.places["loop"].startswith("n00000 → n00001 → ")
    assert found.places["loop"].endswith(" → n19999 → n00000")
    assert len(found.places["loop"]) < 200


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=20))
def test_loops_are_found_exactly_where_there_are_any(lines: list[tuple[int, int]]) -> None:
    above: dict[str, set[str]] = {}
    for below, over in lines:
        above.setdefault(str(below), set()).add(str(over))
    found = list(loops_in(above))
    graph = networkx.DiGraph([(str(below), str(over)) for below, over in lines])
    assert bool(found) != networkx.is_directed_acyclic_graph(graph)
    for loop in found:
        assert loop[0] == loop[-1] == min(loop)
        assert all(over in above[below] for below, over in pairwise(loop))


@pytest.mark.parametrize(("quota", "refused"), [(2.0, False), (2.1, True), (0.5, False)])
def test_a_quota_above_all_votes_is_refused(quota: float, refused: bool) -> None:
    merged = [
        DecisionStep("s", "o", rule="quota", quota=quota) if isinstance(record, DecisionStep) else record
        for record in GOOD
    ]
    found = violations(Dataset.collect(merged), Dataset.collect([Vote("s", "p")]))
    assert bool(found) == refused
    if found:
        assert (found[0].code, found[0].key, found[0].value, found[0].places) == (
            "quota_too_high",
            ("s",),
            "2.1",
            {"total": "2"},
        )


def test_a_quota_without_votes_yet_is_accepted() -> None:
    assert broken(DecisionStep("n", "o", rule="quota", quota=9.0)) == []


def test_the_check_takes_time_in_proportion_to_the_records() -> None:
    """Eight times as many may take no more than twenty times as long; a check of pairs would take 64 times."""

    def seconds(meetings: int) -> float:
        """Of the processor, which no other program shortens; the least of three."""
        day = datetime.date(2026, 1, 2)
        people = [Person(f"n{i}", "a") for i in range(meetings // 100)]
        met = [Interaction(f"i{i}", day, "forum", people=(f"n{i // 100}",), members=("m",)) for i in range(meetings)]
        merged, changed = Dataset.collect([*GOOD, *people, *met]), Dataset.collect([*people, *met])
        taken = []
        for _ in range(3):
            start = time.process_time()
            assert violations(merged, changed) == []
            taken.append(time.process_time() - start)
        return min(taken)

    assert seconds(80_000) < 20 * seconds(10_000)
