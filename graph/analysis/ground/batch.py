"""A batch: the people, votes and team of several accounts as columns, each account seen through one opportunity.

The measures are functions of a batch, so that one account and a whole portfolio are computed by the same code; one
account is a batch of one. Accounts lie one behind another in every array, people in the order of their ids.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.analysis.ground.arrays import (
    Column,
    Flags,
    Floats,
    Ints,
    any_of,
    counts,
    largest,
    moved,
    places_of,
    starts_of,
    sums,
)
from graph.analysis.ground.columns import EMPTY_CODE, Columns, codes_of
from graph.analysis.ground.team_columns import TeamColumns
from graph.model import Commitment, DecisionStep, Participation, Person, ReportsTo
from graph.model.calibration import Calibration
from graph.model.scales import GONE, POLITICAL_STATUS

NONE = -1
"""The place of no opportunity."""


@dataclass(frozen=True)
class Voting:
    """The votes of the opportunities, in the order of steps and people.

    Of each step: its `account`, the code of its `rule`, its `quota` (NaN where it is empty) and whether it is `voted`.
    Of each vote: its `step`, the `person`, its `weight` (1 where it is empty), and whether it is a `veto`.
    """

    account: Ints
    rule: Ints
    quota: Floats
    step: Ints
    person: Ints
    weight: Floats
    veto: Flags

    @cached_property
    def voted(self) -> Flags:
        """Whether each step has votes."""
        return any_of(self.step, np.ones(len(self.step), dtype=bool), len(self.account))


@dataclass(frozen=True, eq=False)
class Batch:
    """Accounts from a day, each through the opportunity at this place of its table, or through none (`NONE`).

    With `whole_team` every active member of the team is a member of every account; else those are whom the account's
    contacts, covers or promises name: the others have no tie, and leave every number of the account as it is.

    Arrays of people, members and ties have one entry for each in all accounts, account behind account; a matrix of
    members x people is flat, its cells in the order of members and then people.

    >>> batch = measures.view.batch
    >>> batch.accounts, batch.people, batch.members, batch.cells
    (1, 4, 2, 8)
    """

    columns: Columns
    opportunity: Ints
    as_of: datetime.date
    calibration: Calibration
    team: TeamColumns
    whole_team: bool = False

    @property
    def accounts(self) -> int:
        """The number of accounts."""
        return len(self.columns.names)

    @cached_property
    def decided(self) -> Flags:
        """Whether each account is seen through an opportunity."""
        return self.opportunity >= 0

    def _of_opportunity(self, table: str) -> Ints:
        """The rows of a table whose opportunity is the one of its account."""
        opportunities = self.columns.tables[table]["opportunity"]
        chosen = np.zeros(int(self.columns.starts_of("opportunities")[-1]), dtype=bool)
        chosen[self.opportunity[self.decided]] = True
        return np.flatnonzero(chosen[opportunities])

    # People

    @cached_property
    def _taking_part(self) -> Ints:
        """The rows of participation in the opportunities."""
        return self._of_opportunity("participation")

    @cached_property
    def _votes_of_steps(self) -> tuple[Ints, Ints, Ints]:
        """The rows of the steps of the opportunities, those of the votes in them, and the step of each vote."""
        steps = self._of_opportunity("steps")
        there = np.full(int(self.columns.starts_of("steps")[-1]), -1, dtype=np.int64)
        there[steps] = np.arange(len(steps))
        of_step = there[self.columns.tables["votes"]["step"]]
        votes = np.flatnonzero(of_step >= 0)
        return steps, votes, of_step[votes]

    @cached_property
    def _holds_seat(self) -> Flags:
        """Whether each person of the columns has a participation row or a vote in the opportunity."""
        found = np.zeros(int(self.columns.starts_of("people")[-1]), dtype=bool)
        found[self.columns.tables["participation"]["person"][self._taking_part]] = True
        found[self.columns.tables["votes"]["person"][self._votes_of_steps[1]]] = True
        return found

    @cached_property
    def _gone(self) -> Flags:
        codes = codes_of(Person, "status")
        status = self.columns.tables["people"]["status"]
        gone: Flags = np.logical_or.reduce([status == codes[code] for code in GONE])
        return gone

    @cached_property
    def _there(self) -> Flags:
        """The people of the graphs: those gone stay as a vacant seat while they hold a vote or participation."""
        return ~self._gone | self._holds_seat

    @cached_property
    def place(self) -> Ints:
        """The place of each person in the columns."""
        return np.flatnonzero(self._there)

    @cached_property
    def _new_places(self) -> Ints:
        return places_of(self._there)

    @cached_property
    def of_account(self) -> Ints:
        """The account of each person."""
        return self.columns.accounts_of("people")[self.place]

    @property
    def people(self) -> int:
        """The number of people in all accounts."""
        return len(self.place)

    @cached_property
    def sizes(self) -> Ints:
        """The number of people of each account."""
        return np.bincount(self.of_account, minlength=self.accounts)

    @cached_property
    def people_from(self) -> Ints:
        """The first person of each account, and behind the last one the number of people."""
        return starts_of(self.sizes)

    def _person(self, name: str) -> Column:
        return self.columns.tables["people"][name][self.place]

    @cached_property
    def vacant(self) -> Flags:
        """The seats whose holder left or moved."""
        return self._gone[self.place]

    @cached_property
    def unidentified(self) -> Flags:
        """The seats without a name."""
        unidentified: Flags = self._person("status") == codes_of(Person, "status")["unidentified"]
        return unidentified

    @cached_property
    def known(self) -> Flags:
        """People who are neither vacant nor unidentified."""
        return ~(self.vacant | self.unidentified)

    @cached_property
    def seated(self) -> Flags:
        """People with a participation row or a vote in the opportunity."""
        return self._holds_seat[self.place]

    @cached_property
    def has_participants(self) -> Flags:
        """Whether anybody of each account has a participation row or a vote."""
        return any_of(self.of_account, self.seated, self.accounts)

    @cached_property
    def participants(self) -> Flags:
        """People with a participation row or a vote; everyone of an account where there are none."""
        return self.seated | ~self.has_participants[self.of_account]

    @cached_property
    def level(self) -> Floats:
        """The recorded levels, NaN where empty."""
        return self._person("level")

    @cached_property
    def external(self) -> Flags:
        """People who are no employees of the customer."""
        external: Flags = self._person("external") == 1
        return external

    @cached_property
    def adaptability(self) -> Ints:
        """The code of each person's adaptability."""
        return self._person("adaptability").astype(np.int64)

    @cached_property
    def function(self) -> Ints:
        """The code of each person's function."""
        return self._person("function").astype(np.int64)

    @cached_property
    def unit(self) -> Ints:
        """The place of each person's unit, -1 without one."""
        return self._person("unit")

    # The part of each person in the opportunity

    def _part(self, name: str, empty: float) -> Column:
        """A column of participation for each person, `empty` for those without a row."""
        values = self.columns.tables["participation"][name][self._taking_part]
        found = np.full(self.people, empty, dtype=values.dtype)
        found[self._new_places[self.columns.tables["participation"]["person"][self._taking_part]]] = values
        return found

    @cached_property
    def has_part(self) -> Flags:
        """People with a participation row."""
        found = np.zeros(self.people, dtype=bool)
        found[self._new_places[self.columns.tables["participation"]["person"][self._taking_part]]] = True
        return found

    @cached_property
    def role_bits(self) -> Ints:
        """The roles of each person: the bit of a role is set where the person has it."""
        return self._part("roles", 0).astype(np.int64)

    def has_role(self, role: str) -> Flags:
        """People with a role in the opportunity."""
        return (self.role_bits >> codes_of(Participation, "roles")[role] & 1).astype(bool)

    @cached_property
    def stance(self) -> Floats:
        """The recorded stance of each person, NaN where it is unknown; a vacant seat has none."""
        return np.where(self.vacant, np.nan, self._part("stance", np.nan))

    @cached_property
    def stated(self) -> Flags:
        """People whose stance is known."""
        return ~np.isnan(self.stance)

    @cached_property
    def stance_values(self) -> Floats:
        """x: the value of each stance, 0 where unknown."""
        values = self.calibration.stance
        scale = sorted(map(int, values))
        table = np.array([*(values[str(stance)] for stance in scale), 0.0])
        place = np.where(self.stated, self.stance - scale[0], len(scale)).astype(np.int64)
        return table[place]

    @cached_property
    def supporters(self) -> Flags:
        """People with stance 1 or more."""
        return self.stance >= 1

    @cached_property
    def opponents(self) -> Flags:
        """People with a stance below 0."""
        return self.stance < 0

    @cached_property
    def part_veto(self) -> Flags:
        """People with a veto in the whole decision."""
        veto: Flags = self._part("veto", EMPTY_CODE) == 1
        return veto

    @cached_property
    def political(self) -> Ints:
        """The place on its scale of each person's political status, -1 where it is empty."""
        return self._part("political_status", EMPTY_CODE).astype(np.int64)

    @cached_property
    def key_position(self) -> Flags:
        """People inside the political structure."""
        inside = [list(POLITICAL_STATUS.by_code).index(code) for code in ("political_structure", "inner_circle")]
        found: Flags = np.isin(self.political, inside)
        return found

    @cached_property
    def confidence(self) -> Floats:
        """The confidence in each person's stance, NaN where it is empty."""
        return self._part("confidence", np.nan)

    @cached_property
    def voting(self) -> Voting:
        """The steps of the opportunities and the votes in them."""
        rows, votes, step = self._votes_of_steps
        steps, cast = self.columns.tables["steps"], self.columns.tables["votes"]
        weight = cast["weight"][votes]
        return Voting(
            account=self.columns.accounts_of("steps")[rows],
            rule=steps["rule"][rows].astype(np.int64),
            quota=steps["quota"][rows],
            step=step,
            person=self._new_places[cast["person"][votes]],
            weight=np.where(np.isnan(weight), 1.0, weight),
            veto=cast["veto"][votes] == 1,
        )

    @cached_property
    def voters(self) -> Flags:
        """People with a vote."""
        found = np.zeros(self.people, dtype=bool)
        found[self.voting.person] = True
        return found

    @cached_property
    def decider_tiers(self) -> tuple[Flags, Flags, Flags]:
        """The known people who can be deciders: those with role D, those with role A, those with a vote."""
        return self.has_role("D") & self.known, self.has_role("A") & self.known, self.voters & self.known

    @cached_property
    def deciders(self) -> Flags:
        """The known people with role D; if an account has none, A; if none, those with a row in votes."""
        found = np.zeros(self.people, dtype=bool)
        for tier in self.decider_tiers:
            without = ~any_of(self.of_account, found, self.accounts)
            found |= tier & without[self.of_account]
        return found

    # The team and the rivals

    @cached_property
    def _present(self) -> tuple[Ints, Ints, Ints]:
        """The account and the place in the team of each member, and the member at each row of the columns' members."""
        of_account, place = self.columns.accounts_of("members"), self.team.place
        named = np.fromiter((place.get(member, -1) for member in self.columns.member_ids), np.int64, len(of_account))
        if not self.whole_team:
            there = named >= 0
            return of_account[there], named[there], places_of(there)
        team = len(self.team.ids)
        accounts = np.repeat(np.arange(self.accounts), team)
        return accounts, np.tile(np.arange(team), self.accounts), np.where(named >= 0, of_account * team + named, -1)

    @property
    def member_account(self) -> Ints:
        """The account of each member."""
        return self._present[0]

    @property
    def member_team(self) -> Ints:
        """The place in the team of each member."""
        return self._present[1]

    @property
    def members(self) -> int:
        """The number of members in all accounts."""
        return len(self.member_account)

    @cached_property
    def cells_from(self) -> Ints:
        """The first cell of each member, and behind the last one the number of cells."""
        return starts_of(self.sizes[self.member_account])

    @property
    def cells(self) -> int:
        """The number of cells: of pairs of a member and a person of one account."""
        return int(self.cells_from[-1])

    @cached_property
    def cell_member(self) -> Ints:
        """The member of each cell."""
        return np.repeat(np.arange(self.members), self.sizes[self.member_account])

    @cached_property
    def cell_person(self) -> Ints:
        """The person of each cell."""
        shift = self.people_from[self.member_account] - self.cells_from[:-1]
        return np.arange(self.cells) + np.repeat(shift, self.sizes[self.member_account])

    def cells_of(self, members: Ints, people: Ints) -> Ints:
        """The cells of these pairs, each of one account."""
        if not len(members):
            return np.zeros(0, dtype=np.int64)
        return self.cells_from[members] + people - self.people_from[self.member_account[members]]

    def people_at(self, table: str, name: str, meeting: bool = False) -> Ints:
        """The person of each row of a table, -1 for those not in a graph; for vacant seats too where they must meet."""
        there = moved(self.columns.tables[table][name], self._new_places)
        return np.where((there >= 0) & self.vacant[there], -1, there) if meeting and self.people else there

    def members_at(self, table: str) -> Ints:
        """The member of each row of a table, -1 for those who are not active."""
        return moved(self.columns.tables[table]["member"], self._present[2])

    @cached_property
    def rival(self) -> Floats:
        """K: the strongest tie of any competitor to each person, 0 without one and for vacant seats."""
        person = self.people_at("competitor_ties", "person")
        there = person >= 0
        strongest = largest(person[there], self.columns.tables["competitor_ties"]["strength"][there], self.people)
        return np.where(self.vacant, 0.0, strongest)

    @cached_property
    def covered_cells(self) -> tuple[Ints, Ints]:
        """The rows of covers of active members with people of the graph, and the cell of each."""
        person, member = self.people_at("covers", "person"), self.members_at("covers")
        rows = np.flatnonzero((person >= 0) & (member >= 0))
        return rows, self.cells_of(member[rows], person[rows])

    @cached_property
    def owned(self) -> Flags:
        """People whom an active member owns."""
        person, member = self.people_at("covers", "person"), self.members_at("covers")
        found = np.zeros(self.people, dtype=bool)
        found[person[(person >= 0) & (member >= 0) & (self.columns.tables["covers"]["owner"] == 1)]] = True
        return found

    # Sums by account

    def total(self, values: Floats) -> Floats:
        """The sum over the people of each account."""
        return sums(self.of_account, values, self.accounts)

    def count(self, which: Flags) -> Ints:
        """The number of people of each account for whom it is so."""
        return counts(self.of_account, which, self.accounts)

    def some(self, which: Flags) -> Flags:
        """Whether it is so for anybody of each account."""
        return any_of(self.of_account, which, self.accounts)


