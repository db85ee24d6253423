"""Coverage: connection strength against the standard of each person's role (measures, section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from graph.analysis.ground.account_view import AccountView
from graph.analysis.ground.arrays import Flags, Floats, Ints, counts, largest, sums
from graph.analysis.ground.batch import Batch
from graph.analysis.ground.columns import codes_of
from graph.analysis.ground.rounding import SLACK
from graph.analysis.ground.team_columns import ROLES
from graph.model import Participation
from graph.model.calibration_groups import Standard

CORNERS = ("AR", "SR", "FR")
"""The iron triangle."""


@dataclass(frozen=True)
class Standards:
    """The standard of each person: days between contacts (integers), and the team's required strength in (0, 1]."""

    cadence: Ints
    strength: Floats


def standards(batch: Batch) -> Standards:
    """The coverage standard of each person, by roles and recorded level.

    Of several roles the smallest cadence and the largest strength; executives with an executive role 30/.60; without a
    role 90/.20. Where nobody takes part in the opportunity, by level alone.

    >>> required = standards(measures.view.batch)
    >>> required.cadence.tolist(), required.strength.tolist()
    ([30, 14, 90, 14], [0.6, 0.6, 0.2, 0.6])
    """
    numbers = batch.calibration
    level = np.where(np.isnan(batch.level), 0.0, batch.level)
    takes_part = batch.has_participants[batch.of_account]
    bits = np.where(takes_part, batch.role_bits, 0)
    executive = level >= numbers.executive_level
    executive_role = np.logical_or.reduce([_has(bits, role) for role in numbers.executive_roles] or [bits < 0])
    lasting = np.iinfo(np.int64).max
    cadence, strength = np.full(batch.people, lasting), np.zeros(batch.people)
    for role, standard in numbers.standard.items():
        held = _has(bits, role)
        cadence[held] = np.minimum(cadence[held], standard.cadence)
        strength[held] = np.maximum(strength[held], standard.strength)
    required = Standards(cadence, strength)
    _require(required, bits == 0, numbers.no_role_standard)
    _require(required, ~takes_part & (level >= numbers.head_level), numbers.head_standard)
    _require(required, executive & (executive_role | ~takes_part), numbers.executive_standard)
    return required


def _has(bits: Ints, role: str) -> Flags:
    return (bits >> codes_of(Participation, "roles")[role] & 1).astype(bool)


def _require(required: Standards, of: Flags, standard: Standard) -> None:
    required.cadence[of], required.strength[of] = standard.cadence, standard.strength


def coverage(batch: Batch, together: Floats, required: Floats) -> Floats:
    """Coverage `cov = min(1, C/required)`, one entry per person; 0 for vacant and unidentified seats.

    `together` is the team's connection strength and `required` the standard's, one entry per person.

    >>> by_person(coverage(measures.view.batch, measures.connected.together, measures.standards.strength))
    {'ann': 0.679, 'ben': 0.965, 'cho': 1.0, 'dev': 0.0}
    """
    covered: Floats = np.where(batch.known, np.minimum(1.0, together / required), 0.0)
    return covered


def decision_chain_coverage(batch: Batch, influence: Floats, covered: Floats) -> Floats:
    """Decision-chain coverage `Σ influence·cov` of each account, in [0, 1].

    >>> decision_chain_coverage(measures.view.batch, measures.influence, measures.covered).round(3).tolist()
    [0.679]
    """
    return batch.total(influence * covered)


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


def supportive(batch: Batch, influence: Floats) -> Floats:
    """Supportive coverage of each account: the decision influence of people with stance 1 or more, in [0, 1].

    >>> supportive(measures.view.batch, measures.influence).round(3).tolist()
    [0.282]
    """
    return batch.total(np.where(batch.supporters, influence, 0.0))


def redundancy(batch: Batch, by_our_role: Floats, influence: Floats) -> Floats:
    """The decision influence of people to whom at least two team roles have a firm tie (C ≥ .30), by account.

    `by_our_role` is the best strength of each team role, roles x people; `influence` one entry per person.
    """
    firm = (by_our_role >= batch.calibration.firm_tie - SLACK).sum(axis=0)
    return batch.total(np.where(firm >= batch.calibration.firm_roles, influence, 0.0))


def triangle(batch: Batch, by_our_role: Floats, influence: Floats) -> dict[str, Floats]:
    """The decision influence of people to whom each corner of the iron triangle (AR, SR, FR) has a tie, by account.

    >>> shares = triangle(measures.view.batch, measures.connected.by_role, measures.influence)
    >>> {corner: share.round(3).tolist() for corner, share in shares.items()}
    {'AR': [0.395], 'SR': [0.42], 'FR': [0.0]}
    """
    tied = by_our_role >= batch.calibration.tie - SLACK
    return {corner: batch.total(np.where(tied[ROLES.index(corner)], influence, 0.0)) for corner in CORNERS}


def concentration(batch: Batch, strength: Floats, influence: Floats) -> Floats:
    """The largest member's share of `Σ influence·C` over all members, in (0, 1]; NaN without any connection.

    `strength` has one entry per cell. 1 says that the whole account hangs on one team member.
    """
    by_member = sums(batch.cell_member, strength.ravel() * influence[batch.cell_person], batch.members)
    total = sums(batch.member_account, by_member, batch.accounts)
    most = largest(batch.member_account, by_member, batch.accounts)
    share: Floats = np.divide(most, total, out=np.full(batch.accounts, np.nan), where=total > 0)
    return share


def seats(batch: Batch) -> tuple[Ints, Ints]:
    """The number of seats in the decision of each account, and the number of them that an active person holds.

    Seats are rows of votes; a step without votes is one seat that nobody is known to hold; without steps, seats are
    participation rows.

    >>> [number.tolist() for number in seats(measures.view.batch)]
    [[3], [3]]
    """
    voting, accounts = batch.voting, batch.accounts
    steps = np.bincount(voting.account, minlength=accounts)
    cast = np.bincount(voting.account[voting.step], minlength=accounts)
    held = counts(voting.account[voting.step], batch.known[voting.person], accounts)
    empty = counts(voting.account, ~voting.voted, accounts)
    parts, active = batch.count(batch.has_part), batch.count(batch.has_part & batch.known)
    return np.where(steps > 0, cast + empty, parts), np.where(steps > 0, held, active)
