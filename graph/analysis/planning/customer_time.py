"""Customer time: on how many of the working days each of ours met a customer (measures, section 17)."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from graph.analysis.contact.touches import quality_of
from graph.model import Covers, Interaction, Person
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset
from graph.model.scales import GONE

WINDOW = 90
"""Days looked back on, as_of among them."""

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Met:
    """A contact on one of the days: who of ours was there, and the answer was more than none."""

    id: str
    day: datetime.date
    members: tuple[str, ...]


def working_days(as_of: datetime.date) -> frozenset[datetime.date]:
    """Monday to Friday among as_of and the 89 days before."""
    days = (as_of - datetime.timedelta(days=back) for back in range(WINDOW))
    return frozenset(day for day in days if day.weekday() < SATURDAY)


def met(dataset: Dataset, account: str, as_of: datetime.date, calibration: Calibration) -> list[Met]:
    """The contacts (q > 0) on those days with people of an account who are still there, by id."""
    days, there = working_days(as_of), _there(dataset, account)
    return sorted(
        (
            Met(one.id, one.date, one.members)
            for one in dataset.of(Interaction)
            if one.date in days
            and not there.isdisjoint(one.people)
            and quality_of((one.method, one.subtype, one.response), calibration) > 0
        ),
        key=lambda one: one.id,
    )


def owned(dataset: Dataset, account: str) -> dict[str, frozenset[str]]:
    """Whom each of ours owns at an account, of those who are still there."""
    there = _there(dataset, account)
    own: dict[str, set[str]] = {}
    for one in dataset.of(Covers):
        if one.owner and one.person in there:
            own.setdefault(one.member, set()).add(one.person)
    return {member: frozenset(people) for member, people in own.items()}


def _there(dataset: Dataset, account: str) -> set[str]:
    return {one.id for one in dataset.of(Person) if one.account == account and one.status not in GONE}


@dataclass(slots=True)
class Everywhere:
    """Days and people of each of ours over several accounts, added one at a time."""

    days: dict[str, set[datetime.date]] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)

    def add(self, contacts: Iterable[Met], owned: Mapping[str, Collection[str]]) -> None:
        """Add an account: its contacts, and whom each of ours owns there."""
        for one in contacts:
            for member in one.members:
                self.days.setdefault(member, set()).add(one.day)
        for member, people in owned.items():
            self.people[member] = self.people.get(member, 0) + len(people)

    @classmethod
    def over(
        cls, datasets: Iterable[tuple[str, Dataset]], as_of: datetime.date, calibration: Calibration
    ) -> Everywhere:
        """Sum up accounts, given as id and records; nothing of them is kept."""
        sums = cls()
        for account, dataset in datasets:
            sums.add(met(dataset, account, as_of, calibration), owned(dataset, account))
        return sums
