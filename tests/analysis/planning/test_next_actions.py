"""The next best actions: every effect against a report computed again, every rule against the design."""

from __future__ import annotations

import datetime
import math
import random
from dataclasses import replace
from typing import Any

import pytest

from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.network.influence_network import influence_network
from graph.analysis.planning.next_actions import Candidates, by_when, candidates, information_value, next_actions
from graph.analysis.planning.rhythm import allowed, feasibility, level_match
from graph.analysis.planning.touch_effects import WAYS, touch_effects
from graph.analysis.report.coverage_report import report_of
from graph.analysis.scenarios.changes import Touch, with_touch
from graph.model import Account, Interaction, Opportunity, Participation, Person, TeamMember
from graph.model.calibration import load_calibration
from graph.model.dataset import Dataset
from tests.oracle.random_account import random_account
from tests.oracle.reach import strength_from
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)
NUMBERS = load_calibration(None)


def account(seed: int, people: int = 12, members: int = 4, **more: Any) -> tuple[Dataset, Measures]:
    dataset = dataset_of(random_account(seed, people=people, members=members, **more))
    return dataset, compute_measures(dataset, "acme", AS_OF)


@pytest.mark.parametrize("seed", range(10))
def test_every_move_is_that_of_the_report_computed_again(seed: int) -> None:
    dataset, found = account(seed, people=8 + 3 * seed, opportunities=seed % 3)
    effects, chance = touch_effects(found), random.Random(seed)
    for _ in range(25):
        shape = (len(WAYS), len(found.view.members), len(found.view.people))
        way, u, i = map(chance.randrange, shape)
        touch = Touch(found.view.members[u].id, found.view.people[i].id, *WAYS[way])
        after = compute_measures(with_touch(dataset, AS_OF, touch), "acme", AS_OF)
        if not found.view.known[i]:
            assert effects.coverage[way, u, i] == effects.forecast[way, u, i] == 0.0
            continue
        covered = after.influence @ after.covered - found.influence @ found.covered
        supported = after.power.formal_power @ after.forecast.final - found.power.formal_power @ found.forecast.final
        assert effects.coverage[way, u, i] == pytest.approx(covered, abs=1e-12)
        assert effects.forecast[way, u, i] == pytest.approx(supported, abs=1e-12)


@pytest.mark.parametrize("seed", range(6))
def test_value_feasibility_and_priority_are_those_of_the_text(seed: int) -> None:
    _, found = account(seed, opportunities=1)
    worth, effects = candidates(found), touch_effects(found)
    most_forecast, most_coverage = effects.forecast.max(), effects.coverage.max()
    network = influence_network(found)
    for u, member in enumerate(found.view.members):
        reach = strength_from(network, member.id)
        for i, person in enumerate(found.view.people):
            part = found.view.participation[i]
            mode = None if part is None else part.response_mode
            receptive = NUMBERS.no_receptivity if mode is None else NUMBERS.receptivity[mode]
            apart = None if member.level is None or person.level is None else abs(member.level - person.level)
            match = 0.25 if apart is None or apart > 2 else 1.0 if apart <= 1 else 0.5
            expected = receptive * max(0.1, reach.get(person.id, 0.0)) * match
            assert worth.feasibility[u, i] == pytest.approx(expected, abs=1e-12)
            for way, (method, subtype) in enumerate(WAYS):
                value = 0.2 * worth.information[i]
                value += 0.5 * max(0.0, effects.forecast[way, u, i]) / most_forecast if most_forecast > 0 else 0.0
                value += 0.3 * max(0.0, effects.coverage[way, u, i]) / most_coverage if most_coverage > 0 else 0.0
                assert worth.value[way, u, i] == pytest.approx(value, abs=1e-12)
                if worth.priority[way, u, i]:
                    expected = value * worth.feasibility[u, i] / math.sqrt(NUMBERS.moves.effort[subtype or method])
                    assert worth.priority[way, u, i] == pytest.approx(expected, abs=1e-12)


def test_information_is_asked_for_where_the_stance_is_unknown_undated_or_old() -> None:
    parts = [
        Participation("o", "unknown", ("D",)),
        Participation("o", "undated", ("D",), stance=1),
        Participation("o", "old", ("D",), stance=1, assessed_on=AS_OF - datetime.timedelta(days=15)),
        Participation("o", "fresh", ("D",), stance=1, assessed_on=AS_OF - datetime.timedelta(days=14)),
    ]
    found = small(parts=parts)
    asked = dict(zip(found.view.index, information_value(found.view, found.influence) > 0, strict=True))
    assert asked == {"unknown": True, "undated": True, "old": True, "fresh": False}


def small(
    parts: list[Participation] | None = None,
    member: TeamMember | None = None,
    person: Person | None = None,
    contacts: list[Interaction] | None = None,
    bid: datetime.date | None = None,
) -> Measures:
    """One team member and some stakeholders."""
    parts = parts or [Participation("o", "p", ("D",), stance=1)]
    people = [person] if person else [Person(part.person, "a", name=part.person, level=4) for part in parts]
    return compute_measures(
        Dataset.collect(
            [
                Account("a", "A"),
                Opportunity("o", "a", bid_date=bid),
                member or TeamMember("u", "U", "AR", level=4),
                *people,
                *parts,
                *(contacts or []),
            ]
        ),
        "a",
        AS_OF,
    )


def met(days_ago: int, method: str, **more: Any) -> Interaction:
    return Interaction(
        f"i{days_ago}{method}", AS_OF - datetime.timedelta(days=days_ago), method, people=("p",), members=("u",), **more
    )


