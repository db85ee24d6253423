"""Every number of the report and every path against the oracle, written separately from the same design."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from graph.analysis.network.paths import influence_paths
from graph.analysis.report.coverage_report import coverage_report
from graph.analysis.report.report_json import paths_json, report_json
from tests.oracle import report as plain_report
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

DATES = (datetime.date(2026, 11, 23), datetime.date(2026, 6, 1))
WORDS = ("reason", "action", "calibration")


def differences(ours: Any, peer: Any, path: str = "") -> Iterator[str]:
    """The paths at which two JSON values differ: numbers by more than 1e-9, anything else at all."""
    if isinstance(ours, dict) and isinstance(peer, dict):
        if set(ours) != set(peer):
            yield f"{path}: keys {set(ours) ^ set(peer)}"
        for key in set(ours) & set(peer):
            if key not in WORDS:
                yield from differences(ours[key], peer[key], f"{path}/{key}")
    elif isinstance(ours, list) and isinstance(peer, list):
        if len(ours) != len(peer):
            yield f"{path}: {len(ours)} against {len(peer)}"
        for number, (item, peer_item) in enumerate(zip(ours, peer, strict=False)):
            yield from differences(item, peer_item, f"{path}[{number}]")
    elif isinstance(ours, (int, float)) and isinstance(peer, (int, float)) and not isinstance(ours, bool):
        if abs(ours - peer) > 1e-9:
            yield f"{path}: {ours} against {peer}"
    elif ours != peer:
        yield f"{path}: {ours!r} against {peer!r}"


@pytest.mark.parametrize("seed", range(24))
def test_a_random_account_agrees(seed: int) -> None:
    rows = random_account(seed, people=4 + seed * 7 % 53)
    account, dataset = rows["accounts"][0]["id"], dataset_of(rows)
    for as_of in DATES:
        ours = report_json(coverage_report(dataset, account, as_of))
        assert list(differences(ours, plain_report.report(rows, account, as_of))) == []
        for person in [our["id"] for our in ours["people"]][:5]:
            for avoid in (False, True):
                paths = influence_paths(dataset, account, person, as_of, k=5, avoid_opponents=avoid)
                plain = plain_report.paths(rows, account, person, as_of, k=5, avoid_opponents=avoid)
                assert list(differences(paths_json(paths), plain)) == []


def test_the_comparison_sees_a_difference() -> None:
    assert list(differences({"a": [1.0, None]}, {"a": [1.0 + 2e-9, 0]})) == [
        "/a[0]: 1.0 against 1.000000002",
        "/a[1]: None against 0",
    ]
