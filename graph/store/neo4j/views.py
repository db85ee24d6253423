"""Reads of the state after the last change that a reader knows of, whatever is written meanwhile.

A staged import under way is hidden: records are as before it, and as after it once it is committed.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Sequence

from graph.model import Account, Covers, Interaction, Opportunity, Person
from graph.model.dataset import Dataset
from graph.model.kind import KINDS
from graph.model.scales import GONE
from graph.model.team_work import MemberDay, TeamWork
from graph.store.belonging import Homes
from graph.store.earlier import state_after, undone
from graph.store.neo4j import lists as neo4j_lists
from graph.store.neo4j.reading import Neo4jReader
from graph.store.protocol import AccountSummary
from graph.store.scope import Scope


def records(reader: Neo4jReader, accounts: Sequence[str] | None) -> Dataset:
    """The records of these accounts and all of the shared kinds, or every record."""
    if reader.is_between:
        return state_after(reader, accounts, reader.seq)
    return reader.everything() if accounts is None else reader.of_accounts(accounts)


def of_kinds(reader: Neo4jReader, sheets: Collection[str]) -> Dataset:
    """Every record of these kinds."""
    dataset = reader.of_kinds(sheets)
    if not reader.is_between:
        return dataset
    return undone(dataset, [change for change in reader.changes_after(reader.seq) if change.sheet in sheets])


def ids_stored(reader: Neo4jReader, sheet: str, ids: Collection[str]) -> set[str]:
    """Which of these ids a record of a kind has."""
    if not reader.is_between:
        return {identity.id for identity in reader.with_ids(sheet, ids)}
    return {record.id for record in of_kinds(reader, (sheet,)).of(KINDS[sheet].record)}.intersection(ids)


def counts(reader: Neo4jReader) -> dict[str, int]:
    """How many records of each kind there are."""
    if not reader.is_between:
        return reader.counts(KINDS)
    counted = reader.counts(KINDS)
    touched = {change.sheet for change in reader.changes_after(reader.seq)}
    whole = of_kinds(reader, touched)
    return {**counted, **{sheet: len(whole.of(KINDS[sheet].record)) for sheet in touched}}


def account_ids(reader: Neo4jReader, after: str | None, limit: int | None, scope: Scope) -> list[str]:
    """The ids of a page of accounts, in order."""
    if not reader.is_between:
        return neo4j_lists.account_ids(reader, after, limit, scope)
    ids = sorted(account.id for account in of_kinds(reader, ("accounts",)).of(Account))
    return [identity for identity in ids if scope.has(identity) and (after is None or identity > after)][:limit]


def summaries(reader: Neo4jReader, after: str | None, limit: int | None, scope: Scope) -> list[AccountSummary]:
    """A page of accounts with their counts, in order."""
    if not reader.is_between:
        return neo4j_lists.summaries(reader, after, limit, scope)
    state = records(reader, account_ids(reader, after, limit, scope))
    homes = {person.id: person.account for person in state.of(Person)}
    people = Counter(homes.values())
    deals = Counter(opportunity.account for opportunity in state.of(Opportunity))
    days: dict[str, list[datetime.date]] = {account.id: [] for account in state.of(Account)}
    for touch in state.of(Interaction):
        for home in {homes[person] for person in touch.people if person in homes}:
            days[home].append(touch.date)
    return [
        AccountSummary(
            account.id,
            account.name,
            account.tier,
            people[account.id],
            deals[account.id],
            interactions=len(days[account.id]),
            last_interaction=max(days[account.id], default=None),
        )
        for account in sorted(state.of(Account), key=lambda account: account.id)
    ]


def names(reader: Neo4jReader, sheet: str) -> dict[str, str | None]:
    """The names of the records of a kind, by id."""
    if not reader.is_between:
        return neo4j_lists.names(reader, sheet)
    return {record.id: record.name for record in of_kinds(reader, (sheet,)).of(KINDS[sheet].record)}


def owners(reader: Neo4jReader, sheet: str, ids: Collection[str]) -> set[str]:
    """The accounts of the records of a kind that have these ids."""
    if not reader.is_between:
        return reader.owners(sheet, ids)
    kind, state = KINDS[sheet], records(reader, None)
    asked = [record for record in state.of(kind.record) if record.id in set(ids)]
    return {account for accounts in Homes(state).of(kind, asked) for account in accounts}


def work_elsewhere(reader: Neo4jReader, account: str, since: datetime.date, until: datetime.date) -> TeamWork:
    """The team's contacts in a span of days and the people it owns, at all accounts but one."""
    if not reader.is_between:
        return neo4j_lists.work_elsewhere(reader, account, since, until)
    state = of_kinds(reader, ("people", "covers", "interactions"))
    there = {person.id for person in state.of(Person) if person.account != account and person.status not in GONE}
    days = {
        MemberDay(member, interaction.date, interaction.method, interaction.subtype, interaction.response)
        for interaction in state.of(Interaction)
        if since <= interaction.date <= until and not there.isdisjoint(interaction.people)
        for member in interaction.members
    }
    owned = Counter(cover.member for cover in state.of(Covers) if cover.owner and cover.person in there)
    return TeamWork(list(days), owned)
