"""What a reader sees while a staged import is under way: the records before it until it holds, those after it then."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Collection, Sequence

from graph.model import Account, Interaction, Opportunity, Person
from graph.model.dataset import Dataset
from graph.model.kind import KINDS
from graph.store.earlier import state_after, undone
from graph.store.neo4j_reading import Neo4jReader
from graph.store.protocol import AccountSummary


def records(reader: Neo4jReader, accounts: Sequence[str] | None) -> Dataset:
    """The records of these accounts and all of the shared kinds, or every record."""
    if reader.is_between:
        return state_after(reader, accounts, reader.seq)
    return reader.everything() if accounts is None else reader.of_accounts(accounts)


def of_kinds(reader: Neo4jReader, sheets: Collection[str]) -> Dataset:
    """Every record of these kinds."""
    found = reader.of_kinds(sheets)
    if not reader.is_between:
        return found
    return undone(found, [one for one in reader.changes_after(reader.seq) if one[0] in sheets])


def counts(reader: Neo4jReader) -> dict[str, int]:
    """How many records of each kind there are."""
    if not reader.is_between:
        return reader.counts(KINDS)
    touched = {sheet for sheet, *_ in reader.changes_after(reader.seq)}
    whole = of_kinds(reader, touched)
    beside = reader.counts([sheet for sheet in KINDS if sheet not in touched])
    return {sheet: beside.get(sheet, len(whole.of(kind.record))) for sheet, kind in KINDS.items()}


def summaries(reader: Neo4jReader) -> list[AccountSummary]:
    """Every account with its counts, by id."""
    if not reader.is_between:
        return reader.summaries()
    state = of_kinds(reader, ("accounts", "people", "opportunities", "interactions"))
    homes = {one.id: one.account for one in state.of(Person)}
    people = Counter(homes.values())
    deals = Counter(one.account for one in state.of(Opportunity))
    days: dict[str, list[datetime.date]] = {one.id: [] for one in state.of(Account)}
    for touch in state.of(Interaction):
        for account in {homes[person] for person in touch.people}:
            days[account].append(touch.date)
    return [
        AccountSummary(
            one.id,
            one.name,
            one.tier,
            people[one.id],
            deals[one.id],
            interactions=len(days[one.id]),
            last_interaction=max(days[one.id], default=None),
        )
        for one in sorted(state.of(Account), key=lambda one: one.id)
    ]
