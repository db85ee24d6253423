"""An account's rows read from the embedded store by SQL, for the plain report."""

from __future__ import annotations

import datetime
import json
import sqlite3
from typing import Any

from tests.oracle.defaults import Row

PEOPLE = "SELECT id FROM people WHERE account = :account"
LEADS = "SELECT id FROM opportunities WHERE account = :account"
STEPS = f"SELECT id FROM steps WHERE opportunity IN ({LEADS})"

WHERE = {
    "accounts": "id = :account",
    "units": "account = :account",
    "people": "account = :account",
    "reports_to": f"person IN ({PEOPLE})",
    "influences": f"source IN ({PEOPLE})",
    "conflicts": f"a IN ({PEOPLE})",
    "opportunities": "account = :account",
    "participation": f"opportunity IN ({LEADS})",
    "steps": f"opportunity IN ({LEADS})",
    "votes": f"step IN ({STEPS})",
    "team": "1",
    "covers": f"person IN ({PEOPLE})",
    "interactions": f"id IN (SELECT of_id FROM interactions_people WHERE people IN ({PEOPLE}))",
    "commitments": f"person IN ({PEOPLE})",
    "competitors": "1",
    "competitor_ties": f"person IN ({PEOPLE})",
}
LISTS = ("people", "members", "roles", "interests", "background", "kpis")
DATES = ("date", "bid_date", "first_seen", "start_date", "decision_date", "assessed_on", "due")
FLAGS = ("active", "external", "owner", "veto", "budget_confirmed")


def rows_of_account(connection: sqlite3.Connection, account: str) -> dict[str, list[Row]]:
    """Every row that a report asks for, by sheet."""
    connection.row_factory = sqlite3.Row
    return {
        sheet: [_plain(row) for row in connection.execute(f"SELECT * FROM {sheet} WHERE {where}", {"account": account})]
        for sheet, where in WHERE.items()
    }


def _plain(row: sqlite3.Row) -> Row:
    return {name: _value(name, row[name]) for name in row.keys()}  # noqa: SIM118


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in LISTS:
        return json.loads(value)
    if name in DATES:
        return datetime.date.fromisoformat(value)
    return bool(value) if name in FLAGS else value
