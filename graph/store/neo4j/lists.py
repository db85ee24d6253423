"""Read lists: pages of accounts with counts, names, work of the team. No query counts all nodes of a label."""

from __future__ import annotations

import datetime
from typing import Any

from graph.model.kind import KINDS
from graph.model.scales import GONE
from graph.model.team_work import MemberDay, TeamWork
from graph.store.neo4j.reading import Neo4jReader
from graph.store.protocol import AccountSummary
from graph.store.scope import Scope


def account_ids(reader: Neo4jReader, after: str | None, limit: int | None, scope: Scope) -> list[str]:
    """The ids of a page of accounts, in order."""
    query, parameters = _page(after, limit, scope)
    return sorted(account for (account,) in reader.if_any(f"{query} RETURN a.id", **parameters))


def summaries(reader: Neo4jReader, after: str | None, limit: int | None, scope: Scope) -> list[AccountSummary]:
    """A page of accounts with their counts, in order."""
    query, parameters = _page(after, limit, scope)
    listed = (_summary(*row) for row in reader.if_any(f"{query} {_COUNTED}", **parameters))
    return sorted(listed, key=lambda item: item.id)


def names(reader: Neo4jReader, sheet: str) -> dict[str, str | None]:
    """The names of the records of a kind, by id."""
    rows = reader.if_any(f"MATCH (n:{KINDS[sheet].label}) RETURN n.id, n.name")
    return dict(map(tuple, rows))


def work_elsewhere(reader: Neo4jReader, account: str, since: datetime.date, until: datetime.date) -> TeamWork:
    """The team's contacts in a span of days and the people it owns, at all accounts but one."""
    asked = {"account": account, "gone": sorted(GONE)}
    days = [
        MemberDay(member, day.to_native(), *how)
        for member, day, *how in reader.if_any(_DAYS, **asked, since=since, until=until)
    ]
    return TeamWork(days, dict(map(tuple, reader.if_any(_OWNED, **asked))))


def _page(after: str | None, limit: int | None, scope: Scope) -> tuple[str, dict[str, Any]]:
    """The query that finds a page of accounts as `a`, and its parameters."""
    # The index on ids is used only where they are compared with something.
    condition = "a.id IS NOT NULL" if after is None else "a.id > $after"
    if scope.accounts is not None:
        condition += " AND a.id IN $scope"
    most = "" if limit is None else "LIMIT $limit"
    query = f"MATCH (a:Account) WHERE {condition} WITH a ORDER BY a.id {most}"
    return query, {"after": after, "limit": limit, "scope": list(scope.accounts or ())}


_COUNTED = """
OPTIONAL MATCH (a)<-[:WORKS_AT]-(:Person)<-[:INVOLVES]-(i:Interaction)
WITH a, count(DISTINCT i) AS interactions, max(i.date) AS latest
RETURN a.id, a.name, a.tier, COUNT { (a)<-[:WORKS_AT]-(:Person) }, COUNT { (a)<-[:FOR_ACCOUNT]-(:Opportunity) },
    interactions, latest
"""

_STILL_THERE = "home.id <> $account AND NOT coalesce(p.status, '') IN $gone"

_DAYS = f"""
MATCH (i:Interaction) WHERE $since <= i.date <= $until
    AND EXISTS {{ MATCH (i)-[:INVOLVES]->(p:Person)-[:WORKS_AT]->(home:Account) WHERE {_STILL_THERE} }}
MATCH (i)-[:INVOLVES]->(m:TeamMember)
RETURN DISTINCT m.id, i.date, i.method, i.subtype, i.response
"""

_OWNED = f"""
MATCH (m:TeamMember)-[c:COVERS]->(p:Person)-[:WORKS_AT]->(home:Account) WHERE c.owner AND {_STILL_THERE}
RETURN m.id, count(*)
"""


def _summary(
    account: str, name: str | None, tier: str | None, people: int, opportunities: int, interactions: int, latest: Any
) -> AccountSummary:
    return AccountSummary(account, name, tier, people, opportunities, interactions, latest and latest.to_native())
