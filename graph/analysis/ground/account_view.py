"""The account view: the people in an account's graph and their part in one opportunity (measures, section 0).

People are in the order of their ids everywhere, so that no number depends on the order of the records.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

import numpy as np

from graph.analysis.ground.arrays import Flags, Floats
from graph.analysis.ground.batch import NONE, Batch, nearest_opportunities
from graph.analysis.ground.coding import code_accounts
from graph.analysis.ground.team_columns import team_columns
from graph.analysis.ground.unknown import called, unknown_record
from graph.model import (
    Account,
    Competitor,
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
from graph.model.scales import ROLE

_ID = attrgetter("id")


@dataclass(frozen=True, slots=True)
class Step:
    """A decision step and the votes in it, by person id."""

    record: DecisionStep
    votes: tuple[Vote, ...]


@dataclass(frozen=True)
class AccountView:
    """An account with one opportunity. Arrays have one entry per person of the graph, in the order of `people`.

    `batch` is the account as columns, a batch of one, and the arrays are its own; beside it are the records. `index`
    maps a person's id to the place in `people`. Members are the active ones.

    >>> view = measures.view
    >>> [person.id for person in view.people], view.index["cho"], view.stances
    (['ann', 'ben', 'cho', 'dev'], 2, (None, 2, None, -1))
    """

    account: Account
    opportunity: Opportunity | None
    batch: Batch
    people: tuple[Person, ...]
    index: dict[str, int]
    participation: tuple[Participation | None, ...]
    steps: tuple[Step, ...]
    units: tuple[OrgUnit, ...]
    members: tuple[TeamMember, ...]
    competitors: tuple[Competitor, ...]

    @property
    def as_of(self) -> datetime.date:
        """The day from which the account is seen."""
        return self.batch.as_of

    @property
    def calibration(self) -> Calibration:
        """The numbers of the method."""
        return self.batch.calibration

    @property
    def vacant(self) -> Flags:
        """Seats whose holder left or moved."""
        return self.batch.vacant

    @property
    def unidentified(self) -> Flags:
        """Seats without a name."""
        return self.batch.unidentified

    @property
    def seated(self) -> Flags:
        """People with a participation row or a vote."""
        return self.batch.seated

    @property
    def rival(self) -> Floats:
        """K: the strongest tie of any competitor to each person, 0 without one."""
        return self.batch.rival

    @property
    def known(self) -> Flags:
        """People who are neither vacant nor unidentified."""
        return self.batch.known

    @property
    def has_participants(self) -> bool:
        """Whether anybody has a participation row or a vote in the opportunity."""
        return bool(self.batch.has_participants[0])

    @property
    def participants(self) -> Flags:
        """People with a participation row or a vote; everyone where there are none."""
        return self.batch.participants

    @cached_property
    def stances(self) -> tuple[int | None, ...]:
        """The recorded stances, None where unknown."""
        stances = self.batch.stance.tolist()
        return tuple([int(stance) if stance == stance else None for stance in stances])  # NaN is not itself

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
        voting = self.batch.voting
        return frozenset(voting.person[voting.veto].tolist() + np.flatnonzero(self.batch.part_veto).tolist())

    @property
    def stated(self) -> Flags:
        """People whose stance is known."""
        return self.batch.stated

    @property
    def levels(self) -> Floats:
        """The recorded levels, NaN where empty."""
        return self.batch.level

    @property
    def stance_values(self) -> Floats:
        """x: the value of each stance, 0 where unknown."""
        return self.batch.stance_values

    @property
    def supporters(self) -> Flags:
        """People with stance 1 or more."""
        return self.batch.supporters

    @property
    def opponents(self) -> Flags:
        """People with a stance below 0."""
        return self.batch.opponents

    @property
    def deciders(self) -> Flags:
        """The known people with role D; if none, A; if none, those with a row in votes."""
        return self.batch.deciders

    @cached_property
    def member_index(self) -> dict[str, int]:
        """The index of each active team member, by id."""
        return {member.id: u for u, member in enumerate(self.members)}

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
    columns = code_accounts(dataset, [account])
    own = {record.id: record for record in dataset.of(Opportunity) if record.account == account}
    ids = [named.id for named in columns.names[0].opportunities]
    if opportunity is not None:
        place = ids.index(called("opportunities", opportunity, own.values()))
    else:
        place = int(nearest_opportunities(columns, as_of)[0])
    members = sorted((member for member in dataset.of(TeamMember) if member.active is not False), key=_ID)
    batch = Batch(columns, np.array([place]), as_of, calibration, team_columns(members), whole_team=True)
    chosen = None if place == NONE else own[ids[place]]
    own_people = sorted((person for person in dataset.of(Person) if person.account == account), key=_ID)
    people = tuple([own_people[place] for place in batch.place.tolist()])
    parts = {part.person: part for part in dataset.of(Participation) if chosen and part.opportunity == chosen.id}
    return AccountView(
        account=accounts[account],
        opportunity=chosen,
        batch=batch,
        people=people,
        index={person.id: i for i, person in enumerate(people)},
        participation=tuple([parts.get(person.id) for person in people]),
        steps=_steps(dataset, chosen),
        units=tuple(sorted((unit for unit in dataset.of(OrgUnit) if unit.account == account), key=_ID)),
        members=tuple(members),
        competitors=tuple(sorted(dataset.of(Competitor), key=_ID)),
    )


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
