"""The commitment to ask for, and whether it is time: trust of .5, and nobody against us (measures, section 9)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analysis.briefing.facts import SLACK, Facts
from graph.analysis.briefing.spin import seat_of
from graph.analysis.planning.next_actions import ASK_TRUST
from graph.analysis.reach.network import network_of
from graph.analysis.reach.ways import swayed_by
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
    missing = []
    if facts.trust < ASK_TRUST - SLACK:
        missing.append(message("ask.trust", trust=f"{facts.trust:.2f}", needed=f"{ASK_TRUST:.2f}"))
    if facts.stance is None:
        missing.append(message("ask.stance_unknown"))
    elif facts.stance < 0:
        missing.append(message("ask.against"))
    return Ask(_text(facts), not missing, facts.trust, ASK_TRUST, tuple(missing))


def introduction_to(facts: Facts) -> str | None:
    """Of those whom the person sways and none of ours is tied to, the one with most influence (ties by id)."""
    view, found = facts.found.view, facts.found
    swayed = {path.nodes[-1].id for path in swayed_by(network_of(found), facts.person.id)}
    unreached = view.known & (found.connected.together < view.calibration.tie - SLACK)
    candidates = [
        (-round(float(found.influence[i]), 9), view.people[i].id)
        for i in np.flatnonzero(unreached).tolist()
        if view.people[i].id in swayed
    ]
    return min(candidates)[1] if candidates else None


def _text(facts: Facts) -> Message:
    if facts.stance is not None and facts.stance >= 1:
        to = introduction_to(facts)
        if to is not None:
            return message("ask.introduction", to=facts.name_of(to))
    return message(f"ask.{seat_of(facts.roles)}")
