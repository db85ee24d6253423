"""The map content: the parts beside the report."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from graph.analysis.briefing.brief import brief
from graph.analysis.ground.limits import BRIEFS, UNASKED_PEOPLE
from graph.analysis.map import MapContent, map_content
from graph.analysis.measures.measures import compute_measures
from graph.analysis.scenarios.departures import departures
from graph.model import Proposition
from graph.model.dataset import Dataset
from graph.model.scales import ELEMENT
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)


def test_the_elements_of_value_are_those_of_the_opportunity() -> None:
    dataset = dataset_of(random_account(4, people=8, opportunities=1))
    chosen = map_content(dataset, "acme", AS_OF).report.opportunity
    assert chosen is not None
    others = [record for record in dataset if not isinstance(record, Proposition)]
    said = Proposition(chosen.id, "need_fit", "One night", 4.5, 2.5, ("p01", "p02"))
    elsewhere = Proposition("another", "solution_value", "Cheap", 5.0, 0.0)
    elements = map_content(Dataset.collect([*others, said, elsewhere]), "acme", AS_OF).elements
    assert [element.element for element in elements] == list(ELEMENT.by_code)
    assert {element.element for element in elements if not element.empty} == {"need_fit"}
    fit = next(element for element in elements if element.element == "need_fit")
    assert (fit.statement, fit.ours, fit.rival, fit.lead, fit.matters_to) == (
        "One night",
        4.5,
        2.5,
        2.0,
        ("p01", "p02"),
    )


def test_without_an_opportunity_there_is_no_value_to_offer() -> None:
    dataset = dataset_of(random_account(4, people=8, opportunities=0))
    assert map_content(dataset, "acme", AS_OF).elements == ()


def test_the_briefs_are_those_asked_one_by_one() -> None:
    dataset = dataset_of(random_account(4, people=20, opportunities=1))
    content, found = map_content(dataset, "acme", AS_OF), compute_measures(dataset, "acme", AS_OF)
    assert content.briefs is not None
    assert len(content.briefs) == BRIEFS
    known = {person.id for person, there in zip(found.view.people, found.view.known, strict=True) if there}
    assert list(content.briefs) == [person.id for person in content.report.people if person.id in known][:BRIEFS]
    for person, told in content.briefs.items():
        assert repr(told) == repr(brief(found, person))


def _everybody_known(people: int) -> Dataset:
    rows = random_account(4, people=people, lines=people, interactions=10, opportunities=1)
    for row in rows["people"]:
        row["status"] = "active"
    return dataset_of(rows)


def test_beyond_200_people_departures_stances_and_briefs_are_computed_only_when_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = map_content(_everybody_known(UNASKED_PEOPLE + 1), "acme", AS_OF)

    def computed(*_: object) -> None:
        raise AssertionError("computed, although nobody asked")

    monkeypatch.setattr("graph.analysis.scenarios.single_changes.single_changes", computed)
    monkeypatch.setattr("graph.analysis.briefing.brief.briefs", computed)
    assert content.single_changes is None
    assert content.briefs is None


def test_up_to_200_people_a_map_has_them() -> None:
    content = map_content(_everybody_known(UNASKED_PEOPLE), "acme", AS_OF)
    assert content.single_changes is not None
    assert len(content.single_changes.without) == UNASKED_PEOPLE
    assert content.briefs is not None
    assert len(content.briefs) == BRIEFS


def test_who_asks_gets_them_beyond_200_people() -> None:
    dataset = _everybody_known(UNASKED_PEOPLE + 1)
    measures = compute_measures(dataset, "acme", AS_OF)
    assert len(list(departures(measures))) == UNASKED_PEOPLE + 1
    assert brief(measures, "p01").person.id == "p01"


def test_what_is_made_of_a_content_is_made_once() -> None:
    content = map_content(_everybody_known(5), "acme", AS_OF)
    made: list[MapContent] = []

    def make(of: MapContent) -> int:
        made.append(of)
        return len(made)

    assert [content.once(make), content.once(make)] == [1, 1]
    assert replace(content).once(make) == 2
