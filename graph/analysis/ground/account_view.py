"""The account view: the people in an account's graph and their part in one opportunity (measures, section 0).

People are in the order of their ids everywhere, so that no number depends on the order of the records.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from graph.analysis.ground.unknown import called, unknown_record
from graph.model import (
    Account,
    Competitor,
    CompetitorTie,
    DecisionStep,
    Opportunity,
    OrgUnit,
    Participation,
    Person,
    TeamMember,
    Vote,
)
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset
from graph.model.scales import GONE, ROLE

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_ID = attrgetter("id")


@dataclass(frozen=True, slots=True)
class Step:
    """A decision step and the votes in it, by person id."""

    record: DecisionStep
    votes: tuple[Vote, ...]


@dataclass(frozen=True)
class AccountView:
    """An account with one opportunity. Arrays have one entry per person of the graph, in the order of `people`.

    `index` maps a person's id to that entry. `vacant` marks seats whose holder left or moved, `unidentified` seats
    without a name, `seated` people with a participation row or a vote. `stances` are recorded stances, None where
    unknown; `rival` is the strongest tie of any competitor to each person, 0 without one. Members are the active ones.

    >>> view = measures.view
    >>> [person.id for person in view.people], view.index["cho"], view.stances
    (['ann', 'ben', 'cho', 'dev'], 2, (None, 2, None, -1))
    """

    account: Account
    opportunity: Opportunity | None
    as_of: datetime.date
    calibration: Calibration
    people: tuple[Person, ...]
    index: dict[str, int]
    participation: tuple[Participation | None, ...]
    steps: tuple[Step, ...]
    vacant: Flags
    unidentified: Flags
    seated: Flags
    stances: tuple[int | None, ...]
    units: tuple[OrgUnit, ...]
    members: tuple[TeamMember, ...]
    competitors: tuple[Competitor, ...]
    rival: Floats

    @cached_property
    def known(self) -> Flags:
        """People who are neither vacant nor unidentified."""
        known: Flags = ~(self.vacant | self.unidentified)
        return known

    @cached_property
    def has_participants(self) -> bool:
        """Whether anybody has a participation row or a vote in the opportunity."""
        return bool(self.seated.any())

    @cached_property
    def participants(self) -> Flags:
        """People with a participation row or a vote; everyone where there are none."""
        return self.seated if self.has_participants else np.ones(len(self.people), dtype=bool)

    @cached_property
    def roles(self) -> tuple[tuple[str, ...], ...]:
        """The roles of each person in the opportunity."""
        return tuple(() if part is None else part.roles for part in self.participation)

    @cached_property
    def holders(self) -> dict[str, list[int]]:
        """The holders (indices) of each role that is held, in the order of the scale."""
        held: dict[str, list[int]] = {}
        for i, roles in enumerate(self.roles):
            for role in roles:
                held.setdefault(role, []).append(i)
        return {role: held[role] for role in ROLE.by_code if role in held}

    @cached_property
    def unit_people(self) -> dict[str, list[int]]:
        """The indices of each unit's own people, unit by unit."""
        own: dict[str, list[int]] = {unit.id: [] for unit in self.units}
        for i, person in enumerate(self.people):
            if person.unit in own:
                own[person.unit].append(i)
        return own

    @cached_property
    def voting_steps(self) -> tuple[Step, ...]:
        """The steps that have votes."""
        return tuple(step for step in self.steps if step.votes)

    @cached_property
    def vetoes(self) -> frozenset[int]:
        """People (indices) with a veto, in a step or in the whole decision."""
        in_steps = {self.index[vote.person] for step in self.steps for vote in step.votes if vote.veto}
        return frozenset(in_steps | {i for i, part in enumerate(self.participation) if part is not None and part.veto})

    @cached_property
    def stated(self) -> Flags:
        """People whose stance is known."""
        return np.array([stance is not None for stance in self.stances], dtype=bool)

    @cached_property
    def levels(self) -> Floats:
        """The recorded levels, NaN where empty."""
        return np.array([person.level for person in self.people], dtype=np.float64)

    @cached_property
    def stance_values(self) -> Floats:
        """x: the value of each stance, 0 where unknown."""
        values = self.calibration.stance
        return np.array([0.0 if stance is None else values[str(stance)] for stance in self.stances])

    @cached_property
    def supporters(self) -> Flags:
        """People with stance 1 or more."""
        return self.flags(i for i, stance in enumerate(self.stances) if stance is not None and stance >= 1)

    @cached_property
    def opponents(self) -> Flags:
        """People with a stance below 0."""
        return self.flags(i for i, stance in enumerate(self.stances) if stance is not None and stance < 0)

    @cached_property
    def deciders(self) -> Flags:
        """The known people with role D; if none, A; if none, those with a row in votes."""
        for role in ("D", "A"):
            if (known := self.flags(self.holders.get(role, ())) & self.known).any():
                return known
        return self.flags(self.index[vote.person] for step in self.steps for vote in step.votes) & self.known

    @cached_property
    def member_index(self) -> dict[str, int]:
        """The index of each active team member, by id."""
        return {member.id: u for u, member in enumerate(self.members)}

    def places(self, names: Sequence[str]) -> Ints:
        """The index of each of these people, -1 for those who are not in the graph."""
        return np.fromiter(map(self.index.get, names, repeat(-1)), np.int64, len(names))

    def without_vacant(self, places: Ints) -> Ints:
        """These indices of people, with -1 for vacant seats too: a vacant seat influences nobody and meets nobody."""
        return np.where((places >= 0) & self.vacant[places], -1, places) if self.vacant.any() else places

    def member_places(self, names: Sequence[str]) -> Ints:
        """The index of each of these team members, -1 for those who are not active."""
        return np.fromiter(map(self.member_index.get, names, repeat(-1)), np.int64, len(names))

    def flags(self, indices: Iterable[int]) -> Flags:
        """An array that is True for these people and False for the others."""
        flags = np.zeros(len(self.people), dtype=bool)
        flags[list(indices)] = True
        return flags


