"""Formal power: votes and vetoes on one side, roles and levels on the other (measures, section 3)."""

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
    """Entries one a person: power by votes, by roles, and both together, which sums to 1 over the graph.

    `phi_error` is the standard error of phi where it was sampled, `banzhaf` the normalised Banzhaf index where it was
    counted out; phi is 0 where nobody votes or nobody can win.
    """

    phi: Floats
    role_power: Floats
    formal_power: Floats
    phi_error: Floats | None = None
    banzhaf: Floats | None = None


def formal_power(view: AccountView, levels: Floats) -> FormalPower:
    """The formal power of each person. `levels` is lev, inferred where it is empty."""
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
    """The players (indices of people) and the game of all steps with votes; no game where nobody votes.

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
    """The quota of a step in units of its weights: more than half where it is left empty; None without a quota."""
    if step.record.rule != "quota":
        return None
    if step.record.quota is not None:
        return step.record.quota
    return sum(weight_of(vote.weight) for vote in step.votes) / 2.0 + 2.0 * SLACK


def weight_of(weight: float | None) -> float:
    """The weight of a vote; an empty one is 1."""
    return 1.0 if weight is None else weight


def _role_power(view: AccountView, levels: Floats) -> Floats:
    """Power by role, level and political status, shared by the participants."""
    weighed = role_weights(view) * level_factor(view, levels)
    return weighed / weighed.sum() if weighed.size else weighed


def role_weights(view: AccountView) -> Floats:
    """Role and political status of each participant as a weight, 0 for others; without any, everyone weighs alike."""
    numbers = view.calibration
    weights = [0.0] * len(view.people)
    for i in view.participants.nonzero()[0].tolist():
        part = view.participation[i]
        role = max([numbers.role_weight[one] for one in view.roles[i]], default=numbers.no_role_weight)
        political = numbers.political[part.political_status] if part and part.political_status else 0.0
        weights[i] = _weighed(role if view.has_participants else 1.0, political, numbers.role_power)
    return np.array(weights, dtype=np.float64)


def newcomer_weight(view: AccountView) -> float:
    """The weight of somebody who takes part, of whom nothing else is recorded."""
    return _weighed(view.calibration.no_role_weight, 0.0, view.calibration.role_power)


def _weighed(role: float, political: float, numbers: RolePower) -> float:
    return role * (numbers.political_base + numbers.political_share * political)


def level_factor(view: AccountView, levels: Floats) -> Floats:
    """What a level adds to a role; without participants it stands for the role too."""
    numbers = view.calibration.role_power
    standing: Floats = numbers.level_base + numbers.level_share * levels / TOP_LEVEL
    return standing if view.has_participants else standing * np.exp2(levels * math.log2(numbers.level_growth))
