"""Formal power from votes and vetoes, and from roles and levels (measures, section 3).

Reference: Shapley & Shubik 1954, "A method for evaluating the distribution of power in a committee system", APSR 48,
787.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from graph.analysis.ground.account_view import AccountView, Floats, Step
from graph.analysis.ground.rounding import SLACK
from graph.analysis.measures.voting_game import Game, power_index
from graph.model.calibration_groups import RolePower
from graph.model.fields import TOP_LEVEL


@dataclass(frozen=True)
class FormalPower:
    """Power by votes (`phi`), by roles, and both together, which sums to 1; one entry per person.

    `phi_error` is the standard error of phi where it was sampled, `banzhaf` the normalised Banzhaf index where phi is
    exact. phi is 0 where there are no votes or the game cannot be won.
    """

    phi: Floats
    role_power: Floats
    formal_power: Floats
    phi_error: Floats | None = None
    banzhaf: Floats | None = None


def formal_power(view: AccountView, levels: Floats) -> FormalPower:
    """Compute `formal_power = .6·phi + .4·r`; without votes, or where the game cannot be won, r.

    phi is the Shapley-Shubik index of the compound game of all steps; `r ∝ role weight · (.5 + .5·lev/7) · (.75 +
    .25·political)` over the participants. `levels` is lev, inferred where it is empty, one entry per person.

    >>> power = formal_power(measures.view, measures.levels)
    >>> by_person(power.phi), by_person(power.formal_power)
    ({'ann': 0.667, 'ben': 0.167, 'cho': 0.0, 'dev': 0.167}, {'ann': 0.634, 'ben': 0.183, 'cho': 0.0, 'dev': 0.183})
    """
    numbers = view.calibration
    role_power = _role_power(view, levels)
    voters, game = voting_game(view)
    if game is None or not game.can_be_won:
        return FormalPower(np.zeros(len(view.people)), role_power, role_power)
    index = power_index(game, numbers.exact_states, numbers.sampled_orders, numbers.sampling_seed)

    def among_all(values: Floats) -> Floats:
        spread = np.zeros(len(view.people))
        spread[voters] = values
        return spread

    phi = among_all(index.shapley)
    return FormalPower(
        phi=phi,
        role_power=role_power,
        formal_power=numbers.vote_share * phi + numbers.role_share * role_power,
        phi_error=None if index.standard_error is None else among_all(index.standard_error),
        banzhaf=None if index.banzhaf is None else among_all(index.banzhaf),
    )


def voting_game(view: AccountView) -> tuple[list[int], Game | None]:
    """The players (indices of people) and the compound game of all steps with votes; no game where there are none.

    A veto in participation is one more step of that person alone.
    """
    steps = view.voting_steps
    if not steps:
        return [], None
    alone = {i for i, part in enumerate(view.participation) if part is not None and part.veto}
    players = sorted({view.index[vote.person] for step in steps for vote in step.votes} | alone)
    at = {person: column for column, person in enumerate(players)}
    needed = np.array([person in alone for person in players], dtype=bool)
    rows, quotas = [], []
    for step in steps:
        columns = [at[view.index[vote.person]] for vote in step.votes]
        needed[[column for column, vote in zip(columns, step.votes, strict=True) if vote.veto]] = True
        if step.record.rule not in ("quota", "single"):
            needed[columns] = True
            continue
        quota = quota_of(step)
        row = np.zeros(len(players))
        row[columns] = 1.0 if quota is None else [weight_of(vote.weight) for vote in step.votes]
        rows.append(row)
        quotas.append(1.0 if quota is None else quota)
    return players, Game(np.array(rows).reshape(len(rows), len(players)), np.array(quotas), needed)


def quota_of(step: Step) -> float | None:
    """The quota of a step in units of its weights: just above half where it is empty; None for other rules."""
    if step.record.rule != "quota":
        return None
    if step.record.quota is not None:
        return step.record.quota
    return sum(weight_of(vote.weight) for vote in step.votes) / 2.0 + 2.0 * SLACK


def weight_of(weight: float | None) -> float:
    """The weight of a vote; an empty one is 1."""
    return 1.0 if weight is None else weight


def _role_power(view: AccountView, levels: Floats) -> Floats:
    """r: power by role, level and political status, shared among the participants."""
    weights = role_weights(view) * level_factor(view, levels)
    return weights / weights.sum() if weights.size else weights


def role_weights(view: AccountView) -> Floats:
    """Role weight times political factor of each participant, 0 for others; without participants the role weight is 1.

    The role weight is the largest of a person's roles, .5 without one.
    """
    numbers = view.calibration
    weights = [0.0] * len(view.people)
    for i in view.participants.nonzero()[0].tolist():
        part = view.participation[i]
        role = max([numbers.role_weight[code] for code in view.roles[i]], default=numbers.no_role_weight)
        political = numbers.political[part.political_status] if part and part.political_status else 0.0
        weights[i] = _with_politics(role if view.has_participants else 1.0, political, numbers.role_power)
    return np.array(weights, dtype=np.float64)


def newcomer_weight(view: AccountView) -> float:
    """The role weight of a participant without role and political status."""
    return _with_politics(view.calibration.no_role_weight, 0.0, view.calibration.role_power)


def _with_politics(role: float, political: float, numbers: RolePower) -> float:
    return role * (numbers.political_base + numbers.political_share * political)


def level_factor(view: AccountView, levels: Floats) -> Floats:
    """The factor `.5 + .5·lev/7` of each person; without participants times 2^lev, which then stands for the role."""
    numbers = view.calibration.role_power
    factor: Floats = numbers.level_base + numbers.level_share * levels / TOP_LEVEL
    return factor if view.has_participants else factor * np.exp2(levels * math.log2(numbers.level_growth))
