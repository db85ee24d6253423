"""Power in a compound voting game: Shapley-Shubik, and Banzhaf as a check (measures, section 3).

Shapley & Shubik 1954, "A method for evaluating the distribution of power in a committee system"; Banzhaf 1965,
"Weighted voting doesn't work".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from graph.analysis.ground.account_view import Flags, Floats, Ints
from graph.analysis.ground.limits import VOTING_BATCH
from graph.analysis.ground.rounding import SLACK


@dataclass(frozen=True)
class Game:
    """A coalition wins where it holds every one of `needed` and meets every rule.

    `weights` is rules x players; a coalition meets a rule where its weights sum to the rule's quota or more. `needed`
    are those without whom nothing passes: vetoes, and the voters of unanimous steps.
    """

    weights: Floats
    quotas: Floats
    needed: Flags

    @property
    def players(self) -> int:
        """How many players there are."""
        return len(self.needed)

    @property
    def can_be_won(self) -> bool:
        """Whether everybody together wins."""
        return bool((self.weights.sum(axis=1) >= self.quotas - SLACK).all())


@dataclass(frozen=True)
class PowerIndex:
    """Shapley-Shubik of each player, its standard error where sampled, and normalised Banzhaf where exact."""

    shapley: Floats
    standard_error: Floats | None
    banzhaf: Floats | None


def power_index(game: Game, exact_states: int, orders: int, seed: int) -> PowerIndex:
    """The power of each player of a game that can be won: exact by types of interchangeable players where there are
    at most so many states (the product of type size + 1), else from so many random orders.
    """
    marks = list(zip(*game.weights.tolist(), game.needed.tolist(), strict=True))
    kinds = sorted(set(marks))
    number = {kind: i for i, kind in enumerate(kinds)}
    type_of = np.array([number[mark] for mark in marks], dtype=np.int64)
    sizes = np.bincount(type_of)
    if math.prod(size + 1 for size in sizes.tolist()) > exact_states:
        return _sampled(game, orders, seed)
    columns = np.array(kinds, dtype=float).T
    return _exact(Game(columns[:-1], game.quotas, columns[-1] > 0), sizes, type_of)


def _exact(types: Game, sizes: Ints, type_of: Ints) -> PowerIndex:
    """Look at every coalition by how many of each type are in it. One more of a type is pivotal where it turns a losing
    coalition into a winning one; a coalition of s others stands before a player in s!(n-1-s)! of n! orders. `without`
    is the share of a type's coalitions that leave a given player of it out.
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
    """Whether a coalition wins, by how many of each type are in it."""
    won = np.ones([int(size) + 1 for size in sizes], dtype=bool)
    for weights, quota in zip(types.weights, types.quotas, strict=True):
        won &= _outer_sum([weight * np.arange(size + 1) for weight, size in zip(weights, sizes, strict=True)]) >= (
            quota - SLACK
        )
    for kind in np.flatnonzero(types.needed):
        won[tuple(slice(0, -1) if axis == kind else slice(None) for axis in range(len(sizes)))] = False
    return won


def _members(sizes: Ints) -> Ints:
    """How many are in a coalition, by how many of each type."""
    return _outer_sum([np.arange(size + 1) for size in sizes]).astype(np.int64)


def _log_ways(sizes: Ints) -> Floats:
    """The logarithm of the number of coalitions, by how many of each type are in them."""
    of = _log_factorials(int(sizes.max()))
    return _outer_sum([of[size] - of[: size + 1] - of[: size + 1][::-1] for size in map(int, sizes)])


def _outer_sum(parts: list[Floats]) -> Floats:
    """An array with an axis a part: entry i, j, … is parts[0][i] + parts[1][j] + …"""
    total: Floats = np.zeros(())
    for part in parts:
        total = np.add.outer(total, part)
    return total


@cache
def _log_factorials(most: int) -> Floats:
    return np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, most + 1)))])


def _sampled(game: Game, orders: int, seed: int) -> PowerIndex:
    """Who turns a losing coalition into a winning one when players arrive in random orders."""
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
