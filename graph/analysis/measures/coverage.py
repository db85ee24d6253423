"""Coverage: connection against what each person's role requires (measures, section 6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from graph.analysis.ground.account_view import AccountView, Floats, Ints
from graph.analysis.ground.rounding import SLACK
from graph.analysis.measures.connection import ROLES
from graph.model.calibration import Calibration
from graph.model.calibration_groups import Standard

Asked = tuple[int, float]
"""Days between contacts, and strength."""


@dataclass(frozen=True)
class Standards:
    """What each person asks for: days between contacts, and strength of all of ours together."""

    cadence: Ints
    strength: Floats


def standards(view: AccountView) -> Standards:
    """The coverage standard of each person, by roles and recorded level."""
    asked = _asked(view)
    found = [asked(person.level or 0, roles) for person, roles in zip(view.people, view.roles, strict=True)]
    cadence, strength = zip(*found, strict=True) if found else ((), ())
    return Standards(np.array(cadence, dtype=np.int64), np.array(strength, dtype=np.float64))


def _asked(view: AccountView) -> Callable[[int, tuple[str, ...]], Asked]:
    """What a level and roles ask for: without anybody who takes part, the level alone."""
    numbers = view.calibration
    executive, head, nobody = map(_of, (numbers.executive_standard, numbers.head_standard, numbers.no_role_standard))
    executive_level, head_level = numbers.executive_level, numbers.head_level
    executive_roles = frozenset(numbers.executive_roles)
    by_role = {role: _of(standard) for role, standard in numbers.standard.items()}

    def by_level(level: int, _: tuple[str, ...]) -> Asked:
        if level >= executive_level:
            return executive
        return head if level >= head_level else nobody

    def by_roles(level: int, roles: tuple[str, ...]) -> Asked:
        if not roles:
            return nobody
        if level >= executive_level and not executive_roles.isdisjoint(roles):
            return executive
        cadences, strengths = zip(*(by_role[role] for role in roles), strict=True)
        return min(cadences), max(strengths)

    return by_roles if view.has_participants else by_level


def _of(standard: Standard) -> Asked:
    return standard.cadence, standard.strength


def coverage(view: AccountView, together: Floats, required: Floats) -> Floats:
    """cov of each person: connection over what is required, at most 1; 0 for vacant and unidentified seats."""
    covered: Floats = np.where(view.known, np.minimum(1.0, together / required), 0.0)
    return covered


def weighted(influence: list[float], covered: list[float], whom: Sequence[int]) -> float | None:
    """Coverage of some people by influence; their plain mean without influence; None without people."""
    if not whom:
        return None
    total = sum(influence[i] for i in whom)
    if total > SLACK:
        return sum(influence[i] * covered[i] for i in whom) / total
    return sum(covered[i] for i in whom) / len(whom)


def by_role(view: AccountView, influence: Floats, covered: Floats) -> dict[str, float | None]:
    """Coverage of those who hold each role that somebody holds."""
    shares, levels = influence.tolist(), covered.tolist()
    return {role: weighted(shares, levels, whom) for role, whom in view.holders.items()}


def by_unit(view: AccountView, influence: Floats, covered: Floats) -> dict[str, float | None]:
    """Coverage of each unit's own people."""
    shares, levels = influence.tolist(), covered.tolist()
    return {unit: weighted(shares, levels, whom) for unit, whom in view.unit_people.items()}


def supportive(view: AccountView, influence: Floats) -> float:
    """The share of the decision held by people with stance 1 or more."""
    return float(influence[view.supporters].sum())


def redundancy(by_our_role: Floats, influence: Floats, numbers: Calibration) -> float:
    """The share of the decision that enough of our roles (two) hold firmly. `by_our_role` is roles x people."""
    firm = (by_our_role >= numbers.firm_tie - SLACK).sum(axis=0)
    return float(influence[firm >= numbers.firm_roles].sum())


def triangle(by_our_role: Floats, influence: Floats, tie: float) -> dict[str, float]:
    """The share of the decision that each corner of the iron triangle reaches."""
    return {
        corner: float(influence[by_our_role[ROLES.index(corner)] >= tie - SLACK].sum()) for corner in ("AR", "SR", "FR")
    }


def concentration(strength: Floats, influence: Floats) -> float | None:
    """The busiest member's share of all connection weighted by influence; None where there is none."""
    carried = strength @ influence
    total = float(carried.sum())
    return float(carried.max()) / total if total > 0 else None


def seats(view: AccountView) -> tuple[int, int]:
    """How many seats the decision has, and how many of them an active person holds."""
    holders: list[str | None] = []
    for step in view.steps:
        holders += [vote.person for vote in step.votes] or [None]
    if not view.steps:
        holders = [part.person for part in view.participation if part is not None]
    held = sum(holder is not None and bool(view.known[view.index[holder]]) for holder in holders)
    return len(holders), held