def account_view(
    dataset: Dataset,
    account: str,
    as_of: datetime.date,
    opportunity: str | None,
    calibration: Calibration,
) -> AccountView:
    """The view of an account through an opportunity, given by id or name; without one, that of the nearest bid.

    The nearest bid is the first on or after `as_of`, else the last before it; undated opportunities come last.
    Raises UnknownRecord where the account or the opportunity is not in the dataset, AmbiguousName for a name that
    several opportunities have.
    """
    accounts = {record.id: record for record in dataset.of(Account)}
    if account not in accounts:
        raise unknown_record("accounts", account, accounts.values())
    chosen = _opportunity(dataset, account, as_of, opportunity)
    parts = {part.person: part for part in dataset.of(Participation) if chosen and part.opportunity == chosen.id}
    steps = _steps(dataset, chosen)
    holders = set(parts) | {vote.person for step in steps for vote in step.votes}
    # People who left or moved stay in the graph as a vacant seat while they hold a vote or participation.
    there = [
        person
        for person in dataset.of(Person)
        if person.account == account and (person.status not in GONE or person.id in holders)
    ]
    people = tuple(sorted(there, key=_ID))
    index = {person.id: i for i, person in enumerate(people)}
    vacant = np.array([person.status in GONE for person in people], dtype=bool)
    stances = tuple(
        None if vacant[i] or (part := parts.get(person.id)) is None else part.stance for i, person in enumerate(people)
    )
    return AccountView(
        account=accounts[account],
        opportunity=chosen,
        as_of=as_of,
        calibration=calibration,
        people=people,
        index=index,
        participation=tuple(parts.get(person.id) for person in people),
        steps=steps,
        vacant=vacant,
        unidentified=np.array([person.status == "unidentified" for person in people], dtype=bool),
        seated=np.array([person.id in holders for person in people], dtype=bool),
        stances=stances,
        units=tuple(sorted((unit for unit in dataset.of(OrgUnit) if unit.account == account), key=_ID)),
        members=tuple(sorted((member for member in dataset.of(TeamMember) if member.active is not False), key=_ID)),
        competitors=tuple(sorted(dataset.of(Competitor), key=_ID)),
        rival=_rival(dataset, index, vacant),
    )


def _opportunity(dataset: Dataset, account: str, as_of: datetime.date, named: str | None) -> Opportunity | None:
    own = {opportunity.id: opportunity for opportunity in dataset.of(Opportunity) if opportunity.account == account}
    if named is not None:
        return own[called("opportunities", named, own.values())]

    def order(opportunity: Opportunity) -> tuple[int, int, str]:
        if opportunity.bid_date is None:
            return (2, 0, opportunity.id)
        days = (opportunity.bid_date - as_of).days
        return (0, days, opportunity.id) if days >= 0 else (1, -days, opportunity.id)

    return min(own.values(), key=order, default=None)


def _steps(dataset: Dataset, opportunity: Opportunity | None) -> tuple[Step, ...]:
    if opportunity is None:
        return ()
    own = [step for step in dataset.of(DecisionStep) if step.opportunity == opportunity.id]
    votes: dict[str, list[Vote]] = {step.id: [] for step in own}
    for vote in dataset.of(Vote):
        if vote.step in votes:
            votes[vote.step].append(vote)
    own.sort(key=lambda step: (step.position is None, step.position or 0, step.id))
    return tuple(Step(step, tuple(sorted(votes[step.id], key=lambda vote: vote.person))) for step in own)


def _rival(dataset: Dataset, index: dict[str, int], vacant: Flags) -> Floats:
    strongest = [0.0] * len(index)
    for person, strength in zip(*dataset.columns(CompetitorTie, "person", "strength"), strict=True):
        i = index.get(person)
        if i is not None and strength > strongest[i]:
            strongest[i] = strength
    return np.where(vacant, 0.0, strongest)
