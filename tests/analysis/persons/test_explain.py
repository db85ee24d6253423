"""A person explained: the parts add up, and every name is in the account."""

from __future__ import annotations

import datetime
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.measures.measures import compute_measures
from graph.analysis.persons.everybody import places
from graph.analysis.persons.explain import explain, explained_json
from graph.analysis.report.coverage_report import report_of
from graph.model.problem import UnknownRecord
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 16), st.integers(0, 4))
def test_the_parts_add_up_and_name_only_present_people(seed: int, people: int, members: int) -> None:
    found = compute_measures(dataset_of(random_account(seed, people=people, members=members)), "acme", AS_OF)
    ids = {person.id for person in found.view.people}
    for person in sorted(ids)[:4]:
        told = explain(found, person)
        assert sum(part.share for part in told.made_of) == pytest.approx(told.person.decision_influence, abs=1e-9)
        assert told.own_vote == pytest.approx(
            next((part.share for part in told.made_of if part.person == person), 0.0), abs=1e-15
        )
        assert {part.person for part in told.made_of} <= ids
        for part in told.made_of:
            assert part.path is None or (part.path.nodes[0].id, part.path.nodes[-1].id) == (person, part.person)
        assert {node.id for path in told.sways for node in path.nodes} <= ids
        assert 1 <= told.rank <= told.people == len(ids)
        assert told.rank_band[0] <= told.rank_band[1]
        assert person not in (*told.likely_senior_to, *told.likely_junior_to)
        assert all(gap.person == person for gap in told.gaps)
        for lang in ("en", "zh"):
            json.dumps(explained_json(told, lang), allow_nan=False)


def test_more_senior_is_only_said_from_a_clear_gap_and_without_levels() -> None:
    found = compute_measures(dataset_of(random_account(4, people=20)), "acme", AS_OF)
    level = {person.id: person.level for person in found.view.people}
    said = {person.id: explain(found, person.id) for person in found.view.people}
    for identity, told in said.items():
        assert all(level[identity] is None or level[other] is None for other in told.likely_senior_to)
        assert all(identity in said[other].likely_junior_to for other in told.likely_senior_to)
    assert any(told.likely_senior_to for told in said.values())


def test_an_unknown_person_is_answered_with_the_nearest() -> None:
    found = compute_measures(dataset_of(random_account(4, people=20)), "acme", AS_OF)
    with pytest.raises(UnknownRecord, match="Did you mean p1"):
        explain(found, "p1")


@pytest.mark.parametrize("seed", range(6))
def test_everybodys_place_is_that_of_each_explained(seed: int) -> None:
    found = compute_measures(dataset_of(random_account(seed, people=14, opportunities=seed % 2)), "acme", AS_OF)
    told = places(found, report_of(found))
    assert list(told) == [person.id for person in found.view.people]
    for person, place in told.items():
        explained = explain(found, person)
        assert (place.formal_rank, place.influence_rank, place.standing) == (
            explained.formal_rank,
            explained.influence_rank,
            explained.standing,
        )
        assert (place.brokerage.total, place.constraint, place.effective_size) == (
            explained.brokerage.total,
            explained.constraint,
            explained.effective_size,
        )
        assert (place.camp, place.cross_pressure) == (explained.camp, explained.cross_pressure)
