"""The content of a visit: goals 目标, agenda 议程, SPIN questions, objections, and the commitment to ask for.

Reference: Rackham 1988, "SPIN Selling", McGraw-Hill (situation, problem, implication and need-payoff questions).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from graph.analysis.briefing.facts import Facts
from graph.analysis.ground.limits import BRIEF_OBJECTIONS
from graph.analysis.ground.rounding import SLACK
from graph.analysis.qualification.claims import claims_until
from graph.model import Competitor, CompetitorTie, Proposition
from graph.model.scales import ELEMENT, METHOD, PAIN_STATE, SUBTYPE
from graph.model.words import Message, Name, ScaleWord, message

Letter = Literal["situation", "problem", "implication", "need"]
"""A letter of SPIN; `need` is need-payoff."""

LETTERS: tuple[Letter, ...] = ("situation", "problem", "implication", "need")

HEART: dict[str | None, Letter] = {
    None: "situation",
    "seen": "problem",
    "admitted": "implication",
    "painful": "need",
    "worth_paying": "need",
}
"""The question that advances a pain from each state; without a pain the situation has to be understood first."""

SEATS = (("D", "decide"), ("A", "decide"), ("E", "evaluate"), ("P", "purchase"), ("U", "use"))
"""The questions for each role, the weightiest role first."""


@dataclass(frozen=True, slots=True)
class SpinQuestion:
    """A question and its letter; `heart` marks the one that this visit is for."""

    letter: Letter
    heart: bool
    text: Message


def spin_questions(facts: Facts) -> tuple[SpinQuestion, ...]:
    """One question per letter, about the person's most advanced pain and first KPI."""
    pain = next(iter(facts.pains), None)
    heart = HEART[None if pain is None else pain.state or "seen"]
    about = None if pain is None or not pain.statement else Name(pain.statement)
    kpi = Name(facts.person.kpis[0]) if facts.person.kpis else message("spin.your_goals")
    return tuple(
        SpinQuestion(letter, letter == heart, _question_text(letter, seat_of(facts.roles), about, kpi))
        for letter in LETTERS
    )


def seat_of(roles: tuple[str, ...]) -> str:
    """A person's part in the decision by their roles: decide, evaluate, purchase, use, else advise.

    >>> seat_of(("U", "E")), seat_of(())
    ('evaluate', 'advise')
    """
    return next((seat for role, seat in SEATS if role in roles), "advise")


def _question_text(letter: Letter, seat: str, about: Name | None, kpi: Name | Message) -> Message:
    if letter == "situation":
        return message(f"spin.situation.{seat}", kpi=kpi)
    if about is None:
        return message(f"spin.{letter}.{seat}.open", kpi=kpi)
    return message(f"spin.{letter}.{seat}", kpi=kpi, pain=about)


@dataclass(frozen=True, slots=True)
class Ask:
    """The commitment to ask for; `ready` says whether to ask now, `missing` lists what has to come first."""

    text: Message
    ready: bool
    trust: float
    trust_needed: float
    missing: tuple[Message, ...]


def ask(facts: Facts) -> Ask:
    """The commitment to ask for, by the person's role; of a supporter, an introduction to somebody we do not reach.

    It is ready with a trust of at least .5 and a known stance of 0 or more.
    """
    missing, needed = [], facts.measures.view.calibration.moves.ask_trust
    if facts.trust < needed - SLACK:
        missing.append(message("ask.trust", trust=f"{facts.trust:.2f}", needed=f"{needed:.2f}"))
    if facts.stance is None:
        missing.append(message("ask.stance_unknown"))
    elif facts.stance < 0:
        missing.append(message("ask.against"))
    return Ask(_ask_text(facts), not missing, facts.trust, needed, tuple(missing))


def _ask_text(facts: Facts) -> Message:
    if facts.stance is not None and facts.stance >= 1:
        to = facts.introduction_to
        if to is not None:
            return message("ask.introduction", to=facts.name_of(to))
    return message(f"ask.{seat_of(facts.roles)}")


