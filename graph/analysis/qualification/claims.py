"""Claims weighed by who makes them 错位验证: people in different positions count, echoes hardly (measures, 10)."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.analysis.qualification.positions import Position
from graph.model import Claim
from graph.model.calibration_groups import Leads
from graph.model.dataset import Dataset

NOBODY: Position = ("nobody", "")
"""The group of all claims without a source."""


def claims_until(dataset: Dataset, day: datetime.date) -> list[Claim]:
    """What was said by the end of a day; what has no date counts."""
    return [claim for claim in dataset.of(Claim) if claim.date is None or claim.date <= day]


@dataclass(frozen=True, slots=True)
class WeighedClaim:
    """A claim and what it adds to the log-odds of its topic; `position` is its group, `against` a contradiction."""

    id: str
    source_person: str | None
    position: Position
    against: bool
    reliability: float
    date: datetime.date | None
    statement: str | None
    adds: float


@dataclass(frozen=True, slots=True)
class Topic:
    """What is said of one topic: `probability`, in how many groups for and against, and each claim.

    The log-odds of the probability are those of the prior and the sum of what the claims add.
    """

    topic: str
    probability: float
    supporting_groups: int
    contradicting_groups: int
    claims: tuple[WeighedClaim, ...]

    def groups(self, against: bool = False) -> frozenset[Position]:
        """The positions that support the topic, or that contradict it."""
        return frozenset(claim.position for claim in self.claims if claim.against is against)


def weighed(topic: str, claims: Iterable[Claim], positions: Mapping[str, Position], numbers: Leads) -> Topic:
    """A topic from its claims; `positions` of the sources by id. Without claims it is as likely as the prior.

    Source: log-odds of independent witnesses (naive Bayes), the prior and echo by measures, section 10.
    """
    groups = _grouped(claims, positions, numbers.reliability)
    weighed_claims = (part for item in groups.items() for part in _weighed(*item, numbers.echo))
    parts = sorted(weighed_claims, key=lambda part: part.id)
    odds = log_odds(numbers.prior) + math.fsum(part.adds for part in parts)
    against = sum(polarity for _, polarity in groups)
    return Topic(topic, logistic(odds), len(groups) - against, against, tuple(parts))


def logistic(odds: float) -> float:
    """1/(1 + e^-odds), the inverse of `log_odds`; 0 where that is less than a float can hold."""
    try:
        return 1.0 / (1.0 + math.exp(-odds))
    except OverflowError:
        return 0.0


def log_odds(probability: float) -> float:
    """ln(p/(1 - p))."""
    return math.log(probability / (1.0 - probability))


def _grouped(
    claims: Iterable[Claim], positions: Mapping[str, Position], unrated: float
) -> dict[tuple[Position, bool], list[tuple[float, Claim]]]:
    """Claims by position and polarity, the most reliable first, ties by id."""
    groups: dict[tuple[Position, bool], list[tuple[float, Claim]]] = {}
    for claim in claims:
        source = claim.source_person
        position = NOBODY if source is None else positions.get(source, ("alone", source))
        reliability = unrated if claim.reliability is None else claim.reliability
        groups.setdefault((position, claim.polarity == "contradicts"), []).append((reliability, claim))
    return {group: sorted(groups[group], key=lambda one: (-one[0], one[1].id)) for group in sorted(groups)}


def _weighed(group: tuple[Position, bool], claims: list[tuple[float, Claim]], echo: float) -> list[WeighedClaim]:
    position, against = group
    sign = -1.0 if against else 1.0
    return [
        WeighedClaim(
            id=one.id,
            source_person=one.source_person,
            position=position,
            against=against,
            reliability=reliability,
            date=one.date,
            statement=one.statement,
            adds=sign * (1.0 if rank == 0 else echo) * log_odds(reliability),
        )
        for rank, (reliability, one) in enumerate(claims)
    ]