def ways_allowed(measures: Measures) -> set[str]:
    may = allowed(measures.view, measures.connected)[:, 0, 0].tolist()
    return {subtype or method for (method, subtype), able in zip(WAYS, may, strict=True) if able}


def test_rhythm_goes_a_step_deeper_at_a_time() -> None:
    assert ways_allowed(small()) == {"daily_contact", "visit"}
    acquainted = small(contacts=[met(40, "daily_contact", subtype="visit"), met(80, "thematic_exchange")])
    assert ways_allowed(acquainted) == {
        "daily_contact",
        "visit",
        "thematic_exchange",
        "experience_visit",
        "team_social",
        "forum",
    }


def test_a_method_rests_for_a_sixth_of_its_half_life() -> None:
    assert "visit" not in ways_allowed(small(contacts=[met(4, "daily_contact")]))
    assert "visit" in ways_allowed(small(contacts=[met(5, "daily_contact")]))
    assert "visit" not in ways_allowed(small(contacts=[met(4, "daily_contact", response="none")]))


def test_a_letter_opens_doors_from_level_five_and_only_executives_write_it() -> None:
    high = Person("p", "a", name="P", level=5)
    assert "executive_letter" in ways_allowed(small(person=high, member=TeamMember("u", "U", "EXEC", level=6)))
    assert "executive_letter" in ways_allowed(small(person=high, member=TeamMember("u", "U", "AR", level=6)))
    assert "executive_letter" in ways_allowed(small(person=high, member=TeamMember("u", "U", "EXEC")))
    assert "executive_letter" not in ways_allowed(small(person=high, member=TeamMember("u", "U", "AR", level=5)))
    assert "executive_letter" not in ways_allowed(small(person=high, member=TeamMember("u", "U", "EXEC", level=7)))
    assert "executive_letter" not in ways_allowed(
        small(person=replace(high, level=4), member=TeamMember("u", "U", "EXEC", level=5))
    )


def test_levels_match_within_one_and_half_at_two() -> None:
    for ours, theirs, expected in ((4, 4, 1.0), (4, 5, 1.0), (4, 6, 0.5), (3, 6, 0.0), (None, 4, 0.0), (4, None, 0.0)):
        member, person = TeamMember("u", "U", "AR", level=ours), Person("p", "a", name="P", level=theirs)
        assert level_match(small(member=member, person=person).view).tolist() == [[expected]]


def test_by_when_is_the_earliest_and_never_in_the_past() -> None:
    day = datetime.timedelta(days=1)
    assert by_when(small(), 0, 30) == AS_OF + 30 * day
    assert by_when(small(contacts=[met(4, "forum")]), 0, 30) == AS_OF + 10 * day
    assert by_when(small(contacts=[met(90, "forum")]), 0, 30) == AS_OF
    assert by_when(small(bid=AS_OF + 8 * day), 0, 30) == AS_OF + 7 * day
    assert by_when(small(contacts=[met(4, "forum", response="none")]), 0, 30) == AS_OF + 30 * day


@pytest.mark.parametrize("seed", range(6))
def test_a_way_to_a_person_is_listed_once_with_the_best_member(seed: int) -> None:
    _, found = account(seed, people=15, opportunities=1)
    worth, report = candidates(found), report_of(found)
    listed = next_actions(found, report.gaps, 30, 10_000)
    assert len({(action.person, action.method, action.subtype) for action in listed}) == len(listed)
    assert [action.priority for action in listed] == pytest.approx(
        sorted((action.priority for action in listed), reverse=True)
    )
    assert {(action.person, action.method, action.subtype): action.priority for action in listed} == pytest.approx(
        _best(found, worth), abs=1e-9
    )
    for action in listed:
        assert all(action.priority >= other.priority - 1e-9 for other in action.alternates)
        assert action.member not in {other.member for other in action.alternates}
        gaps = [gap.type for gap in report.gaps if gap.person == action.person]
        assert action.closes == (gaps[0] if gaps else None)
        assert all(action.reason.render(lang) for lang in ("en", "zh"))
    assert next_actions(found, report.gaps, 30, 3) == listed[:3]


def _best(measures: Measures, worth: Candidates) -> dict[tuple[str, str, str | None], float]:
    best = {}
    for way, (method, subtype) in enumerate(WAYS):
        for i, person in enumerate(measures.view.people):
            most = max(worth.priority[way, :, i].round(9), default=0.0)
            if most > 0:
                best[person.id, method, subtype] = float(most)
    return best


def test_an_ask_needs_trust_and_no_opposition() -> None:
    months = [met(30 * month, "thematic_exchange", response="commitment") for month in range(12)]
    for stance, asked in ((0, True), (1, True), (-1, False), (None, False)):
        parts = [Participation("o", "p", ("D",), stance=stance)]
        found = small(parts=parts, contacts=months, member=TeamMember("u", "U", "AR", 4, knowledge=5, skill=5))
        assert found.trusted[0] >= 0.5
        assert {action.ask for action in next_actions(found, (), 30, 99)} == {asked}
    stranger = small()
    assert {action.ask for action in next_actions(stranger, (), 30, 99)} == {False}


def test_without_members_there_are_no_actions() -> None:
    dataset = dataset_of(random_account(1, people=5, members=0))
    found = compute_measures(dataset, "acme", AS_OF)
    assert next_actions(found, (), 30, 10) == ()
    assert feasibility(found).shape == (0, len(found.view.people))