CAUTIOUS = ("conservative", "laggard")


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection that the person may raise, and our answer."""

    objection: Message
    answer: Message


def objections(facts: Facts) -> tuple[Objection, ...]:
    """The likely objections: missed commitments, the person's own claims, the rival's strengths, then character."""
    sources = (_missed, _claimed, _rival_better, _rival_tie, _against, _cautious, _by_seat)
    possible = [objection for source in sources for objection in source(facts)]
    return tuple(possible[:BRIEF_OBJECTIONS])


def _missed(facts: Facts) -> Iterator[Objection]:
    for commitment in facts.commitments:
        if commitment.made_by == "us" and commitment.status == "missed":
            what = Name(commitment.statement or commitment.id)
            yield Objection(message("objection.unkept", what=what), message("objection.unkept.answer", what=what))


def _claimed(facts: Facts) -> Iterator[Objection]:
    """The person's contradicting claims about the opportunity; claims about others' stances are no objections."""
    view = facts.measures.view
    claims = [
        claim
        for claim in claims_until(facts.measures.dataset, view.as_of)
        if claim.source_person == facts.person.id
        and claim.polarity == "contradicts"
        and not claim.topic.startswith("stance:")
        and view.opportunity is not None
        and claim.opportunity == view.opportunity.id
    ]
    for claim in sorted(claims, key=lambda claim: claim.id):
        yield Objection(
            message("objection.said", what=Name(claim.statement or claim.topic)), message("objection.said.answer")
        )


def _rival_better(facts: Facts) -> Iterator[Objection]:
    """The elements of value that matter to the person and in which the rival scores as high as we do, or higher."""
    chosen = facts.measures.view.opportunity
    for proposition in sorted(
        facts.measures.dataset.of(Proposition),
        key=lambda proposition: tuple(ELEMENT.by_code).index(proposition.element),
    ):
        matters = (
            chosen is not None and proposition.opportunity == chosen.id and facts.person.id in proposition.matters_to
        )
        if (
            matters
            and proposition.ours is not None
            and proposition.rival is not None
            and proposition.rival >= proposition.ours - SLACK
        ):
            answer = (
                message("objection.better.answer", what=Name(proposition.statement))
                if proposition.statement
                else message("objection.better.prepare")
            )
            element = ScaleWord(ELEMENT, proposition.element)
            yield Objection(
                message(
                    "objection.better", element=element, ours=f"{proposition.ours:g}", rival=f"{proposition.rival:g}"
                ),
                answer,
            )


def _rival_tie(facts: Facts) -> Iterator[Objection]:
    """A rival with a firm tie to the person, answered by that rival's weakness."""
    ties = [tie for tie in facts.measures.dataset.of(CompetitorTie) if tie.person == facts.person.id]
    for tie in sorted(ties, key=lambda tie: (-tie.strength, tie.competitor))[:1]:
        if tie.strength >= facts.measures.view.calibration.brief.rival_tie - SLACK:
            weaknesses = {rival.id: rival.weaknesses for rival in facts.measures.dataset.of(Competitor)}
            weak = weaknesses.get(tie.competitor)
            answer = message("objection.rival.answer", weak=Name(weak)) if weak else message("objection.rival.prepare")
            yield Objection(message("objection.rival", rival=facts.rival_name(tie.competitor)), answer)


def _against(facts: Facts) -> Iterator[Objection]:
    if facts.stance is not None and facts.stance < 0:
        yield Objection(message("objection.against"), message("objection.against.answer"))


def _cautious(facts: Facts) -> Iterator[Objection]:
    if facts.person.adaptability in CAUTIOUS:
        yield Objection(message("objection.cautious"), message("objection.cautious.answer"))


def _by_seat(facts: Facts) -> Iterator[Objection]:
    seat = seat_of(facts.roles)
    yield Objection(message(f"objection.{seat}"), message(f"objection.{seat}.answer"))


GoalKind = Literal["learn", "value", "need", "concern", "relation", "introduction", "commitment"]
"""Find something out, convey value, advance a need, remove a concern, deepen the relation, be introduced, a promise."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of one kind; `here` says whether this visit has it, the text says what it is, or why not."""

    kind: GoalKind
    here: bool
    text: Message


def goals(facts: Facts, objected: tuple[Objection, ...], asked: Ask) -> tuple[Goal, ...]:
    """One goal per kind, in the order in which a relationship grows: from learning to a commitment."""
    return (
        _learn(facts),
        _value(facts),
        _need(facts),
        Goal("concern", bool(objected), message("goal.concern", what=objected[0].objection)),
        _relation(facts),
        _introduction(facts, asked),
        Goal(
            "commitment", asked.ready, asked.text if asked.ready else message("goal.commitment.not_yet", ask=asked.text)
        ),
    )


