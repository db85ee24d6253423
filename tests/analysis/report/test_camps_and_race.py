"""Camps, cross-pressure, the race with the rival, and champions, against their text."""

from __future__ import annotations

import datetime
import math

import pytest

from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.report.camps import CAMPS, camps
from graph.analysis.report.champions import champion_test, champions
from graph.analysis.report.coverage_report import coverage_report
from graph.model import (
    Account,
    Commitment,
    Competitor,
    CompetitorTie,
    Opportunity,
    Participation,
    Person,
    TeamMember,
)
from graph.model.dataset import Dataset
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)


def account(seed: int, people: int = 14) -> Measures:
    return compute_measures(dataset_of(random_account(seed, people=people, members=3, opportunities=1)), "acme", AS_OF)


@pytest.mark.parametrize("seed", range(10))
def test_camps_and_cross_pressure_are_those_of_the_text(seed: int) -> None:
    found = account(seed)
    view, final, together = found.view, found.forecast.final, found.connected.together
    told = camps(view, found.support_system, final, together, found.influence)
    system = found.support_system.opinions
    heard = dict.fromkeys(CAMPS, 0.0)
    for i, place in enumerate(told.people):
        if view.stances[i] is None and together[i] < 0.05:
            expected = "unknown"
        else:
            expected = "for" if final[i] >= 0.1 else "against" if final[i] <= -0.1 else "undecided"
        assert (place.person, place.camp) == (view.people[i].id, expected)
        heard[place.camp] += found.influence[i]
        row = system.rest[i] * system.spread
        for s, t, w in zip(system.lines.source, system.lines.target, system.weight, strict=True):
            row[s] += w if t == i else 0.0
        inflow = [w * x for w, x in zip(row, view.stance_values, strict=True)]
        inflow += [system.stubborn[i, 0], -system.stubborn[i, 1]]
        p, n = sum(x for x in inflow if x > 0), -sum(x for x in inflow if x < 0)
        assert place.cross_pressure == pytest.approx(2 * min(p, n) / (p + n) if p + n else 0.0, abs=1e-12)
    assert dict(told.shares) == pytest.approx(heard, abs=1e-12)
    camp = {person.person: person.camp for person in told.people}
    ids = [person.id for person in view.people]
    lines = found.lines
    expected_lines = {
        (ids[s], ids[t]) for s, t in zip(lines.source, lines.target, strict=True) if camp[ids[s]] != camp[ids[t]]
    }
    assert {(line.source, line.target) for line in told.crossing} == expected_lines
    assert all((line.source_camp, line.target_camp) == (camp[line.source], camp[line.target]) for line in told.crossing)


@pytest.mark.parametrize("seed", range(10))
def test_the_race_is_that_of_the_text(seed: int) -> None:
    rows = random_account(seed, people=14, members=3, opportunities=1)
    report = coverage_report(dataset_of(rows), "acme", AS_OF)
    ties: dict[str, list[tuple[float, str]]] = {}
    for row in rows["competitor_ties"]:
        ties.setdefault(row["person"], []).append((-row["strength"], row["competitor"]))
    share = {"ahead": 0.0, "open": 0.0, "behind": 0.0}
    lost: dict[str, float] = {}
    lead = {margin.person: margin for margin in report.race.people}
    for person in report.people:
        apart = person.connection_strength - person.competitor_strength
        standing = "ahead" if apart >= 0.1 - 1e-9 else "behind" if apart <= -0.1 + 1e-9 else "open"
        assert (lead[person.id].standing, lead[person.id].lead) == (standing, pytest.approx(apart, abs=1e-12))
        share[standing] += person.decision_influence
        if standing == "behind":
            rival = min(ties[person.id])[1]
            assert lead[person.id].rival == rival
            lost[rival] = lost.get(rival, 0.0) + person.decision_influence
    assert report.race.ahead == pytest.approx(share["ahead"], abs=1e-12)
    assert report.race.open == pytest.approx(share["open"], abs=1e-12)
    assert {rival: part for rival, part in report.race.behind.items() if part} == pytest.approx(lost, abs=1e-12)
    behind = {margin.person for margin in report.race.people if margin.standing == "behind"}
    assert set(report.race.win_back) == behind
    worst = [
        next((gap.severity for gap in report.gaps if gap.person == person), 0.0) for person in report.race.win_back
    ]
    assert worst == sorted(worst, reverse=True)


def test_between_equal_rivals_the_first_by_id_leads() -> None:
    records = [Account("a"), Person("p", "a"), Competitor("y", "Y"), Competitor("x", "X")]
    ties = [CompetitorTie("y", "p", 0.6), CompetitorTie("x", "p", 0.6)]
    race = coverage_report(Dataset.collect([*records, *ties]), "a", AS_OF).race
    assert (race.people[0].rival, dict(race.behind), race.win_back) == ("x", {"x": 1.0, "y": 0.0}, ("p",))


def champion(
    *more: object, stance: int | None = 2, win: str | None = "a bonus", profile: str | None = "teacher"
) -> tuple[str, ...]:
    records = [
        Account("a"), Opportunity("o", "a"), TeamMember("u", "U", "AR"),
        Person("p", "a", profile=profile), Person("q", "a"),
        Participation("o", "p", ("D",), stance=stance, win=win), Participation("o", "q", ("U",)),
    ]  # fmt: skip
    found = compute_measures(Dataset.collect([*records, *more]), "a", AS_OF)
    return champion_test(found.view, found.influence, found.dataset.of(Commitment), [0])[0].missing


KEPT = Commitment("1", "u", "p", "them", status="kept")


def test_a_champion_passes_every_part_of_the_test() -> None:
    assert champion(KEPT) == ()
    assert champion(KEPT, stance=1) == ("stance",)
    assert champion(KEPT, stance=None) == ("stance",)
    assert champion(KEPT, win=None) == champion(KEPT, win=" ") == ("win",)
    assert champion() == champion(Commitment("1", "u", "p", "us", status="kept")) == ("kept_commitment",)
    assert champion(Commitment("1", "u", "p", "them", status="missed")) == ("kept_commitment",)
    assert champion(KEPT, profile="friend") == champion(KEPT, profile="guide") == ("profile",)
    assert champion(KEPT, profile=None) == ()


@pytest.mark.parametrize("seed", range(8))
def test_champions_are_sought_among_the_first_two_fifths(seed: int) -> None:
    found = account(seed)
    everybody = range(len(found.view.people))
    tests = champion_test(found.view, found.influence, found.dataset.of(Commitment), everybody)
    order = sorted(range(len(tests)), key=lambda i: (-round(float(found.influence[i]), 9), tests[i].person))
    first = {tests[i].person for i in order[: math.ceil(len(order) * 2 / 5)]}
    assert {test.person for test in tests if "influence" not in test.missing} == first
    told = champions(found.view, found.influence, found.dataset.of(Commitment))
    assert {test.person for test in told} == {test.person for test in tests if "stance" not in test.missing}
    assert [len(test.missing) for test in told] == sorted(len(test.missing) for test in told)
