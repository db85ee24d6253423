"""The team's work over many accounts: contacts by member and day, and people owned."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class MemberDay(NamedTuple):
    """A day on which a team member was in touch with a customer, with the columns that say how much it counts."""

    member: str
    date: datetime.date
    method: str
    subtype: str | None
    response: str | None


@dataclass(frozen=True, slots=True)
class TeamWork:
    """The contacts of the team in a span of days, without repetition, and how many people each member owns."""

    days: Sequence[MemberDay] = ()
    owned: Mapping[str, int] = field(default_factory=dict)
