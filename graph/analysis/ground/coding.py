"""Code the records of accounts into columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np

from graph.analysis.ground.arrays import Column, Flags, Ints, moved
from graph.analysis.ground.coded import Coded, coded
from graph.analysis.ground.columns import (
    EMPTY_CODE,
    READ,
    AccountNames,
    CodedAccount,
    Columns,
    OpportunityNames,
    coder,
    codes_of,
    decoded,
    tables,
)
from graph.analysis.ground.contact_log import CONTACT_COLUMNS, ContactLog, contact_log
from graph.model import (
    Account,
    Commitment,
    CompetitorTie,
    Covers,
    DecisionStep,
    Influence,
    Interaction,
    Opportunity,
    OrgUnit,
    Participation,
    Person,
    ReportsTo,
    Vote,
)
from graph.model.dataset import Dataset
from graph.model.kind import kind_of

NEEDED: Mapping[type, tuple[str, ...]] = {
    **READ,
    Account: ("id", "name", "tier"),
    OrgUnit: ("id", "account", "name"),
    Person: ("id", "account", *READ[Person]),
    Opportunity: ("id", "account", "name", "currency", *READ[Opportunity]),
    DecisionStep: ("id", "position", *READ[DecisionStep]),
    Interaction: CONTACT_COLUMNS,
}
"""The columns that are read from a store to be coded."""


def code_accounts(dataset: Dataset, accounts: Sequence[str]) -> Columns:
    """The columns of these accounts, which must be in the dataset, in this order.

    Records that join two accounts, such as a line of influence between their people, are in the columns of neither.

    >>> code_accounts(data, ["harbour"]).sizes_of("people").tolist()
    [4]
    """
    return dataset.once_of_all((code_accounts, *accounts), lambda: _Coding(dataset, accounts).columns())


def remember(dataset: Dataset, account: str, coded: CodedAccount) -> None:
    """Let a dataset know the columns of an account that were made of the same records."""
    dataset.once_of_all((code_accounts, account), lambda: decoded([coded]))


@dataclass(frozen=True)
class _Owned:
    """Records that have an id and belong to accounts: their ids, row numbers in the dataset, and accounts, sorted."""

    ids: list[str]
    rows: list[int]
    account: Ints
    place: dict[str, int]

    def of(self, column: Coded[str]) -> Ints:
        """The place of each entry of a column of ids, -1 for ids that are not among these."""
        names = np.fromiter(map(self.place.get, column.names, repeat(-1)), np.int64, len(column.names))
        return names[column.code] if len(names) else np.zeros(0, dtype=np.int64)


class _Coding:
    """The columns of accounts in the making."""

    def __init__(self, dataset: Dataset, accounts: Sequence[str]) -> None:
        self._dataset, self._accounts = dataset, accounts
        self._number = {account: number for number, account in enumerate(accounts)}
        self._units = self._owned(OrgUnit)
        self._people = self._owned(Person)
        self._opportunities = self._owned(Opportunity)
        self._tables: dict[str, dict[str, Column]] = {}
        self._of_account: dict[str, Ints] = {}

    def columns(self) -> Columns:
        """Every table."""
        self._put("units", self._units.account, {})
        self._put("people", self._people.account, self._of_people())
        self._put("opportunities", self._opportunities.account, self._read(Opportunity, self._opportunities.rows))
        self._put_participation()
        self._put_steps()
        self._put_lines(Influence, "source", "target")
        self._put_lines(ReportsTo, "person", "manager")
        ties = self._contacts(), self._of_person(Covers), self._of_person(Commitment)
        members = self._put_named("members", *((kept.account, kept.named) for kept in ties))
        rival_ties = self._of_person(CompetitorTie)
        rivals = self._put_named("rivals", (rival_ties.account, rival_ties.named))
        for kept in (*ties, rival_ties):
            self._put_ties(kept, rivals if kept is rival_ties else members)
        sizes = [np.bincount(self._of_account[name], minlength=len(self._accounts)) for name in tables()]
        return Columns(self._names(members, rivals), np.stack(sizes, axis=1).astype(np.int64), self._tables)

    def _owned(self, record: type) -> _Owned:
        """The records of a kind that belong to the accounts, in the order of accounts and ids."""
        ids, accounts = self._dataset.columns(record, "id", "account")
        number = [self._number.get(account, EMPTY_CODE) for account in accounts]
        rows = [row for row, account in enumerate(number) if account != EMPTY_CODE]
        rows.sort(key=ids.__getitem__)
        if len(self._accounts) > 1:
            rows.sort(key=number.__getitem__)
        account = np.fromiter(map(number.__getitem__, rows), np.int64, len(rows))
        own = [ids[row] for row in rows]
        return _Owned(own, rows, account, {identity: place for place, identity in enumerate(own)})

    def _read(self, record: type, rows: Sequence[int] | Ints) -> dict[str, Column]:
        """The columns of a kind that are no references, of these rows of the dataset."""
        by_name = kind_of(record).by_name
        names = [name for name in READ[record] if by_name[name].ref is None]
        if not names:
            return {}
        values = self._dataset.columns(record, *names)
        at = np.asarray(rows, dtype=np.int64)
        return {name: coder(record, name)(own)[at] for name, own in zip(names, values, strict=True)}

    def _put(self, table: str, account: Ints, columns: dict[str, Column]) -> None:
        self._tables[table], self._of_account[table] = columns, account

    def _of_people(self) -> dict[str, Column]:
        (units,) = self._dataset.columns(Person, "unit")
        place, rows = self._units.place, self._people.rows
        unit = np.fromiter((place.get(units[row], EMPTY_CODE) for row in rows), np.int64, len(rows))
        if len(self._accounts) > 1:
            unit[moved(unit, self._units.account) != self._people.account] = EMPTY_CODE
        return {"unit": unit, **self._read(Person, rows)}

    def _put_participation(self) -> None:
        opportunities, persons = self._dataset.columns(Participation, "opportunity", "person")
        opportunity, person = self._opportunities.of(coded(opportunities)), self._people.of(coded(persons))
        rows = self._together((opportunity, self._opportunities), (person, self._people))
        rows = rows[np.lexsort((person[rows], opportunity[rows]))]
        at = {"opportunity": opportunity[rows], "person": person[rows]}
        self._put("participation", self._people.account[person[rows]], {**at, **self._read(Participation, rows)})

    def _put_steps(self) -> None:
        ids, opportunities, positions = self._dataset.columns(DecisionStep, "id", "opportunity", "position")
        place = self._opportunities.place
        rows = [row for row, opportunity in enumerate(opportunities) if opportunity in place]
        rows.sort(key=lambda row: (place[opportunities[row]], positions[row] is None, positions[row] or 0, ids[row]))
        opportunity = np.fromiter((place[opportunities[row]] for row in rows), np.int64, len(rows))
        account = self._opportunities.account[opportunity]
        steps = _Owned([], rows, account, {ids[row]: number for number, row in enumerate(rows)})
        self._put("steps", account, {"opportunity": opportunity, **self._read(DecisionStep, rows)})
        named, persons = self._dataset.columns(Vote, "step", "person")
        step, person = steps.of(coded(named)), self._people.of(coded(persons))
        votes = self._together((step, steps), (person, self._people))
        votes = votes[np.lexsort((person[votes], step[votes]))]
        at = {"step": step[votes], "person": person[votes]}
        self._put("votes", self._people.account[person[votes]], {**at, **self._read(Vote, votes)})

    def _put_lines(self, record: type, first: str, second: str) -> None:
        """A kind of lines between people, in the order of the two ends."""
        ends = self._dataset.once(record, _LINES[record])
        one, other = self._people.of(ends[0]), self._people.of(ends[1])
        rows = self._together((one, self._people), (other, self._people))
        rows = rows[np.argsort(one[rows] * max(1, len(self._people.ids)) + other[rows], kind="stable")]
        values = self._dataset.once(record, _VALUES[record])
        self._put(
            kind_of(record).sheet,
            self._people.account[one[rows]],
            {first: one[rows], second: other[rows], **{name: own[rows] for name, own in values.items()}},
        )

    def _together(self, *ends: tuple[Ints, _Owned]) -> Ints:
        """The rows whose ends are all there, in one account."""
        there: Flags = np.logical_and.reduce([place >= 0 for place, _ in ends])
        rows = np.flatnonzero(there)
        if len(self._accounts) > 1:
            accounts = [owned.account[place[rows]] for place, owned in ends]
            rows = rows[np.logical_and.reduce([account == accounts[0] for account in accounts])]
        return rows

    def _of_person(self, record: type) -> _Ties:
        """The rows of a kind between somebody on our side, or a rival, and a stakeholder."""
        ours = READ[record][0]
        others, persons = self._dataset.columns(record, ours, "person")
        person, named = self._people.of(coded(persons)), coded(others)
        rows = np.flatnonzero(person >= 0)
        values = self._read(record, rows)
        return _Ties(
            kind_of(record).sheet, ours, named.at(rows), person[rows], self._people.account[person[rows]], values
        )

    def _contacts(self) -> _Ties:
        """The pairs who met; the interactions with them are put on the way."""
        log = self._dataset.once(Interaction, contact_log)
        person = self._people.of(log.person)
        rows = np.flatnonzero(person >= 0)
        person, at = person[rows], log.at[rows]
        account = self._people.account[person]
        if len(self._accounts) > 1:
            order = np.argsort(account, kind="stable")
            rows, person, at, account = rows[order], person[order], at[order], account[order]
        new = np.ones(len(at), dtype=bool)
        new[1:] = (at[1:] != at[:-1]) | (account[1:] != account[:-1])
        self._put("interactions", account[new], _of_interactions(log, at[new]))
        values = {"interaction": np.cumsum(new) - 1}
        return _Ties("contacts", "member", log.member.at(rows), person, account, values)

    def _put_named(self, table: str, *ids: tuple[Ints, Coded[str]]) -> _Named:
        """The table of those whom records of the accounts name by id, in the order of accounts and ids."""
        every = sorted({name for _, column in ids for name in column.names})
        rank = {name: number for number, name in enumerate(every)}
        keys = [
            account * len(every) + np.fromiter(map(rank.__getitem__, own.names), np.int64, len(own.names))[own.code]
            for account, own in ids
            if len(account)
        ]
        named = np.unique(np.concatenate(keys)) if keys else np.zeros(0, dtype=np.int64)
        self._put(table, named // max(1, len(every)), {})
        return _Named(every, rank, named)

    def _put_ties(self, ties: _Ties, named: _Named) -> None:
        at = {ties.end: named.places(ties.account, ties.named), "person": ties.person}
        columns = {**ties.values, **at}
        if ties.sheet == "contacts":  # these are in the order of their interactions
            self._put(ties.sheet, ties.account, columns)
            return
        order = np.lexsort((*columns.values(), ties.account))
        self._put(ties.sheet, ties.account[order], {name: own[order] for name, own in columns.items()})

    def _names(self, members: _Named, rivals: _Named) -> tuple[AccountNames, ...]:
        """The names of each account."""
        records = self._dataset.columns(Account, "id", "name", "tier")
        known = {identity: (name, tier) for identity, name, tier in zip(*records, strict=True)}
        names, currencies = self._dataset.columns(Opportunity, "name", "currency")
        (unit_names,) = self._dataset.columns(OrgUnit, "name")
        of_opportunities, of_units = self._by_account(self._opportunities), self._by_account(self._units)
        of_members, of_rivals = members.by_account(len(self._accounts)), rivals.by_account(len(self._accounts))
        return tuple(
            AccountNames(
                account,
                *known[account],
                tuple([OpportunityNames(own, names[row], currencies[row]) for own, row in of_opportunities[number]]),
                tuple([(own, unit_names[row]) for own, row in of_units[number]]),
                of_members[number],
                of_rivals[number],
            )
            for number, account in enumerate(self._accounts)
        )

    def _by_account(self, owned: _Owned) -> list[list[tuple[str, int]]]:
        """The ids and rows of each account."""
        found: list[list[tuple[str, int]]] = [[] for _ in self._accounts]
        for account, identity, row in zip(owned.account.tolist(), owned.ids, owned.rows, strict=True):
            found[account].append((identity, row))
        return found


@dataclass(frozen=True)
class _Ties:
    """Rows between stakeholders (`person`) and those in the column `end`, who are `named` by id."""

    sheet: str
    end: str
    named: Coded[str]
    person: Ints
    account: Ints
    values: dict[str, Column]


@dataclass(frozen=True)
class _Named:
    """A table of ids by account: `keys` are account · number of ids + rank of the id, sorted."""

    ids: list[str]
    rank: Mapping[str, int]
    keys: Ints

    def places(self, account: Ints, named: Coded[str]) -> Ints:
        """The place of each id of an account."""
        if not len(account):
            return np.zeros(0, dtype=np.int64)
        ranks = np.fromiter(map(self.rank.__getitem__, named.names), np.int64, len(named.names))
        return np.searchsorted(self.keys, account * len(self.ids) + ranks[named.code])

    def by_account(self, accounts: int) -> list[tuple[str, ...]]:
        """The ids of each account."""
        found: list[list[str]] = [[] for _ in range(accounts)]
        for key in self.keys.tolist():
            found[key // len(self.ids)].append(self.ids[key % len(self.ids)])
        return list(map(tuple, found))


def _of_interactions(log: ContactLog, rows: Ints) -> dict[str, Column]:
    """The columns of these interactions."""
    form = log.form[rows]
    names = ("method", "subtype", "response")
    made: dict[str, Column] = {"date": log.day[rows], "attended": log.attended[rows]}
    for name, values in zip(names, zip(*log.forms, strict=True) if log.forms else ((), (), ()), strict=True):
        codes = codes_of(Interaction, name)
        own = np.fromiter((codes.get(value, EMPTY_CODE) for value in values), np.int64, len(values))
        made[name] = moved(form, own)
    return made


def _ends(record: type, first: str, second: str) -> Any:
    """The function that codes the two ends of a kind of lines, which a dataset keeps until one is added."""

    def code_ends(dataset: Dataset) -> tuple[Coded[str], Coded[str]]:
        one, other = dataset.columns(record, first, second)
        return coded(one), coded(other)

    return code_ends


def _values(record: type) -> Any:
    """The function that codes the other columns of a kind of lines."""
    by_name = kind_of(record).by_name
    names = [name for name in READ[record] if by_name[name].ref is None]

    def code_values(dataset: Dataset) -> dict[str, Column]:
        columns = dataset.columns(record, *names)
        return {name: coder(record, name)(own) for name, own in zip(names, columns, strict=True)}

    return code_values


_LINES = {Influence: _ends(Influence, "source", "target"), ReportsTo: _ends(ReportsTo, "person", "manager")}
_VALUES = {Influence: _values(Influence), ReportsTo: _values(ReportsTo)}
