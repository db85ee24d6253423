"""The workbook of an account: a sheet for each part of its report and of its plan."""

from __future__ import annotations

from graph.analysis.map import Dossier
from viz.book import account_parts as account
from viz.book import people_parts as people
from viz.book import plan_parts as planning
from viz.book.writing import workbook
from viz.words.names import named

PARTS = (
    account.headline_part,
    people.people_part,
    account.gaps_part,
    people.ties_part,
    account.units_part,
    account.roles_part,
    account.support_part,
    account.steps_part,
    people.influence_part,
    account.routes_part,
    people.champions_part,
    people.camps_part,
    people.race_part,
    planning.plan_part,
    planning.owners_part,
    planning.find_out_part,
    planning.value_part,
)


def report_book(dossier: Dossier, lang: str = "en") -> bytes:
    """The report as a workbook in a language."""
    report = dossier.map.report
    title = named({report.account.id: report.account.name}, report.account.id, lang)
    return workbook([make(dossier, lang) for make in PARTS], title, report.as_of)
