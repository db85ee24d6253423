"""Power indices of a compound voting game: Shapley-Shubik, and Banzhaf as a check (measures, section 3).

References: Shapley & Shubik 1954, "A method for evaluating the distribution of power in a committee system", APSR 48,
787; Banzhaf 1965, "Weighted voting doesn't work: a mathematical analysis", Rutgers Law Review 19, 317.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from graph.analysis.ground.arrays import Flags, Floats, Ints
from graph.analysis.ground.limits import SUBSET_VOTERS, VOTING_BATCH
from graph.analysis.ground.rounding import SLACK


@dataclass(frozen=True)
class Game:
    """A game in which a coalition wins if it includes every `needed` player and meets every rule.

    `weights` is rules x players; a coalition meets a rule if its weights sum to at least the rule's quota. `needed`
    players are those with a veto and the voters of unanimous steps.
    """

    weights: Floats
    quotas: Floats
    needed: Flags

    @property
    def players(self) -> int:
        """The number of players."""
        return len(self.needed)

    @property
    def can_be_won(self) -> bool:
        """Whether the coalition of all players wins."""
        return bool((self.weights.sum(axis=1) >= self.quotas - SLACK).all())


@dataclass(frozen=True)
class PowerIndex:
    """The Shapley-Shubik index of each player, its standard error if sampled, the normalised Banzhaf index if exact."""

    shapley: Floats
    standard_error: Floats | None
    banzhaf: Floats | None


def power_index(game: Game, exact_states: int, orders: int, seed: int) -> PowerIndex:
    """Compute the power indices of a game that can be won: one entry per player, summing to 1.

    The Shapley-Shubik index is the share of orders of arrival in which a player turns a losing coalition into a winning
    one. It is exact where there are at most `exact_states` coalitions by types of interchangeable players (the product
    of type size + 1): by all subsets of a few players, by types of more.
    Else it is estimated from `orders` random orders with this seed.

    >>> game = Game(np.array([[10.0, 10, 20, 30]]), np.array([50.0]), np.zeros(4, dtype=bool))
    >>> power_index(game, exact_states=1000, orders=0, seed=0).shapley.round(6).tolist()
    [0.083333, 0.083333, 0.25, 0.583333]
    """
    free = game.players - int(game.needed.sum())
    if free <= SUBSET_VOTERS and 1 << game.players <= exact_states:
        return _by_subsets(game, free)
    marks = list(zip(*game.weights.tolist(), game.needed.tolist(), strict=True))
    kinds = sorted(set(marks))
    number = {kind: i for i, kind in enumerate(kinds)}
    type_of = np.array([number[mark] for mark in marks], dtype=np.int64)
    sizes = np.bincount(type_of)
    if math.prod(size + 1 for size in sizes.tolist()) > exact_states:
        return _sampled(game, orders, seed)
    columns = np.array(kinds, dtype=float).T
    return _exact(Game(columns[:-1], game.quotas, columns[-1] > 0), sizes, type_of)


def _by_subsets(game: Game, free: int) -> PowerIndex:
    """Count over all subsets of the players who are not needed, when all needed ones are there.

    A coalition of s others precedes a player in s!(n-1-s)! of n! orders. A player who is not needed is pivotal where
    the subset wins with them and loses without; a needed one wherever the subset wins.
    """
    inside, size = _subsets(free)
    needed, players = game.needed, game.players
    reached = inside @ game.weights[:, ~needed].T + game.weights[:, needed].sum(axis=1)
    won = (reached >= game.quotas - SLACK).all(axis=1).astype(np.float64)
    orders = _log_factorials(players)
    before = np.arange(players - free, players + 1)  # players before one who is not needed, by the size of the subset
    share = np.exp(orders[before[:-1]] + orders[players - 1 - before[:-1]] - orders[players])
    joined, left = np.append(0.0, share)[size] * won, np.append(share, 0.0)[size] * won
    shapley, swings = np.empty(players), np.empty(players)
    shapley[~needed] = (joined + left) @ inside - left.sum()
    swings[~needed] = 2.0 * (won @ inside) - won.sum()
    if free < players:
        last = np.exp(orders[before - 1] + orders[players - before] - orders[players])
        shapley[needed], swings[needed] = last[size] @ won, won.sum()
    return PowerIndex(shapley, None, swings / swings.sum())


@cache
def _subsets(players: int) -> tuple[Floats, Ints]:
    """Whether each player is in each subset, subsets x players, and the size of each subset."""
    inside = np.arange(1 << players)[:, None] >> np.arange(players) & 1
    return inside.astype(np.float64), inside.sum(axis=1)


def _exact(types: Game, sizes: Ints, type_of: Ints) -> PowerIndex:
    """Enumerate the coalitions by the number of players of each type.

    One more player of a type is pivotal where it turns a losing coalition into a winning one; a coalition of s others
    precedes a player in s!(n-1-s)! of n! orders. `without` is the share of a type's coalitions that leave out a given
    player of it.
    """
    players = int(sizes.sum())
    won, ways, inside = _won(types, sizes), _log_ways(sizes), _members(sizes)
    orders = _log_factorials(players)
    share = np.exp(ways + orders[inside] + orders[np.maximum(players - 1 - inside, 0)] - orders[players])
    swing = np.exp(ways - players * math.log(2.0))
    shapley, swings = np.zeros(len(sizes)), np.zeros(len(sizes))
    for kind, size in enumerate(sizes.tolist()):
        fewer = tuple(slice(0, -1) if axis == kind else slice(None) for axis in range(len(sizes)))
        more = tuple(slice(1, None) if axis == kind else slice(None) for axis in range(len(sizes)))
        without = (1.0 - np.arange(size) / size).reshape([-1 if axis == kind else 1 for axis in range(len(sizes))])
        pivotal = (~won[fewer] & won[more]) * without
        shapley[kind] = (share[fewer] * pivotal).sum()
        swings[kind] = (swing[fewer] * pivotal).sum()
    banzhaf = swings[type_of]
    return PowerIndex(shapley[type_of], None, banzhaf / banzhaf.sum())


def _won(types: Game, sizes: Ints) -> Flags:
    """Whether each coalition wins, by the number of players of each type."""
    won = np.ones([int(size) + 1 for size in sizes], dtype=bool)
    for weights, quota in zip(types.weights, types.quotas, strict=True):
        won &= _outer_sum([weight * np.arange(size + 1) for weight, size in zip(weights, sizes, strict=True)]) >= (
            quota - SLACK
        )
    for kind in np.flatnonzero(types.needed):
        won[tuple(slice(0, -1) if axis == kind else slice(None) for axis in range(len(sizes)))] = False
    return won


def _members(sizes: Ints) -> Ints:
    """The size of each coalition, by the number of players of each type."""
    return _outer_sum([np.arange(size + 1) for size in sizes]).astype(np.int64)


def _log_ways(sizes: Ints) -> Floats:
    """The logarithm of the number of coalitions with each number of players of each type."""
    of = _log_factorials(int(sizes.max()))
    return _outer_sum([of[size] - of[: size + 1] - of[: size + 1][::-1] for size in map(int, sizes)])


def _outer_sum(parts: list[Floats]) -> Floats:
    """An array with one axis per part: entry i, j, … is parts[0][i] + parts[1][j] + …"""
    total: Floats = np.zeros(())
    for part in parts:
        total = np.add.outer(total, part)
    return total


@cache
def _log_factorials(most: int) -> Floats:
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, most + 1)))])


def _sampled(game: Game, orders: int, seed: int) -> PowerIndex:
    """Count how often each player is pivotal when players arrive in random orders."""
    generator = np.random.default_rng(seed)
    weights = np.vstack([game.weights, game.needed])
    quotas = np.append(game.quotas, game.needed.sum())
    pivots = np.zeros(game.players)
    for start in range(0, orders, VOTING_BATCH):
        count = min(VOTING_BATCH, orders - start)
        order = generator.permuted(np.tile(np.arange(game.players), (count, 1)), axis=1)
        sums = np.cumsum(weights[:, order], axis=2)
        pivotal = (sums >= quotas[:, None, None] - SLACK).all(axis=0).argmax(axis=1)
        pivots += np.bincount(order[np.arange(count), pivotal], minlength=game.players)
    phi = pivots / orders
    return PowerIndex(phi, np.sqrt(phi * (1.0 - phi) / orders), None)
