"""DataFrames of results: the values of the JSON, the dtypes of the docstrings, unknown is NA."""

from __future__ import annotations

import datetime
import inspect
import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from api.portfolio import portfolio_rows
from graph.analysis.ground.as_json import as_json
from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.network.paths import influence_paths
from graph.analysis.planning.plan import plan
from graph.analysis.report.coverage_report import report_of
from graph.analysis.report.report_json import paths_json, report_json
from graph.model import Influence, Opportunity
from graph.model.calibration import load_calibration
from graph.store import open_store
from loaders import read, read_frames, sample_company
from loaders.asked import Asked
from swaymap import frames
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)
SAMPLE = "sample"
ACCOUNTS = [SAMPLE, *range(5)]


def measures_of(name: Any) -> Measures:
    """The measures of the sample, or of the random account of a seed; every second one without an opportunity."""
    if name == SAMPLE:
        with sample_company() as folder:
            dataset = read([folder], today=AS_OF).dataset
        return compute_measures(dataset, "qinglan", AS_OF, dataset.of(Opportunity)[0].id)
    dataset = dataset_of(random_account(name, people=12, opportunities=1))
    (opportunity,) = dataset.of(Opportunity)
    return compute_measures(dataset, opportunity.account, AS_OF, None if name % 2 else opportunity.id)


