"""The coverage report against the same measures written plainly with networkx and loops."""

from __future__ import annotations

import datetime
import sqlite3
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.measuring import Result, peak_memory, seconds, side_by_side
from graph.analysis.report.coverage_report import coverage_report
from graph.model.calibration import load_calibration
from graph.model.dataset import Dataset
from graph.store import open_store
from swaymap.store import open_store as opened
from tests.oracle import report as plain_report
from tests.oracle.figures import STEPWISE
from tests.oracle.opinion_system import Method
from tests.oracle.random_account import random_account
from tests.oracle.reading import rows_of_account
from tests.oracle.records import dataset_of
from tests.oracle.solved import Solved

AS_OF = datetime.date(2026, 11, 23)


def report_60() -> Result:
    """A report of one account of 60 people, 360 lines, 600 interactions, from loaded records; seconds.

    The peer walks the networkx graph, as the measures define it.
    """
    return _beside(STEPWISE)


def report_60_numpy() -> Result:
    """The same, with the peer's opinion systems solved by numpy instead of step by step; seconds."""
    return _beside(Solved())


def _beside(method: Method) -> Result:
    rows = _rows()
    account = rows["accounts"][0]["id"]
    dataset, calibration = dataset_of(rows), load_calibration(None)
    ours = coverage_report(dataset, account, AS_OF, None, calibration)
    peer = plain_report.report(rows, account, AS_OF, None, method)
    assert abs(ours.decision_chain_coverage - peer["decision_chain_coverage"]) < 1e-9
    return side_by_side(
        lambda: seconds(lambda: coverage_report(dataset, account, AS_OF, None, calibration), times=10),
        lambda: seconds(lambda: plain_report.report(rows, account, AS_OF, None, method), times=3),
        unit="s",
        runs=15,
    )


def report_60_first() -> Result:
    """The same from a store whose columns are kept, each time a report of an account that was not read yet; seconds.

    The peer reads the same store, too.
    """
    with tempfile.TemporaryDirectory() as folder, opened(f"sqlite:///{folder}/one.db") as store:
        now = datetime.datetime.now(datetime.UTC)
        store.graph_store.apply(dataset_of(_rows()), source="benchmark", recorded_by="benchmark", recorded_at=now)
        account = store.account_ids()[0]

        def ours() -> float:
            return seconds(lambda: store.account(account, as_of=AS_OF).report, times=10)

        def peer() -> float:
            with sqlite3.connect(Path(folder) / "one.db") as connection:
                return seconds(
                    lambda: plain_report.report(rows_of_account(connection, account), account, AS_OF, None, STEPWISE),
                    times=3,
                )

        return side_by_side(ours, peer, unit="s", runs=15)


def report_5000() -> Result:
    """A report of 5,000 people and 30,000 lines, from loaded records; seconds, against the limit set."""
    dataset, calibration = _large(), load_calibration(None)

    def ours() -> None:
        coverage_report(dataset, "acme", AS_OF, None, calibration)

    return side_by_side(lambda: seconds(ours), lambda: 2.0, unit="s", runs=5)


def report_5000_memory() -> Result:
    """Peak memory of the whole process that writes that report from a store, in MB, against the limit set."""
    with tempfile.TemporaryDirectory() as folder:
        url, out = f"sqlite:///{folder}/large.db", Path(folder) / "report.json"
        store = open_store(url)
        now = datetime.datetime.now(datetime.UTC)
        store.apply(_large(), source="benchmark", recorded_by="benchmark", recorded_at=now)
        store.close()
        swaymap = Path(sys.executable).with_name("swaymap")
        command = [swaymap, "coverage", "acme", "--store", url, "--format", "json", "-o", out, "--as-of", "2026-11-23"]
        return side_by_side(lambda: peak_memory(command), lambda: 500.0, unit="MB", runs=1, warmup=0)


def _rows() -> dict[str, list[dict[str, Any]]]:
    return random_account(seed=1, people=60, members=5, lines=360, interactions=600)


@cache
def _large() -> Dataset:
    return dataset_of(random_account(seed=3, people=5_000, members=20, lines=30_000, interactions=10_000))
