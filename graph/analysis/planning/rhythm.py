"""Rhythm 循序渐进: the touches that may come next, and their feasibility (measures, section 9).

Arrays are ways x members x people (ways as in `touch_effects`), or members x people.
"""

from __future__ import annotations

import numpy as np

from graph.analysis.ground.account_view import AccountView
from graph.analysis.ground.arrays import Flags, Floats
from graph.analysis.ground.rounding import SLACK
from graph.analysis.measures.connection import Connection
from graph.analysis.measures.measures import Measures
from graph.analysis.measures.touches import METHODS
from graph.analysis.network.reach import reach_matrix
from graph.analysis.planning.touch_effects import WAYS

EXECUTIVE_METHODS = ("executive_letter", "executive_visit", "executive_summit")


def allowed(view: AccountView, connected: Connection) -> Flags:
    """Whether the rhythm allows each touch: ways x members x people.

    A touch may be at most .35 deeper than the connection (letters to level ≥ 5 always); a method rests for h/6 days
    after any member used it with the person; executive methods are for executives, within one level; and the person
    must be known.
    """
    return _deep_enough(view, connected) & _rested(view, connected) & _by_executives(view) & view.known


def feasibility(measures: Measures) -> Floats:
    """Receptivity · max(.1, best path from the member) · level match (at least .25), in [0, 1]: members x people."""
    numbers, view = measures.view.calibration, measures.view
    receptivity = [
        numbers.no_receptivity if part is None or not part.response_mode else numbers.receptivity[part.response_mode]
        for part in view.participation
    ]
    match = level_match(view)
    match = np.where(match > 0, match, numbers.moves.no_level_match)
    feasible: Floats = np.array(receptivity) * np.maximum(numbers.moves.least_path, reach_matrix(measures)) * match
    return feasible


def level_match(view: AccountView) -> Floats:
    """1 within one level, .5 at two, else 0, also where a level is empty: members x people (measures, section 14).

    >>> level_match(measures.view).tolist()  # Uma (4), Vic (6) x Ann (7), Ben (4), Cho (2), Dev (4)
    [[0.0, 1.0, 0.5, 1.0], [1.0, 0.5, 0.0, 0.5]]
    """
    ours, theirs = _levels(view)
    numbers = view.calibration.level_match
    apart = np.abs(ours[:, None] - theirs[None, :])
    return np.where(apart <= numbers.near, 1.0, np.where(apart <= numbers.far, numbers.far_value, 0.0))


def _levels(view: AccountView) -> tuple[Floats, Floats]:
    ours = np.array([member.level for member in view.members], dtype=np.float64)
    return ours, view.levels


def _deep_enough(view: AccountView, connected: Connection) -> Flags:
    depth = np.array([view.calibration.methods[method].depth for method, _ in WAYS])[:, None, None]
    within: Flags = depth <= connected.depth + view.calibration.moves.deeper_by + SLACK
    _, theirs = _levels(view)
    letter = [at for at, (method, _) in enumerate(WAYS) if method == "executive_letter"]
    within[letter] |= theirs >= view.calibration.moves.letter_level
    return within


def _rested(view: AccountView, connected: Connection) -> Flags:
    """Whether each method has rested long enough since any member used it with the person."""
    touches, people = connected.touches, len(view.people)
    used = np.full((len(METHODS), people), np.inf)
    np.minimum.at(used, (touches.method[touches.at], touches.cell % max(1, people)), touches.age[touches.at])
    numbers = view.calibration
    rest = np.array([numbers.methods[method].half_life / numbers.moves.cooldown_part for method in METHODS])
    free = np.maximum(used, 0.0) >= rest[:, None] - SLACK
    rested: Flags = free[[METHODS.index(method) for method, _ in WAYS]][:, None, :]
    return rested


def _by_executives(view: AccountView) -> Flags:
    """Whether the member may use each method: executive ones need EXEC or level ≥ 6, and go to within one level."""
    ours, theirs = _levels(view)
    numbers = view.calibration.moves
    may = np.array([member.role == "EXEC" for member in view.members], dtype=bool) | (ours >= numbers.executive_level)
    apart = np.abs(ours[:, None] - theirs[None, :])
    able = may[:, None] & ~(apart > numbers.executive_apart)
    executive = np.array([method in EXECUTIVE_METHODS for method, _ in WAYS], dtype=bool)
    return np.where(executive[:, None, None], able, np.ones_like(able))
