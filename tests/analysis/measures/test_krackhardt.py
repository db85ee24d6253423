"""Krackhardt's managers: influence by advice ranks bosses above reports better than degree or betweenness do."""

from __future__ import annotations

import datetime

import networkx as nx
import pytest

from graph.analysis.map import map_content
from graph.analysis.report.coverage_report import coverage_report
from tests import krackhardt
from viz.scene.power import power_scene

AS_OF = datetime.date(2026, 11, 23)
pytestmark = pytest.mark.skipif(not krackhardt.DATA.is_dir(), reason=krackhardt.MISSING)


def right_way_round(value: dict[str, float]) -> float:
    """The share of the reporting pairs in which the boss is above the report; equal ones count half."""
    pairs = krackhardt.pairs_along_reporting_lines()
    return sum((value[boss] > value[item]) + 0.5 * (value[boss] == value[item]) for item, boss in pairs) / len(pairs)


def test_the_account_is_the_data() -> None:
    dataset = krackhardt.account()
    assert repr(dataset) == "Dataset(accounts 1, units 5, people 21, influences 190)"


def test_influence_puts_the_boss_above_the_report() -> None:
    report = coverage_report(krackhardt.account(), krackhardt.ACCOUNT, AS_OF)
    influence = {person.id: person.decision_influence for person in report.people}
    asked = nx.DiGraph(krackhardt.edges("advice"))
    assert len(krackhardt.pairs_along_reporting_lines()) == 36
    assert right_way_round(influence) >= 0.94
    assert right_way_round(dict(asked.in_degree())) == pytest.approx(0.90, abs=0.005)
    assert right_way_round(nx.betweenness_centrality(asked)) == pytest.approx(0.69, abs=0.005)
    assert all(person.level_inferred for person in report.people)


def test_without_levels_the_map_stacks_by_influence() -> None:
    scene = power_scene(map_content(krackhardt.account(), krackhardt.ACCOUNT, AS_OF), "en")
    assert scene.strip is None
    assert len(scene.discs) == 21
    assert all(disc.label.shown and not disc.label.cut for disc in scene.discs)
    assert next(disc.y for disc in scene.discs) < [disc.y for disc in scene.discs][-1]
