"""Qualification of a lead: its topics, the grade they support, its origin, lenses and elements (measures, 10, 17)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cache

from graph.analysis.ground.account_view import AccountView
from graph.analysis.ground.named import Names, names_of_both
from graph.analysis.measures.measures import Measures
from graph.analysis.qualification.claims import Topic, claims_until, positions, weighed
from graph.analysis.qualification.elements import Element, elements
from graph.analysis.qualification.lead_grade import GRADES, Requirement, requirements, supported_grade
from graph.analysis.qualification.lead_question import LeadQuestion, best_question
from graph.model import Claim, Insight, Interaction, Opportunity, Pain, Person, ReportsTo
from graph.model.dataset import Dataset
from graph.model.scales import LENS
from graph.model.words import Message

EXCHANGES = ("thematic_exchange", "company_tour", "experience_visit", "forum", "executive_visit")
"""The contact methods that generate leads 产生线索的交流."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A contact by a method that generates leads."""

    id: str
    date: datetime.date
    method: str
    subtype: str | None
    people: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Birth:
    """The origin of a lead. `days_before_tender` is None where a date is missing, negative after the tender.

    `exchange` is the last one with people of the account on or before the day the lead was first seen.
    """

    origin: str | None
    self_created: bool | None
    first_seen: datetime.date | None
    bid_date: datetime.date | None
    days_before_tender: int | None
    before_tender: bool | None
    exchange: Exchange | None


@dataclass(frozen=True, slots=True)
class Aspect:
    """A finding of a lens, and its source."""

    aspect: str
    statement: str | None
    source_person: str | None
    date: datetime.date | None


@dataclass(frozen=True, slots=True)
class Lens:
    """One of the four lenses with its findings; `empty` without any."""

    lens: str
    empty: bool
    aspects: tuple[Aspect, ...]


@dataclass(frozen=True, slots=True)
class Leads:
    """The qualification of an opportunity's lead. Without an opportunity, grades and birth are None, the rest empty.

    `grade` is the recorded grade, `supported` the one that the claims support, `overrated` whether the
    recorded one is higher.
    """

    account: str
    opportunity: str | None
    as_of: datetime.date
    calibration: Message
    grade: str | None
    supported: str | None
    overrated: bool | None
    requirements: tuple[Requirement, ...]
    topics: tuple[Topic, ...]
    question: LeadQuestion | None
    birth: Birth | None
    lenses: tuple[Lens, ...]
    elements: tuple[Element, ...]
    names: Names = field(repr=False)


def leads(measures: Measures) -> Leads:
    """Qualify the lead of the measured opportunity.

    >>> lead = leads(measures)
    >>> lead.grade, lead.supported, lead.overrated
    ('credible', 'raw', True)
    """
    view, dataset = measures.view, measures.dataset
    if view.opportunity is None:
        head = view.account.id, None, view.as_of, view.calibration.label
        return Leads(*head, None, None, None, (), (), None, None, (), (), Names({}, {}))
    lead = view.opportunity
    claims = sorted(_claims_of(view, dataset, lead), key=lambda item: item.id)
    groups = positions(dataset.of(Person), dataset.of(ReportsTo))

    @cache
    def topic(name: str) -> Topic:
        return weighed(name, [claim for claim in claims if claim.topic == name], groups, view.calibration.leads)

    pains = [pain for pain in dataset.of(Pain) if pain.opportunity == lead.id]
    required = requirements(topic, pains, view.calibration.leads)
    supported = supported_grade(required)
    return Leads(
        account=view.account.id,
        opportunity=lead.id,
        as_of=view.as_of,
        calibration=view.calibration.label,
        grade=lead.grade,
        supported=supported,
        overrated=None if lead.grade is None else GRADES.index(lead.grade) > GRADES.index(supported),
        requirements=required,
        topics=tuple(topic(name) for name in sorted({claim.topic for claim in claims})),
        question=best_question(measures, required, topic, claims, groups),
        birth=_birth(view, dataset, lead),
        lenses=_lenses(dataset, lead),
        elements=elements(dataset, lead),
        names=names_of_both(dataset.of(Person), view.members),
    )


def _claims_of(view: AccountView, dataset: Dataset, lead: Opportunity) -> list[Claim]:
    return [claim for claim in claims_until(dataset, view.as_of) if claim.opportunity == lead.id]


def _birth(view: AccountView, dataset: Dataset, lead: Opportunity) -> Birth:
    seen, bid = lead.first_seen, lead.bid_date
    days = None if seen is None or bid is None else (bid - seen).days
    return Birth(
        origin=lead.origin,
        self_created=None if lead.origin is None else lead.origin == "self_created",
        first_seen=seen,
        bid_date=bid,
        days_before_tender=days,
        before_tender=None if days is None else days > 0,
        exchange=None if seen is None else _exchange_before(dataset, view, min(seen, view.as_of)),
    )


def _exchange_before(dataset: Dataset, view: AccountView, day: datetime.date) -> Exchange | None:
    own = {person.id for person in dataset.of(Person) if person.account == view.account.id}
    met = [
        interaction
        for interaction in dataset.of(Interaction)
        if interaction.method in EXCHANGES and interaction.date <= day and not own.isdisjoint(interaction.people)
    ]
    last = max(met, key=lambda item: (item.date, item.id), default=None)
    return None if last is None else Exchange(last.id, last.date, last.method, last.subtype, last.people, last.members)


def _lenses(dataset: Dataset, lead: Opportunity) -> tuple[Lens, ...]:
    own = sorted(
        (insight for insight in dataset.of(Insight) if insight.opportunity == lead.id),
        key=lambda insight: insight.aspect,
    )
    seen = {
        lens: tuple(
            Aspect(insight.aspect, insight.statement, insight.source_person, insight.date)
            for insight in own
            if insight.lens == lens
        )
        for lens in LENS.by_code
    }
    return tuple(Lens(lens, not aspects, aspects) for lens, aspects in seen.items())
