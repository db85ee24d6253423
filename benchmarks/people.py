"""The report of one account of 20,000 people, 120,000 lines and 40,000 interactions, against the limits set."""

from __future__ import annotations

import datetime
import sys
import tempfile
from functools import cache
from pathlib import Path

from benchmarks.measuring import Result, cpu_seconds, peak_memory, side_by_side
from graph.analysis.report.coverage_report import coverage_report
from graph.model.calibration import load_calibration
from graph.model.dataset import Dataset
from graph.store import open_store
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)
PEOPLE, LINES, INTERACTIONS = 20_000, 120_000, 40_000
PEOPLE, LINES, INTERACTIONS = 20_000, 120_000, 40_000
SECONDS, SECONDS_FROM_STORE, MEGABYTES = 2.0, 3.0, 1000.0
SEED = 8
"""With three rivals, two steps and units of a dozen people."""


def people_20000() -> Result:
    """The first report of records just read, in processor seconds."""

    def ours() -> float:
        records = _read()
        return cpu_seconds(lambda: _report(records))

    return side_by_side(ours, lambda: SECONDS, unit="s", runs=5)


def people_20000_from_store() -> Result:
    """The same with the store opened and its records read, in processor seconds."""
    return side_by_side(lambda: cpu_seconds(lambda: _report(_read())), lambda: SECONDS_FROM_STORE, unit="s", runs=5)


def people_20000_memory() -> Result:
    """Peak memory of the process that writes that report from a store as JSON, in MB."""
    with tempfile.TemporaryDirectory() as folder:
        swaymap, out = Path(sys.executable).with_name("swaymap"), Path(folder) / "report.json"
        command = [swaymap, "coverage", "acme", "--store", _store(), "--format", "json", "-o", out]
        command += ["--as-of", AS_OF.isoformat()]
        return side_by_side(lambda: peak_memory(command), lambda: MEGABYTES, unit="MB", runs=1, warmup=0)


def _read() -> Dataset:
    store = open_store(_store())
    try:
        return store.read(["acme"])
    finally:
        store.close()


def _report(records: Dataset) -> None:
    coverage_report(records, "acme", AS_OF, None, load_calibration(None))


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory()


@cache
def _store() -> str:
    """The address of a store with the account."""
    rows = random_account(SEED, PEOPLE, members=20, lines=LINES, interactions=INTERACTIONS, opportunities=1)
    url = f"sqlite:///{_folder().name}/large.db"
    store = open_store(url)
    now = datetime.datetime.now(datetime.UTC)
    store.apply(dataset_of(rows), source="benchmark", recorded_by="benchmark", recorded_at=now)
    store.close()
    return url
