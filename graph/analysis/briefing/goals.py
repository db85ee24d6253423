"""目标: the seven kinds of goals that a visit can have, and which of them this visit has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.analysis.briefing.ask import Ask
from graph.analysis.briefing.facts import Facts
from graph.analysis.briefing.objections import Objection
from graph.analysis.rounding import SLACK
from graph.model import Proposition
from graph.model.scales import ELEMENT, METHOD, PAIN_STATE, SUBTYPE
from graph.model.words import Message, Name, ScaleWord, message

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
        one
        for one in facts.found.dataset.of(Proposition)
        if chosen is not None and one.opportunity == chosen.id and facts.person.id in one.matters_to and one.statement
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
