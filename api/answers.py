"""Questions put to a store: records of an account in, an answer of the analysis out. Both doors ask here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graph.model import Account
from graph.model.dataset import Dataset

if TYPE_CHECKING:
    from graph.analysis.briefing.brief import Brief
    from graph.analysis.dossier import Dossier
    from graph.analysis.history.compare import Comparison
    from graph.analysis.history.compared_map import ComparedMap
    from graph.analysis.measured import Measured
    from graph.analysis.persons.everybody import Place
    from graph.analysis.persons.explain import PersonExplained
    from graph.analysis.planning.plan import Plan
    from graph.analysis.planning.team import Team
    from graph.analysis.results import CoverageReport, InfluencePaths, MapContent
    from graph.analysis.unknown import UnknownRecord
    from graph.analysis.verifying.leads import Leads
    from graph.model.calibration import Calibration
    from graph.store.protocol import GraphStore


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: of which account and opportunity, as seen from which day, by which numbers."""

    account: str
    as_of: datetime.date
    calibration: Calibration
    opportunity: str | None = None


def records_of(store: GraphStore, account: str) -> Dataset:
    """The records of one account. Raises UnknownRecord, with the nearest ids, where the store has no such account."""
    dataset = store.read([account])
    if not any(one.id == account for one in dataset.of(Account)):
        raise _unknown(store, "accounts", account)
    return dataset


def _unknown(store: GraphStore, sheet: str, asked: str) -> UnknownRecord:
    """That the store has no record of this id; what has an id or a name like it is looked up by these alone."""
    from graph.analysis.unknown import unknown_record

    return unknown_record(sheet, asked, store.names(sheet))


def _asked_of(
    store: GraphStore, question: Question
) -> tuple[Dataset, str, datetime.date, str | None, Calibration | None]:
    """A question as every analysis takes it: records, account, day, opportunity, calibration."""
    records = records_of(store, question.account)
    return records, question.account, question.as_of, question.opportunity, question.calibration


def coverage(store: GraphStore, question: Question) -> CoverageReport:
    """The coverage report of an account."""
    return _report(records_of(store, question.account), question)


def measured_of(store: GraphStore, question: Question) -> Measured:
    """Every measure of an account, for the answers that are made of them."""
    from graph.analysis.measured import measured

    return measured(*_asked_of(store, question))


def people_of(store: GraphStore, question: Question) -> tuple[CoverageReport, dict[str, Place]]:
    """The report of an account, and everybody's place in it by id."""
    from graph.analysis.persons.everybody import places
    from graph.analysis.reporting.report import report_of

    found = measured_of(store, question)
    report = report_of(found)
    return report, places(found, report)


def explained(store: GraphStore, question: Question, person: str) -> PersonExplained:
    """Why a person ranks where they do."""
    from graph.analysis.persons.explain import explain

    return explain(measured_of(store, question), person)


def plan(store: GraphStore, question: Question, days: int | None, most: int, capacity: int | None) -> Plan:
    """What to do next, who of ours answers for whom, and what to find out."""
    from graph.analysis.planning.plan import plan as plan_of

    return plan_of(measured_of(store, question), days, most, capacity)


def leads(store: GraphStore, question: Question) -> Leads:
    """The lead verified."""
    from graph.analysis.verifying.leads import leads as leads_of

    return leads_of(measured_of(store, question))


def brief(store: GraphStore, question: Question, person: str, member: str | None) -> Brief:
    """The brief for a visit to a person."""
    from graph.analysis.briefing.brief import brief as brief_of

    return brief_of(measured_of(store, question), person, member)


def account_of(store: GraphStore, person: str) -> str:
    """The account that a person is at. Raises UnknownRecord, with the nearest id, where nobody is called so."""
    found = store.owners("people", [person])
    if not found:
        raise _unknown(store, "people", person)
    return min(found)


def team(store: GraphStore, question: Question, capacity: int | None) -> Team:
    """The triangle at work; time and load over all accounts are summed up by the store."""
    from graph.analysis.planning.customer_time import working_days
    from graph.analysis.planning.team import team as team_of

    found = measured_of(store, question)
    since = min(working_days(question.as_of, question.calibration.team.window))
    elsewhere = store.work_elsewhere(question.account, since, question.as_of)
    return team_of(found, elsewhere, capacity)


def comparison(store: GraphStore, question: Question, from_date: datetime.date, to_date: datetime.date) -> Comparison:
    """Two days of an account, each with the records as they were stored at its end."""
    from graph.analysis.history.compare import compare

    _make_sure_of(store, question.account)
    return compare(
        _stored_at(store, question.account, from_date),
        _stored_at(store, question.account, to_date),
        question.account,
        from_date,
        to_date,
        question.opportunity,
        question.calibration,
    )


def compared_map_of(
    store: GraphStore, question: Question, from_date: datetime.date, to_date: datetime.date
) -> ComparedMap:
    """Two days of an account as one map."""
    from graph.analysis.history.compared_map import compared_map

    _make_sure_of(store, question.account)
    return compared_map(
        _stored_at(store, question.account, from_date),
        _stored_at(store, question.account, to_date),
        question.account,
        from_date,
        to_date,
        question.opportunity,
        question.calibration,
    )


def _make_sure_of(store: GraphStore, account: str) -> None:
    """Raises UnknownRecord where the store has no such account."""
    if not store.owners("accounts", [account]):
        raise _unknown(store, "accounts", account)


def _stored_at(store: GraphStore, account: str, day: datetime.date) -> Dataset:
    return store.read([account], recorded_until=day)


def map_of(store: GraphStore, question: Question) -> MapContent:
    """All that the pictures of an account show."""
    from graph.analysis.map_content import map_content

    return map_content(*_asked_of(store, question))


def dossier_of(store: GraphStore, question: Question) -> Dossier:
    """All that a team takes along of an account."""
    from graph.analysis.dossier import dossier

    return dossier(*_asked_of(store, question))


def paths(
    store: GraphStore, question: Question, to: str, member: str | None, k: int, avoid_opponents: bool
) -> InfluencePaths:
    """The best influence paths from our team, or from one of ours, to a person."""
    from graph.analysis.reach.influence_paths import influence_paths

    return influence_paths(
        records_of(store, question.account),
        question.account,
        to,
        question.as_of,
        member=member,
        k=k,
        avoid_opponents=avoid_opponents,
        opportunity=question.opportunity,
        calibration=question.calibration,
    )


def _report(dataset: Dataset, question: Question) -> CoverageReport:
    from graph.analysis.reporting.report import coverage_report

    return coverage_report(dataset, question.account, question.as_of, question.opportunity, question.calibration)
