"""Coverage gaps: what is missing at whom, by what it costs us (measures, section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graph.analysis.account import AccountView, Flags, Floats
from graph.analysis.connection import NEVER, ROLES, Connection
from graph.analysis.coverage import Standards
from graph.analysis.results import Band

SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class RawGap:
    """A gap before its words: type, whom it is about, and what it costs, 0 to 100."""

    type: str
    person: int | None
    unit: str | None
    severity: float
    band: Band


@dataclass(frozen=True)
class Evidence:
    """What the gaps are judged by; arrays have one entry a person, matrices are members x people."""

    view: AccountView
    standards: Standards
    connected: Connection
    covered: Floats
    influence: Floats
    owned: Flags
    deciders: Flags

    @property
    def tied(self) -> Flags:
        """Which of ours has a tie with which of theirs."""
        tied: Flags = self.connected.strength >= self.view.calibration.tie - SLACK
        return tied


def coverage_gaps(evidence: Evidence) -> tuple[RawGap, ...]:
    """Every gap that costs at least 1, worst first, then by type, person and unit."""
    found = [*_of_people(evidence), *_of_units(evidence), *_of_the_account(evidence)]
    listed = [one for one in found if one.severity >= evidence.view.calibration.least_severity - SLACK]
    people = evidence.view.people
    listed.sort(
        key=lambda one: (
            -round(one.severity, 9),
            one.type,
            "" if one.person is None else people[one.person].id,
            one.unit or "",
        )
    )
    return tuple(listed)


def _of_people(evidence: Evidence) -> Iterator[RawGap]:
    for person in range(len(evidence.view.people)):
        for kind, shortfall in _raised(evidence, person):
            yield _gap(evidence, kind, shortfall, person=person)


def _raised(evidence: Evidence, person: int) -> Iterator[tuple[str, float]]:
    view = evidence.view
    if view.vacant[person]:
        yield "key_person_left", 1.0
        return
    if view.unidentified[person]:
        yield "unidentified_role", 1.0
        return
    most = float(evidence.influence.max())
    if view.seated[person] or evidence.influence[person] >= 0.25 * most - SLACK:
        yield from _thin(evidence, person)
    yield from _mismatched(evidence, person)
    if view.opportunity is not None:
        yield from _of_stance(evidence, person)
    rival = float(view.rival[person])
    if rival >= 0.5 - SLACK and rival > evidence.connected.together[person] + SLACK:
        yield "competitor_owned", rival


def _thin(evidence: Evidence, person: int) -> Iterator[tuple[str, float]]:
    view, connected = evidence.view, evidence.connected
    missing = 1.0 - float(evidence.covered[person])
    if connected.together[person] < view.calibration.tie - SLACK:
        yield "no_contact", missing
    elif missing > SLACK:
        last = int(connected.last_touch[:, person].max(initial=NEVER))
        idle = view.as_of.toordinal() - last
        yield ("stale" if last == NEVER or idle > 2 * evidence.standards.cadence[person] else "weak_tie"), missing
    if evidence.tied[:, person].sum() == 1:
        yield "single_threaded", 0.3
    if not evidence.owned[person]:
        yield "no_owner", 0.3


def _mismatched(evidence: Evidence, person: int) -> Iterator[tuple[str, float]]:
    view = evidence.view
    tied = [member for member, has in zip(view.members, evidence.tied[:, person], strict=True) if has]
    if not tied:
        return
    one = view.people[person]
    roles = {member.role for member in tied}
    asked = view.calibration.function_cover.get(one.function or "")
    high = one.level is not None and one.level >= view.calibration.executive_level
    if (asked is not None and asked not in roles) or (high and "EXEC" not in roles):
        yield "wrong_role", 0.4
    stated = [member.level for member in tied if member.level is not None]
    if one.level is not None and stated and one.level - max(stated) >= 2:
        yield "level_mismatch", 0.4


def _of_stance(evidence: Evidence, person: int) -> Iterator[tuple[str, float]]:
    view = evidence.view
    stance, part = view.stances[person], view.participation[person]
    if stance is None:
        if view.seated[person]:
            yield "stance_unknown", 0.7
        return
    if stance < 0 and evidence.covered[person] < 1.0 - SLACK:
        yield "hostile_unaddressed", abs(view.calibration.stance[str(stance)])
    if part is not None and part.confidence is not None and part.confidence < 0.6 - SLACK:
        yield "unverified", 1.0 - part.confidence


def _of_units(evidence: Evidence) -> Iterator[RawGap]:
    view = evidence.view
    for unit in view.units:
        own = np.array([one.unit == unit.id for one in view.people], dtype=bool)
        if own.any() and not (evidence.connected.together[own] >= view.calibration.tie - SLACK).any():
            yield _gap(evidence, "department_uncovered", 1.0, unit=unit.id, own=own)


def _of_the_account(evidence: Evidence) -> Iterator[RawGap]:
    view, connected = evidence.view, evidence.connected
    tie = view.calibration.tie - SLACK
    missing = sum(not (connected.by_role[ROLES.index(corner)] >= tie).any() for corner in ("AR", "SR", "FR"))
    if missing:
        yield _gap(evidence, "triangle_incomplete", missing / 3.0)
    if view.opportunity is None:
        return
    stances = [stance for stance in view.stances if stance is not None]
    if 3 not in stances:
        yield _gap(evidence, "no_coach", 0.5)
    if not evidence.deciders.any():
        yield _gap(evidence, "no_decision_maker", 1.0)
    if len(stances) >= 3 and min(stances) >= 0:
        yield _gap(evidence, "no_opponent_identified", 0.3)
    against = sum(float(i) for i, s in zip(evidence.influence, view.stances, strict=True) if s is not None and s < 0)
    for_us = sum(float(i) for i, s in zip(evidence.influence, view.stances, strict=True) if s is not None and s >= 1)
    if against > for_us + SLACK:
        yield _gap(evidence, "supporters_outnumbered", against - for_us)


def _gap(
    evidence: Evidence,
    kind: str,
    shortfall: float,
    *,
    person: int | None = None,
    unit: str | None = None,
    own: Flags | None = None,
) -> RawGap:
    view = evidence.view
    most = float(evidence.influence.max()) if len(view.people) else 0.0
    share, lead = 1.0, 0.0
    if person is not None:
        share = float(evidence.influence[person]) / most if most > 0 else 0.0
        lead = max(0.0, float(view.rival[person] - evidence.connected.together[person]))
    elif own is not None:
        share = min(1.0, float(evidence.influence[own].sum()) / most) if most > 0 else 0.0
    urgency = 0.5 + 0.5 * 2.0 ** (-_days_to_bid(view) / view.calibration.severity_half_life)
    severity = min(100.0, 100.0 * share * shortfall * urgency * (1.0 + 0.5 * lead))
    return RawGap(kind, person, unit, severity, _band(severity, view))


def _days_to_bid(view: AccountView) -> float:
    if view.opportunity is None or view.opportunity.bid_date is None:
        return view.calibration.prior_bid_days
    return max(0, (view.opportunity.bid_date - view.as_of).days)


def _band(severity: float, view: AccountView) -> Band:
    bands = view.calibration.bands
    if severity >= bands.critical - SLACK:
        return "critical"
    if severity >= bands.high - SLACK:
        return "high"
    return "medium" if severity >= bands.medium - SLACK else "low"
