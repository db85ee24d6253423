"""Coverage gaps: what is missing at whom, by what it costs us (measures, section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from graph.analysis.account import AccountView, Flags, Floats, Ints
from graph.analysis.connection import NEVER, ROLES, Connection
from graph.analysis.coverage import Standards
from graph.analysis.results import Band

SLACK = 1e-9
CORNERS = ("AR", "SR", "FR")
"""The iron triangle."""


class RawGap(NamedTuple):
    """A gap before its words: type, whom it is about (a person by index, a unit, or the account), and its cost."""

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

    @cached_property
    def tied(self) -> Flags:
        """Which of ours has a tie with which of theirs."""
        return self.connected.ties(self.view.calibration.tie)

    @cached_property
    def last_touch(self) -> Ints:
        """The last day on which any of ours had an answer."""
        last: Ints = self.connected.last_touch.max(axis=0, initial=NEVER)
        return last

    @cached_property
    def missing_corners(self) -> tuple[str, ...]:
        """The corners of the triangle without a tie to anybody."""
        best = self.connected.by_role.max(axis=1, initial=0.0)
        return tuple(one for one in CORNERS if best[ROLES.index(one)] < self.view.calibration.tie - SLACK)


def coverage_gaps(evidence: Evidence) -> tuple[RawGap, ...]:
    """Every gap that costs at least 1, worst first, then by type, person and unit."""
    return _Judge(evidence).gaps()


class _Judge:
    """Goes through people, units and the account; what is asked of everyone is put into lists first."""

    def __init__(self, evidence: Evidence) -> None:
        view, connected = evidence.view, evidence.connected
        self._evidence = evidence
        self._view = view
        self._numbers = view.calibration
        self._influence: list[float] = evidence.influence.tolist()
        self._most = max(self._influence, default=0.0)
        self._missing: list[float] = (1.0 - evidence.covered).tolist()
        self._together: list[float] = connected.together.tolist()
        self._rival: list[float] = view.rival.tolist()
        self._idle: list[int] = (view.as_of.toordinal() - evidence.last_touch).tolist()
        self._patience: list[int] = (2 * evidence.standards.cadence).tolist()
        self._vacant: list[bool] = view.vacant.tolist()
        self._unidentified: list[bool] = view.unidentified.tolist()
        self._seated: list[bool] = view.seated.tolist()
        self._owned: list[bool] = evidence.owned.tolist()
        self._tied: list[list[bool]] = evidence.tied.T.tolist()
        self._urgency = 0.5 + 0.5 * 2.0 ** (-_days_to_bid(view) / self._numbers.severity_half_life)

    def gaps(self) -> tuple[RawGap, ...]:
        """All that cost enough to be listed, in order."""
        least = self._numbers.least_severity - SLACK
        listed = [one for one in self._all() if one.severity >= least]
        people = self._view.people
        listed.sort(
            key=lambda one: (
                -round(one.severity, 9),
                one.type,
                "" if one.person is None else people[one.person].id,
                one.unit or "",
            )
        )
        return tuple(listed)

    def _all(self) -> Iterator[RawGap]:
        most = self._most
        for person, share in enumerate(self._influence):
            ahead = max(0.0, self._rival[person] - self._together[person])
            for kind, shortfall in self._of_person(person):
                yield self._gap(kind, shortfall, share / most if most > 0 else 0.0, ahead, person=person)
        for unit, own in self._view.unit_people.items():
            if len(own) and max(self._together[i] for i in own) < self._numbers.tie - SLACK:
                share = sum(self._influence[i] for i in own)
                yield self._gap("department_uncovered", 1.0, min(1.0, share / most) if most > 0 else 0.0, unit=unit)
        for kind, shortfall in self._of_account():
            yield self._gap(kind, shortfall, 1.0)

    def _gap(
        self,
        kind: str,
        shortfall: float,
        share: float,
        rival_ahead: float = 0.0,
        person: int | None = None,
        unit: str | None = None,
    ) -> RawGap:
        severity = min(100.0, 100.0 * share * shortfall * self._urgency * (1.0 + 0.5 * rival_ahead))
        return RawGap(kind, person, unit, severity, self._band(severity))

    def _band(self, severity: float) -> Band:
        bands = self._numbers.bands
        if severity >= bands.critical - SLACK:
            return "critical"
        if severity >= bands.high - SLACK:
            return "high"
        return "medium" if severity >= bands.medium - SLACK else "low"

    def _of_person(self, person: int) -> Iterator[tuple[str, float]]:
        view = self._view
        if self._vacant[person]:
            yield "key_person_left", 1.0
            return
        if self._unidentified[person]:
            yield "unidentified_role", 1.0
            return
        if self._seated[person] or self._influence[person] >= 0.25 * self._most - SLACK:
            yield from self._thin(person)
        if any(self._tied[person]):
            yield from self._mismatched(person)
        if view.opportunity is not None:
            yield from self._of_stance(person)
        rival = self._rival[person]
        if rival >= 0.5 - SLACK and rival > self._together[person] + SLACK:
            yield "competitor_owned", rival

    def _thin(self, person: int) -> Iterator[tuple[str, float]]:
        missing = self._missing[person]
        if self._together[person] < self._numbers.tie - SLACK:
            yield "no_contact", missing
        elif missing > SLACK:
            yield ("stale" if self._idle[person] > self._patience[person] else "weak_tie"), missing
        if sum(self._tied[person]) == 1:
            yield "single_threaded", 0.3
        if not self._owned[person]:
            yield "no_owner", 0.3

    def _mismatched(self, person: int) -> Iterator[tuple[str, float]]:
        one = self._view.people[person]
        tied = [member for member, has in zip(self._view.members, self._tied[person], strict=True) if has]
        roles = {member.role for member in tied}
        asked = None if one.function is None else self._numbers.function_cover.get(one.function)
        high = one.level is not None and one.level >= self._numbers.executive_level
        if (asked is not None and asked not in roles) or (high and "EXEC" not in roles):
            yield "wrong_role", 0.4
        stated = [member.level for member in tied if member.level is not None]
        if one.level is not None and stated and one.level - max(stated) >= 2:
            yield "level_mismatch", 0.4

    def _of_stance(self, person: int) -> Iterator[tuple[str, float]]:
        stance, part = self._view.stances[person], self._view.participation[person]
        if stance is None:
            if self._seated[person]:
                yield "stance_unknown", 0.7
            return
        if stance < 0 and self._missing[person] > SLACK:
            yield "hostile_unaddressed", abs(self._numbers.stance[str(stance)])
        if part is not None and part.confidence is not None and part.confidence < 0.6 - SLACK:
            yield "unverified", 1.0 - part.confidence

    def _of_account(self) -> Iterator[tuple[str, float]]:
        view = self._view
        if self._evidence.missing_corners:
            yield "triangle_incomplete", len(self._evidence.missing_corners) / 3.0
        if view.opportunity is None:
            return
        stances = [stance for stance in view.stances if stance is not None]
        if 3 not in stances:
            yield "no_coach", 0.5
        if not view.deciders.any():
            yield "no_decision_maker", 1.0
        if len(stances) >= 3 and min(stances) >= 0:
            yield "no_opponent_identified", 0.3
        against = float(np.sum(self._evidence.influence[view.opponents]))
        for_us = float(np.sum(self._evidence.influence[view.supporters]))
        if against > for_us + SLACK:
            yield "supporters_outnumbered", against - for_us


def _days_to_bid(view: AccountView) -> float:
    if view.opportunity is None or view.opportunity.bid_date is None:
        return view.calibration.prior_bid_days
    return max(0, (view.opportunity.bid_date - view.as_of).days)
