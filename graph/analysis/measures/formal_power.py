"""Formal power from votes and vetoes, and from roles and levels (measures, section 3).

Reference: Shapley & Shubik 1954, "A method for evaluating the distribution of power in a committee system", APSR 48,
787.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np

from graph.analysis.ground.account_view import Step
from graph.analysis.ground.arrays import Flags, Floats, Ints, sums
from graph.analysis.ground.batch import Batch, steps_rule
from graph.analysis.ground.columns import codes_of
from graph.analysis.ground.rounding import SLACK
from graph.analysis.measures.voting_game import Game, power_index
from graph.model import Participation
from graph.model.calibration import Calibration
from graph.model.calibration_groups import RolePower
from graph.model.fields import TOP_LEVEL

W = TypeVar("W", float, Floats)


@dataclass(frozen=True)
class FormalPower:
    """Power by votes (`phi`), by roles, and both together, which sums to 1; one entry per person.

    `phi_error` is the standard error of phi where it was sampled, `banzhaf` the normalised Banzhaf index where phi is
    exact, both NaN elsewhere. phi is 0 where there are no votes or the game cannot be won.
    """

    phi: Floats
    role_power: Floats
    formal_power: Floats
    phi_error: Floats
    banzhaf: Floats


def formal_power(batch: Batch, levels: Floats) -> FormalPower:
    """Compute `formal_power = .6·phi + .4·r`; without votes, or where the game cannot be won, r.

    phi is the Shapley-Shubik index of the compound game of all steps; `r ∝ role weight · (.5 + .5·lev/7) · (.75 +
    .25·political)` over the participants. `levels` is lev, inferred where it is empty, one entry per person.

    >>> power = formal_power(measures.view.batch, measures.levels)
    >>> by_person(power.phi), by_person(power.formal_power)
    ({'ann': 0.667, 'ben': 0.167, 'cho': 0.0, 'dev': 0.167}, {'ann': 0.634, 'ben': 0.183, 'cho': 0.0, 'dev': 0.183})
    """
    numbers = batch.calibration
    weights = role_weights(batch) * level_factor(batch, levels)
    role_power = weights / batch.total(weights)[batch.of_account]
    phi, won = np.zeros(batch.people), np.zeros(batch.accounts, dtype=bool)
    phi_error, banzhaf = np.full((2, batch.people), np.nan)
    for account, players, game in voting_games(batch):
        if game.can_be_won:
            index = power_index(game, numbers.exact_states, numbers.sampled_orders, numbers.sampling_seed)
            won[account], phi[players] = True, index.shapley
            own = slice(*batch.people_from[account : account + 2])
            for found, values in ((phi_error, index.standard_error), (banzhaf, index.banzhaf)):
                if values is not None:
                    found[own], found[players] = 0.0, values
    mixed = numbers.vote_share * phi + numbers.role_share * role_power
    return FormalPower(phi, role_power, np.where(won[batch.of_account], mixed, role_power), phi_error, banzhaf)


def voting_games(batch: Batch) -> Iterator[tuple[int, Ints, Game]]:
    """Each account where a step has votes, its players (people), and the compound game of its steps with votes.

    A veto in participation is one more step of that person alone.
    """
    voting = batch.voting
    weight = sums(voting.step, voting.weight, len(voting.account))
    counted, quotas = passing(voting.rule, voting.quota, weight)
    cast = np.where(counted[voting.step], voting.weight, 1.0)
    of_account = voting.account[voting.step]
    votes = np.searchsorted(of_account, np.arange(batch.accounts + 1)).tolist()
    for account, (first, last) in enumerate(pairwise(votes)):
        if first < last:
            yield account, *_voting_game(batch, account, slice(first, last), quotas, cast)


def _voting_game(batch: Batch, account: int, votes: slice, quotas: Floats, cast: Floats) -> tuple[Ints, Game]:
    """The players and the game of an account, whose votes these are; `cast` is what each vote counts in its step."""
    voting = batch.voting
    start, end = batch.people_from[account : account + 2].tolist()
    alone = start + np.flatnonzero(batch.part_veto[start:end])
    person, step = voting.person[votes], voting.step[votes]
    players = np.unique(np.concatenate([person, alone]))
    column = np.searchsorted(players, person)
    needed = np.zeros(len(players), dtype=bool)
    needed[np.searchsorted(players, alone)] = True
    unanimous = np.isnan(quotas[step])
    needed[column[unanimous | voting.veto[votes]]] = True
    rules = np.unique(step[~unanimous])
    weights = np.zeros((len(rules), len(players)))
    weights[np.searchsorted(rules, step[~unanimous]), column[~unanimous]] = cast[votes][~unanimous]
    return players, Game(weights, quotas[rules], needed)


def passing(rule: Ints, quota: Floats, weight: Floats) -> tuple[Flags, Floats]:
    """Whether votes count by their weight in each step, and what must be reached: NaN where all must agree.

    An empty quota is just above half of the weight of the step; a step of the rule `single` is passed by anybody.
    """
    by_quota = rule == steps_rule("quota")
    reached = np.where(by_quota, np.where(np.isnan(quota), majority(weight), quota), np.nan)
    return by_quota, np.where(rule == steps_rule("single"), 1.0, reached)


def quota_of(step: Step) -> float | None:
    """The quota of a step in units of its weights: just above half where it is empty; None for other rules."""
    if step.record.rule != "quota":
        return None
    if step.record.quota is not None:
        return step.record.quota
    return majority(sum(weight_of(vote.weight) for vote in step.votes))


def majority(weight: W) -> W:
    """The weight to be reached where more than half of this weight is needed."""
    return weight / 2.0 + 2.0 * SLACK


def weight_of(weight: float | None) -> float:
    """The weight of a vote; an empty one is 1."""
    return 1.0 if weight is None else weight


def role_weights(batch: Batch) -> Floats:
    """Role weight times political factor of each participant, 0 for others; without participants the role weight is 1.

    The role weight is the largest of a person's roles, .5 without one.
    """
    numbers = batch.calibration
    role = np.where(batch.role_bits > 0, 0.0, numbers.no_role_weight)
    for number, code in enumerate(codes_of(Participation, "roles")):
        held = (batch.role_bits >> number & 1).astype(bool)
        role[held] = np.maximum(role[held], numbers.role_weight[code])
    values = [*(numbers.political[code] for code in codes_of(Participation, "political_status")), 0.0]
    political = np.array(values)[batch.political]
    role = np.where(batch.has_participants[batch.of_account], role, 1.0)
    return np.where(batch.participants, _with_politics(role, political, numbers.role_power), 0.0)


def newcomer_weight(numbers: Calibration) -> float:
    """The role weight of a participant without role and political status."""
    return float(_with_politics(np.array(numbers.no_role_weight), np.array(0.0), numbers.role_power))


def _with_politics(role: Floats, political: Floats, numbers: RolePower) -> Floats:
    weight: Floats = role * (numbers.political_base + numbers.political_share * political)
    return weight


def level_factor(batch: Batch, levels: Floats) -> Floats:
    """The factor `.5 + .5·lev/7` of each person; without participants times 2^lev, which then stands for the role.

    `levels` has one entry per person, or cases x people.
    """
    numbers = batch.calibration.role_power
    factor: Floats = numbers.level_base + numbers.level_share * levels / TOP_LEVEL
    grown = factor * np.exp2(levels * math.log2(numbers.level_growth))
    return np.where(batch.has_participants[batch.of_account], factor, grown)
