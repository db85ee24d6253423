"""Values computed from the records and written back beside them, in stores whose own tools show them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DerivedTie:
    """The computed connection of a team member to a stakeholder (measures 1 and 2)."""

    member: str
    person: str
    frequency: float
    breadth: float
    depth: float
    strength: float
    trust: float
    last_touch: datetime.date | None


@dataclass(frozen=True, slots=True)
class DerivedParticipation:
    """The computed numbers of a person in an opportunity (measures 3, 4 and 6)."""

    opportunity: str
    person: str
    formal_power: float
    decision_influence: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Derived:
    """All values written back for an account, computed for an opportunity at a date."""

    account: str
    opportunity: str | None
    as_of: datetime.date
    ties: Sequence[DerivedTie] = ()
    participations: Sequence[DerivedParticipation] = ()
