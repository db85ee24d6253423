"""The coverage report against the same measures written plainly with networkx and loops."""

from __future__ import annotations

import datetime

from benchmarks import plain_report
from benchmarks.measuring import Result, seconds, side_by_side
from benchmarks.random_account import random_account
from benchmarks.records import dataset_of
from graph.analysis.report import coverage_report
from graph.model.calibration import load_calibration

AS_OF = datetime.date(2026, 11, 23)


def report_60() -> Result:
    """A report of one account of 60 people, 360 lines, 600 interactions, from loaded records; seconds."""
    rows = random_account(seed=1, people=60, members=5, lines=360, interactions=600)
    account = rows["accounts"][0]["id"]
    dataset, calibration = dataset_of(rows), load_calibration(None)
    ours = coverage_report(dataset, account, AS_OF, None, calibration)
    peer = plain_report.report(rows, account, AS_OF)
    assert abs(ours.decision_chain_coverage - peer["decision_chain_coverage"]) < 1e-9
    return side_by_side(
        lambda: seconds(lambda: coverage_report(dataset, account, AS_OF, None, calibration), times=10),
        lambda: seconds(lambda: plain_report.report(rows, account, AS_OF), times=10),
        unit="s",
        runs=15,
    )