@pytest.fixture(scope="module", params=ACCOUNTS)
def measures(request: pytest.FixtureRequest) -> Measures:
    return measures_of(request.param)


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as JSON has them: NA is null, a day its ISO text."""

    def plain(value: Any) -> Any:
        if isinstance(value, list | dict):
            return value
        if value is pd.NaT or value is pd.NA or value is None or value != value:
            return None
        return value.date().isoformat() if isinstance(value, pd.Timestamp) else value

    return [{name: plain(value) for name, value in row.items()} for row in frame.to_dict("records")]


def documented(function: Any) -> dict[str, str]:
    """Column → dtype of the table in a docstring."""
    lines = inspect.getdoc(function).partition("Columns:\n")[2].splitlines()  # type: ignore[union-attr]
    matches = (re.fullmatch(r" {4}(\w+) +(datetime64\[us, UTC\]|\S+)(?: {2,}.+)?", line) for line in lines)
    return {match[1]: match[2] for match in matches if match}


def check(frame: pd.DataFrame, function: Any) -> None:
    """The columns and dtypes of the docstring; a plain index; ordered categories."""
    assert {name: dtype.name for name, dtype in frame.dtypes.items()} == {
        name: "str" if dtype == "str" else dtype for name, dtype in documented(function).items()
    }
    assert isinstance(frame.index, pd.RangeIndex)
    assert all(dtype.ordered for dtype in frame.dtypes if isinstance(dtype, pd.CategoricalDtype))


def check_attrs(frame: pd.DataFrame, measures: Measures) -> None:
    opportunity = measures.view.opportunity
    assert frame.attrs["account"] == measures.view.account.id
    assert frame.attrs["opportunity"] == (None if opportunity is None else opportunity.id)
    assert frame.attrs["as_of"] == "2026-11-23"
    assert frame.attrs["calibration"] == load_calibration().label.render("en")


def test_people_are_those_of_the_json(measures: Measures) -> None:
    report = report_of(measures)
    frame = frames.people_frame(report)
    check(frame, frames.people_frame)
    check_attrs(frame, measures)
    wanted = [
        {**person, "covered_by": [tie["member"] for tie in person["covered_by"]]}
        for person in report_json(report)["people"]
    ]
    assert rows_of(frame) == wanted


def test_people_take_further_columns() -> None:
    report = report_of(measures_of(SAMPLE))
    first = report.people[0].id
    frame = frames.people_frame(report, {"pagerank": {first: 0.25}})
    assert frame["pagerank"].dtype.name == "Float64"
    assert frame["pagerank"].iloc[0] == 0.25
    assert frame["pagerank"].iloc[1] is pd.NA


def test_gaps_are_those_of_the_json(measures: Measures) -> None:
    report = report_of(measures)
    for lang in ("en", "zh"):
        frame = frames.gaps_frame(report, lang)
        check(frame, frames.gaps_frame)
        assert rows_of(frame) == [
            {name: gap[name] for name in documented(frames.gaps_frame)} for gap in report_json(report, lang)["gaps"]
        ]
    check_attrs(frame, measures)


def test_ties_are_those_of_the_json(measures: Measures) -> None:
    report = report_of(measures)
    frame = frames.ties_frame(report)
    check(frame, frames.ties_frame)
    check_attrs(frame, measures)
    wanted = [
        {"person": person["id"], **tie} for person in report_json(report)["people"] for tie in person["covered_by"]
    ]
    assert rows_of(frame) == wanted


def test_influences_are_the_lines_of_the_measures(measures: Measures) -> None:
    frame = frames.influences_frame(measures)
    check(frame, frames.influences_frame)
    check_attrs(frame, measures)
    recorded = frame[~frame["assumed"]]
    assert len(frame) == len(measures.lines.weight)
    assert frame.loc[frame["assumed"], "basis"].isna().all()
    lines = {(line.source, line.target): line for line in measures.dataset.of(Influence)}
    for row in rows_of(recorded):
        line = lines[row["source"], row["target"]]
        assert (row["basis"], row["confidence"], row["evidence"]) == (line.basis, line.confidence, line.evidence)
        assert row["weight"] == pytest.approx(line.weight)


def test_paths_are_those_of_the_json() -> None:
    measures = measures_of(SAMPLE)
    to = report_of(measures).people[0].id
    view = measures.view
    assert view.opportunity is not None
    found = influence_paths(measures.dataset, view.account.id, to, AS_OF, opportunity=view.opportunity.id)
    frame = frames.paths_frame(found)
    check(frame, frames.paths_frame)
    assert frame.attrs == {"to": to}
    told = paths_json(found)["paths"]
    for number, path in enumerate(told, 1):
        own = frame[frame["path"] == number]
        assert set(own["strength"]) == {path["strength"]}
        assert [*own["source"], own["target"].iloc[-1]] == [node["id"] for node in path["nodes"]]
        hops = [{"from": row["source"], "to": row["target"], **row} for row in rows_of(own)]
        assert [{name: hop[name] for name in path["hops"][0]} for hop in hops] == path["hops"]
    assert frame["path"].max() == len(told)


def test_the_plan_is_that_of_the_json(measures: Measures) -> None:
    made = plan(measures, 30, 10)
    frame = frames.plan_frame(made)
    check(frame, frames.plan_frame)
    check_attrs(frame, measures)
    assert frame.attrs["days"] == 30
    wanted = [
        {**action, "alternates": [alternate["member"] for alternate in action["alternates"]]}
        for action in as_json(made.actions)
    ]
    assert rows_of(frame) == wanted


def test_accounts_portfolio_and_history_of_a_store(tmp_path: Path) -> None:
    with sample_company() as folder, closing(open_store(f"sqlite:///{tmp_path}/a.db")) as store:
        store.apply(
            read([folder], today=AS_OF).dataset,
            source="sample",
            recorded_by="me",
            recorded_at=datetime.datetime(2026, 11, 23, 9, tzinfo=datetime.UTC),
        )
        accounts = frames.accounts_frame(store.accounts())
        check(accounts, frames.accounts_frame)
        assert list(accounts["id"]) == store.account_ids()
        assert accounts["tier"].cat.categories.tolist() == ["C", "B", "A", "S"]
        wanted = list(portfolio_rows(store, AS_OF, load_calibration()))
        portfolio = frames.portfolio_frame(wanted)
        check(portfolio, frames.portfolio_frame)
        assert rows_of(portfolio) == wanted
        assert portfolio.attrs["as_of"] == "2026-11-23"
        entries = list(store.history())
        history = frames.history_frame(entries)
        check(history, frames.history_frame)
        assert list(history["seq"]) == [entry.seq for entry in entries]
        assert set(history["change"]) == {"added"}
        assert history["after"].iloc[0] == dict(entries[0].after or {})


def test_frames_without_rows_have_the_same_columns() -> None:
    for function in (frames.accounts_frame, frames.portfolio_frame, frames.history_frame):
        check(function([]), function)


def test_unknown_is_na() -> None:
    people = frames.people_frame(report_of(measures_of(SAMPLE)))
    assert people["stance"].isna().any()
    assert people["stance"].min() < 0
    assert (people["stance"] > 0).any()


def test_frames_of_results_can_be_read_again() -> None:
    people = frames.people_frame(report_of(measures_of(SAMPLE)))[["id", "name", "title", "status"]]
    batch = read_frames({"people": people.assign(account="qinglan")}, Asked(today=AS_OF))
    assert batch.findings.errors == []
    assert len(batch.dataset) == len(people)


def test_pandas_is_loaded_only_when_a_frame_is_made() -> None:
    code = "import sys, swaymap.frames, loaders; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
