"""The map content: the parts beside the report."""

from __future__ import annotations

import datetime

from graph.analysis.briefing.brief import brief
from graph.analysis.map import BRIEFS, map_content
from graph.analysis.measures.measures import compute_measures
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
    assert len(content.briefs) == BRIEFS
    known = {person.id for person, there in zip(found.view.people, found.view.known, strict=True) if there}
    assert list(content.briefs) == [person.id for person in content.report.people if person.id in known][:BRIEFS]
    for person, told in content.briefs.items():
        assert repr(told) == repr(brief(found, person))
