"""The minimal winning coalition: the fewest people whose influence decides (measures, section 7)."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.measures.measures import Measures
from graph.analysis.network.influence_network import InfluencePath, influence_network
from graph.analysis.network.paths import best_paths


@dataclass(frozen=True, slots=True)
class CoalitionMember:
    """A person of the coalition: decision influence, the sum up to them, our connection, and the best path to them."""

    person: str
    decision_influence: float
    total: float
    connection_strength: float
    path: InfluencePath | None


@dataclass(frozen=True, slots=True)
class WinningCoalition:
    """The known people with most influence, until their sum exceeds `share` of the decision; `enough` says if so."""

    enough: bool
    people: tuple[CoalitionMember, ...]
    share: float = field(repr=False)


def minimal_winning_coalition(measures: Measures) -> WinningCoalition:
    """The known people by influence (9 decimals) falling, then id, until their sum exceeds the winning share (.5)."""
    view, influence, network = measures.view, measures.influence.tolist(), influence_network(measures)
    known = sorted(view.known.nonzero()[0].tolist(), key=lambda i: (-round(influence[i], DIGITS), view.people[i].id))
    coalition: list[CoalitionMember] = []
    total, share = 0.0, view.calibration.winning_share
    for i in known:
        if total > share + SLACK:
            break
        total += influence[i]
        person = view.people[i].id
        path = next(iter(best_paths(network, person, k=1)), None)
        coalition.append(CoalitionMember(person, influence[i], total, float(measures.connected.together[i]), path))
    return WinningCoalition(total > share + SLACK, tuple(coalition), share)
