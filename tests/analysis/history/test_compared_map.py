"""Two days as one map: the later day's numbers, and the people who have gone."""

from __future__ import annotations

import datetime
from dataclasses import replace

from graph.analysis.history.compare import compare
from graph.analysis.history.compared_map import ComparedMap, compared_map
from graph.analysis.map import map_content
from graph.analysis.report.coverage_report import coverage_report
from graph.model import Participation, Person, Vote
from graph.model.calibration import load_calibration
from graph.model.dataset import Dataset
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)
THEN = datetime.date(2026, 10, 1)
NUMBERS = load_calibration(None)


def of(before: Dataset, after: Dataset) -> ComparedMap:
    return compared_map(before, after, "acme", THEN, AS_OF, None, NUMBERS)


def test_the_map_is_the_later_day_and_people_who_went_count_nowhere() -> None:
    after = dataset_of(random_account(6, people=14, opportunities=1))
    gone = Person("zz", "acme", name="Gone", title="Head", level=4)
    found = of(Dataset.collect([*after, gone]), after)
    later = map_content(after, "acme", AS_OF)
    assert found.ghosts == ("zz",)
    assert repr(found.content.report.people[:-1]) == repr(later.report.people)
    ghost = found.content.report.people[-1]
    assert (ghost.id, ghost.title, ghost.level, ghost.status) == ("zz", "Head", 4, "left")
    assert (ghost.decision_influence, ghost.coverage, ghost.covered_by, ghost.has_seat) == (0.0, 0.0, (), False)
    assert found.content.report.decision_chain_coverage == later.report.decision_chain_coverage
    assert repr(found.before) == repr(coverage_report(Dataset.collect([*after, gone]), "acme", THEN))
    assert repr(found.comparison) == repr(
        compare(Dataset.collect([*after, gone]), after, "acme", THEN, AS_OF, None, NUMBERS)
    )


def test_a_leaver_with_a_seat_is_in_the_graph_and_no_ghost() -> None:
    before = dataset_of(random_account(6, people=14, opportunities=1))
    holders = {record.person for record in before if isinstance(record, Participation | Vote)}
    leaver = next(person for person in before.of(Person) if person.id in holders and person.status == "active")
    other = next(person for person in before.of(Person) if person.id not in holders and person.status == "active")
    left = [
        replace(record, status="moved") if isinstance(record, Person) and record.id in (leaver.id, other.id) else record
        for record in before
    ]
    found = of(before, Dataset.collect(left))
    assert {went.person for went in found.comparison.went} == {leaver.id, other.id}
    assert found.ghosts == (other.id,)
    assert {person.status for person in found.content.report.people if person.id in (leaver.id, other.id)} == {"moved"}
