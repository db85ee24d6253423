"""Read lists: pages of accounts with counts, names, work of the team. No query counts a whole table."""

from __future__ import annotations

import datetime
import sqlite3
from typing import Any

import orjson

from graph.model.scales import GONE
from graph.model.team_work import MemberDay, TeamWork
from graph.store.protocol import AccountSummary
from graph.store.scope import Scope


def account_ids(connection: sqlite3.Connection, after: str | None, limit: int | None, scope: Scope) -> list[str]:
    """The ids of a page of accounts, in order."""
    query, parameters = _page("id", after, limit, scope)
    return [account for (account,) in connection.execute(query, parameters)]


def summaries(
    connection: sqlite3.Connection, after: str | None, limit: int | None, scope: Scope
) -> list[AccountSummary]:
    """A page of accounts with their counts, in order."""
    page, parameters = _page("id, name, tier", after, limit, scope)
    return [_summary(*row) for row in connection.execute(_SUMMARIES.format(page=page), parameters)]


def names(connection: sqlite3.Connection, sheet: str) -> dict[str, str | None]:
    """The names of the records of a kind, by id."""
    return dict(connection.execute(f"SELECT id, name FROM {sheet}"))


def work_elsewhere(
    connection: sqlite3.Connection, account: str, since: datetime.date, until: datetime.date
) -> TeamWork:
    """The team's contacts in a span of days and the people it owns, at all accounts but one."""
    asked = {
        "account": account,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "gone": orjson.dumps(sorted(GONE)).decode(),
    }
    days = [
        MemberDay(member, datetime.date.fromisoformat(day), *how)
        for member, day, *how in connection.execute(_DAYS, asked)
    ]
    return TeamWork(days, dict(connection.execute(_OWNED, asked)))


def _page(columns: str, after: str | None, limit: int | None, scope: Scope) -> tuple[str, dict[str, Any]]:
    """The query of a page of accounts, and its parameters."""
    # SQLite takes a negative limit for none.
    parameters: dict[str, Any] = {"after": after, "limit": -1 if limit is None else limit}
    conditions = [] if after is None else ["id > :after"]
    if scope.accounts is not None:
        conditions.append("id IN (SELECT value FROM json_each(:scope))")
        parameters["scope"] = orjson.dumps(list(scope.accounts)).decode()
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"SELECT {columns} FROM accounts {where} ORDER BY id LIMIT :limit", parameters


# CROSS JOIN keeps the order of the tables as written: from the account to its people to their contacts, each by an
# index. The planner may not begin with all contacts of the store.
_SUMMARIES = """
WITH page AS MATERIALIZED ({page})
SELECT page.id, page.name, page.tier,
    (SELECT count(*) FROM people WHERE account = page.id),
    (SELECT count(*) FROM opportunities WHERE account = page.id),
    (
        SELECT count(DISTINCT named.of_id)
        FROM people AS person CROSS JOIN interactions_people AS named ON named.people = person.id
        WHERE person.account = page.id
    ),
    (
        SELECT max(contact.date)
        FROM people AS person CROSS JOIN interactions_people AS named ON named.people = person.id
            CROSS JOIN interactions AS contact ON contact.id = named.of_id
        WHERE person.account = page.id
    )
FROM page
ORDER BY page.id
"""

_STILL_THERE = """
    person.account <> :account AND coalesce(person.status, '') NOT IN (SELECT value FROM json_each(:gone))
"""

_DAYS = f"""
SELECT DISTINCT member.value, contact.date, contact.method, contact.subtype, contact.response
FROM interactions AS contact, json_each(contact.members) AS member
WHERE contact.date BETWEEN :since AND :until AND EXISTS (
    SELECT 1 FROM json_each(contact.people) AS named CROSS JOIN people AS person ON person.id = named.value
    WHERE {_STILL_THERE}
)
"""

_OWNED = f"""
SELECT cover.member, count(*)
FROM covers AS cover CROSS JOIN people AS person ON person.id = cover.person
WHERE cover.owner = 1 AND {_STILL_THERE}
GROUP BY cover.member
"""


def _summary(
    account: str, name: str | None, tier: str | None, people: int, opportunities: int, touches: int, latest: str | None
) -> AccountSummary:
    day = datetime.date.fromisoformat(latest) if latest else None
    return AccountSummary(account, name, tier, people, opportunities, touches, day)
