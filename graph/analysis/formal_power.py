"""Formal power: votes, vetoes and roles (measures, section 3).

Shapley & Shubik 1954, "A method for evaluating the distribution of power in a committee system"; Banzhaf 1965,
"Weighted voting doesn't work".
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.analysis.account import AccountView, Flags, Floats, Step

SLACK = 1e-9


@dataclass(frozen=True)
class Game:
    """A compound voting game: a coalition wins where every rule is met.

    `weights` is rules x players; a coalition meets a rule where its weights sum to the quota or more.
    """

    weights: Floats
    quotas: Floats

    @property
    def players(self) -> int:
        """How many players there are."""
        return int(self.weights.shape[1])

    def won_by(self, sums: Floats) -> Flags:
        """Whether coalitions with these sums (rules x coalitions) win."""
        won: Flags = np.all(sums >= self.quotas.reshape(-1, *([1] * (sums.ndim - 1))) - SLACK, axis=0)
        return won


@dataclass(frozen=True)
class PowerIndex:
    """Shapley-Shubik of each player, its standard error where sampled, and normalised Banzhaf where exact."""

    shapley: Floats
    standard_error: Floats | None
    banzhaf: Floats | None


@dataclass(frozen=True)
class FormalPower:
    """Entries one a person: power by votes, by roles, and both together. `index` is None without votes."""

    phi: Floats
    role_power: Floats
    formal_power: Floats
    index: PowerIndex | None


def formal_power(view: AccountView, levels: Floats) -> FormalPower:
    """The formal power of each person; sums to 1 over the graph. `levels` is lev, inferred where it is empty."""
    numbers = view.calibration
    role_power = _role_power(view, levels)
    voters, game = voting_game(view)
    phi = np.zeros(len(view.people))
    if game is None or not game.won_by(game.weights.sum(axis=1, keepdims=True)).all():
        return FormalPower(phi, role_power, role_power, None)
    index = power_index(game, numbers.exact_states, numbers.sampled_orders, numbers.sampling_seed)
    phi[voters] = index.shapley
    return FormalPower(phi, role_power, numbers.vote_share * phi + numbers.role_share * role_power, index)


def voting_game(view: AccountView) -> tuple[list[int], Game | None]:
    """The players (indices of people) and the game of all steps with votes; no game where nobody votes."""
    steps = view.voting_steps
    if not steps:
        return [], None
    vetoes = [i for i, part in enumerate(view.participation) if part is not None and part.veto]
    players = sorted({view.index[vote.person] for step in steps for vote in step.votes} | set(vetoes))
    at = {person: column for column, person in enumerate(players)}
    rules: list[tuple[Floats, float]] = []
    for step in steps:
        rules += _rules(step, view, at)
    for person in vetoes:
        rules.append(_alone(at[person], len(players)))
    return players, Game(np.array([row for row, _ in rules]), np.array([quota for _, quota in rules]))


def quota_of(step: Step) -> float | None:
    """The quota of a step in units of its weights: more than half where it is left empty; None without a quota."""
    if step.record.rule != "quota":
        return None
    if step.record.quota is not None:
        return step.record.quota
    return sum(_weight(vote.weight) for vote in step.votes) / 2.0 + 2.0 * SLACK


def _rules(step: Step, view: AccountView, at: dict[int, int]) -> list[tuple[Floats, float]]:
    row = np.zeros(len(at))
    columns = [at[view.index[vote.person]] for vote in step.votes]
    quota = quota_of(step)
    if quota is not None:
        row[columns] = [_weight(vote.weight) for vote in step.votes]
    else:
        row[columns] = 1.0
        quota = 1.0 if step.record.rule == "single" else float(len(columns))
    vetoes = [column for column, vote in zip(columns, step.votes, strict=True) if vote.veto]
    return [(row, quota), *(_alone(column, len(at)) for column in vetoes)]


def _alone(column: int, players: int) -> tuple[Floats, float]:
    row = np.zeros(players)
    row[column] = 1.0
    return row, 1.0


def _weight(weight: float | None) -> float:
    return 1.0 if weight is None else weight


def _role_power(view: AccountView, levels: Floats) -> Floats:
    numbers = view.calibration
    power = np.zeros(len(view.people))
    for i in map(int, np.flatnonzero(view.participants)):
        part = view.participation[i]
        if view.has_participants:
            weight = max((numbers.role_weight[role] for role in view.roles(i)), default=numbers.no_role_weight)
        else:
            weight = 2.0 ** levels[i]
        political = numbers.political[part.political_status] if part and part.political_status else 0.0
        power[i] = weight * (0.5 + 0.5 * levels[i] / 7.0) * (0.75 + 0.25 * political)
    total = power.sum()
    return power / total if total > 0 else power


def power_index(game: Game, exact_states: int, orders: int, seed: int) -> PowerIndex:
    """The power of each player: exact by types of interchangeable players, else from random orders."""
    types, type_of = np.unique(game.weights, axis=1, return_inverse=True)
    sizes = np.bincount(type_of.ravel(), minlength=types.shape[1])
    if math.prod(int(size) + 1 for size in sizes) <= exact_states:
        return _exact(Game(types, game.quotas), sizes, type_of.ravel())
    return _sampled(game, orders, seed)


def _exact(types: Game, sizes: np.ndarray, type_of: np.ndarray) -> PowerIndex:
    """Count the coalitions by how many of each type are in them; a type is pivotal where one more of it wins."""
    players = int(sizes.sum())
    shape = tuple(int(size) + 1 for size in sizes)
    counts = np.indices(shape, dtype=np.int32)
    sums = np.tensordot(types.weights, counts, axes=1)
    won = types.won_by(sums)
    members = counts.sum(axis=0)
    shapley, swings = np.zeros(len(sizes)), np.zeros(len(sizes))
    for kind in range(len(sizes)):
        without = tuple(slice(0, -1) if axis == kind else slice(None) for axis in range(len(sizes)))
        with_one = tuple(slice(1, None) if axis == kind else slice(None) for axis in range(len(sizes)))
        pivotal = ~won[without] & won[with_one]
        ways = _ways(sizes, kind)[pivotal]
        size = members[without][pivotal]
        orders = np.array([1.0 / (players * math.comb(players - 1, s)) for s in range(players)])
        shapley[kind] = float((ways * orders[size]).sum())
        swings[kind] = float(ways.sum())
    banzhaf = swings[type_of]
    total = banzhaf.sum()
    return PowerIndex(shapley[type_of], None, banzhaf / total if total > 0 else banzhaf)


def _ways(sizes: Sequence[int] | np.ndarray, kind: int) -> Floats:
    """In how many ways each count of the others' types can be chosen, one player of `kind` set aside."""
    ways = np.ones(())
    for axis, size in enumerate(sizes):
        of = int(size) - (axis == kind)
        ways = np.multiply.outer(ways, np.array([float(math.comb(of, k)) for k in range(of + 1)]))
    return ways


def _sampled(game: Game, orders: int, seed: int) -> PowerIndex:
    generator = np.random.default_rng(seed)
    pivots = np.zeros(game.players)
    for _ in range(orders):
        order = generator.permutation(game.players)
        won = game.won_by(np.cumsum(game.weights[:, order], axis=1))
        pivots[order[int(np.argmax(won))]] += 1
    phi = pivots / orders
    return PowerIndex(phi, np.sqrt(phi * (1.0 - phi) / orders), None)
