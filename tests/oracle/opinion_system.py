"""The opinion systems of sections 4 and 8, iterated step by step as the model defines them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import networkx as nx

Values = Mapping[str, float]
NEAR = 1e-15
"""Steps smaller than this change nothing any more."""


@dataclass(frozen=True)
class OpinionSystem:
    """Rows of W: weights by person and source, what we and the rivals pull, and the rest, which is spread as power."""

    theta: Values
    power: Values
    weights: Mapping[str, Mapping[str, float]]
    ours: Values
    rivals: Values
    rest: Values


class Method(Protocol):
    """A way to work it out: in steps, or at once."""

    def influence(self, opinions: OpinionSystem) -> dict[str, float]:
        """`formal_power · V`."""
        ...

    def settled(self, opinions: OpinionSystem, start: Values) -> dict[str, float]:
        """`V·x0`, we at 1 and the rivals at -1."""
        ...


def opinion_system_of(
    lines: nx.DiGraph[str], theta: Values, power: Values, ours: Values | None = None, rivals: Values | None = None
) -> OpinionSystem:
    """The rows: divided where they sum to more than 1, the rest for everybody else."""
    none = dict.fromkeys(theta, 0.0)
    ours, rivals = ours or none, rivals or none
    told = {
        person: {source: lines[source][person]["weight"] for source in sorted(lines.pred[person])} for person in theta
    }
    total = {person: sum(row.values()) + ours[person] + rivals[person] for person, row in told.items()}
    scale = {person: max(1.0, value) for person, value in total.items()}
    return OpinionSystem(
        theta=theta,
        power=power,
        weights={
            person: {item: weight / scale[person] for item, weight in row.items()} for person, row in told.items()
        },
        ours={person: pull / scale[person] for person, pull in ours.items()},
        rivals={person: pull / scale[person] for person, pull in rivals.items()},
        rest={person: max(0.0, 1 - value) for person, value in total.items()},
    )


class Stepwise:
    """Iterate until no opinion changes."""

    def influence(self, opinions: OpinionSystem) -> dict[str, float]:
        """Power flows to those who are listened to; each keeps what they do not pass on."""
        theta, power = opinions.theta, opinions.power
        reached = dict(power)
        while True:
            spread = sum(reached[person] * theta[person] * opinions.rest[person] for person in reached)
            after = {person: share * (1 + spread) for person, share in power.items()}
            for person, row in opinions.weights.items():
                passed = reached[person] * theta[person]
                for source, weight in row.items():
                    after[source] += passed * weight
            if max(abs(after[person] - reached[person]) for person in after) <= NEAR:
                return {person: value * (1 - theta[person]) for person, value in after.items()}
            reached = after

    def settled(self, opinions: OpinionSystem, start: Values) -> dict[str, float]:
        """Each moves between the own start and what they hear."""
        theta, now = opinions.theta, dict(start)
        while True:
            common = sum(opinions.power[person] * value for person, value in now.items())
            after = {}
            for person, row in opinions.weights.items():
                heard = sum(weight * now[source] for source, weight in row.items())
                heard += opinions.ours[person] - opinions.rivals[person] + opinions.rest[person] * common
                after[person] = (1 - theta[person]) * start[person] + theta[person] * heard
            if max(abs(after[person] - now[person]) for person in after) <= NEAR:
                return after
            now = after
