"""Customer time: the share of working days on which each team member met a customer (measures, section 17)."""

from __future__ import annotations

import datetime
from calendar import SATURDAY
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from graph.analysis.measures.touches import quality_of
from graph.model import Covers, Interaction, Person
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset
from graph.model.scales import GONE
from graph.model.team_work import TeamWork


@dataclass(frozen=True, slots=True)
class Met:
    """An answered contact (q > 0) on a working day, with the members who attended."""

    id: str
    day: datetime.date
    members: tuple[str, ...]


def working_days(as_of: datetime.date, window: int) -> frozenset[datetime.date]:
    """The days from Monday to Friday among the last `window` days, `as_of` included.

    >>> sorted(day.day for day in working_days(datetime.date(2026, 11, 23), 4))
    [20, 23]
    """
    days = (as_of - datetime.timedelta(days=back) for back in range(window))
    return frozenset(day for day in days if day.weekday() < SATURDAY)


def met(dataset: Dataset, account: str, as_of: datetime.date, calibration: Calibration) -> list[Met]:
    """The answered contacts (q > 0) on working days with people of an account who have not left, by id."""
    days, there = working_days(as_of, calibration.team.window), _there(dataset, account)
    return sorted(
        (
            Met(interaction.id, interaction.date, interaction.members)
            for interaction in dataset.of(Interaction)
            if interaction.date in days
            and not there.isdisjoint(interaction.people)
            and quality_of((interaction.method, interaction.subtype, interaction.response), calibration) > 0
        ),
        key=lambda item: item.id,
    )


def owned(dataset: Dataset, account: str) -> dict[str, frozenset[str]]:
    """The people whom each member owns at an account, without those who left."""
    there = _there(dataset, account)
    own: dict[str, set[str]] = {}
    for cover in dataset.of(Covers):
        if cover.owner and cover.person in there:
            own.setdefault(cover.member, set()).add(cover.person)
    return {member: frozenset(people) for member, people in own.items()}


def _there(dataset: Dataset, account: str) -> set[str]:
    return {person.id for person in dataset.of(Person) if person.account == account and person.status not in GONE}


@dataclass(slots=True)
class TimeSums:
    """Days with a contact, and the number of people owned, by team member."""

    days: dict[str, set[datetime.date]] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    @classmethod
    def at(cls, contacts: Iterable[Met], owned: Mapping[str, Collection[str]]) -> TimeSums:
        """The sums of one account, from its contacts and the people whom each member owns there."""
        sums = cls(people={member: len(people) for member, people in owned.items()})
        for contact in contacts:
            for member in contact.members:
                sums.days.setdefault(member, set()).add(contact.day)
        return sums

    @classmethod
    def of(cls, work: TeamWork, as_of: datetime.date, calibration: Calibration) -> TimeSums:
        """The sums of many accounts, from the working days of answered contacts (q > 0)."""
        sums, days = cls(people=dict(work.owned)), working_days(as_of, calibration.team.window)
        for day in work.days:
            if day.date in days and quality_of((day.method, day.subtype, day.response), calibration) > 0:
                sums.days.setdefault(day.member, set()).add(day.date)
        return sums
