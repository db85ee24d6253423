"""Every number of the calibration changes an answer: none is dead, none is repeated in the analysis."""

from __future__ import annotations

import datetime
import json
import random
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.briefing.brief import briefs
from graph.analysis.ground.as_json import as_json
from graph.analysis.map import map_content
from graph.analysis.measures.counted_influence import Mail, counted_lines
from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.network.account_graph import account_graph
from graph.analysis.network.centralities import centralities
from graph.analysis.network.groups import informal_groups
from graph.analysis.network.independent_routes import list_independent_routes
from graph.analysis.network.introductions import introductions
from graph.analysis.network.routes import routes_of_account
from graph.analysis.persons.everybody import places
from graph.analysis.persons.explain import explain
from graph.analysis.persons.weak_points import weak_points
from graph.analysis.planning.plan import plan
from graph.analysis.planning.team import team
from graph.analysis.qualification.leads import leads
from graph.analysis.report.coverage_report import report_of
from graph.analysis.report.report_json import report_json
from graph.model.calibration import Calibration, load_calibration
from graph.model.calibration_declared import Leaf, leaves, tree_of
from graph.model.calibration_types import Numbers
from graph.model.dataset import Dataset
from graph.model.team_work import TeamWork
from tests.oracle.random_account import COLUMNS, TODAY, random_account
from tests.oracle.records import dataset_of

USUAL = load_calibration()
PLACES = {place: leaf for place, leaf in leaves(tree_of(Calibration)) if leaf.kind in ("number", "whole")}
ACCOUNTS = ((0, 1), (2, 1), (5, 0), (8, 2), (13, 1), (18, 1), (21, 1), (34, 2))

Place = tuple[str, ...]


@cache
def account(seed: int, opportunities: int) -> Dataset:
    """A random account, with common interests, conflicts of unknown intensity, claims of one source, a unit unmet."""
    rows = random_account(seed, 22, 6, opportunities=opportunities)
    for row in (*rows["people"], *rows["team"][:1]):
        row["interests"] = ("chess",)
    for row in rows["conflicts"]:
        row["intensity"] = None
    rows["units"].append({**rows["units"][0], "id": "zz", "name": "Zeta", "parent": None})
    rows["people"].append({**rows["people"][0], "id": "zz1", "unit": "zz", "status": "active"})
    for lead in rows["opportunities"]:
        for number, who in enumerate(("zz1", "zz1", rows["people"][0]["id"])):
            told = dict.fromkeys(COLUMNS["claims"].split())
            told |= {"id": f"{lead['id']}-{number}", "opportunity": lead["id"], "topic": "fit", "source_person": who}
            rows["claims"].append(told)
    return dataset_of(rows)


def _people(measures: Measures) -> list[str]:
    return [person.id for person in measures.view.people]


ANSWERS: dict[str, Callable[[Measures], Any]] = {
    "report": lambda found: report_json(report_of(found)),
    "leads": leads,
    "team": lambda found: team(found, TeamWork()),
    "introductions": lambda found: [introductions(found, person) for person in _people(found)],
    "places": lambda found: places(found, report_of(found)),
    "plan": lambda found: plan(found, None, 1_000),
    "fewest": weak_points,
    "briefs": lambda found: briefs(found, 4),
    "explained": lambda found: explain(found, _people(found)[0]),
    "conflicts": lambda found: map_content(found.dataset, "acme", TODAY, None, found.view.calibration).conflicts,
}

LATER: dict[str, list[str]] = {
    "moves": ["plan", "introductions", "briefs"],
    "receptivity": ["plan"],
    "no_receptivity": ["plan"],
    "level_match": ["plan"],
    "assignment": ["plan", "team"],
    "unsure_below": ["plan"],
    "leads": ["leads"],
    "team": ["team"],
    "key_people": ["places", "explained", "fewest"],
    "champion": ["report", "explained"],
    "rank_band": ["explained"],
    "winning_share": ["fewest"],
    "brief": ["briefs"],
    "no_intensity": ["conflicts"],
}
"""In which answers a group of numbers is seen; the others are in the report."""


def told(name: str, seed: int, opportunities: int, numbers: Calibration) -> str:
    found = compute_measures(account(seed, opportunities), "acme", TODAY, None, numbers)
    said = as_json(ANSWERS[name](found))
    return json.dumps({**said, "calibration": None} if isinstance(said, dict) else said)


@cache
def usual(name: str, seed: int, opportunities: int) -> str:
    return told(name, seed, opportunities, USUAL)


