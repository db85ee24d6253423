"""Claims weighed by the positions of their sources 错位验证: independent sources add, echoes hardly (measures, 10)."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.model import Claim, Person, ReportsTo
from graph.model.calibration_groups import Leads
from graph.model.dataset import Dataset

Position = tuple[str, str]
"""("unit", id), ("manager", id) or ("alone", id). Sources in the same position are not independent of each other."""

NOBODY: Position = ("nobody", "")
"""The position of all claims without a source, which count as one."""


def positions(people: Iterable[Person], reports: Iterable[ReportsTo]) -> dict[str, Position]:
    """The position of each person, by id: the unit, else the solid-line manager, else alone; external people: alone."""
    solid = sorted((line for line in reports if line.kind != "dotted"), key=lambda line: (line.person, line.manager))
    managers = {line.person: line.manager for line in solid}
    return {person.id: _position(person, managers.get(person.id)) for person in people}


def _position(person: Person, manager: str | None) -> Position:
    if person.external:
        return "alone", person.id
    if person.unit is not None:
        return "unit", person.unit
    return ("alone", person.id) if manager is None else ("manager", manager)


def claims_until(dataset: Dataset, day: datetime.date) -> list[Claim]:
    """The claims dated on or before a day, and undated ones."""
    return [claim for claim in dataset.of(Claim) if claim.date is None or claim.date <= day]


@dataclass(frozen=True, slots=True)
class WeighedClaim:
    """A claim, and the log-odds that it `adds` to its topic; `against` marks one that contradicts it."""

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
    """A topic's probability in (0, 1), the number of positions for and against it, and its claims by id.

    The log-odds of the probability are those of the prior plus what the claims add.
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
    """Combine the claims about a topic into its probability; without claims it is the prior (.3).

    The claims' log-odds ±ln(r/(1-r)) (reliability r, .70 if empty) are added to the prior's. Claims are grouped by the
    position of their source and by polarity; a group counts its best claim plus .25 of the rest, since echoes of one
    position are no independent evidence (naive Bayes over positions). `positions` are those of the sources, by id.

    >>> claims = [Claim(id=name, opportunity="o", topic="fit", source_person=name) for name in ("p", "q")]
    >>> numbers = measures.view.calibration.leads
    >>> round(weighed("fit", claims, {"p": ("unit", "it"), "q": ("unit", "buy")}, numbers).probability, 3)
    0.7
    >>> round(weighed("fit", claims, {"p": ("unit", "it"), "q": ("unit", "it")}, numbers).probability, 3)
    0.553
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
    """The log-odds ln(p/(1 - p)) of a probability in (0, 1)."""
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
    return {group: sorted(groups[group], key=lambda pair: (-pair[0], pair[1].id)) for group in sorted(groups)}


def _weighed(group: tuple[Position, bool], claims: list[tuple[float, Claim]], echo: float) -> list[WeighedClaim]:
    position, against = group
    sign = -1.0 if against else 1.0
    return [
        WeighedClaim(
            id=claim.id,
            source_person=claim.source_person,
            position=position,
            against=against,
            reliability=reliability,
            date=claim.date,
            statement=claim.statement,
            adds=sign * (1.0 if rank == 0 else echo) * log_odds(reliability),
        )
        for rank, (reliability, claim) in enumerate(claims)
    ]
