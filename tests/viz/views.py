"""Accounts for the tests of the views: the sample company, and random ones with levels and units."""

from __future__ import annotations

import datetime
from functools import cache

from benchmarks.random_account import random_account
from benchmarks.records import dataset_of
from graph.analysis.map_content import map_content
from graph.analysis.results import MapContent
from loaders import read, sample_company

AS_OF = datetime.date(2026, 11, 23)
LANGS = ("en", "zh")
SIZES = ((1116.0, 702.0), (1024.0, 560.0), (1500.0, 740.0))
CASES = [(people, seed) for people in (1, 10, 24, 60) for seed in range(4)] + [(200, 1), (200, 2), (500, 1)]
"""So many people, and the seed of their account."""


@cache
def content_of(people: int, seed: int) -> MapContent:
    """The map of a random account: some levels, units and names are missing, as they are."""
    rows = random_account(seed=seed, people=people, lines=min(3 * people, people * (people - 1)), opportunities=1)
    return map_content(dataset_of(rows), rows["accounts"][0]["id"], AS_OF)


@cache
def sample() -> MapContent:
    """The sample company."""
    with sample_company() as folder:
        return map_content(read([folder], today=AS_OF).dataset, "qinglan", AS_OF)
