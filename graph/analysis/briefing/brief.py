"""The visit brief, put together."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from graph.analysis.briefing.facts import AccountFacts, background, connection_points, facts_of
from graph.analysis.briefing.visit import (
    AgendaItem,
    Ask,
    Goal,
    Objection,
    SpinQuestion,
    agenda,
    ask,
    goals,
    objections,
    spin_questions,
)
from graph.analysis.ground.named import Named
from graph.analysis.measures.measures import Measures
from graph.model.words import Message


@dataclass(frozen=True, slots=True)
class Brief:
    """What one of ours should know, want and ask when meeting one of theirs."""

    account: Named
    opportunity: Named | None
    person: Named
    title: str | None
    member: Named
    as_of: datetime.date
    calibration: Message
    background: tuple[Message, ...]
    goals: tuple[Goal, ...]
    agenda: tuple[AgendaItem, ...]
    questions: tuple[SpinQuestion, ...]
    connection_points: tuple[Message, ...]
    objections: tuple[Objection, ...]
    ask: Ask


def brief(measures: Measures, person: str, member: str | None = None) -> Brief:
    """The brief for a visit of one of ours to one of theirs; without a member, of the owner or whoever is closest.

    Raises UnknownRecord for people who are not there, Refused for a seat without a person.
    """
    return brief_of(AccountFacts(measures), person, member)


def brief_of(account: AccountFacts, person: str, member: str | None = None) -> Brief:
    """The same, for one of several briefs of an account."""
    facts = facts_of(account, person, member)
    view = account.found.view
    asked, objected, shared = ask(facts), objections(facts), connection_points(facts)
    questions = spin_questions(facts)
    aims = goals(facts, objected, asked)
    return Brief(
        account=Named(view.account.id, view.account.name),
        opportunity=None if view.opportunity is None else Named(view.opportunity.id, view.opportunity.name),
        person=Named(facts.person.id, facts.person.name),
        title=facts.person.title,
        member=Named(facts.member.id, facts.member.name),
        as_of=view.as_of,
        calibration=view.calibration.label,
        background=background(facts),
        goals=aims,
        agenda=agenda(facts, aims, asked, shared, questions),
        questions=questions,
        connection_points=shared,
        objections=objected,
        ask=asked,
    )


def briefs(measures: Measures, most: int) -> Mapping[str, Brief]:
    """The briefs for visits to the people of most influence, by id; none where nobody of ours could go.

    Influence falling (9 decimals), ties by id, as in the report.
    """
    account = AccountFacts(measures)
    if not measures.view.members:
        return {}
    known = [one.id for one in account.report.people if measures.view.known[measures.view.index[one.id]]]
    return {person: brief_of(account, person) for person in known[:most]}
