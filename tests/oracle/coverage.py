"""Section 6, first half: the figures of the account.

Ford & Fulkerson 1956 (maximum flow).
"""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx

from tests.oracle.defaults import DEFAULTS, SLACK, at_least
from tests.oracle.figures import Figures


def chain_coverage(f: Figures) -> float:
    """Decision-chain coverage: `Σ influence·cov`."""
    return sum(f.influence[person] * f.coverage[person] for person in f.account.people)


def share_with_stance(f: Figures, lowest: int, highest: int) -> float:
    """The share of influence of those whose stance lies between the two."""
    total = 0.0
    for person in f.account.people:
        stance = f.account.stance(person)
        if stance is not None and lowest <= stance <= highest:
            total += f.influence[person]
    return total


def identified(f: Figures) -> float | None:
    """The share of seats whose person is active."""
    account = f.account
    if account.opportunity is None:
        return None
    if account.steps:
        seats = [account.known(vote["person"]) for vote in account.votes]
        voted = {vote["step"] for vote in account.votes}
        seats += [False for step in account.steps if step["id"] not in voted]
    else:
        seats = [account.known(person) for person in account.participation]
    return sum(seats) / len(seats) if seats else None


def redundancy(f: Figures) -> float:
    """The share of influence reached well by two or more of our roles."""
    total = 0.0
    for person in f.account.people:
        good = [best for best in f.best_by_role(person).values() if at_least(best, DEFAULTS["good_tie"])]
        if len(good) >= 2:
            total += f.influence[person]
    return total


def triangle(f: Figures) -> dict[str, float]:
    """By corner, the share of influence to which it has a tie."""
    shares = dict.fromkeys(DEFAULTS["triangle"], 0.0)
    for person in f.account.people:
        roles = {f.account.members[name]["role"] for name in f.tied(person)}
        for role in shares:
            if role in roles:
                shares[role] += f.influence[person]
    return shares


def mean_coverage(f: Figures, people: Iterable[str]) -> float | None:
    """Coverage by influence; the plain mean where nobody has any; None without people."""
    group = list(people)
    if not group:
        return None
    total = sum(f.influence[person] for person in group)
    if total <= SLACK:
        return sum(f.coverage[person] for person in group) / len(group)
    return sum(f.influence[person] * f.coverage[person] for person in group) / total


def people_of_unit(f: Figures, unit: str) -> list[str]:
    """The unit's own people in the graph."""
    return [person for person, row in f.account.people.items() if row["unit"] == unit]


def by_role(f: Figures) -> dict[str, float | None]:
    """Coverage of the holders of each role that somebody holds."""
    found: dict[str, float | None] = {}
    for role in DEFAULTS["role_weight"]:
        holders = [person for person in f.account.people if role in f.account.roles(person)]
        if holders:
            found[role] = mean_coverage(f, holders)
    return found


def concentration(f: Figures) -> float | None:
    """The largest member's share of `Σ influence·C`."""
    sums = [
        sum(f.influence[person] * f.connections[name, person].strength for person in f.account.people)
        for name in f.account.members
    ]
    total = sum(sums)
    return max(sums) / total if total > 0 else None


def independent_routes(f: Figures) -> int | None:
    """The number of routes from our team to the deciders that share nobody."""
    account = f.account
    if account.opportunity is None or not account.deciders:
        return None
    net: nx.DiGraph[tuple[str, str]] = nx.DiGraph()
    team, goal = ("", "team"), ("", "goal")
    net.add_nodes_from([team, goal])
    between = {person for person in account.people if account.known(person) and (account.stance(person) or 0) >= 0}
    between -= account.deciders
    for person in between | account.deciders:
        reached = at_least(f.strength[person], DEFAULTS["good_tie"])
        if person in account.deciders:
            if reached:
                net.add_edge(team, ("direct", person), capacity=1)
                net.add_edge(("direct", person), goal, capacity=1)
            continue
        net.add_edge(("in", person), ("out", person), capacity=1)
        if reached:
            net.add_edge(team, ("in", person), capacity=1)
    for source, target in f.lines.edges:
        if source in between and target in account.deciders:
            net.add_edge(("out", source), goal, capacity=1)
        elif source in between and target in between:
            net.add_edge(("out", source), ("in", target), capacity=1)
    return int(nx.maximum_flow_value(net, team, goal))


def status(f: Figures) -> str | None:
    """Red, amber or green."""
    account = f.account
    if account.opportunity is None:
        return None
    if not any((account.stance(person) or 0) >= 1 for person in account.seats if _key_player(f, person)):
        return "red"
    for person in account.deciders:
        if (account.stance(person) or 0) >= 1 and at_least(f.coverage[person], 0.5):
            return "green"
    return "amber"


def _key_player(f: Figures, person: str) -> bool:
    row = f.account.participation.get(person)
    political = row["political_status"] if row else None
    if political is None:
        return person in f.account.deciders
    return political in ("political_structure", "inner_circle")
