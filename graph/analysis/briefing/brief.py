"""The visit brief of a team member for a stakeholder, assembled from its parts."""

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
    """A one-page brief for a team member's visit to a stakeholder: background, goals, agenda, questions and the ask."""

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
    """The brief for a visit to a person by a member, both by id or name; by default the owner, else the closest member.

    Raises UnknownRecord for people who are not there, AmbiguousName for a name of several, Refused for a vacant or
    unidentified seat and for an empty team.

    >>> for_ben = brief(measures, "ben")
    >>> for_ben.member.id, for_ben.ask.ready, [question.letter for question in for_ben.questions if question.heart]
    ('uma', False, ['need'])
    """
    return brief_of(AccountFacts(measures), person, member)


def brief_of(account: AccountFacts, person: str, member: str | None = None) -> Brief:
    """The same for one of several briefs of an account, which share `account`."""
    facts = facts_of(account, person, member)
    view = account.measures.view
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
    """The briefs for visits to the `most` most influential known people, by id; none without active members."""
    account = AccountFacts(measures)
    if not measures.view.members:
        return {}
    view = measures.view
    known = [person.id for person in account.report.people if view.known[view.index[person.id]]]
    return {person: brief_of(account, person) for person in known[:most]}