def nearest_opportunities(columns: Columns, as_of: datetime.date) -> Ints:
    """The opportunity of each account with the nearest bid: the first on or after the day, else the last before it.

    Undated ones come last, and ties by id; `NONE` where an account has none.

    >>> import datetime
    >>> nearest_opportunities(measures.view.batch.columns, datetime.date(2026, 11, 23)).tolist()
    [0]
    """
    bid, account = columns.tables["opportunities"]["bid_date"], columns.accounts_of("opportunities")
    days = bid.astype(np.int64) - as_of.toordinal()
    rank = np.where(bid == 0, 2, np.where(days >= 0, 0, 1))
    order = np.lexsort((np.where(bid == 0, 0, np.abs(days)), rank, account))
    first = np.ones(len(order), dtype=bool)
    first[1:] = account[order][1:] != account[order][:-1]
    found = np.full(len(columns.names), NONE, dtype=np.int64)
    found[account[order][first]] = order[first]
    return found


def steps_rule(rule: str) -> int:
    """The code of a rule of decision steps; an empty rule has `EMPTY_CODE`."""
    return codes_of(DecisionStep, "rule")[rule]


PROMISED_BY_US = codes_of(Commitment, "made_by")["us"]
KEPT, MISSED = (codes_of(Commitment, "status")[code] for code in ("kept", "missed"))
DOTTED = codes_of(ReportsTo, "kind")["dotted"]
