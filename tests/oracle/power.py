"""Section 3: formal power, from the steps of the decision and from the role.

Shapley & Shubik 1954; Banzhaf 1965.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.oracle.account import Account
from tests.oracle.defaults import DEFAULTS, above, at_least

Counts = tuple[int, ...]


@dataclass
class Step:
    """One step with votes: a weight for each voter, and who may stop it."""

    name: str
    rule: str
    quota: float | None
    weights: dict[str, float]
    vetoes: set[str] = field(default_factory=set)

    def passes(self, weight: float, voters: int) -> bool:
        """Whether this much weight and this many voters are enough, vetoes apart."""
        if self.rule == "unanimous":
            return voters == len(self.weights)
        if self.rule == "single":
            return voters >= 1
        if self.quota is None:
            return above(weight, sum(self.weights.values()) / 2)
        return at_least(weight, self.quota)


def steps_of(account: Account) -> list[Step]:
    """The steps with votes by position, then the vetoes of participation, each a step of its own."""
    steps: list[Step] = []
    for row in account.steps:
        votes = [vote for vote in account.votes if vote["step"] == row["id"]]
        if votes:
            weights = {vote["person"]: 1.0 if vote["weight"] is None else float(vote["weight"]) for vote in votes}
            vetoes = {vote["person"] for vote in votes if vote["veto"]}
            steps.append(Step(row["id"], row["rule"] or "unanimous", row["quota"], weights, vetoes))
    if steps:
        for person in sorted(account.participation):
            if account.participation[person]["veto"]:
                steps.append(Step(f"veto:{person}", "unanimous", None, {person: 1.0}, {person}))
    return steps


@dataclass
class Game:
    """The compound game of the steps, its players sorted into types."""

    steps: list[Step]
    types: list[list[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        kinds: dict[tuple[tuple[float | None, bool], ...], list[str]] = {}
        for player in sorted({voter for step in self.steps for voter in step.weights}):
            kind = tuple((step.weights.get(player), player in step.vetoes) for step in self.steps)
            kinds.setdefault(kind, []).append(player)
        self.types = list(kinds.values())
        if math.prod(len(players) + 1 for players in self.types) > DEFAULTS["exact_limit"]:
            raise NotImplementedError("The game has too many kinds of players to count exactly.")

    def wins(self, counts: Counts) -> bool:
        """Whether so many players of each type win every step."""
        for step in self.steps:
            weight, voters, vetoes = 0.0, 0, 0
            for players, count in zip(self.types, counts, strict=True):
                if players[0] in step.weights:
                    weight += count * step.weights[players[0]]
                    voters += count
                if players[0] in step.vetoes:
                    vetoes += count
            if vetoes < len(step.vetoes) or not step.passes(weight, voters):
                return False
        return True

    def winnable(self) -> bool:
        """Whether everybody together wins."""
        return bool(self.steps) and self.wins(tuple(len(players) for players in self.types))

    def swings(self) -> Iterator[tuple[int, int, int]]:
        """(type, size of the coalition, in how many coalitions) where one more of the type turns loss into win."""
        sizes = [len(players) for players in self.types]
        won = {counts: self.wins(counts) for counts in itertools.product(*(range(size + 1) for size in sizes))}
        for counts, wins in won.items():
            if wins:
                continue
            for kind, size in enumerate(sizes):
                if counts[kind] == size:
                    continue
                joined = (*counts[:kind], counts[kind] + 1, *counts[kind + 1 :])
                if won[joined]:
                    ways = math.comb(size - 1, counts[kind])
                    for other, count in enumerate(counts):
                        if other != kind:
                            ways *= math.comb(sizes[other], count)
                    yield kind, sum(counts), ways


def shapley_shubik(steps: list[Step]) -> dict[str, float]:
    """Each player's share of the orders in which the player turns loss into win."""
    game = Game(steps)
    n = sum(len(players) for players in game.types)
    values = [0.0] * len(game.types)
    for kind, size, ways in game.swings():
        values[kind] += ways / (n * math.comb(n - 1, size))
    return {player: values[kind] for kind, players in enumerate(game.types) for player in players}


def banzhaf(steps: list[Step]) -> dict[str, float]:
    """Each player's share of all swings."""
    game = Game(steps)
    values = [0] * len(game.types)
    for kind, _, ways in game.swings():
        values[kind] += ways
    total = sum(value * len(players) for value, players in zip(values, game.types, strict=True))
    return {player: values[kind] / total for kind, players in enumerate(game.types) for player in players}


def role_power(account: Account, levels: dict[str, float]) -> dict[str, float]:
    """r: the share by role, level and political status over the participants."""
    parts: dict[str, float] = {}
    for person in account.participants():
        row = account.participation.get(person)
        if account.seats:
            roles = account.roles(person)
            weight = max((DEFAULTS["role_weight"][role] for role in roles), default=DEFAULTS["no_role_weight"])
        else:
            weight = 2 ** levels[person]
        political = DEFAULTS["political"].get(row["political_status"] if row else None, 0.0)
        parts[person] = weight * (0.5 + 0.5 * levels[person] / 7) * (0.75 + 0.25 * political)
    total = sum(parts.values())
    return {person: parts.get(person, 0.0) / total for person in account.people}


def formal_power(phi: dict[str, float] | None, r: dict[str, float]) -> dict[str, float]:
    """`.6·phi + .4·r`; r where there is no game to win."""
    if phi is None:
        return dict(r)
    share = DEFAULTS["phi_share"]
    return {person: share * phi.get(person, 0.0) + (1 - share) * r[person] for person in r}


def phi_of(account: Account) -> dict[str, float] | None:
    """The index of each player; None where no step has votes or nobody can win."""
    steps = steps_of(account)
    if not steps or not Game(steps).winnable():
        return None
    return shapley_shubik(steps)
