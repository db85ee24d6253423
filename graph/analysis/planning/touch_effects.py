"""The effect of one more touch, for every member, person and method at once (measures, section 9).

A touch changes one connection, so the coverage of one person and one row of the support system: each candidate is a
rank-one update of one solved system instead of a report of its own.
Reference: Sherman & Morrison 1950, "Adjustment of an inverse matrix corresponding to a change in one element of a given
matrix", Annals of Mathematical Statistics 21, 124.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analysis.ground.arrays import Floats
from graph.analysis.ground.team_columns import ROLES
from graph.analysis.measures.connection import breadth_of, depth_of, strength_of
from graph.analysis.measures.measures import Measures
from graph.analysis.measures.touches import METHODS
from graph.analysis.measures.trust import competence_times_reliability, months_met, trust_of
from graph.model.calibration import Calibration

Way = tuple[str, str | None]
"""A method and subtype."""

WAYS: tuple[Way, ...] = (
    ("daily_contact", None),
    ("daily_contact", "visit"),
    *((method, None) for method in METHODS[1:]),
)
"""The candidate ways of contact: a daily contact by message or as a visit, and the nine other methods."""


@dataclass(frozen=True)
class TouchEffects:
    """The changes by one two-way touch on the day of the view: ways x members x people, in the order of `WAYS`.

    0 for vacant and unidentified people, who cannot be met.
    """

    coverage: Floats
    forecast: Floats


def touch_effects(measures: Measures) -> TouchEffects:
    """Compute how each possible touch changes decision-chain coverage and the support forecast.

    >>> touch_effects(measures).coverage[1, 1].round(3).tolist()  # a visit by Vic to Ann, Ben, Cho, Dev
    [0.086, 0.01, 0.0, 0.07]
    """
    strength = _strength_after(measures)
    trusted = _trust_after(measures, strength)
    return TouchEffects(
        coverage=np.where(measures.view.known, _coverage_moves(measures, strength), 0.0),
        forecast=np.where(measures.view.known, _forecast_moves(measures, trusted), 0.0),
    )


def weight_of(way: Way, numbers: Calibration) -> float:
    """w of a way: the weight of a touch between one stakeholder and one member."""
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
    """Each person's trust in their most trusted member after each touch."""
    view = measures.view
    months = months_met(measures.connected) + 1 - months_met(measures.connected, view.as_of)
    earned = competence_times_reliability(view.batch)
    shape = measures.trust.shape
    after = trust_of(earned.reshape(shape), strength, months.reshape(shape), view.calibration)
    return np.maximum(measures.trusted, after)


def _coverage_moves(measures: Measures, strength: Floats) -> Floats:
    """Influence times the gain of coverage; the touched tie changes one factor of the team's connection strength."""
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
    """The change of the forecast: the touched person's row gains weight on us and loses it elsewhere."""
    system, view = measures.support_system.opinions, measures.view
    lines, theta, final = system.lines, system.susceptibility, measures.forecast.final
    share = view.calibration.hostile_trust_share
    sums = np.bincount(lines.target, lines.weight, system.people)
    rival = share * view.rival
    total = sums + share * trusted + rival
    scale, rest = np.maximum(1.0, total), np.maximum(0.0, 1.0 - total)
    inverse = system.solve(np.eye(system.people))
    recorded = lines.matrix(system.people)
    # The incoming final stances of each row and its feedback on itself, by lines and by the spread rest.
    stances, own = recorded @ final, np.einsum("ij,ji->i", recorded, inverse)
    at_large, own_at_large = float(system.spread @ final), system.spread @ inverse
    before = np.maximum(1.0, sums + share * measures.trusted + rival)
    rest_before = np.maximum(0.0, 1.0 - sums - share * measures.trusted - rival)
    incoming = (1.0 / scale - 1.0 / before) * stances + (rest - rest_before) * at_large
    feedback = (1.0 / scale - 1.0 / before) * own + (rest - rest_before) * own_at_large
    pull = (share * trusted - rival) / scale - (share * measures.trusted - rival) / before
    moved = theta * (pull + incoming) / (1.0 - theta * feedback)
    moves: Floats = system.solve_transposed(measures.power.formal_power) * moved
    return moves
