"""Introductions: who among the customer's people can introduce us to whom, and who of our team asks (section 7)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from graph.analysis.ground.account_view import AccountView
from graph.analysis.ground.rounding import PATH_DIGITS, SLACK
from graph.analysis.ground.unknown import called
from graph.analysis.measures.connection import Connection
from graph.analysis.measures.influence_lines import InfluenceLines
from graph.analysis.measures.measures import Measures
from graph.analysis.network.influence_network import (
    InfluenceNetwork,
    InfluencePath,
    PathNode,
    influence_network,
    strongest_first,
)
from graph.analysis.network.paths import best_paths, ids_of


@dataclass(frozen=True, slots=True)
class IntroductionRequest:
    """A team member asks somebody for an introduction; `through` is the last person before the target.

    `strength` is that of `path`, which ends at the person. `ready`: trust and stance allow to ask for it today.
    """

    member: str
    ask: str
    through: str
    strength: float
    ready: bool
    path: InfluencePath


@dataclass(frozen=True, slots=True)
class IntroductionRequests:
    """The introductions to a person that we can ask for, the strongest first."""

    to: str
    introductions: tuple[IntroductionRequest, ...]


def introductions(measures: Measures, to: str) -> IntroductionRequests:
    """Introductions to a person of the graph, by id or name: the team member who asks, and the stakeholder asked.

    For everybody who influences the person, is known and not against us: the best path by which we can ask them, on
    which nobody who is against us carries. Strength (12 decimals) falling, fewer nodes, ids.
    Raises UnknownRecord or AmbiguousName for a person who is not in the graph.
    """
    to = called("people", to, measures.view.people)
    network = influence_network(measures)
    friendly = network.carriers - network.against
    asking = replace(network, carriers=friendly - {to})
    requests = [
        _request(measures, network, path, to)
        for helper in sorted(network.precedes.get(to, {}))
        if helper in friendly
        for path in best_paths(asking, helper, k=1)
    ]
    requests.sort(
        key=lambda request: (-round(request.strength, PATH_DIGITS), len(request.path.nodes), ids_of(request.path))
    )
    return IntroductionRequests(to, tuple(requests))


def _request(measures: Measures, network: InfluenceNetwork, path: InfluencePath, to: str) -> IntroductionRequest:
    """The request along a path to the helper, who then speaks to the person."""
    member, asked, helper = path.nodes[0].id, path.nodes[1].id, path.nodes[-1].id
    last = network.hop(helper, to)
    whole = InfluencePath(
        (*path.nodes, PathNode(to, network.people[to], "person")), path.strength * last.weight, (*path.hops, last)
    )
    view = measures.view
    stance = view.stances[view.index[asked]]
    trusted = measures.trust[view.member_index[member], view.index[asked]]
    ready = stance is not None and stance >= 0 and bool(trusted >= view.calibration.moves.ask_trust - SLACK)
    return IntroductionRequest(member, asked, helper, whole.strength, ready, whole)


@dataclass(frozen=True, slots=True)
class Introduction:
    """The strongest introduction to a person, by index: the team member who begins, and who speaks to the person."""

    member: int
    through: int
    strength: float


class _Reached(NamedTuple):
    """The strength of the best way to somebody, and who comes before on it: themselves where we know them."""

    strength: float
    before: int


@dataclass(frozen=True)
class Introductions:
    """The best introduction to anybody, by index; nobody who is against us introduces. Ties by the order of ids.

    One search from our team serves all people; it is made when the first is asked for.
    """

    view: AccountView
    connected: Connection
    lines: InfluenceLines

    def to(self, person: int) -> Introduction | None:
        """The best introduction to a person, if there is one."""
        ways = [
            (-self._reached[source].strength * weight, source)
            for source, weight in self._sources.get(person, ())
            if source in self._reached and person not in self._way_to(source)
        ]
        if not ways:
            return None
        strength, through = min(ways)
        first = self._way_to(through)[-1]
        return Introduction(int(self.connected.strength[:, first].argmax()), through, -strength)

    def _way_to(self, person: int) -> list[int]:
        """The people on the best way to somebody, back to the one whom we know."""
        way = [person]
        while (before := self._reached[way[-1]].before) != way[-1]:
            way.append(before)
        return way

    @cached_property
    def _lines(self) -> list[tuple[int, int, float]]:
        lines = self.lines
        return list(zip(lines.source.tolist(), lines.target.tolist(), lines.weight.tolist(), strict=True))

    @cached_property
    def _sources(self) -> dict[int, list[tuple[int, float]]]:
        """The sources of influence on each person."""
        sources: dict[int, list[tuple[int, float]]] = {}
        for source, target, weight in self._lines:
            sources.setdefault(target, []).append((source, weight))
        return sources

    @cached_property
    def _reached(self) -> dict[int, _Reached]:
        """Everyone who can introduce us."""
        ahead: dict[int, dict[int, float]] = {}
        for source, target, weight in self._lines:
            ahead.setdefault(source, {})[target] = weight
        friendly = set(np.flatnonzero(self.view.known & ~self.view.opponents).tolist())
        tied = np.flatnonzero(self.connected.ties(self.view.calibration.tie).any(axis=0)).tolist()
        best = self.connected.strength.max(axis=0, initial=0.0).tolist()
        starts = [(person, best[person]) for person in tied if person in friendly]
        return {
            person: _Reached(strength, before) for person, strength, before in strongest_first(starts, ahead, friendly)
        }
