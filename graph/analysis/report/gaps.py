"""Coverage gaps: what is missing at whom, by what it costs us (measures, section 6)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np

from graph.analysis.ground.account_view import AccountView, Flags, Floats, Ints
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.measures.connection import NEVER, ROLES, Connection
from graph.analysis.measures.coverage import Standards
from graph.analysis.measures.measures import Measures
from graph.model import Covers
from graph.model.fields import COACH

CORNERS = ("AR", "SR", "FR")
"""The iron triangle."""


Rule = tuple[str, Flags, Floats | float]
"""A type of gap, whom it holds for, and what they fall short by."""


class RawGap(NamedTuple):
    """A gap before its words: type, whom it is about (a person by index, a unit, or the account), and its cost."""

    type: str
    person: int | None
    unit: str | None
    severity: float
    band: Band


Band = Literal["critical", "high", "medium", "low"]


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
    def missing(self) -> Floats:
        """What each person's coverage lacks."""
        missing: Floats = 1.0 - self.covered
        return missing

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


def gap_evidence(measures: Measures) -> Evidence:
    """The evidence that the measures of an account give."""
    view, columns = measures.view, measures.dataset.columns(Covers, "member", "person", "owner")
    owned = {person for member, person, owner in zip(*columns, strict=True) if owner and member in view.member_index}
    return Evidence(
        view=view,
        standards=measures.standards,
        connected=measures.connected,
        covered=measures.covered,
        influence=measures.influence,
        owned=np.array([person.id in owned for person in view.people], dtype=bool),
    )


def coverage_gaps(evidence: Evidence) -> tuple[RawGap, ...]:
    """Every gap that costs at least 1, worst first, then by type, person and unit."""
    return _Judge(evidence).gaps()


