"""Accounts as columns: those kept in the store where they are of the present revision, else coded and kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.analysis.ground.coding import NEEDED, code_accounts
from graph.analysis.ground.columns import CodedAccount, format_number
from graph.analysis.ground.team_columns import TeamColumns, team_bytes, team_columns, team_of_bytes
from graph.model import Account, TeamMember
from graph.model.dataset import Dataset
from graph.model.gc_pause import gc_paused
from graph.model.kind import kind_of
from graph.store.kept_columns import CodedColumns
from graph.store.protocol import GraphStore
from graph.store.revisions import SHARED
from graph.store.scope import Scope


def columns_of(store: GraphStore, accounts: Sequence[str], scope: Scope) -> tuple[dict[str, CodedAccount], TeamColumns]:
    """The columns of these accounts by id, of those that are stored and in scope, and the team.

    What had to be coded is kept in the store for the next time, where that is possible. For a reader who may not see
    everything nothing is kept or taken from what is kept, since it is made of all records.
    """
    own = [account for account in accounts if scope.has(account)]
    if not scope.is_all:
        return _coded(store.read(own, scope=scope), own)
    kept = store.kept_columns(own, format_number()).columns
    found = {account: CodedAccount(*kept[account]) for account in own if account in kept}
    missing = [account for account in own if account not in kept]
    if not missing and SHARED in kept:
        return found, team_of_bytes(kept[SHARED].data)
    with gc_paused():
        records = store.read(missing, fields={**NEEDED, TeamMember: kind_of(TeamMember).fields})
        coded, team = _coded(records, missing)
    _keep(store, coded, team, records.revisions)
    return {**found, **coded}, team


def _coded(records: Dataset, accounts: Sequence[str]) -> tuple[dict[str, CodedAccount], TeamColumns]:
    """The columns of those of the accounts that were read, and the team."""
    there = set(records.columns(Account, "id")[0])
    columns = code_accounts(records, [account for account in accounts if account in there])
    return columns.coded(), team_columns(records.of(TeamMember))


def _keep(
    store: GraphStore, coded: Mapping[str, CodedAccount], team: TeamColumns, revisions: Mapping[str, int]
) -> None:
    """Keep columns for the revisions that their records had."""
    made = {account: CodedColumns(*columns) for account, columns in coded.items()}
    made[SHARED] = CodedColumns(b"", team_bytes(team))
    kept = {account: (revisions[account], columns) for account, columns in made.items() if account in revisions}
    store.keep_columns(kept, format_number())
