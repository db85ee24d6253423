"""What one more touch would do, for every member, person and method at once (measures, section 9).

A touch changes one connection: coverage of one person, and one row of the support system. So every candidate is a
closed form on one factorisation (Sherman & Morrison 1950) instead of a report of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analysis.ground.account_view import Floats
from graph.analysis.measures.connection import ROLES, breadth_of, depth_of, strength_of
from graph.analysis.measures.measures import Measures
from graph.analysis.measures.touches import METHODS
from graph.analysis.measures.trust import competence_times_reliability, months_met, trust_of
from graph.model.calibration import Calibration

Way = tuple[str, str | None]
"""A method and subtype."""

WAYS: tuple[Way, ...] = (("daily_contact", None), ("daily_contact", "visit"), *((one, None) for one in METHODS[1:]))
"""What can be done next: a daily contact by message or as a visit, and the nine other methods."""


@dataclass(frozen=True)
class TouchEffects:
    """What moves by one two-way touch on the day of the view: ways x members x people, in the order of `WAYS`.

    0 for vacant and unidentified people, who cannot be met.
    """

    coverage: Floats
    forecast: Floats


def touch_effects(measures: Measures) -> TouchEffects:
    """The moves of decision-chain coverage and of the support forecast."""
    strength = _strength_after(measures)
    trusted = _trust_after(measures, strength)
    return TouchEffects(
        coverage=np.where(measures.view.known, _coverage_moves(measures, strength), 0.0),
        forecast=np.where(measures.view.known, _forecast_moves(measures, trusted), 0.0),
    )


def weight_of(way: Way, numbers: Calibration) -> float:
    """What a touch of one of theirs and one of ours counts."""
    method, subtype = way
    if method == "daily_contact" and subtype is not None:
        return numbers.daily_contact_weight[subtype]
    return numbers.methods[method].weight


def _strength_after(measures: Measures) -> Floats:
    contact, numbers = measures.connected.contact, measures.view.calibration
    size = np.array([weight_of(way, numbers) for way in WAYS])[:, None, None]
    method = np.array([METHODS.index(name) for name, _ in WAYS])
    depth = np.array([numbers.methods[name].depth for name, _ in WAYS])[:, None, None]
    alive = np.minimum(1.0, contact.alive / numbers.breadth_touch)
    more = np.minimum(1.0, (contact.alive[method] + size) / numbers.breadth_touch)
    rho = np.where(contact.assessed, contact.rho, np.maximum(contact.rho, numbers.unassessed_rho_two_way))
    return strength_of(
        contact.frequency(size),
        breadth_of(alive.sum(axis=0) - alive[method] + more, numbers),
        depth_of(rho, np.maximum(contact.deepest, depth), numbers),
        numbers,
    )


def _trust_after(measures: Measures, strength: Floats) -> Floats:
    """T of the one of ours whom each person would trust most."""
    view = measures.view
    months = months_met(measures.connected) + 1 - months_met(measures.connected, view.as_of)
    after = trust_of(competence_times_reliability(view, measures.dataset), strength, months, view.calibration)
    return np.maximum(measures.trusted, after)


def _coverage_moves(measures: Measures, strength: Floats) -> Floats:
    """Influence times what coverage gains, the touched connection being one factor of all of ours together."""
    by_role, together = measures.connected.by_role, measures.connected.together
    moves = np.zeros_like(strength)
    for u, member in enumerate(measures.view.members):
        if member.role is not None:
            row = ROLES.index(member.role)
            others = np.prod(1.0 - np.delete(by_role, row, axis=0), axis=0)
            joined = np.maximum(together, 1.0 - others * (1.0 - np.maximum(by_role[row], strength[:, u])))
            covered = np.minimum(1.0, joined / measures.standards.strength)
            moves[:, u] = measures.influence * (covered - measures.covered)
    return moves


def _forecast_moves(measures: Measures, trusted: Floats) -> Floats:
    """The row of the one touched changes: to what it listens less, and how much more we pull."""
    system, view = measures.support_system.opinions, measures.view
    lines, theta, final = system.lines, system.susceptibility, measures.forecast.final
    share = view.calibration.hostile_trust_share
    sums = np.bincount(lines.target, lines.weight, system.people)
    rival = share * view.rival
    total = sums + share * trusted + rival
    scale, rest = np.maximum(1.0, total), np.maximum(0.0, 1.0 - total)
    inverse = system.solve(np.eye(system.people))
    recorded = lines.matrix(system.people)
    # What each person hears of the final stances, and of their own echo, by the lines and as formal power at large.
    stances, own = recorded @ final, np.einsum("ij,ji->i", recorded, inverse)
    at_large, own_at_large = float(system.spread @ final), system.spread @ inverse
    before = np.maximum(1.0, sums + share * measures.trusted + rival)
    rest_before = np.maximum(0.0, 1.0 - sums - share * measures.trusted - rival)
    heard = (1.0 / scale - 1.0 / before) * stances + (rest - rest_before) * at_large
    echo = (1.0 / scale - 1.0 / before) * own + (rest - rest_before) * own_at_large
    pull = (share * trusted - rival) / scale - (share * measures.trusted - rival) / before
    moved = theta * (pull + heard) / (1.0 - theta * echo)
    moves: Floats = system.solve_transposed(measures.power.formal_power) * moved
    return moves
