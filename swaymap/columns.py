"""Accounts as columns: those kept in the store where they are of the present revision, else coded and kept."""

from __future__ import annotations

from collections.abc import Sequence

from graph.analysis.ground.batch import TeamColumns, team_bytes, team_columns, team_of_bytes
from graph.analysis.ground.coding import code_accounts
from graph.analysis.ground.columns import CodedAccount, format_number
from graph.model import Account, TeamMember
from graph.model.dataset import Dataset
from graph.store.kept_columns import CodedColumns
from graph.store.protocol import GraphStore
from graph.store.revisions import SHARED
from graph.store.scope import Scope


def columns_of(
    store: GraphStore, accounts: Sequence[str], scope: Scope
) -> tuple[dict[str, CodedAccount], TeamColumns]:
    """The columns of these accounts by id, of those that are stored and in scope, and the team.

    What had to be coded is kept in the store for the next time, where that is possible. With columns withheld nothing
    is kept or taken from what is kept, since that holds the values that the reader may not see.
    """
    own = [account for account in accounts if scope.has(account)]
    if scope.withheld:
        records = store.read(own, scope=scope)
        return code_accounts(records, _stored(records, own)).coded(), team_columns(records.of(TeamMember))
    kept = store.kept_columns(own, format_number()).columns
    found = {account: CodedAccount(*kept[account]) for account in own if account in kept}
    missing = [account for account in own if account not in kept]
    if not missing and SHARED in kept:
        return found, team_of_bytes(kept[SHARED].data)
    records = store.read(missing, scope=scope)
    coded = code_accounts(records, _stored(records, missing)).coded()
    team = team_columns(records.of(TeamMember))
    made = {account: CodedColumns(*columns) for account, columns in coded.items()}
    made[SHARED] = CodedColumns(b"", team_bytes(team))
    revisions = records.revisions
    store.keep_columns(
        {account: (revisions[account], own) for account, own in made.items() if account in revisions}, format_number()
    )
    return {**found, **coded}, team


def _stored(records: Dataset, accounts: Sequence[str]) -> list[str]:
    """Those of the accounts that were read."""
    there = {account.id for account in records.of(Account)}
    return [account for account in accounts if account in there]
