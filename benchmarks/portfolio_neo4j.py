"""The rows of 200 accounts of 60 people from a real Neo4j, from kept columns, against reading each account."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.measuring import Result, seconds, side_by_side
from benchmarks.portfolio import AS_OF, fill
from graph.analysis.ground.coding import code_accounts
from graph.analysis.ground.team_columns import team_columns
from graph.analysis.report.opportunity_rows import Row, opportunity_rows
from graph.model import TeamMember
from graph.model.calibration import load_calibration
from graph.store.neo4j_local.server import LocalServer
from swaymap.portfolio import portfolio_rows
from swaymap.store import Store, open_store

ACCOUNTS = 200
SAMPLE = 5
"""The peer reads every so-many-th account; its time is taken times this."""


def neo4j_portfolio_200() -> Result:
    """Seconds on the clock from the store to the rows, which are the same; the peer reads one account after another."""
    with (
        tempfile.TemporaryDirectory() as home,
        LocalServer(Path(home), Path(".cache"), heap="1g") as server,
        open_store(server.url, user=server.user, password=server.password) as store,
    ):
        fill(store, ACCOUNTS)
        some = store.account_ids()[::SAMPLE]
        alone = {row["account"]: row for row in _one_by_one(store, some)}
        assert alone == {row["account"]: row for row in _rows(store) if row["account"] in alone}
        return side_by_side(
            lambda: seconds(lambda: _rows(store)),
            lambda: SAMPLE * seconds(lambda: _one_by_one(store, some)),
            unit="s",
            runs=3,
            warmup=0,
        )


def _rows(store: Store) -> list[Row]:
    return list(portfolio_rows(store, AS_OF, load_calibration(None)))


def _one_by_one(store: Store, accounts: list[str]) -> list[Row]:
    found = []
    for account in accounts:
        records = store.graph_store.read([account])
        coded = code_accounts(records, [account]).coded()
        found += opportunity_rows(coded, team_columns(records.of(TeamMember)), AS_OF, load_calibration(None))
    return found
