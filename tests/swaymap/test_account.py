"""An account is computed once, from one snapshot, never changes, and says the same as the analysis."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest

from graph.analysis.ground.as_json import as_json
from graph.analysis.history.compare import compare
from graph.analysis.network import influence_network
from graph.analysis.report import coverage_report
from graph.analysis.report.report_json import report_json
from graph.analysis.scenarios.changes import ImpossibleChange, Stance, Touch, Without
from graph.analysis.scenarios.what_if import what_if
from graph.model.calibration import load_calibration
from swaymap import Account, Store, UnknownRecord
from tests.swaymap.conftest import AS_OF

PARTS = (
    "measures",
    "report",
    "places",
    "weak_points",
    "leads",
    "departures",
    "stance_shifts",
    "map_content",
    "dossier",
)


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_computed_once(qinglan: Account, part: str) -> None:
    assert getattr(qinglan, part) is getattr(qinglan, part)


def test_all_parts_share_one_report_and_one_network(
    qinglan: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counted(module: Any, name: str) -> None:
        build = getattr(module, name)
        monkeypatch.setattr(module, name, lambda measures: (made.append(name), build(measures))[1])

    counted(influence_network, "_network")
    counted(coverage_report, "_report")
    qinglan.map().save(tmp_path / "map.html")
    qinglan.map().save(tmp_path / "deck.pptx")
    qinglan.explained("lin-qiuyue")
    qinglan.brief("su-wen")
    assert qinglan.map_content.report is qinglan.report
    assert sorted(made) == ["_network", "_report"]


def test_it_cannot_be_changed(qinglan: Account) -> None:
    with pytest.raises(FrozenInstanceError):
        qinglan.id = "linjiang"  # type: ignore[misc]


def test_the_graph_and_the_frames_are_fresh_copies(qinglan: Account) -> None:
    graph = qinglan.graph
    assert isinstance(graph, nx.MultiDiGraph)
    graph.remove_nodes_from(list(graph))
    assert len(qinglan.graph) > 0
    people = qinglan.people
    people["decision_influence"] = 0.0
    assert qinglan.people["decision_influence"].sum() == pytest.approx(1.0)


def test_it_is_one_snapshot(own_store: Store) -> None:
    before = own_store.account("qinglan", as_of=AS_OF)
    own_store.import_frames(people=pd.DataFrame({"id": ["wu-tao"], "account": ["qinglan"], "status": ["left"]}))
    after = own_store.account("qinglan", as_of=AS_OF)
    assert before.report.decision_chain_coverage != after.report.decision_chain_coverage
    assert as_json(before.difference(after)) == as_json(before.difference(before.without("wu-tao")))


def test_threads_get_the_same(store: Store) -> None:
    account = store.account("qinglan", as_of=AS_OF)
    with ThreadPoolExecutor(8) as pool:
        reports = list(pool.map(lambda _: report_json(account.report, "en"), range(16)))
    assert all(report == reports[0] for report in reports)
    assert report_json(account.report, "en") == reports[0]


CHANGES = [Without("wu-tao"), Stance("pan-yi", 2), Touch("sun-li", "su-wen", "daily_contact", "visit")]


def test_changes_one_after_another_are_the_changes_together(qinglan: Account) -> None:
    then = (
        qinglan.without("Wu Tao").with_stance("pan-yi", "Exclusive supporter").with_touch("sun-li", "su-wen", "visit")
    )
    numbers = load_calibration(None)
    together = what_if(qinglan.records, "qinglan", AS_OF, CHANGES, None, numbers)
    assert as_json(qinglan.difference(then)) == as_json(together)
    assert as_json(qinglan.difference(qinglan.changed(CHANGES))) == as_json(together)


def test_two_touches_are_two(qinglan: Account) -> None:
    once = qinglan.with_touch("sun-li", "su-wen", "visit")
    twice = once.with_touch("sun-li", "pan-yi", "visit")
    assert (
        len({interaction.id for interaction in twice.records.of(_interaction())})
        == len(qinglan.records.of(_interaction())) + 2
    )
    assert len(once.records.of(_interaction())) == len(qinglan.records.of(_interaction())) + 1


def _interaction() -> Any:
    from graph.model import Interaction

    return Interaction


def test_what_cannot_happen_is_said_at_once(qinglan: Account) -> None:
    with pytest.raises(ImpossibleChange):
        qinglan.without("wu-tao").without("wu-tao")
    with pytest.raises(ImpossibleChange):
        qinglan.with_stance("pan-yi", 7)
    with pytest.raises(UnknownRecord, match="su-wen"):
        qinglan.without("su-wem")


def test_compare_is_that_of_the_records_of_both_days(own_store: Store) -> None:
    account = own_store.account("qinglan", as_of=AS_OF)
    day = AS_OF.replace(day=1)
    before, after = (own_store.graph_store.read(["qinglan"], recorded_until=until) for until in (day, AS_OF))
    expected = compare(before, after, "qinglan", day, AS_OF, None, account.calibration)
    assert as_json(account.compare("2026-11-01")) == as_json(expected)
    assert as_json(own_store.compared_map("qinglan", day, AS_OF).comparison) == as_json(expected)


def test_an_opportunity_that_is_not_there(store: Store) -> None:
    with pytest.raises(UnknownRecord, match="core-renewal"):
        _ = store.account("qinglan", as_of=AS_OF, opportunity="core-renewel").report


def test_it_stays_usable_when_the_store_is_closed(sample_url: str) -> None:
    import swaymap

    with swaymap.open_store(sample_url) as store:
        account = store.account("qinglan", as_of=AS_OF)
    assert account.report.account.id == "qinglan"
