"""Coverage: connection strength against the standard of each person's role (measures, section 6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from graph.analysis.ground.account_view import AccountView, Floats, Ints
from graph.analysis.ground.rounding import SLACK
from graph.analysis.measures.connection import ROLES
from graph.model.calibration import Calibration
from graph.model.calibration_groups import Standard

Requirement = tuple[int, float]
"""Days between contacts, and the strength required of the whole team."""


@dataclass(frozen=True)
class Standards:
    """The standard of each person: days between contacts (integers), and the team's required strength in (0, 1]."""

    cadence: Ints
    strength: Floats


def standards(view: AccountView) -> Standards:
    """The coverage standard of each person, by roles and recorded level.

    Of several roles the smallest cadence and the largest strength; executives with an executive role 30/.60; without a
    role 90/.20. Where nobody takes part in the opportunity, by level alone.

    >>> required = standards(measures.view)
    >>> required.cadence.tolist(), required.strength.tolist()
    ([30, 14, 90, 14], [0.6, 0.6, 0.2, 0.6])
    """
    requirement_of = _requirement_rule(view)
    requirements = [
        requirement_of(person.level or 0, roles) for person, roles in zip(view.people, view.roles, strict=True)
    ]
    cadence, strength = zip(*requirements, strict=True) if requirements else ((), ())
    return Standards(np.array(cadence, dtype=np.int64), np.array(strength, dtype=np.float64))


def _requirement_rule(view: AccountView) -> Callable[[int, tuple[str, ...]], Requirement]:
    """The rule from level and roles to a requirement: by level alone where the opportunity has no participants."""
    numbers = view.calibration
    standards_by_level = (numbers.executive_standard, numbers.head_standard, numbers.no_role_standard)
    executive, head, others = map(_requirement, standards_by_level)
    executive_level, head_level = numbers.executive_level, numbers.head_level
    executive_roles = frozenset(numbers.executive_roles)
    by_role = {role: _requirement(standard) for role, standard in numbers.standard.items()}

    def by_level(level: int, _: tuple[str, ...]) -> Requirement:
        if level >= executive_level:
            return executive
        return head if level >= head_level else others

    def by_roles(level: int, roles: tuple[str, ...]) -> Requirement:
        if not roles:
            return others
        if level >= executive_level and not executive_roles.isdisjoint(roles):
            return executive
        cadences, strengths = zip(*(by_role[role] for role in roles), strict=True)
        return min(cadences), max(strengths)

    return by_roles if view.has_participants else by_level


def _requirement(standard: Standard) -> Requirement:
    return standard.cadence, standard.strength


def coverage(view: AccountView, together: Floats, required: Floats) -> Floats:
    """Coverage `cov = min(1, C/required)`, one entry per person; 0 for vacant and unidentified seats.

    `together` is the team's connection strength and `required` the standard's, one entry per person.

    >>> by_person(coverage(measures.view, measures.connected.together, measures.standards.strength))
    {'ann': 0.679, 'ben': 0.965, 'cho': 1.0, 'dev': 0.0}
    """
    covered: Floats = np.where(view.known, np.minimum(1.0, together / required), 0.0)
    return covered


def weighted(influence: list[float], covered: list[float], indices: Sequence[int]) -> float | None:
    """The mean coverage of some people weighted by influence, `Σ I·cov/Σ I`; unweighted if Σ I is 0; None of nobody.

    >>> round(weighted([0.3, 0.1], [0.5, 0.9], [0, 1]), 9), weighted([0.3, 0.1], [0.5, 0.9], [])
    (0.6, None)
    """
    if not indices:
        return None
    total = sum(influence[i] for i in indices)
    if total > SLACK:
        return sum(influence[i] * covered[i] for i in indices) / total
    return sum(covered[i] for i in indices) / len(indices)


def by_role(view: AccountView, influence: Floats, covered: Floats) -> dict[str, float | None]:
    """The influence-weighted coverage of the holders of each role that is held."""
    shares, coverages = influence.tolist(), covered.tolist()
    return {role: weighted(shares, coverages, holders) for role, holders in view.holders.items()}


def by_unit(view: AccountView, influence: Floats, covered: Floats) -> dict[str, float | None]:
    """The influence-weighted coverage of each unit's own people; None for a unit without people."""
    shares, coverages = influence.tolist(), covered.tolist()
    return {unit: weighted(shares, coverages, people) for unit, people in view.unit_people.items()}


def supportive(view: AccountView, influence: Floats) -> float:
    """Supportive coverage: the decision influence of people with stance 1 or more, in [0, 1].

    >>> round(supportive(measures.view, measures.influence), 3)
    0.282
    """
    return float(influence[view.supporters].sum())


def redundancy(by_our_role: Floats, influence: Floats, numbers: Calibration) -> float:
    """The decision influence of people to whom at least two team roles have a firm tie (C ≥ .30), in [0, 1].

    `by_our_role` is the best strength of each team role, roles x people; `influence` one entry per person.
    """
    firm = (by_our_role >= numbers.firm_tie - SLACK).sum(axis=0)
    return float(influence[firm >= numbers.firm_roles].sum())


def triangle(by_our_role: Floats, influence: Floats, tie: float) -> dict[str, float]:
    """The decision influence of people to whom each corner of the iron triangle (AR, SR, FR) has a tie, in [0, 1].

    >>> shares = triangle(measures.connected.by_role, measures.influence, measures.view.calibration.tie)
    >>> {corner: round(share, 3) for corner, share in shares.items()}
    {'AR': 0.395, 'SR': 0.42, 'FR': 0.0}
    """
    return {
        corner: float(influence[by_our_role[ROLES.index(corner)] >= tie - SLACK].sum()) for corner in ("AR", "SR", "FR")
    }


def concentration(strength: Floats, influence: Floats) -> float | None:
    """The largest member's share of `Σ influence·C` over all members, in (0, 1]; None without any connection.

    `strength` is members x people. 1 says that the whole account hangs on one team member.
    """
    weighted_strength = strength @ influence
    total = float(weighted_strength.sum())
    return float(weighted_strength.max()) / total if total > 0 else None


def seats(view: AccountView) -> tuple[int, int]:
    """The number of seats in the decision, and the number of them that an active person holds.

    Seats are rows of votes; a step without votes is one seat that nobody is known to hold; without steps, seats are
    participation rows.

    >>> seats(measures.view)
    (3, 3)
    """
    holders: list[str | None] = []
    for step in view.steps:
        holders += [vote.person for vote in step.votes] or [None]
    if not view.steps:
        holders = [part.person for part in view.participation if part is not None]
    held = sum(holder is not None and bool(view.known[view.index[holder]]) for holder in holders)
    return len(holders), held
