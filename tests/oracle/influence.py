"""Section 4: influence lines, susceptibility, and levels where they are empty.

Friedkin & Johnsen 1990.
"""

from __future__ import annotations

import networkx as nx

from tests.oracle.account import Account
from tests.oracle.defaults import DEFAULTS, SLACK, Records
from tests.oracle.opinion_system import Method, opinion_system_of


def influence_lines(records: Records, account: Account) -> nx.DiGraph[str]:
    """Lines source → target between people who are not vacant seats, recorded and assumed."""
    lines: nx.DiGraph[str] = nx.DiGraph()
    lines.add_nodes_from(account.people)
    free = {person for person in account.people if not account.vacant(person)}
    for row in records.get("influences", []):
        if row["source"] in free and row["target"] in free:
            lines.add_edge(row["source"], row["target"], weight=row["weight"], assumed=False)
    open_share = {
        person: max(0.0, 1 - sum(lines[source][person]["weight"] for source in sorted(lines.predecessors(person))))
        for person in account.people
    }
    for (source, target), weight in _assumed(records, account, free).items():
        if not lines.has_edge(source, target) and weight * open_share[target] > SLACK:
            lines.add_edge(source, target, weight=weight * open_share[target], assumed=True)
    return lines


def _assumed(records: Records, account: Account, free: set[str]) -> dict[tuple[str, str], float]:
    """Full weights of the lines that reporting suggests."""
    reports = [row for row in records.get("reports_to", []) if row["person"] in account.people]
    assumed: dict[tuple[str, str], float] = {}
    for row in reports:
        person, manager = row["person"], row["manager"]
        if person not in free or manager not in free:
            continue
        sharing = len({other["person"] for other in reports if other["manager"] == manager})
        factor = DEFAULTS["dotted"] if row["kind"] == "dotted" else 1.0
        down, up = DEFAULTS["manager_line"] * factor, DEFAULTS["report_line"] / sharing * factor
        assumed[manager, person] = max(down, assumed.get((manager, person), 0.0))
        assumed[person, manager] = max(up, assumed.get((person, manager), 0.0))
    return assumed


def susceptibility(account: Account, person: str) -> float:
    """θ by adaptability."""
    row = account.people[person]
    if not account.known(person):
        return float(DEFAULTS["susceptibility_empty"])
    if row["adaptability"] is not None:
        value = DEFAULTS["susceptibility"][row["adaptability"]]
    else:
        value = DEFAULTS["susceptibility_external" if row["external"] else "susceptibility_empty"]
    return float(min(value, DEFAULTS["susceptibility_most"]))


def levels(account: Account, lines: nx.DiGraph[str], theta: dict[str, float], method: Method) -> dict[str, float]:
    """lev: the level, or what influence under equal power suggests."""
    n = len(account.people)
    if all(row["level"] is not None for row in account.people.values()):
        return {person: row["level"] for person, row in account.people.items()}
    equal = dict.fromkeys(account.people, 1 / n)
    values = {
        person: round(value, 9) for person, value in method.influence(opinion_system_of(lines, theta, equal)).items()
    }
    found: dict[str, float] = {}
    for person, row in account.people.items():
        if row["level"] is not None:
            found[person] = row["level"]
            continue
        lower = sum(1 for value in values.values() if value < values[person])
        same = sum(1 for value in values.values() if value == values[person])
        found[person] = 7 * (0.5 + 0.4 * ((lower + same / 2) / n - 0.5))
    return found
