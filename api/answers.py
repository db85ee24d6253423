"""Questions put to a store: records of an account in, an answer of the analysis out. Both doors ask here."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import Account
from graph.model.dataset import Dataset

if TYPE_CHECKING:
    from graph.analysis.briefing.brief import Brief
    from graph.analysis.history.compare import Comparison
    from graph.analysis.history.compared_map import ComparedMap
    from graph.analysis.map import Dossier, MapContent
    from graph.analysis.measures.measures import Measures
    from graph.analysis.network.influence_network import InfluencePaths
    from graph.analysis.persons.everybody import Place
    from graph.analysis.persons.explain import PersonExplained
    from graph.analysis.planning.plan import Plan
    from graph.analysis.planning.team import Team
    from graph.analysis.qualification.leads import Leads
    from graph.analysis.report.results import CoverageReport
    from graph.analysis.scenarios.changes import Change
    from graph.analysis.scenarios.what_if import WhatIf
    from graph.model.calibration import Calibration
    from graph.store.protocol import GraphStore


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: of which account and opportunity, as seen from which day, by which numbers."""

    account: str
    as_of: datetime.date
    calibration: Calibration
    opportunity: str | None = None


def records_of(store: GraphStore, account: str) -> tuple[Dataset, str]:
    """The records of one account, named by id or name, and its id.

    Raises UnknownRecord, with the nearest, where the store has no such account, AmbiguousName for a name of several.
    """
    dataset = store.read([account])
    if any(one.id == account for one in dataset.of(Account)):
        return dataset, account
    identity = account_called(store, account)
    return store.read([identity]), identity


def account_called(store: GraphStore, account: str) -> str:
    """The id of an account, named by id or name; nothing but the names of all is read. Raises as `records_of`."""
    from graph.analysis.ground.unknown import called

    if store.owners("accounts", [account]):
        return account
    return called(
        "accounts", account, [Account(id=identity, name=name) for identity, name in store.names("accounts").items()]
    )


def _asked_of(
    store: GraphStore, question: Question
) -> tuple[Dataset, str, datetime.date, str | None, Calibration | None]:
    """A question as every analysis takes it: records, account, day, opportunity, calibration."""
    records, account = records_of(store, question.account)
    return records, account, question.as_of, question.opportunity, question.calibration


def coverage(store: GraphStore, question: Question) -> CoverageReport:
    """The coverage report of an account."""
    from graph.analysis.report.coverage_report import coverage_report

    return coverage_report(*_asked_of(store, question))


def measures_of(store: GraphStore, question: Question) -> Measures:
    """Every measure of an account, for the answers that are made of them."""
    from graph.analysis.measures.measures import compute_measures

    return compute_measures(*_asked_of(store, question))


def people_of(store: GraphStore, question: Question) -> tuple[CoverageReport, dict[str, Place]]:
    """The report of an account, and everybody's place in it by id."""
    from graph.analysis.persons.everybody import places
    from graph.analysis.report.coverage_report import report_of

    found = measures_of(store, question)
    report = report_of(found)
    return report, places(found, report)


def explained(store: GraphStore, question: Question, person: str) -> PersonExplained:
    """Why a person ranks where they do."""
    from graph.analysis.persons.explain import explain

    return explain(measures_of(store, question), person)


def plan(store: GraphStore, question: Question, days: int | None, most: int, capacity: int | None) -> Plan:
    """What to do next, who of ours answers for whom, and what to find out."""
    from graph.analysis.planning.plan import plan as plan_of

    return plan_of(measures_of(store, question), days, most, capacity)


def leads(store: GraphStore, question: Question) -> Leads:
    """The lead verified."""
    from graph.analysis.qualification.leads import leads as leads_of

    return leads_of(measures_of(store, question))


def brief(store: GraphStore, question: Question, person: str, member: str | None) -> Brief:
    """The brief for a visit to a person."""
    from graph.analysis.briefing.brief import brief as brief_of

    return brief_of(measures_of(store, question), person, member)


def somebody(store: GraphStore, person: str) -> tuple[str, str]:
    """The account that a person is at, and their id, by id or name among the people of all accounts.

    Raises UnknownRecord, with the nearest, where nobody is called so, AmbiguousName where several are.
    """
    found = store.owners("people", [person])
    if found:
        return min(found), person
    from graph.analysis.ground.unknown import called
    from graph.model import Person

    people = store.known(("people",)).of(Person)
    identity = called("people", person, people)
    return next(one.account for one in people if one.id == identity), identity


def what_if_of(store: GraphStore, question: Question, changes: Sequence[Change]) -> WhatIf:
    """The account before and after all the changes together."""
    from graph.analysis.scenarios.what_if import what_if

    records, account, as_of, opportunity, calibration = _asked_of(store, question)
    return what_if(records, account, as_of, changes, opportunity, calibration)


def team(store: GraphStore, question: Question, capacity: int | None) -> Team:
    """The triangle at work; time and load over all accounts are summed up by the store."""
    from graph.analysis.planning.customer_time import working_days
    from graph.analysis.planning.team import team as team_of

    found = measures_of(store, question)
    since = min(working_days(question.as_of, question.calibration.team.window))
    elsewhere = store.work_elsewhere(found.view.account.id, since, question.as_of)
    return team_of(found, elsewhere, capacity)


def comparison(store: GraphStore, question: Question, from_date: datetime.date, to_date: datetime.date) -> Comparison:
    """Two days of an account, each with the records as they were stored at its end."""
    from graph.analysis.history.compare import compare

    return compare(*_two_days(store, question, from_date, to_date))


def compared_map_of(
    store: GraphStore, question: Question, from_date: datetime.date, to_date: datetime.date
) -> ComparedMap:
    """Two days of an account as one map."""
    from graph.analysis.history.compared_map import compared_map

    return compared_map(*_two_days(store, question, from_date, to_date))


def _two_days(
    store: GraphStore, question: Question, from_date: datetime.date, to_date: datetime.date
) -> tuple[Dataset, Dataset, str, datetime.date, datetime.date, str | None, Calibration]:
    """A question about two days as every analysis takes it: the records of each first."""
    account = account_called(store, question.account)
    before, after = (store.read([account], recorded_until=day) for day in (from_date, to_date))
    return before, after, account, from_date, to_date, question.opportunity, question.calibration


def map_of(store: GraphStore, question: Question) -> MapContent:
    """All that the pictures of an account show."""
    from graph.analysis.map import map_content

    return map_content(*_asked_of(store, question))


def dossier_of(store: GraphStore, question: Question) -> Dossier:
    """All that a team takes along of an account."""
    from graph.analysis.map import dossier

    return dossier(*_asked_of(store, question))


def paths(
    store: GraphStore, question: Question, to: str, member: str | None, k: int, avoid_opponents: bool
) -> InfluencePaths:
    """The best influence paths from our team, or from one of ours, to a person."""
    from graph.analysis.network.paths import influence_paths

    records, account = records_of(store, question.account)
    return influence_paths(
        records,
        account,
        to,
        question.as_of,
        member=member,
        k=k,
        avoid_opponents=avoid_opponents,
        opportunity=question.opportunity,
        calibration=question.calibration,
    )
