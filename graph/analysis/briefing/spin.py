"""SPIN questions (situation, problem, implication, need-payoff), fitted to role and pain state.

Source: Rackham 1988, SPIN Selling. Which of the four is the heart of the visit follows from how far the pain has come.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.analysis.briefing.facts import Facts
from graph.model.words import Message, Name, message

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
        SpinQuestion(letter, letter == heart, _text(letter, seat_of(facts.roles), about, kpi)) for letter in LETTERS
    )


def seat_of(roles: tuple[str, ...]) -> str:
    """What a person does in the decision: decide, evaluate, purchase, use, or advise."""
    return next((seat for role, seat in SEATS if role in roles), "advise")


def _text(letter: Letter, seat: str, about: Name | None, kpi: Name | Message) -> Message:
    if letter == "situation":
        return message(f"spin.situation.{seat}", kpi=kpi)
    if about is None:
        return message(f"spin.{letter}.{seat}.open", kpi=kpi)
    return message(f"spin.{letter}.{seat}", kpi=kpi, pain=about)
