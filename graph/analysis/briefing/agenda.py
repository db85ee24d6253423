"""议程: the minutes of a visit, shorter at the top of the house."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.analysis.briefing.ask import Ask
from graph.analysis.briefing.facts import Facts
from graph.analysis.briefing.goals import Goal
from graph.analysis.briefing.spin import SpinQuestion
from graph.model.words import Message, Name, message

SHORT_LEVEL = 6
SHORT, LONG = (3, 2, 8, 5, 2), (5, 5, 20, 10, 5)
"""Minutes for opening, open promises, questions, value, and the next step."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A part of the visit, in minutes."""

    minutes: int
    text: Message


def agenda(
    facts: Facts, aims: tuple[Goal, ...], asked: Ask, shared: tuple[Message, ...], questions: tuple[SpinQuestion, ...]
) -> tuple[AgendaItem, ...]:
    """The five parts of the visit."""
    minutes = SHORT if facts.result.level >= SHORT_LEVEL else LONG
    heart = next(one for one in questions if one.heart)
    value = next(one for one in aims if one.kind == "value")
    texts = (
        message("agenda.open", with_=shared[0]) if shared else message("agenda.open.plain"),
        message("agenda.promises", what=tuple(_open_promises(facts)) or message("agenda.promises.none")),
        message("agenda.questions", letter=message(f"spin.{heart.letter}")),
        value.text if value.here else message("agenda.value"),
        message("agenda.next", ask=asked.text) if asked.ready else message("agenda.next.date"),
    )
    return tuple(AgendaItem(time, said) for time, said in zip(minutes, texts, strict=True))


def _open_promises(facts: Facts) -> Iterator[Message]:
    """What is not kept yet: by us first."""
    waiting = [one for one in facts.commitments if one.status in (None, "open", "missed")]
    for one in sorted(waiting, key=lambda one: one.made_by != "us"):
        key = "agenda.promise.us" if one.made_by == "us" else "agenda.promise.them"
        due = one.due.isoformat() if one.due else "–"
        yield message(key, what=Name(one.statement or one.id), due=due)
