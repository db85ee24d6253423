"""What the person is likely to object, and what to answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.analysis.briefing.facts import Facts
from graph.analysis.briefing.spin import seat_of
from graph.analysis.limits import BRIEF_OBJECTIONS
from graph.analysis.rounding import SLACK
from graph.analysis.verifying.claims import claims_until
from graph.model import Competitor, CompetitorTie, Proposition
from graph.model.scales import ELEMENT
from graph.model.words import Message, Name, ScaleWord, message

CAUTIOUS = ("conservative", "laggard")


@dataclass(frozen=True, slots=True)
class Objection:
    """What they may say, and our answer."""

    objection: Message
    answer: Message


def objections(facts: Facts) -> tuple[Objection, ...]:
    """The likely objections: what we did not keep, what they said, where the rival is better, the rest by character."""
    found = [
        one for part in (_unkept, _said, _rival_better, _rival_held, _against, _cautious, _seat) for one in part(facts)
    ]
    return tuple(found[:BRIEF_OBJECTIONS])


def _unkept(facts: Facts) -> Iterator[Objection]:
    for one in facts.commitments:
        if one.made_by == "us" and one.status == "missed":
            what = Name(one.statement or one.id)
            yield Objection(message("objection.unkept", what=what), message("objection.unkept.answer", what=what))


def _said(facts: Facts) -> Iterator[Objection]:
    """What the person said against the opportunity; what they say of others' stances is no objection."""
    view = facts.found.view
    claims = [
        one
        for one in claims_until(facts.found.dataset, view.as_of)
        if one.source_person == facts.person.id
        and one.polarity == "contradicts"
        and not one.topic.startswith("stance:")
        and view.opportunity is not None
        and one.opportunity == view.opportunity.id
    ]
    for one in sorted(claims, key=lambda one: one.id):
        yield Objection(
            message("objection.said", what=Name(one.statement or one.topic)), message("objection.said.answer")
        )


def _rival_better(facts: Facts) -> Iterator[Objection]:
    """Elements of value that matter to the person and that the rival is as good at, or better."""
    chosen = facts.found.view.opportunity
    for one in sorted(facts.found.dataset.of(Proposition), key=lambda one: tuple(ELEMENT.by_code).index(one.element)):
        matters = chosen is not None and one.opportunity == chosen.id and facts.person.id in one.matters_to
        if matters and one.ours is not None and one.rival is not None and one.rival >= one.ours - SLACK:
            answer = (
                message("objection.better.answer", what=Name(one.statement))
                if one.statement
                else message("objection.better.prepare")
            )
            element = ScaleWord(ELEMENT, one.element)
            yield Objection(
                message("objection.better", element=element, ours=f"{one.ours:g}", rival=f"{one.rival:g}"), answer
            )


def _rival_held(facts: Facts) -> Iterator[Objection]:
    """A rival who holds the person firmly, and what that rival is weak at."""
    ties = [one for one in facts.found.dataset.of(CompetitorTie) if one.person == facts.person.id]
    for tie in sorted(ties, key=lambda one: (-one.strength, one.competitor))[:1]:
        if tie.strength >= facts.found.view.calibration.brief.rival_tie - SLACK:
            rival = next((one for one in facts.found.dataset.of(Competitor) if one.id == tie.competitor), None)
            weak = None if rival is None else rival.weaknesses
            answer = message("objection.rival.answer", weak=Name(weak)) if weak else message("objection.rival.prepare")
            yield Objection(message("objection.rival", rival=facts.rival_name(tie.competitor)), answer)


def _against(facts: Facts) -> Iterator[Objection]:
    if facts.stance is not None and facts.stance < 0:
        yield Objection(message("objection.against"), message("objection.against.answer"))


def _cautious(facts: Facts) -> Iterator[Objection]:
    if facts.person.adaptability in CAUTIOUS:
        yield Objection(message("objection.cautious"), message("objection.cautious.answer"))


def _seat(facts: Facts) -> Iterator[Objection]:
    seat = seat_of(facts.roles)
    yield Objection(message(f"objection.{seat}"), message(f"objection.{seat}.answer"))
