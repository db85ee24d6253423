"""Counts the steps of a decision: supporting votes, missing votes, open vetoes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.analysis.ground.rounding import SLACK
from graph.analysis.map import MapContent, StepResult
from graph.analysis.report.results import PersonResult
from graph.model.words import text
from viz.words.names import name_of, record_name

NAMED = 2
"""The most holders of a veto that are named; more are counted."""
STANDING = (3, 2, 1, 0, None, -1, -2)
"""The order of stances in a bar of votes, supporters first; unknown comes after neutral."""
VETO_STEP = "veto"


@dataclass(frozen=True, slots=True)
class Tally:
    """A counted step: votes (person, weight, veto), supporters first; the result and open vetoes in words."""

    step: str
    name: str
    rule: str
    votes: tuple[tuple[str, float, bool], ...]
    total: float
    supporting: float
    quota: float | None
    enough: bool
    passes: bool
    words: str
    blocked: str | None


def tallies(content: MapContent, lang: str) -> tuple[Tally, ...]:
    """Every step with votes, in order; then the vetoes that belong to no step."""
    people = content.report.people_by_id
    made = [_tally(step, number, people, lang) for number, step in enumerate(content.steps, 1) if step.votes]
    in_steps = {person for step in content.steps for person, _, veto in step.votes if veto}
    alone = [person for person in content.report.people if person.veto and person.id not in in_steps]
    return (*made, _vetoes(alone, lang)) if alone else tuple(made)


def supports(person: PersonResult) -> bool:
    """Whether a person is known to support us."""
    return person.stance is not None and person.stance >= 1


def number_words(value: float) -> str:
    """A number of votes with at most two decimals."""
    return f"{round(value, 2):g}"


def _tally(step: StepResult, number: int, people: Mapping[str, PersonResult], lang: str) -> Tally:
    counted = [(person, weight if step.rule == "quota" else 1.0, veto) for person, weight, veto in step.votes]
    if sum(weight for _, weight, _ in counted) <= 0:
        counted = [(person, 1.0, veto) for person, _, veto in counted]
    votes = tuple(sorted(counted, key=lambda vote: (_place(people[vote[0]]), -vote[1], vote[0])))
    total = sum(weight for _, weight, _ in votes)
    supporting = sum(weight for person, weight, _ in votes if supports(people[person]))
    blocking = [people[person] for person, _, veto in votes if veto and not supports(people[person])]
    enough, words = _standing(step, votes, total, supporting, people, lang)
    shown = blocking if step.rule in ("quota", "single") else []
    return Tally(
        step=step.id,
        name=f"{number} {name_of_step(step, lang)}",
        rule=_rule_words(step, votes, total, lang),
        votes=votes,
        total=total,
        supporting=supporting,
        quota=step.quota if step.rule == "quota" and step.quota is not None and step.quota <= total + SLACK else None,
        enough=enough,
        passes=enough and not blocking,
        words=words,
        blocked=_veto_words(shown, lang) if shown else None,
    )


def name_of_step(step: StepResult, lang: str) -> str:
    """A step's name in a language, its id where it has none."""
    return record_name(step.name, step.id, lang)


def _place(person: PersonResult) -> int:
    return STANDING.index(person.stance)


def _standing(
    step: StepResult,
    votes: tuple[tuple[str, float, bool], ...],
    total: float,
    supporting: float,
    people: Mapping[str, PersonResult],
    lang: str,
) -> tuple[bool, str]:
    """Whether the supporting votes are enough, and the result in words."""
    ours = [people[person] for person, _, _ in votes if supports(people[person])]
    if step.rule == "single":
        if ours:
            return True, text("fish.single.ours", lang, name=name_of(ours[0], lang))
        return False, text("fish.single.nobody", lang)
    if step.rule != "quota" or step.quota is None:
        unknown = sum(people[person].stance is None for person, _, _ in votes)
        words = text("fish.unanimous", lang, ours=len(ours), all=len(votes))
        if unknown:
            words += text("fish.unanimous.unknown", lang, unknown=unknown)
        return len(ours) == len(votes), words
    enough = supporting >= step.quota - SLACK
    kind = "majority" if is_majority(step.quota, total) else "quota"
    key = f"fish.{kind}.{'reached' if enough else 'short'}"
    values = {
        "ours": number_words(supporting),
        "all": number_words(total),
        "short": number_words(step.quota - supporting),
        "quota": number_words(step.quota),
    }
    return enough, text(f"{key}.one" if values["ours"] == "1" else key, lang, **values)


def is_majority(quota: float, total: float) -> bool:
    """Whether a quota is the one that stands for "more than half"."""
    return 0 < quota - total / 2.0 < 1e-8


def _rule_words(step: StepResult, votes: tuple[tuple[str, float, bool], ...], total: float, lang: str) -> str:
    vetoes = sum(veto for _, _, veto in votes)
    if step.rule == "quota" and step.quota is not None:
        if is_majority(step.quota, total):
            words = text("fish.rule.majority", lang, all=number_words(total))
        else:
            words = text("fish.rule.quota", lang, quota=number_words(step.quota), all=number_words(total))
    elif step.rule == "single":
        words = text("fish.rule.single", lang, all=len(votes))
    else:
        words = text("fish.rule.unanimous", lang)
    if not vetoes:
        return words
    return words + text("fish.rule.vetoes.one" if vetoes == 1 else "fish.rule.vetoes", lang, count=vetoes)


def _veto_words(blocking: list[PersonResult], lang: str) -> str:
    if len(blocking) > NAMED:
        return text("fish.veto.count", lang, count=len(blocking))
    joiner = "、" if lang == "zh" else ", "
    return text("fish.veto.names", lang, names=joiner.join(name_of(holder, lang) for holder in blocking))


def _vetoes(holders: list[PersonResult], lang: str) -> Tally:
    """The vetoes outside the steps, as one more step that each of their holders must let pass."""
    ordered = sorted(holders, key=lambda holder: (_place(holder), holder.id))
    ours = [holder for holder in ordered if supports(holder)]
    return Tally(
        step=VETO_STEP,
        name=text("fish.vetoes", lang),
        rule=text("fish.rule.unanimous", lang),
        votes=tuple((holder.id, 1.0, True) for holder in ordered),
        total=float(len(ordered)),
        supporting=float(len(ours)),
        quota=None,
        enough=len(ours) == len(ordered),
        passes=len(ours) == len(ordered),
        words=text("fish.vetoes.words", lang, ours=len(ours), all=len(ordered)),
        blocked=None,
    )