def _learn(facts: Facts) -> Goal:
    """The widest unknown about the person, else one about somebody else that the person can be asked about."""
    unknowns = facts.account.unknowns
    own = next((unknown for unknown in unknowns if unknown.person == facts.person.id), None)
    if own is not None:
        return Goal("learn", True, message(f"goal.learn.{own.unknown}"))
    other = next((unknown for unknown in unknowns if unknown.ask == facts.person.id), None)
    if other is not None:
        about = message(f"unknown.{other.unknown}")
        return Goal("learn", True, message("goal.learn.other", person=facts.name_of(other.person), what=about))
    return Goal("learn", False, message("goal.learn.nothing"))


def _value(facts: Facts) -> Goal:
    chosen = facts.measures.view.opportunity
    mine = [
        proposition
        for proposition in facts.measures.dataset.of(Proposition)
        if chosen is not None
        and proposition.opportunity == chosen.id
        and facts.person.id in proposition.matters_to
        and proposition.statement
    ]
    mine.sort(key=lambda item: (-((item.ours or 0.0) - (item.rival or 0.0)), item.element))
    if not mine:
        return Goal("value", False, message("goal.value.nothing"))
    what = Name(mine[0].statement or "")
    return Goal("value", True, message("goal.value", element=ScaleWord(ELEMENT, mine[0].element), what=what))


def _need(facts: Facts) -> Goal:
    pain = next(iter(facts.pains), None)
    if pain is None:
        return Goal("need", True, message("goal.need.none"))
    states = tuple(PAIN_STATE.by_code)
    state = states.index(pain.state or "seen")
    what = Name(pain.statement or pain.id)
    if state + 1 == len(states):
        return Goal("need", True, message("goal.need.pay", what=what))
    now, target = ScaleWord(PAIN_STATE, states[state]), ScaleWord(PAIN_STATE, states[state + 1])
    return Goal("need", True, message("goal.need", what=what, now=now, target=target))


def _relation(facts: Facts) -> Goal:
    """The method of the highest priority for the person; a goal of this visit while the coverage is below 1."""
    short = facts.result.coverage < 1.0 - SLACK
    best = facts.account.best_touch.get(facts.person.id)
    numbers = {
        "now": f"{facts.result.connection_strength:.2f}",
        "required": f"{facts.result.required_strength:.2f}",
    }
    if best is None:
        return Goal("relation", short, message("goal.relation.rest" if short else "goal.relation.enough", **numbers))
    how = ScaleWord(METHOD, best.method) if best.subtype is None else ScaleWord(SUBTYPE, best.subtype)
    return Goal("relation", short, message("goal.relation" if short else "goal.relation.keep", how=how, **numbers))


def _introduction(facts: Facts, asked: Ask) -> Goal:
    to = facts.introduction_to
    if to is None:
        return Goal("introduction", False, message("goal.introduction.nobody"))
    key = "goal.introduction" if asked.ready else "goal.introduction.later"
    return Goal("introduction", asked.ready, message(key, to=facts.name_of(to)))


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A part of the visit, in minutes."""

    minutes: int
    text: Message


def agenda(
    facts: Facts, aims: tuple[Goal, ...], asked: Ask, shared: tuple[Message, ...], questions: tuple[SpinQuestion, ...]
) -> tuple[AgendaItem, ...]:
    """The five parts of the visit."""
    numbers = facts.measures.view.calibration.brief
    minutes = numbers.short if facts.result.level >= numbers.short_level else numbers.long
    heart = next(question for question in questions if question.heart)
    value = next(aim for aim in aims if aim.kind == "value")
    promises = tuple(_open_promises(facts)) or message("agenda.promises.none")
    return (
        AgendaItem(
            minutes.opening, message("agenda.open", with_=shared[0]) if shared else message("agenda.open.plain")
        ),
        AgendaItem(minutes.promises, message("agenda.promises", what=promises)),
        AgendaItem(minutes.questions, message("agenda.questions", letter=message(f"spin.{heart.letter}"))),
        AgendaItem(minutes.value, value.text if value.here else message("agenda.value")),
        AgendaItem(
            minutes.next_step,
            message("agenda.next", ask=asked.text) if asked.ready else message("agenda.next.date"),
        ),
    )


def _open_promises(facts: Facts) -> Iterator[Message]:
    """The commitments not kept yet, our team's first."""
    waiting = [commitment for commitment in facts.commitments if commitment.status in (None, "open", "missed")]
    for commitment in sorted(waiting, key=lambda item: item.made_by != "us"):
        key = "agenda.promise.us" if commitment.made_by == "us" else "agenda.promise.them"
        due = commitment.due.isoformat() if commitment.due else "–"
        yield message(key, what=Name(commitment.statement or commitment.id), due=due)
