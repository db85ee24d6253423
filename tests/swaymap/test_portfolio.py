"""The portfolio: the same rows from one process, several, and a cluster; each row the headline of its report."""

from __future__ import annotations

import csv
import io
import json

import pytest

from graph.model.calibration import load_calibration
from graph.store.protocol import GraphStore
from swaymap.portfolio import PortfolioWork, portfolio_rows, rows_in_processes, rows_over
from swaymap.store import Store, open_store
from tests.api.conftest import AS_OF, Run


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


def test_chunks_keep_the_order(sample_url: str) -> None:
    work = PortfolioWork(sample_url, AS_OF, None, open_store)
    accounts = ["qinglan", "linjiang"] * 20
    rows = list(rows_over(map, work, accounts))
    assert len(rows) == 40
    assert rows == list(rows_in_processes(2, work, accounts))
