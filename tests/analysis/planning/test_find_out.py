"""Unknowns to find out: every width against solving again with the unknown at either end."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.planning.find_out import FindOut, to_find_out
from graph.model import Account, Claim, Interaction, Opportunity, OrgUnit, Participation, Person, TeamMember
from graph.model.dataset import Dataset
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)
SWING = 0.35


def account(seed: int, people: int = 14) -> Measures:
    return compute_measures(dataset_of(random_account(seed, people=people, members=3, opportunities=1)), "acme", AS_OF)


def solved(measures: Measures, weights: np.ndarray, opinions: np.ndarray, node: np.ndarray) -> float:
    """The forecast from W written out, with a node of one's own in some rows."""
    system, theta = measures.support_system.opinions, measures.support_system.opinions.susceptibility
    pull = system.stubborn[:, 0] - system.stubborn[:, 1] + node
    final = np.linalg.solve(np.eye(len(theta)) - theta[:, None] * weights, (1 - theta) * opinions + theta * pull)
    return float(measures.power.formal_power @ final)


@pytest.mark.parametrize("seed", range(12))
def test_widths_are_those_of_solving_again(seed: int) -> None:
    found = account(seed)
    view, system = found.view, found.support_system.opinions
    lines = np.zeros((system.people, system.people))
    lines[system.lines.target, system.lines.source] = system.weight
    none = np.zeros(system.people)
    for unknown in to_find_out(found):
        i = view.index[unknown.person]
        ends = []
        for end in (-SWING, SWING):
            if unknown.unknown == "listens_to":
                weights = lines + np.outer(np.where(np.arange(system.people) == i, 0.0, system.rest), system.spread)
                node = np.where(np.arange(system.people) == i, system.rest * end, 0.0)
                ends.append(solved(found, weights, view.stance_values, node))
            else:
                opinions = view.stance_values.copy()
                opinions[i] += end
                ends.append(solved(found, lines + np.outer(system.rest, system.spread), opinions, none))
        assert unknown.width == pytest.approx(ends[1] - ends[0], abs=1e-12)


@pytest.mark.parametrize("seed", range(8))
def test_every_unknown_is_listed_once_the_widest_first(seed: int) -> None:
    found = account(seed)
    view, told = found.view, to_find_out(found)
    assert len({(item.person, item.unknown) for item in told}) == len(told)
    assert [round(item.width, 9) for item in told] == sorted((round(item.width, 9) for item in told), reverse=True)
    listed = {(item.person, item.unknown) for item in told}
    for i, person in enumerate(view.people):
        part, stance = view.participation[i], view.stances[i]
        assert ((person.id, "stance") in listed) == (bool(view.known[i]) and stance is None)
        assert ((person.id, "unidentified") in listed) == bool(view.unidentified[i])
        unsure = part is not None and part.confidence is not None and part.confidence < 0.5
        assert ((person.id, "confidence") in listed) == (bool(view.known[i]) and stance is not None and unsure)


def small(*more: object) -> list[FindOut]:
    records = [
        Account("a", "A"), Opportunity("o", "a"), OrgUnit("x", "a"), OrgUnit("y", "a"),
        Person("boss", "a", "x", "Boss"), Person("near", "a", "x", "Near"), Person("far", "a", "y", "Far"),
        Participation("o", "boss", ("D",)), Participation("o", "near", ("I",), stance=1),
        Participation("o", "far", ("I",), stance=1), TeamMember("u", "U", "AR"), TeamMember("v", "V", "SR"),
        Interaction("1", AS_OF, "forum", people=("near",), members=("u",)),
        Interaction("2", AS_OF, "forum", people=("far",), members=("v",)),
    ]  # fmt: skip
    return list(to_find_out(compute_measures(Dataset.collect([*records, *more]), "a", AS_OF)))


def test_the_best_placed_member_asks_a_person_in_another_position() -> None:
    (question,) = small()
    assert (question.person, question.unknown, question.member, question.ask, question.last_position) == (
        "boss",
        "stance",
        None,
        "far",
        None,
    )
    touch = Interaction("3", AS_OF, "forum", people=("boss",), members=("v",))
    assert small(touch)[0].member == "v"
    heard = Claim("c", "o", "stance:boss", source_person="far", date=AS_OF)
    (question,) = small(heard)
    assert (question.ask, question.last_position) == (None, "y")
    later = Claim("d", "o", "stance:boss", source_person="near", date=AS_OF + datetime.timedelta(days=1))
    assert small(heard, later)[0].last_position == "y"


def test_without_an_opportunity_nothing_is_asked() -> None:
    found = compute_measures(dataset_of(random_account(1, people=6, opportunities=0)), "acme", AS_OF)
    assert to_find_out(found) == ()
