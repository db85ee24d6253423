"""The commitment to ask for, and whether it is time: trust of .5, and nobody against us (measures, section 9)."""

from __future__ import annotations

from dataclasses import dataclass

from graph.analysis.briefing.facts import Facts
from graph.analysis.briefing.spin import seat_of
from graph.analysis.rounding import SLACK
from graph.model.words import Message, message


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
    return Ask(_text(facts), not missing, facts.trust, needed, tuple(missing))


def _text(facts: Facts) -> Message:
    if facts.stance is not None and facts.stance >= 1:
        to = facts.introduction_to
        if to is not None:
            return message("ask.introduction", to=facts.name_of(to))
    return message(f"ask.{seat_of(facts.roles)}")