class _Judge:
    """Judges people, units and the account. A rule is a type, whom it holds for, and what they fall short by."""

    def __init__(self, evidence: Evidence) -> None:
        view = evidence.view
        self._evidence = evidence
        self._view = view
        self._numbers = view.calibration
        self._rule = view.calibration.gaps
        self._most = float(evidence.influence.max(initial=0.0))
        near = 2.0 ** (-_days_to_bid(view) / self._numbers.severity_half_life)
        self._urgency = self._rule.urgency_base + self._rule.urgency_share * near

    def gaps(self) -> tuple[RawGap, ...]:
        """All that cost enough to be listed, in order."""
        listed = [*self._of_people(), *self._of_units(), *self._of_account()]
        people = self._view.people
        listed.sort(
            key=lambda one: (
                -round(one.severity, DIGITS),
                one.type,
                "" if one.person is None else people[one.person].id,
                one.unit or "",
            )
        )
        return tuple(listed)

    def _of_people(self) -> Iterator[RawGap]:
        view, influence = self._view, self._evidence.influence
        share = influence / self._most if self._most > 0 else np.zeros_like(influence)
        ahead = np.maximum(0.0, view.rival - self._evidence.connected.together)
        cost = 100.0 * share * self._urgency * (1.0 + self._rule.rival_share * ahead)
        kinds, holds, shortfalls = zip(*self._rules(), strict=True)
        severity = np.empty((len(kinds), len(cost)))
        for rule, shortfall in enumerate(shortfalls):
            severity[rule] = shortfall
        severity = np.minimum(100.0, cost * severity)
        listed = np.nonzero(np.array(holds) & (severity >= self._numbers.least_severity - SLACK))
        for rule, person, worth in zip(*(at.tolist() for at in listed), severity[listed].tolist(), strict=True):
            yield RawGap(kinds[rule], person, None, worth, self._band(worth))

    def _rules(self) -> Iterator[Rule]:
        """Every rule about people."""
        view, together, rule = self._view, self._evidence.connected.together, self._rule
        yield "key_person_left", view.vacant, rule.shortfall.key_person_left
        yield "unidentified_role", view.unidentified, rule.shortfall.unidentified_role
        yield from self._thin()
        yield from self._mismatched()
        if view.opportunity is not None:
            yield from self._of_stance()
        owned = (view.rival >= rule.rival_from - SLACK) & (view.rival > together + SLACK)
        yield "competitor_owned", view.known & owned, view.rival

    def _thin(self) -> Iterator[Rule]:
        """Of those who matter: who sits in a seat, or has a quarter of the largest influence."""
        evidence, view, rule = self._evidence, self._view, self._rule
        matters = view.known & (view.seated | (evidence.influence >= rule.influence_from * self._most - SLACK))
        silent = evidence.connected.together < self._numbers.tie - SLACK
        short = matters & ~silent & (evidence.missing > SLACK)
        idle = view.as_of.toordinal() - evidence.last_touch > rule.stale_cadences * evidence.standards.cadence
        yield "no_contact", matters & silent, evidence.missing
        yield "stale", short & idle, evidence.missing
        yield "weak_tie", short & ~idle, evidence.missing
        yield "single_threaded", matters & (evidence.tied.sum(axis=0) == 1), rule.shortfall.single_threaded
        yield "no_owner", matters & ~evidence.owned, rule.shortfall.no_owner

    def _mismatched(self) -> Iterator[Rule]:
        """Of those with a tie: whom the wrong role holds, and whom only people from too far below hold."""
        view, tied, numbers, rule = self._view, self._evidence.tied, self._numbers, self._rule
        held = view.known & tied.any(axis=0)
        missing = ~(self._evidence.connected.by_role >= numbers.tie - SLACK)
        cover = {function: ROLES.index(role) for function, role in numbers.function_cover.items()}
        asked = np.array([cover.get(person.function or "", -1) for person in view.people], dtype=np.int64)
        wrong = (asked >= 0) & missing[asked, np.arange(len(asked))]
        executive = (view.levels >= numbers.executive_level) & missing[ROLES.index("EXEC")]
        ours = np.array([member.level for member in view.members], dtype=np.float64)
        highest = np.fmax.reduce(np.where(tied, ours[:, None], np.nan), axis=0, initial=np.nan)
        yield "wrong_role", held & (wrong | executive), rule.shortfall.wrong_role
        above = view.levels - highest >= rule.levels_apart
        yield "level_mismatch", held & above, rule.shortfall.level_mismatch

    def _of_stance(self) -> Iterator[Rule]:
        view = self._view
        confidence = np.array([one and one.confidence for one in view.participation], dtype=np.float64)
        yield "stance_unknown", view.known & view.seated & ~view.stated, self._rule.shortfall.stance_unknown
        hostile = view.known & view.opponents & (self._evidence.missing > SLACK)
        yield "hostile_unaddressed", hostile, np.abs(view.stance_values)
        unsure = confidence < self._rule.confidence - SLACK
        yield "unverified", view.known & view.stated & unsure, 1.0 - confidence

    def _of_units(self) -> Iterator[RawGap]:
        together, influence = self._evidence.connected.together, self._evidence.influence
        for unit, own in self._view.unit_people.items():
            if own and together[own].max() < self._numbers.tie - SLACK:
                share = min(1.0, float(influence[own].sum()) / self._most) if self._most > 0 else 0.0
                shortfall = self._rule.shortfall.department_uncovered
                yield from self._weighed("department_uncovered", shortfall * share, unit)

    def _of_account(self) -> Iterator[RawGap]:
        for kind, shortfall in self._account_rules():
            yield from self._weighed(kind, shortfall)

    def _account_rules(self) -> Iterator[tuple[str, float]]:
        view, rule = self._view, self._rule
        if self._evidence.missing_corners:
            yield "triangle_incomplete", len(self._evidence.missing_corners) / len(CORNERS)
        if view.opportunity is None:
            return
        stances = [stance for stance in view.stances if stance is not None]
        if COACH not in stances:
            yield "no_coach", rule.shortfall.no_coach
        if not view.deciders.any():
            yield "no_decision_maker", rule.shortfall.no_decision_maker
        if len(stances) >= rule.known_stances and min(stances) >= 0:
            yield "no_opponent_identified", rule.shortfall.no_opponent_identified
        against = float(self._evidence.influence[view.opponents].sum())
        for_us = float(self._evidence.influence[view.supporters].sum())
        if against > for_us + SLACK:
            yield "supporters_outnumbered", against - for_us

    def _weighed(self, kind: str, weight: float, unit: str | None = None) -> Iterator[RawGap]:
        """A gap of a unit or the account, where it costs enough."""
        severity = min(100.0, 100.0 * weight * self._urgency)
        if severity >= self._numbers.least_severity - SLACK:
            yield RawGap(kind, None, unit, severity, self._band(severity))

    def _band(self, severity: float) -> Band:
        bands = self._numbers.bands
        if severity >= bands.critical - SLACK:
            return "critical"
        if severity >= bands.high - SLACK:
            return "high"
        return "medium" if severity >= bands.medium - SLACK else "low"


def _days_to_bid(view: AccountView) -> float:
    if view.opportunity is None or view.opportunity.bid_date is None:
        return view.calibration.prior_bid_days
    return max(0, (view.opportunity.bid_date - view.as_of).days)
