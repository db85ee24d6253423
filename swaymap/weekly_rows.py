"""What a list of opportunities shows beside the portfolio's row: thirteen weekly coverages and the first gap."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from graph.model import Person

if TYPE_CHECKING:
    from graph.model.calibration import Calibration
    from swaymap.store import Store

TRIES = 20
"""How often accounts are read that others change meanwhile."""


def weekly_rows(
    store: Store, as_of: datetime.date, calibration: Calibration, accounts: Sequence[str]
) -> list[dict[str, Any]]:
    """A row an opportunity of these accounts, by account and opportunity id, as `portfolio_rows` has them.

    `weekly` holds the day and the decision-chain coverage of thirteen weekly days, the last of them `as_of`, all from
    the records as they are now; `first_gap` the worst gap at `as_of`, or None. Raises StoreLocked where the accounts
    are changed again and again while they are read.
    """
    from graph.analysis.report.weekly_coverage import weekly_coverage, weekly_days

    coded, team, people = _of_one_state(store, accounts)
    days = [day.isoformat() for day in weekly_days(as_of)]
    return [
        {
            "account": row.account,
            "opportunity": row.opportunity,
            "weekly": [
                {"as_of": day, "decision_chain_coverage": value} for day, value in zip(days, row.coverage, strict=True)
            ],
            "first_gap": row.first_gap and _gap(row.first_gap, people[row.account]),
        }
        for row in weekly_coverage(coded, team, as_of, calibration)
    ]


def _gap(gap: Any, people: Sequence[str]) -> dict[str, Any]:
    return {**gap._asdict(), "person": None if gap.person is None else people[gap.person]}


def _of_one_state(store: Store, accounts: Sequence[str]) -> tuple[Any, Any, dict[str, list[str]]]:
    """The columns of accounts, the team, and the ids of each account's people in order, all of one state."""
    from graph.store.problems import store_error

    graph_store = store.graph_store
    for _ in range(TRIES):
        revisions = graph_store.revisions(accounts)
        coded, team = store.columns(accounts)
        records = graph_store.read(accounts, scope=store.scope, fields={Person: ("id", "account")})
        if graph_store.revisions(accounts) == revisions:
            people: dict[str, list[str]] = {account: [] for account in coded}
            for identity, account in sorted(zip(*records.columns(Person, "id", "account"), strict=True)):
                if account in people:
                    people[account].append(identity)
            return coded, team, people
    raise store_error("locked", store=store.url)
