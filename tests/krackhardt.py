"""Krackhardt's high-tech managers as an account: who asks whom, and departments; levels and reports left out.

`python -m tests.krackhardt FILE.xlsx` writes it as a workbook. Source: Krackhardt 1987, "Cognitive social structures".
"""

from __future__ import annotations

import csv
import os
import sys
from collections import defaultdict
from pathlib import Path

from graph.model import Account, Influence, OrgUnit, Person
from graph.model.dataset import Dataset

DATA = Path(os.environ.get("SWAYMAP_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data")) / "krackhardt"
ACCOUNT = "krackhardt"
MISSING = f"the Krackhardt data is not there: {DATA} (SWAYMAP_SHARED_DATA names another folder)"


def manager_id(number: str) -> str:
    """The id of a manager: two digits, so that ids sort as numbers do."""
    return f"m{int(number):02d}"


def edges(name: str) -> list[tuple[str, str]]:
    """The arcs of one of the three networks, as manager ids: advice (who asks whom), friends, reports (to whom)."""
    with (DATA / f"ht_{name}.edges.csv").open(encoding="utf-8") as file:
        return [(manager_id(row["from"]), manager_id(row["to"])) for row in csv.DictReader(file)]


def account() -> Dataset:
    """21 managers with their departments and 190 lines: i asks j, so j influences i.

    Everybody listens equally to those whom they ask, and to nobody else.
    """
    with (DATA / "ht_advice.nodes.csv").open(encoding="utf-8") as file:
        managers = list(csv.DictReader(file))
    dataset = Dataset.collect([Account(ACCOUNT, "High-tech managers")])
    for department in sorted({row["dept"] for row in managers}):
        dataset.add(OrgUnit(f"d{department}", ACCOUNT, f"Department {department}"))
    for row in managers:
        identity = manager_id(row["id"])
        dataset.add(Person(identity, ACCOUNT, f"d{row['dept']}", f"Manager {row['id']}"))
    asked: defaultdict[str, list[str]] = defaultdict(list)
    for who, whom in edges("advice"):
        asked[who].append(whom)
    for who, whoms in asked.items():
        for whom in whoms:
            dataset.add(Influence(whom, who, 1.0 / len(whoms), "expert"))
    return dataset


def pairs_along_reporting_lines() -> list[tuple[str, str]]:
    """Every (report, boss) along the reporting lines, direct and indirect: 36 pairs."""
    boss = dict(edges("reports"))
    pairs = []
    for person in boss:
        above = boss.get(person)
        while above is not None:
            pairs.append((person, above))
            above = boss.get(above)
    return pairs


if __name__ == "__main__":
    from loaders.template import write_workbook

    write_workbook(Path(sys.argv[1]), account())
