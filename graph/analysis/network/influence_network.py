"""The network that influence paths run on: our ties and the influence lines of an account (measures, section 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from graph.analysis.ground.named import Named
from graph.analysis.measures.measures import Measures
from graph.model import Conflict

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Hop:
    """One step of a path."""

    source: str
    target: str
    type: Literal["connection", "influence"]
    weight: float
    assumed: bool
    conflict: bool


@dataclass(frozen=True, slots=True)
class PathNode:
    """One of ours or one of theirs on a path."""

    id: str
    name: str | None
    kind: Literal["member", "person"]


@dataclass(frozen=True, slots=True)
class InfluencePath:
    """A way from one of ours to a person; `strength` is the product of the hops' weights."""

    nodes: tuple[PathNode, ...]
    strength: float
    hops: tuple[Hop, ...]


@dataclass(frozen=True, slots=True)
class InfluencePaths:
    """The best paths to a person, strongest first."""

    to: Named
    paths: tuple[InfluencePath, ...]


@dataclass(frozen=True)
class Network:
    """What paths run on. People and members are named by id; `ties` are those of at least a tie's strength.

    `follows` maps a person to those whom they sway: target → (weight, assumed). `carriers` can be passed on a path;
    of them, `against` are those with a stance below 0. `conflicts` are pairs in the order of their ids.
    """

    people: Mapping[str, str | None]
    members: Mapping[str, str | None]
    ties: Mapping[str, Mapping[str, float]]
    follows: Mapping[str, Mapping[str, tuple[float, bool]]]
    carriers: frozenset[str]
    against: frozenset[str]
    conflicts: frozenset[tuple[str, str]]

    @cached_property
    def precedes(self) -> Mapping[str, Mapping[str, float]]:
        """Who sways each person: source → weight."""
        before: dict[str, dict[str, float]] = {}
        for source, targets in self.follows.items():
            for target, (weight, _) in targets.items():
                before.setdefault(target, {})[source] = weight
        return before

    @cached_property
    def tied(self) -> Mapping[str, list[tuple[str, float]]]:
        """Who of ours has a tie to each person: (member, strength) in the order of members' ids."""
        found: dict[str, list[tuple[str, float]]] = {}
        for member in sorted(self.ties):
            for person, strength in self.ties[member].items():
                found.setdefault(person, []).append((member, strength))
        return found

    def hop(self, source: str, target: str) -> Hop:
        """The step along the influence line between two people."""
        weight, assumed = self.follows[source][target]
        conflict = (min(source, target), max(source, target)) in self.conflicts
        return Hop(source, target, "influence", weight, assumed, conflict)


def network_of(measures: Measures) -> Network:
    """The network of an account as measured."""
    view, lines, strength = measures.view, measures.lines, measures.connected.strength
    ids = [person.id for person in view.people]
    follows: dict[str, dict[str, tuple[float, bool]]] = {}
    columns = (lines.source.tolist(), lines.target.tolist(), lines.weight.tolist(), lines.assumed.tolist())
    for source, target, weight, assumed in zip(*columns, strict=True):
        follows.setdefault(ids[source], {})[ids[target]] = (weight, assumed)
    ties: dict[str, dict[str, float]] = {member.id: {} for member in view.members}
    for u, i in zip(*(at.tolist() for at in np.nonzero(measures.connected.ties(view.calibration.tie))), strict=True):
        ties[view.members[u].id][ids[i]] = float(strength[u, i])
    return Network(
        people={person.id: person.name for person in view.people},
        members={member.id: member.name for member in view.members},
        ties=ties,
        follows=follows,
        carriers=frozenset(ids[i] for i in view.known.nonzero()[0].tolist()),
        against=frozenset(ids[i] for i in view.opponents.nonzero()[0].tolist()),
        conflicts=frozenset(
            (min(conflict.a, conflict.b), max(conflict.a, conflict.b)) for conflict in measures.dataset.of(Conflict)
        ),
    )
