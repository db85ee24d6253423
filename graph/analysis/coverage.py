"""Coverage: connection against what each person's role requires (measures, section 6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analysis.account import AccountView, Floats, Ints
from graph.analysis.connection import ROLES
from graph.model.calibration import Standard

SLACK = 1e-9


@dataclass(frozen=True)
class Standards:
    """What each person asks for: days between contacts, and strength of all of ours together."""

    cadence: Ints
    strength: Floats


def standards(view: AccountView) -> Standards:
    """The coverage standard of each person, by roles and recorded level."""
    found = [_standard(view, person.level or 0, roles) for person, roles in zip(view.people, view.roles, strict=True)]
    return Standards(
        np.array([one.cadence for one in found], dtype=np.int64), np.array([one.strength for one in found], dtype=float)
    )


def _standard(view: AccountView, level: int, roles: tuple[str, ...]) -> Standard:
    numbers = view.calibration
    if not view.has_participants:
        if level >= numbers.executive_level:
            return numbers.executive_standard
        return numbers.head_standard if level >= numbers.head_level else numbers.no_role_standard
    if not roles:
        return numbers.no_role_standard
    if level >= numbers.executive_level and any(role in numbers.executive_roles for role in roles):
        return numbers.executive_standard
    if len(roles) == 1:
        return numbers.standard[roles[0]]
    asked = [numbers.standard[role] for role in roles]
    return Standard(cadence=min(one.cadence for one in asked), strength=max(one.strength for one in asked))


def coverage(view: AccountView, together: Floats, required: Floats) -> Floats:
    """cov of each person: connection over what is required, at most 1; 0 for vacant and unidentified seats."""
    covered: Floats = np.where(view.known, np.minimum(1.0, together / required), 0.0)
    return covered


def weighted(influence: Floats, covered: Floats) -> float | None:
    """Coverage of some people by influence; their plain mean without influence; None without people."""
    if not len(influence):
        return None
    total = float(influence.sum())
    return float((influence * covered).sum()) / total if total > SLACK else float(covered.mean())


def by_role(view: AccountView, influence: Floats, covered: Floats) -> dict[str, float | None]:
    """Coverage of those who hold each role that somebody holds."""
    return {role: weighted(influence[whom], covered[whom]) for role, whom in view.holders.items()}


def by_unit(view: AccountView, influence: Floats, covered: Floats) -> dict[str, float | None]:
    """Coverage of each unit's own people."""
    return {unit: weighted(influence[whom], covered[whom]) for unit, whom in view.unit_people.items()}


def supportive(view: AccountView, influence: Floats) -> float:
    """The share of the decision held by people with stance 1 or more."""
    return float(influence[view.supporters].sum())


def redundancy(by_our_role: Floats, influence: Floats, firm: float) -> float:
    """The share of the decision that two or more of our roles hold firmly. `by_our_role` is roles x people."""
    return float(influence[(by_our_role >= firm - SLACK).sum(axis=0) >= 2].sum())


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
