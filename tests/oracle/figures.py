"""Every person's numbers, from which the other sections are computed."""

from __future__ import annotations

from dataclasses import dataclass, field

import networkx as nx

from tests.oracle import connection, influence, power
from tests.oracle.account import Account, open_account
from tests.oracle.connection import Connection, Touch
from tests.oracle.defaults import DEFAULTS, Date, Records, at_least
from tests.oracle.opinion_system import Method, Stepwise, opinion_system_of

Pair = tuple[str, str]
STEPWISE = Stepwise()


@dataclass
class Figures:
    """Numbers by person, by (member, person), and the lines between people."""

    account: Account
    lines: nx.DiGraph[str]
    theta: dict[str, float]
    level: dict[str, float]
    phi: dict[str, float] | None
    role_power: dict[str, float]
    formal_power: dict[str, float]
    influence: dict[str, float]
    rival: dict[str, float]
    covers: set[Pair]
    owned: set[str]
    touches: dict[Pair, list[Touch]]
    connections: dict[Pair, Connection] = field(default_factory=dict)
    trusts: dict[Pair, float] = field(default_factory=dict)
    strength: dict[str, float] = field(default_factory=dict)
    coverage: dict[str, float] = field(default_factory=dict)
    trust: dict[str, float] = field(default_factory=dict)

    def best_by_role(self, person: str) -> dict[str, float]:
        """The strongest connection of each of our roles."""
        best: dict[str, float] = {}
        for role in DEFAULTS["our_roles"]:
            of_role = [name for name, row in self.account.members.items() if row["role"] == role]
            best[role] = max((self.connections[name, person].strength for name in of_role), default=0.0)
        return best

    def tied(self, person: str) -> list[str]:
        """Our active members with a tie to the person."""
        return [
            name for name in self.account.members if at_least(self.connections[name, person].strength, DEFAULTS["tie"])
        ]

    def last_touch(self, member: str, person: str) -> Date | None:
        """The last touch that was not in vain."""
        return max((touch.date for touch in self.touches.get((member, person), []) if touch.q > 0), default=None)


def measure(records: Records, account: str, as_of: Date, opportunity: str | None, method: Method = STEPWISE) -> Figures:
    """Sections 0 to 4, and coverage."""
    opened = open_account(records, account, as_of, opportunity)
    lines = influence.influence_lines(records, opened)
    theta = {person: influence.susceptibility(opened, person) for person in opened.people}
    level = influence.levels(opened, lines, theta, method)
    phi = power.phi_of(opened)
    r = power.role_power(opened, level) if opened.people else {}
    formal = power.formal_power(phi, r)
    covers = [row for row in records.get("covers", []) if row["member"] in opened.members]
    figures = Figures(
        account=opened,
        lines=lines,
        theta=theta,
        level=level,
        phi=phi,
        role_power=r,
        formal_power=formal,
        influence=method.influence(opinion_system_of(lines, theta, formal)) if opened.people else {},
        rival=_rivals(records, opened),
        covers={(row["member"], row["person"]) for row in covers},
        owned={row["person"] for row in covers if row["owner"]},
        touches=connection.collect_touches(records, opened),
    )
    _connect(figures, records)
    return figures


def _rivals(records: Records, account: Account) -> dict[str, float]:
    """K: the strongest tie of any competitor."""
    strongest = dict.fromkeys(account.people, 0.0)
    for row in records.get("competitor_ties", []):
        person = row["person"]
        if person in strongest and not account.vacant(person):
            strongest[person] = max(strongest[person], row["strength"])
    return strongest


def _connect(figures: Figures, records: Records) -> None:
    account = figures.account
    assessed = {(row["member"], row["person"]): row["current_level"] for row in records.get("covers", [])}
    promised = connection.promises(records)
    for person in account.people:
        cadence, required = account.standard(person)
        for name, member in account.members.items():
            touches = figures.touches.get((name, person), [])
            found = connection.connect(touches, cadence, assessed.get((name, person)))
            if not account.known(person):
                found = Connection(found.frequency, found.breadth, found.depth, 0.0)
            figures.connections[name, person] = found
            kept, made = promised.get((name, person), (0, 0))
            months = connection.months_of(touches)
            figures.trusts[name, person] = connection.trust(member, kept, made, found.strength, months)
        figures.strength[person] = connection.combine(figures.best_by_role(person))
        figures.coverage[person] = min(1.0, figures.strength[person] / required)
        figures.trust[person] = max((figures.trusts[name, person] for name in account.members), default=0.0)
