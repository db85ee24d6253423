"""The visit itself: goals 目标, agenda 议程, SPIN questions, objections, and the commitment to ask for."""

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


LETTERS: tuple[Letter, ...] = ("situation", "problem", "implication", "need")

HEART: dict[str | None, Letter] = {
    None: "situation",
    "seen": "problem",
    "admitted": "implication",
    "painful": "need",
    "worth_paying": "need",
}


"""The question that moves a pain on from each state; without a pain the situation has to be understood."""

SEATS = (("D", "decide"), ("A", "decide"), ("E", "evaluate"), ("P", "purchase"), ("U", "use"))


"""Which questions a role hears, the weightiest role first."""


@dataclass(frozen=True, slots=True)
class SpinQuestion:
    """A question and its letter; `heart` is the one that this visit is for."""

    letter: Letter
    heart: bool
    text: Message


def spin_questions(facts: Facts) -> tuple[SpinQuestion, ...]:
    """One question a letter."""
    pain = next(iter(facts.pains), None)
    heart = HEART[None if pain is None else pain.state or "seen"]
    about = None if pain is None or not pain.statement else Name(pain.statement)
    kpi = Name(facts.person.kpis[0]) if facts.person.kpis else message("spin.your_goals")
    return tuple(
        SpinQuestion(letter, letter == heart, _question_text(letter, seat_of(facts.roles), about, kpi))
        for letter in LETTERS
    )


def seat_of(roles: tuple[str, ...]) -> str:
    """What a person does in the decision: decide, evaluate, purchase, use, or advise."""
    return next((seat for role, seat in SEATS if role in roles), "advise")


def _question_text(letter: Letter, seat: str, about: Name | None, kpi: Name | Message) -> Message:
    if letter == "situation":
        return message(f"spin.situation.{seat}", kpi=kpi)
    if about is None:
        return message(f"spin.{letter}.{seat}.open", kpi=kpi)
    return message(f"spin.{letter}.{seat}", kpi=kpi, pain=about)


@dataclass(frozen=True, slots=True)
class Ask:
    """What to ask for; `ready` says whether to, `missing` what has to come first."""

    text: Message
    ready: bool
    trust: float
    trust_needed: float
    missing: tuple[Message, ...]


def ask(facts: Facts) -> Ask:
    """The ask: where the stance is unknown, where they stand; from a supporter, the way to somebody we do not reach."""
    missing, needed = [], facts.found.view.calibration.moves.ask_trust
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
    for commitment in facts.commitments:
        if commitment.made_by == "us" and commitment.status == "missed":
            what = Name(commitment.statement or commitment.id)
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
    for claim in sorted(claims, key=lambda claim: claim.id):
        yield Objection(
            message("objection.said", what=Name(claim.statement or claim.topic)), message("objection.said.answer")
        )


def _rival_better(facts: Facts) -> Iterator[Objection]:
    """Elements of value that matter to the person and that the rival is as good at, or better."""
    chosen = facts.found.view.opportunity
    for proposition in sorted(
        facts.found.dataset.of(Proposition), key=lambda proposition: tuple(ELEMENT.by_code).index(proposition.element)
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


GoalKind = Literal["learn", "value", "need", "concern", "relation", "introduction", "commitment"]


"""Find out; convey our value; move a need on; take a concern away; deepen the relation; be introduced; be promised."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal of one kind; `here` says whether this visit has it, the text what it is, or why not."""

    kind: GoalKind
    here: bool
    text: Message


def goals(facts: Facts, objected: tuple[Objection, ...], asked: Ask) -> tuple[Goal, ...]:
    """One goal a kind, in the order of a relationship: from learning to a commitment."""
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
    """What the forecast hangs on: about the person, else what the person could tell about somebody else."""
    unknown = facts.account.unknowns
    own = next((one for one in unknown if one.person == facts.person.id), None)
    if own is not None:
        return Goal("learn", True, message(f"goal.learn.{own.unknown}"))
    other = next((one for one in unknown if one.ask == facts.person.id), None)
    if other is not None:
        about = message(f"unknown.{other.unknown}")
        return Goal("learn", True, message("goal.learn.other", person=facts.name_of(other.person), what=about))
    return Goal("learn", False, message("goal.learn.nothing"))


def _value(facts: Facts) -> Goal:
    chosen = facts.found.view.opportunity
    mine = [
        proposition
        for proposition in facts.found.dataset.of(Proposition)
        if chosen is not None
        and proposition.opportunity == chosen.id
        and facts.person.id in proposition.matters_to
        and proposition.statement
    ]
    mine.sort(key=lambda one: (-((one.ours or 0.0) - (one.rival or 0.0)), one.element))
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
    now, target = (ScaleWord(PAIN_STATE, states[one]) for one in (state, state + 1))
    return Goal("need", True, message("goal.need", what=what, now=now, target=target))


def _relation(facts: Facts) -> Goal:
    """By the method that is worth most between the two, where the connection is not enough yet."""
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
    numbers = facts.found.view.calibration.brief
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
    """What is not kept yet: by us first."""
    waiting = [commitment for commitment in facts.commitments if commitment.status in (None, "open", "missed")]
    for one in sorted(waiting, key=lambda item: item.made_by != "us"):
        key = "agenda.promise.us" if one.made_by == "us" else "agenda.promise.them"
        due = one.due.isoformat() if one.due else "–"
        yield message(key, what=Name(one.statement or one.id), due=due)
