"""Accounts for the tests of the views: the sample company, and random ones with levels and units."""

from __future__ import annotations

import datetime
from functools import cache

from graph.analysis.map import MapContent, map_content
from loaders import read, sample_company
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)
LANGS = ("en", "zh")
SIZES = ((1116.0, 702.0), (1024.0, 560.0), (1500.0, 740.0))
CASES = [(people, seed) for people in (1, 10, 24, 60) for seed in range(4)] + [(200, 1), (200, 2), (500, 1)]
"""So many people, and the seed of their account."""
LONG_CASES = [(10, 101), (24, 102), (60, 103)]
"""The same with names that are too long."""


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


LONG = (
    "W" * 300,
    "A very long name of somebody with many names / 名字很长很长很长很长很长很长的一个人",
    "漢" * 120,
    "<b>&amp;",
    "",
)


@cache
def long_named(people: int, seed: int) -> MapContent:
    """A random account in which everything has a name that is too long, or strange, or none."""
    rows = random_account(seed=seed, people=people, lines=3 * people, opportunities=1)
    for sheet in ("accounts", "units", "people", "opportunities", "team", "competitors", "steps"):
        for number, row in enumerate(rows[sheet]):
            row["name"] = LONG[number % len(LONG)] or None
            if "title" in row:
                row["title"] = LONG[-1 - number % len(LONG)] or None
    return map_content(dataset_of(rows), rows["accounts"][0]["id"], AS_OF)
