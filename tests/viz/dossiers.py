"""Dossiers for the tests of slides and workbooks: the sample, random accounts, and one whose every text is hostile."""

from __future__ import annotations

from functools import cache

from graph.analysis.map import Dossier, dossier
from loaders import read, sample_company
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of
from tests.viz.hostile import HOSTILE
from tests.viz.views import AS_OF

SECRET = "NOBODY-MAY-SEE-THIS"
"""Written into every field that no report, page or export may carry."""

HIDDEN = ("notes", "evidence", "win", "strategy", "strengths", "weaknesses", "kpis")


@cache
def sample_dossier() -> Dossier:
    """The sample company."""
    with sample_company() as folder:
        return dossier(read([folder], today=AS_OF).dataset, "qinglan", AS_OF)


@cache
def random_dossier(people: int, opportunities: int = 1) -> Dossier:
    """A random account of so many people, what nobody may see marked."""
    rows = random_account(seed=people, people=people, opportunities=opportunities)
    for sheet in rows.values():
        for row in sheet:
            row.update({field: SECRET for field in HIDDEN if field in row and field != "kpis"})
    for number, row in enumerate(rows["propositions"]):
        row["statement"] = f"Statement {number}"
    return dossier(dataset_of(rows), "acme", AS_OF)


@cache
def hostile_dossier() -> Dossier:
    """An account in which every name, title and statement is hostile, each text once at least among the people."""
    rows = random_account(seed=7, people=len(HOSTILE), opportunities=1)
    for sheet in ("accounts", "units", "people", "opportunities", "team", "competitors", "steps"):
        for number, row in enumerate(rows[sheet]):
            row["name"] = HOSTILE[number % len(HOSTILE)]
            if "title" in row:
                row["title"] = HOSTILE[-1 - number % len(HOSTILE)]
    for number, row in enumerate(rows["propositions"]):
        row["statement"] = HOSTILE[(3 * number + 50) % len(HOSTILE)]
    for row in rows["people"]:
        row["status"] = "active"
    return dossier(dataset_of(rows), "acme", AS_OF)
