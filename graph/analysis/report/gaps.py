"""Coverage gaps, by severity (measures, section 6)."""

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
"""A type of gap, the people it holds for, and their shortfalls in [0, 1]."""


class RawGap(NamedTuple):
    """A gap before its texts: type, subject (a person by index, a unit by id, or else the account), severity 0-100."""

    type: str
    person: int | None
    unit: str | None
    severity: float
    band: Band


Band = Literal["critical", "high", "medium", "low"]


@dataclass(frozen=True)
class Evidence:
    """The measures that gaps depend on; arrays have one entry per person, `owned` marks people with an active owner."""

    view: AccountView
    standards: Standards
    connected: Connection
    covered: Floats
    influence: Floats
    owned: Flags

    @cached_property
    def tied(self) -> Flags:
        """Whether each member has a tie (C ≥ .05) with each person: members x people."""
        return self.connected.ties(self.view.calibration.tie)

    @cached_property
    def missing(self) -> Floats:
        """1 - coverage of each person."""
        missing: Floats = 1.0 - self.covered
        return missing

    @cached_property
    def last_touch(self) -> Ints:
        """The last day (ordinal, or NEVER) on which any member had a touch with q > 0 with each person."""
        last: Ints = self.connected.last_touch.max(axis=0, initial=NEVER)
        return last

    @cached_property
    def missing_corners(self) -> tuple[str, ...]:
        """The corners of the triangle that have no tie to anybody."""
        best = self.connected.by_role.max(axis=1, initial=0.0)
        return tuple(corner for corner in CORNERS if best[ROLES.index(corner)] < self.view.calibration.tie - SLACK)


def gap_evidence(measures: Measures) -> Evidence:
    """The evidence for gaps, from the measures of an account."""
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
    """All gaps with a severity of at least 1, worst first, then by type, person and unit.

    `severity = 100·(I/I_max)·shortfall·(.5 + .5·2^(-days to bid/90))·(1 + .5·max(0, K - C))`, at most 100. Gaps of the
    account have 1 for I/I_max and no rival factor; a unit has the sum of its people's influence.

    >>> [(gap.type, gap.person, round(gap.severity)) for gap in coverage_gaps(gap_evidence(measures))[:2]]
    [('stance_unknown', 0, 63), ('no_contact', 3, 57)]
    """
    return _GapRules(evidence).gaps()


class _GapRules:
    """The rules that raise gaps of people, units and the account; a new type of gap is one more rule here."""

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
        """All gaps severe enough to be listed, in order."""
        listed = [*self._of_people(), *self._of_units(), *self._of_account()]
        people = self._view.people
        listed.sort(
            key=lambda gap: (
                -round(gap.severity, DIGITS),
                gap.type,
                "" if gap.person is None else people[gap.person].id,
                gap.unit or "",
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
        """The rules about people."""
        view, together, rule = self._view, self._evidence.connected.together, self._rule
        yield "key_person_left", view.vacant, rule.shortfall.key_person_left
        yield "unidentified_role", view.unidentified, rule.shortfall.unidentified_role
        yield from self._coverage_rules()
        yield from self._mismatch_rules()
        if view.opportunity is not None:
            yield from self._stance_rules()
        owned = (view.rival >= rule.rival_from - SLACK) & (view.rival > together + SLACK)
        yield "competitor_owned", view.known & owned, view.rival

    def _coverage_rules(self) -> Iterator[Rule]:
        """Rules about weak contact, for people with a seat or at least a quarter of the largest influence."""
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

    def _mismatch_rules(self) -> Iterator[Rule]:
        """Rules about people with a tie, but none from the role their function asks for, or from near their level."""
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

    def _stance_rules(self) -> Iterator[Rule]:
        view = self._view
        confidence = np.array([part and part.confidence for part in view.participation], dtype=np.float64)
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
                yield from self._listed("department_uncovered", shortfall * share, unit)

    def _of_account(self) -> Iterator[RawGap]:
        for kind, shortfall in self._account_rules():
            yield from self._listed(kind, shortfall)

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

    def _listed(self, kind: str, weight: float, unit: str | None = None) -> Iterator[RawGap]:
        """A gap of a unit or the account, if it is severe enough to be listed."""
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