def changed(values: Any, place: Place, to: float) -> Any:
    """The same values with another one at a place, whatever rule binds it to others."""
    if not place:
        return to
    if isinstance(values, Numbers):
        return values.model_copy(update={place[0]: changed(getattr(values, place[0]), place[1:], to)})
    return {**values, place[0]: changed(values[place[0]], place[1:], to)}


def value_at(place: Place) -> float:
    value: Any = USUAL
    for name in place:
        value = getattr(value, name) if isinstance(value, Numbers) else value[name]
    number: float = value
    return number


def others(leaf: Leaf, value: float) -> Iterator[float]:
    """Other numbers in the range: near ones, then far ones."""
    least = leaf.least if leaf.least is not None else (leaf.above or 0.0) + 1e-3
    most = leaf.most if leaf.most is not None else (leaf.below or 1.0) - 1e-3
    for other in (0.6 * value, 1.5 * value, value - 1, value + 1, least, min(most, 100.0)):
        kept = min(max(other, least), most)
        kept = int(kept) if leaf.kind == "whole" else kept
        if kept != value:
            yield kept


COUNTED_ELSEWHERE = {"exact_states", "sampled_orders", "sampling_seed", "counted"}


@pytest.mark.parametrize("place", [item for item in PLACES if item[0] not in COUNTED_ELSEWHERE], ids=".".join)
def test_another_number_gives_another_answer(place: Place) -> None:
    names = LATER.get(place[0], ["report"])
    assert any(
        told(name, *which, changed(USUAL, place, other)) != usual(name, *which)
        for other in others(PLACES[place], value_at(place))
        for name in names
        for which in ACCOUNTS
    )


def test_sampled_power_follows_states_orders_and_seed() -> None:
    sampling = changed(USUAL, ("exact_states",), 1)
    assert told("report", 0, 1, sampling) != usual("report", 0, 1)
    for name, other in (("sampled_orders", 50), ("sampling_seed", 1)):
        assert told("report", 0, 1, changed(sampling, (name,), other)) != told("report", 0, 1, sampling)


@pytest.mark.parametrize("name", ["answer_days", "period", "half_weight"])
def test_counted_influence_follows_its_numbers(name: str) -> None:
    chance, now = random.Random(3), datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
    mails = [
        Mail(chance.choice("abcd"), now - datetime.timedelta(hours=chance.randrange(9_000)), (chance.choice("efgh"),))
        for _ in range(200)
    ]
    mails += [Mail(mail.recipients[0], mail.sent + datetime.timedelta(hours=30), (mail.sender,)) for mail in mails]
    other = changed(USUAL.counted, (name,), 1)
    assert counted_lines(mails, now, other) != counted_lines(mails, now, USUAL.counted)


@given(st.integers(0, 10**6))
@settings(max_examples=25, deadline=None)
def test_numbers_at_the_ends_of_their_ranges_give_finite_answers(seed: int) -> None:
    numbers, chance = USUAL, random.Random(seed)
    for place in chance.sample(sorted(PLACES), 40):
        leaf = PLACES[place]
        if place[0] not in ("sampled_orders", "rank_band"):  # as many as that take their time
            numbers = changed(numbers, place, chance.choice(list(ends(leaf))))
    records = dataset_of(random_account(seed % 50, 7, 3, opportunities=seed % 2))
    with np.errstate(all="raise", under="ignore"):
        found = compute_measures(records, "acme", TODAY, None, numbers)
        for name in ("report", "leads", "team", "plan", "fewest", "briefs", "places"):
            json.dumps(as_json(ANSWERS[name](found)), allow_nan=False)
        for answer in (informal_groups, list_independent_routes, centralities):
            json.dumps(as_json(answer(found)), allow_nan=False)
        json.dumps(nx.node_link_data(account_graph(found), edges="edges"), allow_nan=False)
        count = routes_of_account(found.view.batch, found.connected.together, found.lines)
        if numbers.firm_tie > 1e-6:
            assert list_independent_routes(found).independent_routes == count


def ends(leaf: Leaf) -> Iterator[float]:
    """The least and the largest number of a range, or what is very near where the end is none of it."""
    least = leaf.least if leaf.least is not None else 1e-9 if leaf.kind == "number" else 1
    most = leaf.most if leaf.most is not None else 1.0 - 1e-9
    for end in (least, most):
        yield int(end) if leaf.kind == "whole" else end
