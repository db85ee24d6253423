"""The accounts of the checklist: the sample, real people (Krackhardt's managers), and random ones of four sizes."""

from __future__ import annotations

from functools import cache

import pytest

from graph.analysis.map import MapContent, map_content
from tests import krackhardt
from tests.browser.maps import AS_OF, sample_content
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

ACCOUNTS = ("sample", "krackhardt", "10", "60", "200", "500")


@cache
def content_of(account: str) -> MapContent:
    """An account's map. Skips the test where the data of real people is not there."""
    if account == "sample":
        return sample_content()
    if account == "krackhardt":
        if not krackhardt.DATA.is_dir():
            pytest.skip(krackhardt.MISSING)
        return map_content(krackhardt.account(), krackhardt.ACCOUNT, AS_OF)
    return _random(int(account))


def _random(people: int) -> MapContent:
    """So many people of every kind, named in both scripts, nobody gone."""
    rows = random_account(seed=people, people=people, lines=2 * people, opportunities=1)
    for number, row in enumerate(rows["people"]):
        row["status"] = "active"
        row["name"] = f"Person {number} / 人员{number}"
    return map_content(dataset_of(rows), "acme", AS_OF)
