"""The portfolio: the same rows from one process, several, and a cluster; each row the headline of its report."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from benchmarks.portfolio import renamed
from graph.model import Account, Competitor, TeamMember
from graph.model.calibration import load_calibration
from graph.model.dataset import Dataset
from graph.model.problem import Unavailable, UnknownRecord
from graph.store.protocol import GraphStore
from graph.store.scope import EVERYTHING, Scope
from swaymap.portfolio import (
    PortfolioWork,
    account_records,
    portfolio_rows,
    rows_in_processes,
    rows_over,
    weekly_rows,
)
from swaymap.store import Store, open_store
from tests.api.conftest import AS_OF, Run
from tests.api.waiting import is_running, wait_for
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of


def test_a_row_is_the_headline_of_the_report(sample_store: GraphStore) -> None:
    rows = list(portfolio_rows(Store(sample_store), AS_OF, load_calibration(None)))
    assert [(row["account"], row["opportunity"]) for row in rows] == [("linjiang", None), ("qinglan", "core-renewal")]
    for row in rows:
        report = Store(sample_store).account(row["account"], as_of=AS_OF, opportunity=row["opportunity"]).report
        for name in ("decision_chain_coverage", "identified", "independent_routes", "concentration", "status"):
            assert row[name] == getattr(report, name)
        assert row["people"] == len(report.people)
        assert (row["gaps"], row["worst_gap"]) == (len(report.gaps), report.gaps[0].type)
        assert row["support_forecast"] == (report.support.forecast if report.support else None)


def test_two_processes_give_the_same_rows(run: Run, sample_url: str) -> None:
    asked = ("coverage", "--store", sample_url, "--as-of", "2026-11-23", "--format")
    assert run(*asked, "json", "--jobs", "2").stdout == run(*asked, "json").stdout
    rows = list(csv.DictReader(io.StringIO(run(*asked, "csv", "--jobs", "2").stdout)))
    assert [row["account"] for row in rows] == ["linjiang", "qinglan"]


def test_what_goes_wrong_in_a_process_is_one_sentence(run: Run, sample_url: str) -> None:
    done = run("coverage", "--store", sample_url, "--jobs", "2", "--calibration", "nowhere.json")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_a_process_that_is_ended_from_outside_is_one_sentence(tmp_path: Path) -> None:
    work = PortfolioWork(str(tmp_path / "pids"), AS_OF, None, ends_itself)
    with pytest.raises(Unavailable, match="A process that computed the portfolio was ended"):
        list(rows_in_processes(2, work, ["acme"]))


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_processes_end_with_the_one_that_started_them(tmp_path: Path, how: signal.Signals) -> None:
    program = (
        "import datetime, sys\n"
        "from swaymap.portfolio import PortfolioWork, rows_in_processes\n"
        "from tests.swaymap.test_portfolio import waits\n"
        "work = PortfolioWork(sys.argv[1], datetime.date(2026, 11, 23), None, waits)\n"
        "list(rows_in_processes(2, work, [str(number) for number in range(1000)]))\n"
    )
    started = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], cwd=Path(__file__).parents[2])
    try:
        wait_for(lambda: len(list(tmp_path.iterdir())) == 2, "two processes")
        workers = [int(found.name) for found in tmp_path.iterdir()]
    finally:
        started.send_signal(how)
        started.wait()
    wait_for(lambda: not any(map(is_running, workers)), "the end of the processes")


def ends_itself(folder: str) -> Any:
    """Opens no store: the process is killed, as by a system that is short of memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def waits(folder: str) -> Any:
    """Opens no store: it leaves the number of its process and waits for ever."""
    (Path(folder) / str(os.getpid())).touch()
    threading.Event().wait()


