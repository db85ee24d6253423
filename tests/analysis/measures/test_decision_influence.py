"""Assumed lines, susceptibility, inferred levels; the direct and the iterated solution agree."""

from __future__ import annotations

import random

import numpy as np
import pytest

from graph.analysis.measures import decision_influence as direct
from graph.analysis.measures import influence_system as solving
from graph.analysis.measures.decision_influence import influence_system
from graph.analysis.measures.measures import Measures
from graph.analysis.report.influence_shares import InfluenceShares
from graph.model import Influence, Participation, Person, ReportsTo
from tests.analysis.records import lines_of, seen


def lines(measures: Measures) -> dict[str, tuple[float, bool]]:
    """`source>target` → (weight, assumed)."""
    ids = [person.id for person in measures.view.people]
    columns = (measures.lines.source.tolist(), measures.lines.target.tolist(), measures.lines.weight.tolist())
    return {
        f"{ids[source]}>{ids[target]}": (pytest.approx(weight), assumed)
        for source, target, weight, assumed in zip(*columns, measures.lines.assumed.tolist(), strict=True)
    }


def test_reporting_lines_are_assumed_both_ways_and_an_ear_is_shared() -> None:
    found = seen(ReportsTo("a", "m"), ReportsTo("b", "m"), ReportsTo("c", "m", "dotted"), people="a b c m")
    assert lines(found) == {
        "m>a": (0.6, True), "m>b": (0.6, True), "m>c": (0.3, True),
        "a>m": (0.25 / 3, True), "b>m": (0.25 / 3, True), "c>m": (0.125 / 3, True),
    }  # fmt: skip
    assert found.lines.any_assumed


def test_what_is_recorded_takes_the_place_of_what_is_assumed() -> None:
    found = seen(
        ReportsTo("a", "m"),
        ReportsTo("b", "m"),
        Influence("x", "a", 0.25),
        Influence("m", "b", 0.1),
        Influence("x", "m", 0.7),
        Influence("b", "m", 0.3),
        people="a b m x",
    )
    assert lines(found) == {
        "x>a": (0.25, False), "m>a": (0.6 * 0.75, True), "m>b": (0.1, False), "x>m": (0.7, False), "b>m": (0.3, False),
    }  # fmt: skip


def test_a_vacant_seat_has_no_lines_but_still_reports() -> None:
    found = seen(
        Person("v", "q", status="left"),
        Participation("o", "v"),
        ReportsTo("v", "m"),
        ReportsTo("a", "m"),
        Influence("v", "a", 1.0),
        people="a m",
    )
    assert lines(found) == {"m>a": (0.6, True), "a>m": (0.125, True)}


@pytest.mark.parametrize(
    ("person", "theta"),
    [
        (Person("p", "q"), 0.6), (Person("p", "q", external=True), 0.2),
        (Person("p", "q", adaptability="laggard"), 0.2),
        (Person("p", "q", external=True, adaptability="innovator"), 0.7),
    ],
)  # fmt: skip
def test_susceptibility(person: Person, theta: float) -> None:
    assert seen(person).system.opinions.susceptibility.tolist() == [theta]


def test_an_empty_row_is_formal_power_and_a_faint_line_stays_faint() -> None:
    found = influence_system(lines_of([[0, 0.05], [0, 0]]), np.array([0.5, 0.5]), np.array([0.7, 0.3]))
    inner = np.eye(2) - 0.5 * np.array([[0.95 * 0.7, 0.05 + 0.95 * 0.3], [0.7, 0.3]])
    assert found.control == pytest.approx(np.linalg.inv(inner) * 0.5)
    over = influence_system(lines_of([[0, 0.8, 0.8], [0, 0, 0], [0, 0, 0]]), np.full(3, 0.5), np.full(3, 1 / 3))
    assert over.opinions.weight.tolist() == [0.5, 0.5]
    assert over.opinions.rest.tolist() == [0.0, 1.0, 1.0]


def test_a_person_without_a_vote_who_influences_all_voters_ranks_first() -> None:
    found = seen(
        *(Participation("o", item, ("D",)) for item in ("boss", "chief", "dean")),
        *(Influence("aide", item, 0.9) for item in ("boss", "chief", "dean")),
        people="aide boss chief dean",
    )
    assert found.power.formal_power[0] == 0.0
    assert found.influence.argmax() == 0
    parts = InfluenceShares(found.system, ["aide", "boss", "chief", "dean"], 0)
    assert [part.person for part in parts] == ["boss", "chief", "dean"]
    assert sum(part.share for part in parts) == pytest.approx(found.influence[0])
    assert parts[0] == parts[:1][0]
    assert len(parts) == 3


def test_empty_levels_are_inferred_from_standing() -> None:
    found = seen(
        Person("asked", "q"), Person("asks", "q"), Person("other", "q", level=2), Influence("asked", "asks", 0.9)
    )
    # asked sways most; asks and other are swayed by nobody's ear and tie: s = 2.5/3, 1/3, 1/3
    expected = [7 * (0.5 + 0.4 * (2.5 / 3 - 0.5)), 7 * (0.5 + 0.4 * (1 / 3 - 0.5)), 2.0]
    assert found.levels.tolist() == pytest.approx(expected)


@pytest.mark.parametrize("seed", range(5))
def test_iteration_and_direct_solution_agree(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(seed)
    people = 30
    rows = [[chance.random() * (chance.random() < 0.2) * (i != j) for j in range(people)] for i in range(people)]
    theta = np.array([chance.choice([0.2, 0.6, 0.95]) for _ in range(people)])
    power = np.array([chance.choice([0.0, 1.0, 3.0]) for _ in range(people)])
    power /= power.sum()
    solved = influence_system(lines_of(rows), theta, power)
    pushes = np.array([[chance.uniform(-1, 1) for _ in range(3)] for _ in range(people)])
    ends, parts = solved.opinions.solve(pushes), solved.made_of(7)
    monkeypatch.setattr(solving, "DIRECT_SOLVE_PEOPLE", 0)
    monkeypatch.setattr(direct, "DIRECT_SOLVE_PEOPLE", 0)
    iterated = influence_system(lines_of(rows), theta, power)
    assert iterated.influence == pytest.approx(solved.influence, abs=1e-13)
    assert iterated.opinions.solve(pushes) == pytest.approx(ends, abs=1e-12)
    assert iterated.opinions.solve(pushes[:, 0]) == pytest.approx(ends[:, 0], abs=1e-12)
    assert iterated.made_of(7) == pytest.approx(parts, abs=1e-13)
