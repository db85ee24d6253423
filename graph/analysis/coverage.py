"""Coverage: connection against what each person's role requires (measures, section 6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.analysis.account import AccountView, Flags, Floats
from graph.analysis.connection import ROLES
from graph.model.calibration import Standard
from graph.model.scales import ROLE

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Standards:
    """What each person asks for: days between contacts, and strength of all of ours together."""

    cadence: Ints
    strength: Floats


def standards(view: AccountView) -> Standards:
    """The coverage standard of each person, by roles and recorded level."""
    found = [_standard(view, i) for i in range(len(view.people))]
    return Standards(
        np.array([one.cadence for one in found], dtype=np.int64), np.array([one.strength for one in found], dtype=float)
    )


def _standard(view: AccountView, person: int) -> Standard:
    numbers = view.calibration
    level = view.people[person].level or 0
    if not view.has_participants:
        if level >= numbers.executive_level:
            return numbers.executive_standard
        return numbers.head_standard if level >= numbers.head_level else numbers.no_role_standard
    roles = view.roles(person)
    if level >= numbers.executive_level and any(role in numbers.executive_roles for role in roles):
        return numbers.executive_standard
    if not roles:
        return numbers.no_role_standard
    asked = [numbers.standard[role] for role in roles]
    return Standard(cadence=min(one.cadence for one in asked), strength=max(one.strength for one in asked))


def coverage(view: AccountView, together: Floats, required: Floats) -> Floats:
    """cov of each person: connection over what is required, at most 1; 0 for vacant and unidentified seats."""
    covered: Floats = np.where(view.known, np.minimum(1.0, together / required), 0.0)
    return covered


def weighted(influence: Floats, covered: Floats, whom: Flags) -> float | None:
    """Coverage of some people by influence; their plain mean without influence; None without people."""
    if not whom.any():
        return None
    total = float(influence[whom].sum())
    if total > 0:
        return float((influence[whom] * covered[whom]).sum()) / total
    return float(covered[whom].mean())


def by_role(view: AccountView, influence: Floats, covered: Floats) -> dict[str, float | None]:
    """Coverage of those who hold each role that somebody holds."""
    held = {role: _flags(view, lambda i, role=role: role in view.roles(i)) for role in ROLE.by_code}  # type: ignore[misc]
    return {role: weighted(influence, covered, whom) for role, whom in held.items() if whom.any()}


def by_unit(view: AccountView, influence: Floats, covered: Floats) -> dict[str, float | None]:
    """Coverage of each unit's own people."""
    return {
        unit.id: weighted(influence, covered, _flags(view, lambda i, unit=unit: view.people[i].unit == unit.id))  # type: ignore[misc]
        for unit in view.units
    }


def supportive(view: AccountView, influence: Floats) -> float:
    """The share of the decision held by people with stance 1 or more."""
    return float(influence[_flags(view, lambda i: (view.stances[i] or 0) >= 1)].sum())


def redundancy(by_our_role: Floats, influence: Floats, firm: float) -> float:
    """The share of the decision that two or more of our roles hold firmly. `by_our_role` is roles x people."""
    return float(influence[(by_our_role >= firm - 1e-9).sum(axis=0) >= 2].sum())


def triangle(by_our_role: Floats, influence: Floats, tie: float) -> dict[str, float]:
    """The share of the decision that each corner of the iron triangle reaches."""
    return {
        corner: float(influence[by_our_role[ROLES.index(corner)] >= tie - 1e-9].sum()) for corner in ("AR", "SR", "FR")
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
    held = sum(
        holder is not None and holder in view.index and bool(view.known[view.index[holder]]) for holder in holders
    )
    return len(holders), held


def _flags(view: AccountView, test: Callable[[int], bool]) -> Flags:
    return np.array([test(i) for i in range(len(view.people))], dtype=bool)