@pytest.mark.slow
def test_a_cluster_gives_the_same_rows(sample_url: str, sample_store: GraphStore) -> None:
    from distributed import Client, LocalCluster

    work = PortfolioWork(sample_url, AS_OF, None, open_store)
    here = list(portfolio_rows(Store(sample_store), AS_OF, load_calibration(None)))
    accounts = sample_store.account_ids()
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        rows = list(rows_over(lambda work, chunks: client.gather(client.map(work, chunks)), work, accounts))
    assert json.dumps(rows) == json.dumps(here)


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a store of 150 accounts, each of its own size."""
    url = f"sqlite:///{tmp_path_factory.mktemp('several') / 'several.db'}"
    records = Dataset()
    for number in range(150):
        made = dataset_of(random_account(number, people=2 + number % 9))
        for record in renamed(made, f"{number:03}-"):
            records.add(record)
        known = {kind: {record.id for record in records.of(kind)} for kind in (TeamMember, Competitor)}
        for kind, ids in known.items():
            for record in made.of(kind):
                if record.id not in ids:
                    records.add(record)
    with open_store(url) as store:
        at = datetime.datetime.now(datetime.UTC)
        store.graph_store.apply(records, source="test", recorded_by="test", recorded_at=at)
    return url


def test_rows_depend_on_no_chunk_process_or_columns_kept(several: str, monkeypatch: pytest.MonkeyPatch) -> None:
    work, numbers = PortfolioWork(several, AS_OF, None, open_store), load_calibration(None)
    with open_store(several) as store:
        accounts = store.account_ids()
        first = list(portfolio_rows(store, AS_OF, numbers))
        assert len(first) > len(accounts)
        for chunk in (1, 7, 1000):
            assert list(portfolio_rows(store, AS_OF, numbers, chunk=chunk)) == first
        assert list(portfolio_rows(store, AS_OF, numbers, reversed(accounts))) == first
    assert list(rows_in_processes(2, work, accounts)) == first
    monkeypatch.setenv("SWAYMAP_KEEP_COLUMNS", "0")
    with open_store(several) as store:
        assert list(portfolio_rows(store, AS_OF, numbers)) == first


def test_a_limited_scope_sees_its_own_accounts_and_keeps_nothing(several: str) -> None:
    with open_store(several, scope=Scope(accounts=frozenset({"003-acme", "007-acme"}))) as limited:
        rows = list(portfolio_rows(limited, AS_OF, load_calibration(None), ["003-acme", "004-acme", "007-acme"]))
    assert {row["account"] for row in rows} == {"003-acme", "007-acme"}
    with open_store(several) as store:
        whole = list(portfolio_rows(store, AS_OF, load_calibration(None), ["003-acme", "007-acme"]))
    assert rows == whole


def test_an_empty_id_is_no_account(sample_store: GraphStore) -> None:
    store = Store(sample_store)
    for _ in range(2):
        rows = list(portfolio_rows(store, AS_OF, load_calibration(None), ["", "qinglan"]))
        assert [row["account"] for row in rows] == ["qinglan"]
        assert weekly_rows(store, AS_OF, load_calibration(None), [""]) == []
        assert store.account("qinglan", as_of=AS_OF).report.people
        with pytest.raises(UnknownRecord):
            store.account("", as_of=AS_OF)


def test_an_account_that_is_not_stored_leaves_nothing_behind(sample_store: GraphStore) -> None:
    assert not account_records(sample_store, "nobody", EVERYTHING).of(Account)
    assert account_records(sample_store, "qinglan", EVERYTHING) == sample_store.read(["qinglan"])


def test_the_second_account_of_a_store_is_read_in_one_piece(sample_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(sample_url) as store:
        first = store.account("qinglan", as_of="2026-11-23").report
        monkeypatch.setattr(type(store.graph_store), "read", None)
        assert store.account("qinglan", as_of="2026-11-23").report == first


def test_nothing_is_made_to_be_kept_where_nothing_is_kept(several: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SWAYMAP_KEEP_COLUMNS", "0")
    monkeypatch.setattr("graph.store.kept_records.coded_records", None)
    monkeypatch.setattr("swaymap.portfolio._coded", None)
    with open_store(several) as store:
        assert store.account("003-acme", as_of=AS_OF).report.people


def test_columns_that_are_kept_are_not_made_again(several: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_store(several) as store:
        rows = list(portfolio_rows(store, AS_OF, load_calibration(None), ["008-acme"]))
        monkeypatch.setattr("swaymap.portfolio._coded", None)
        for row in rows:
            report = store.account("008-acme", as_of=AS_OF, opportunity=row["opportunity"]).report
            assert report.decision_chain_coverage == row["decision_chain_coverage"]
