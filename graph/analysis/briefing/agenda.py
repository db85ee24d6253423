"""议程: the minutes of a visit, shorter at the top of the house."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from graph.analysis.briefing.ask import Ask
from graph.analysis.briefing.facts import Facts
from graph.analysis.briefing.goals import Goal
from graph.analysis.briefing.spin import SpinQuestion
from graph.model.words import Message, Name, message


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
    heart = next(one for one in questions if one.heart)
    value = next(one for one in aims if one.kind == "value")
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
    waiting = [one for one in facts.commitments if one.status in (None, "open", "missed")]
    for one in sorted(waiting, key=lambda one: one.made_by != "us"):
        key = "agenda.promise.us" if one.made_by == "us" else "agenda.promise.them"
        due = one.due.isoformat() if one.due else "–"
        yield message(key, what=Name(one.statement or one.id), due=due)
