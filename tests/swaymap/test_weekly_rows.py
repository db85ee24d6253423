"""Weekly coverage and first gaps of many accounts are those of each account's report on each day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.portfolio import renamed
from graph.model import Competitor, Person, TeamMember
from graph.model.calibration import load_calibration
from graph.model.dataset import Dataset
from graph.store.problems import StoreLocked
from swaymap.portfolio import TRIES, portfolio_rows, weekly_rows
from swaymap.store import Store, open_store
from tests.api.conftest import AS_OF
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of
from tests.store.places import put

CALIBRATION = load_calibration(None)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Accounts of several opportunities, of one, and of none."""
    with open_store(f"sqlite:///{tmp_path / 's.db'}") as store:
        for seed, opportunities in enumerate((2, 1, 0, 3)):
            made = dataset_of(random_account(seed, people=17, members=4, opportunities=opportunities))
            put(store.graph_store, Dataset.collect([*made.of(TeamMember), *made.of(Competitor)]))
            put(store.graph_store, Dataset.collect(renamed(made, f"{seed}-")))
        yield store


def test_each_point_and_gap_is_that_of_the_report(store: Store) -> None:
    accounts = store.account_ids()
    rows = weekly_rows(store, AS_OF, CALIBRATION, accounts)
    named = [(row["account"], row["opportunity"]) for row in rows]
    assert named == [(row["account"], row["opportunity"]) for row in portfolio_rows(store, AS_OF, CALIBRATION)]
    assert len(rows) > len(accounts)
    subjects = set()
    for row in rows:
        assert [point["as_of"] for point in row["weekly"]] == [
            (AS_OF - datetime.timedelta(weeks=week)).isoformat() for week in range(12, -1, -1)
        ]
        for point in row["weekly"]:
            report = store.account(row["account"], as_of=point["as_of"], opportunity=row["opportunity"]).report
            assert point["decision_chain_coverage"] == pytest.approx(report.decision_chain_coverage, abs=1e-12)
        gap, first = row["first_gap"], report.gaps[0]
        assert gap == {
            **{name: getattr(first, name) for name in ("type", "person", "unit", "band")},
            "severity": pytest.approx(first.severity, abs=1e-12),
        }
        subjects.add(gap["person"] is None)
    assert subjects == {True, False}


def test_rows_do_not_depend_on_each_other_or_on_what_is_kept(store: Store) -> None:
    accounts = store.account_ids()
    every = weekly_rows(store, AS_OF, CALIBRATION, accounts)
    apart = [row for account in accounts for row in weekly_rows(store, AS_OF, CALIBRATION, [account])]
    assert every == apart == weekly_rows(store, AS_OF, CALIBRATION, accounts)
    assert weekly_rows(store, AS_OF, CALIBRATION, []) == weekly_rows(store, AS_OF, CALIBRATION, ["nobody"]) == []


@pytest.mark.parametrize(("times", "is_read"), [(2, True), (TRIES, False)])
def test_no_gap_names_a_person_of_another_state(
    store: Store, monkeypatch: pytest.MonkeyPatch, times: int, is_read: bool
) -> None:
    account = store.account_ids()[0]
    columns, changes = store.columns, iter(range(times))

    def changed_meanwhile(accounts: list[str]) -> object:
        found = columns(accounts)
        if (number := next(changes, None)) is not None:
            put(store.graph_store, Person(f"000-{number}", account))
        return found

    monkeypatch.setattr(store, "columns", changed_meanwhile)
    if not is_read:
        with pytest.raises(StoreLocked):
            weekly_rows(store, AS_OF, CALIBRATION, [account])
        return
    (row, *_) = weekly_rows(store, AS_OF, CALIBRATION, [account])
    report = store.account(account, as_of=AS_OF, opportunity=row["opportunity"]).report
    assert row["first_gap"]["person"] == report.gaps[0].person
