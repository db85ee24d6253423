"""Coverage gaps, by severity (measures, section 6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from graph.analysis.ground.arrays import Flags, Floats, Ints, any_of, largest, sums
from graph.analysis.ground.batch import Batch
from graph.analysis.ground.columns import codes_of
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.ground.team_columns import ROLES
from graph.analysis.measures.connection import NEVER
from graph.analysis.measures.coverage import CORNERS
from graph.analysis.measures.measures import BatchMeasures, Measures
from graph.model import Person
from graph.model.fields import COACH

Band = Literal["critical", "high", "medium", "low"]
BANDS: tuple[Band, ...] = ("low", "medium", "high", "critical")

TYPES = (
    "competitor_owned",
    "department_uncovered",
    "hostile_unaddressed",
    "key_person_left",
    "level_mismatch",
    "no_coach",
    "no_contact",
    "no_decision_maker",
    "no_opponent_identified",
    "no_owner",
    "single_threaded",
    "stale",
    "stance_unknown",
    "supporters_outnumbered",
    "triangle_incomplete",
    "unidentified_role",
    "unverified",
    "weak_tie",
    "wrong_role",
)
"""The types of gap, in the order in which gaps of one severity are listed."""

NOBODY = -1
"""The place of the person or unit of a gap that has none."""


class RawGap(NamedTuple):
    """A gap before its texts: type, subject (a person by index, a unit by id, or else the account), severity 0-100."""

    type: str
    person: int | None
    unit: str | None
    severity: float
    band: Band


@dataclass(frozen=True)
class GapColumns:
    """The gaps of the accounts of a batch, account behind account, the worst first; one entry per gap in each array.

    `type` is the place in `TYPES`, `person` and `unit` are places in the batch, or `NOBODY`; `band` is a place in
    `BANDS`.
    """

    batch: Batch
    account: Ints
    type: Ints
    person: Ints
    unit: Ints
    severity: Floats
    band: Ints

    def of_account(self, account: int, most: int | None = None) -> tuple[RawGap, ...]:
        """The gaps of an account, at most so many; people and units count in the account alone."""
        start, end = np.searchsorted(self.account, (account, account + 1)).tolist()
        own = slice(start, end if most is None else min(end, start + most))
        people_from = int(self.batch.people_from[account])
        units_from = int(self.batch.columns.starts_of("units")[account])
        units = self.batch.columns.names[account].units
        columns = (self.type, self.person, self.unit, self.severity, self.band)
        gaps = zip(*(column[own].tolist() for column in columns), strict=True)
        return tuple(
            [
                RawGap(
                    TYPES[type_],
                    None if person == NOBODY else person - people_from,
                    None if unit == NOBODY else units[unit - units_from][0],
                    severity,
                    BANDS[band],
                )
                for type_, person, unit, severity, band in gaps
            ]
        )


def coverage_gaps(measures: Measures) -> tuple[RawGap, ...]:
    """All gaps of an account with a severity of at least 1, worst first, then by type, person and unit.

    >>> [(gap.type, gap.person, round(gap.severity)) for gap in coverage_gaps(measures)[:2]]
    [('stance_unknown', 0, 63), ('no_contact', 3, 57)]
    """
    return gap_columns(measures.whole).of_account(0)


def gap_columns(measures: BatchMeasures) -> GapColumns:
    """All gaps with a severity of at least 1, by account, worst first, then by type, person and unit.

    `severity = 100·(I/I_max)·shortfall·(.5 + .5·2^(-days to bid/90))·(1 + .5·max(0, K - C))`, at most 100. Gaps of the
    account have 1 for I/I_max and no rival factor; a unit has the sum of its people's influence.

    >>> gap_columns(measures.whole).severity.round().tolist()[:2]
    [63.0, 57.0]
    """
    return _GapRules(measures).gaps()


class _Raised(NamedTuple):
    """Gaps severe enough to be listed, each with its type (a place in `TYPES`), account, subject and severity."""

    type: Ints
    account: Ints
    person: Ints
    unit: Ints
    severity: Floats


Rule = tuple[str, Flags, Floats | float]
"""A type of gap, the people or accounts that it holds for, and their shortfalls in [0, 1]."""


class _GapRules:
    """The rules that raise gaps of people, units and the account; a new type of gap is one more rule here."""

    def __init__(self, measures: BatchMeasures) -> None:
        batch = measures.batch
        self._measures, self._batch = measures, batch
        self._numbers, self._rule = batch.calibration, batch.calibration.gaps
        self._most = largest(batch.of_account, measures.influence, batch.accounts)
        near = np.exp2(-_days_to_bid(batch) / self._numbers.severity_half_life)
        self._urgency = self._rule.urgency_base + self._rule.urgency_share * near
        self._missing = 1.0 - measures.covered
        tied = np.flatnonzero(measures.connected.ties(self._numbers.tie))
        self._tied_member, self._tied_person = batch.cell_member[tied], batch.cell_person[tied]
        self._tied_members = np.bincount(self._tied_person, minlength=batch.people)

    def gaps(self) -> GapColumns:
        """All gaps severe enough to be listed, in order."""
        raised = (self._of_people(), self._of_units(), self._of_accounts())
        account, type_, person, unit = (
            np.concatenate([getattr(gaps, name) for gaps in raised]) for name in ("account", "type", "person", "unit")
        )
        severity = np.concatenate([gaps.severity for gaps in raised])
        order = np.lexsort((unit, person, type_, -severity.round(DIGITS), account))
        bands = self._numbers.bands
        limits = np.array([bands.medium, bands.high, bands.critical]) - SLACK
        return GapColumns(
            batch=self._batch,
            account=account[order],
            type=type_[order],
            person=person[order],
            unit=unit[order],
            severity=severity[order],
            band=np.searchsorted(limits, severity[order], side="right"),
        )

    def _weighed(self, rules: Iterable[Rule], cost: Floats) -> tuple[Ints, Ints, Floats]:
        """The type, subject and severity of each gap to be listed, for the subjects whose gaps weigh `cost`."""
        types, holds, shortfalls = zip(*rules, strict=True)
        severity = np.empty((len(types), len(cost)))
        for row, shortfall in zip(severity, shortfalls, strict=True):
            row[:] = shortfall
        severity = np.minimum(100.0, severity * cost)
        rule, subject = np.nonzero(np.array(holds) & (severity >= self._numbers.least_severity - SLACK))
        return np.array([TYPES.index(type_) for type_ in types])[rule], subject, severity[rule, subject]

    def _of_people(self) -> _Raised:
        batch, influence = self._batch, self._measures.influence
        most = self._most[batch.of_account]
        share = np.divide(influence, most, out=np.zeros_like(influence), where=most > 0)
        ahead = np.maximum(0.0, batch.rival - self._measures.connected.together)
        cost = 100.0 * share * self._urgency[batch.of_account] * (1.0 + self._rule.rival_share * ahead)
        type_, person, severity = self._weighed(self._rules(), cost)
        return _Raised(type_, batch.of_account[person], person, np.full(len(person), NOBODY), severity)

    def _rules(self) -> Iterator[Rule]:
        """The rules about people."""
        batch, together, rule = self._batch, self._measures.connected.together, self._rule
        yield "key_person_left", batch.vacant, rule.shortfall.key_person_left
        yield "unidentified_role", batch.unidentified, rule.shortfall.unidentified_role
        yield from self._coverage_rules()
        yield from self._mismatch_rules()
        yield from self._stance_rules()
        owned = (batch.rival >= rule.rival_from - SLACK) & (batch.rival > together + SLACK)
        yield "competitor_owned", batch.known & owned, batch.rival

    def _coverage_rules(self) -> Iterator[Rule]:
        """Rules about weak contact, for people with a seat or at least a quarter of the largest influence."""
        measures, batch, rule = self._measures, self._batch, self._rule
        from_influence = rule.influence_from * self._most[batch.of_account] - SLACK
        matters = batch.known & (batch.seated | (measures.influence >= from_influence))
        silent = measures.connected.together < self._numbers.tie - SLACK
        short = matters & ~silent & (self._missing > SLACK)
        last_touch = largest(batch.cell_person, measures.connected.last_touch.astype(float), batch.people, NEVER)
        idle = batch.as_of.toordinal() - last_touch > rule.stale_cadences * measures.standards.cadence
        yield "no_contact", matters & silent, self._missing
        yield "stale", short & idle, self._missing
        yield "weak_tie", short & ~idle, self._missing
        yield "single_threaded", matters & (self._tied_members == 1), rule.shortfall.single_threaded
        yield "no_owner", matters & ~batch.owned, rule.shortfall.no_owner

    def _mismatch_rules(self) -> Iterator[Rule]:
        """Rules about people with a tie, but none from the role their function asks for, or from near their level."""
        batch, numbers, rule = self._batch, self._numbers, self._rule
        held = batch.known & (self._tied_members > 0)
        missing = ~(self._measures.connected.by_role >= numbers.tie - SLACK)
        cover = {
            code: ROLES.index(role)
            for function, role in numbers.function_cover.items()
            for code in [codes_of(Person, "function")[function]]
        }
        asked = np.array([*(cover.get(code, NOBODY) for code in codes_of(Person, "function").values()), NOBODY])
        role = asked[batch.function]
        wrong = (role >= 0) & missing[role, np.arange(batch.people)]
        executive = (batch.level >= numbers.executive_level) & missing[ROLES.index("EXEC")]
        yield "wrong_role", held & (wrong | executive), rule.shortfall.wrong_role
        stated = np.nan_to_num(batch.team.level, nan=-np.inf)[batch.member_team][self._tied_member]
        highest = largest(self._tied_person, stated, batch.people, -np.inf)
        above = (batch.level - highest >= rule.levels_apart) & np.isfinite(highest)
        yield "level_mismatch", held & above, rule.shortfall.level_mismatch

    def _stance_rules(self) -> Iterator[Rule]:
        batch = self._batch
        decided = batch.decided[batch.of_account] & batch.known
        yield "stance_unknown", decided & batch.seated & ~batch.stated, self._rule.shortfall.stance_unknown
        hostile = decided & batch.opponents & (self._missing > SLACK)
        yield "hostile_unaddressed", hostile, np.abs(batch.stance_values)
        unsure = batch.confidence < self._rule.confidence - SLACK
        yield "unverified", decided & batch.stated & unsure, 1.0 - batch.confidence

    def _of_units(self) -> _Raised:
        batch, measures = self._batch, self._measures
        account = batch.columns.accounts_of("units")
        in_unit = np.flatnonzero(batch.unit >= 0)
        unit, units = batch.unit[in_unit], len(account)
        best = largest(unit, measures.connected.together[in_unit], units)
        bare = (np.bincount(unit, minlength=units) > 0) & (best < self._numbers.tie - SLACK)
        most = self._most[account]
        influence = sums(unit, measures.influence[in_unit], units)
        share = np.minimum(1.0, np.divide(influence, most, out=np.zeros(units), where=most > 0))
        rule = ("department_uncovered", bare, self._rule.shortfall.department_uncovered)
        type_, unit, severity = self._weighed([rule], 100.0 * share * self._urgency[account])
        return _Raised(type_, account[unit], np.full(len(unit), NOBODY), unit, severity)

    def _of_accounts(self) -> _Raised:
        type_, account, severity = self._weighed(self._account_rules(), 100.0 * self._urgency)
        nobody = np.full(len(account), NOBODY)
        return _Raised(type_, account, nobody, nobody, severity)

    def _account_rules(self) -> Iterator[Rule]:
        batch, rule, influence = self._batch, self._rule, self._measures.influence
        missing = missing_corners(self._measures)
        lacks = missing.sum(axis=0)
        yield "triangle_incomplete", lacks > 0, lacks / len(CORNERS)
        decided = batch.decided
        yield "no_coach", decided & ~batch.some(batch.stance == COACH), rule.shortfall.no_coach
        yield "no_decision_maker", decided & ~batch.some(batch.deciders), rule.shortfall.no_decision_maker
        quiet = (batch.count(batch.stated) >= rule.known_stances) & ~batch.some(batch.opponents)
        yield "no_opponent_identified", decided & quiet, rule.shortfall.no_opponent_identified
        against = batch.total(np.where(batch.opponents, influence, 0.0))
        for_us = batch.total(np.where(batch.supporters, influence, 0.0))
        yield "supporters_outnumbered", decided & (against > for_us + SLACK), against - for_us


def missing_corners(measures: BatchMeasures) -> Flags:
    """The corners of the triangle that have no tie to anybody: corners x accounts, in the order of `CORNERS`."""
    batch = measures.batch
    tied = measures.connected.by_role >= batch.calibration.tie - SLACK
    return np.stack([~any_of(batch.of_account, tied[ROLES.index(corner)], batch.accounts) for corner in CORNERS])


def _days_to_bid(batch: Batch) -> Floats:
    bid = np.zeros(batch.accounts, dtype=np.int64)
    bid[batch.decided] = batch.columns.tables["opportunities"]["bid_date"][batch.opportunity[batch.decided]]
    return np.where(bid == 0, batch.calibration.prior_bid_days, np.maximum(0, bid - batch.as_of.toordinal()))
