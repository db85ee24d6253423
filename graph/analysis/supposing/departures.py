"""What the departure of each person would cost, for everybody at once (measures, section 7).

Without somebody the lines to and from them go, the ears of their managers are shared by fewer, and levels, power,
influence and the forecast follow. Few ears change, so that each departure is a small change of a system solved once,
instead of a report. Arrays here have one row a departure, and a column a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from graph.analysis.account import Flags, Floats, Ints
from graph.analysis.limits import DEPARTURE_ENTRIES, SUPPOSED_PEOPLE
from graph.analysis.measured import Measured
from graph.analysis.power.decision_influence import inferred_levels
from graph.analysis.power.formal_power import standing_of
from graph.analysis.reporting.routes import Routes
from graph.analysis.results import Status
from graph.analysis.rounding import DIGITS, SLACK
from graph.analysis.supposing.departed_lines import DepartedLines
from graph.analysis.supposing.departures_base import DeparturesBase
from graph.analysis.supposing.solved_system import ChangedSystems, SolvedSystem
from graph.model.problem import Problem
from graph.model.words import message


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account stands, in the names of the report."""

    decision_chain_coverage: float
    supportive_coverage: float | None
    redundancy: float
    independent_routes: int | None
    status: Status | None
    forecast: float | None


@dataclass(frozen=True, slots=True)
class Departure:
    """What the account loses with somebody (`influence`), and how it stands without them."""

    person: str
    influence: float
    after: Standing


def departures(found: Measured, base: DeparturesBase | None = None) -> tuple[Departure, ...]:
    """The departure of everybody who is still there, by id; `base` where there is one of these measures already.

    Raises Problem for more than `SUPPOSED_PEOPLE`.
    """
    people = len(found.view.people)
    if people > SUPPOSED_PEOPLE:
        raise Problem("too_many_people", message("what_if.too_many", most=SUPPOSED_PEOPLE, people=people))
    base = base or DeparturesBase(found)
    told = chain.from_iterable(_Batch(base, who).told() for who in _batches(base))
    return tuple(sorted(told, key=lambda one: one.person))


def _batches(base: DeparturesBase) -> Iterator[Ints]:
    """Those who are there, those who change as many ears together, each batch of as many entries as are allowed."""
    there = np.flatnonzero(~base.view.vacant)
    ears = base.touched[there].sum(axis=1)
    order = np.argsort(-ears, kind="stable")
    people, most = there[order], ears[order]
    start = 0
    while start < len(people):
        size = max(1, DEPARTURE_ENTRIES // int(most[start] * len(base.view.people)))
        yield people[start : start + size]
        start += size


class _Batch:
    """Some departures together. A seat stays in the graph, vacant; who has none is not in it any more."""

    def __init__(self, base: DeparturesBase, who: Ints) -> None:
        self.base, self.who = base, who
        self.rows = np.arange(len(who))
        self.stays = base.view.seated[who]
        self.here = np.ones((len(who), len(base.view.people)), dtype=bool)
        self.here[self.rows, who] = False
        self.counted = self.here.copy()
        self.counted[self.rows, who] = self.stays
        self.lines = DepartedLines(base, who, self.stays)

    def told(self) -> Iterator[Departure]:
        """Each departure, in the order asked."""
        base, view = self.base, self.base.view
        covered = self.influence @ base.found.covered - self._of_those_gone(base.found.covered)
        numbers = view.calibration
        firm = (base.found.connected.by_role >= numbers.firm_tie - SLACK).sum(axis=0) >= numbers.firm_roles
        redundant = self.influence @ firm - self._of_those_gone(firm)
        supportive = self.influence @ view.supporters - self._of_those_gone(view.supporters)
        decided = view.opportunity is not None
        status, forecast = self._status() if decided else [], self._forecast() if decided else np.zeros(0)
        for row, i in enumerate(self.who.tolist()):
            yield Departure(
                person=view.people[i].id,
                influence=float(base.found.influence[i]),
                after=Standing(
                    decision_chain_coverage=float(covered[row]),
                    supportive_coverage=float(supportive[row]) if decided else None,
                    redundancy=float(redundant[row]),
                    independent_routes=self._routes(row, i) if decided else None,
                    status=status[row] if decided else None,
                    forecast=float(forecast[row]) if decided else None,
                ),
            )

    def _of_those_gone(self, values: Floats | Flags) -> Floats:
        gone: Floats = self.influence[self.rows, self.who] * values[self.who]
        return gone

    @cached_property
    def theta(self) -> Floats:
        """Susceptibilities; of a vacant seat that of nobody known."""
        numbers = self.base.view.calibration
        theta = np.tile(self.base.found.system.listening.susceptibility, (len(self.who), 1))
        theta[self.rows, self.who] = min(numbers.no_susceptibility, numbers.most_susceptibility)
        return theta

    def _changed(self, system: SolvedSystem, sums: Floats) -> ChangedSystems:
        lines = self.lines
        return system.changed(lines.ears, lines.counts, lines.heard, self.theta, sums)

    @cached_property
    def _plain(self) -> ChangedSystems:
        return self._changed(self.base.plain, self.lines.told)

    def _influence_of(self, power: Floats) -> Floats:
        influence: Floats = np.maximum(0.0, self._plain.gathered(power)) * (1.0 - self.theta)
        return influence

    @cached_property
    def levels(self) -> Floats:
        """lev, inferred anew where it is empty."""
        level = self.base.level
        if not np.isnan(level).any():
            return np.tile(level, (len(self.who), 1))
        count = self.counted.sum(axis=1, keepdims=True)
        value = self._influence_of(self.counted / np.maximum(1, count)).round(DIGITS)
        standing = _middle_places(value, self.counted) / np.maximum(1, count)
        return np.where(np.isnan(level), inferred_levels(standing, self.base.view.calibration.inferred_level), level)

    @cached_property
    def power(self) -> Floats:
        """Formal power: the votes stay, the roles are shared among those who are left."""
        base, numbers = self.base, self.base.view.calibration
        weighed = np.where(self.counted, base.role * standing_of(base.view, self.levels), 0.0)
        total = weighed.sum(axis=1, keepdims=True)
        roles: Floats = np.divide(weighed, total, out=np.zeros_like(weighed), where=total > 0)
        if not base.plays:
            return roles
        return numbers.vote_share * base.found.power.phi + numbers.role_share * roles

    @cached_property
    def influence(self) -> Floats:
        """The decision influence of each person without the one who goes."""
        return self._influence_of(self.power)

    def _forecast(self) -> Floats:
        view, share = self.base.view, self.base.view.calibration.hostile_trust_share
        ours, theirs = share * self.here * self.base.found.trusted, share * self.here * view.rival
        sums = self.lines.told + ours + theirs
        gathered = self._changed(self.base.pulled, sums).gathered(self.power)
        scale = np.maximum(1.0, sums)
        pushed = (1.0 - self.theta) * self.here * view.stance_values + self.theta * (ours - theirs) / scale
        forecast: Floats = (gathered * pushed).sum(axis=1)
        return forecast

    @cached_property
    def deciders(self) -> Flags:
        """Who decides then: the first tier in which somebody is left."""
        deciders = np.zeros_like(self.here)
        for tier in reversed(self.base.decider_tiers):
            left = tier & self.here
            deciders = np.where(left.any(axis=1, keepdims=True), left, deciders)
        return deciders

    def _status(self) -> list[Status]:
        view, (inside, unrecorded) = self.base.view, self.base.inside
        for_us = view.supporters & self.here
        key: list[bool] = np.any((inside | (unrecorded & self.deciders)) & for_us, axis=1).tolist()
        held = self.base.found.covered >= view.calibration.held_coverage - SLACK
        green: list[bool] = np.any(self.deciders & for_us & held, axis=1).tolist()
        return [
            "red" if not any_key else "green" if held else "amber" for any_key, held in zip(key, green, strict=True)
        ]

    def _routes(self, row: int, gone: int) -> int | None:
        """Only where a decider goes, the routes are all looked for again."""
        base, view = self.base, self.base.view
        deciders = self.deciders[row]
        if not deciders.any():
            return None
        if not view.deciders[gone]:
            return base.routes.without(gone, self.lines.opened(row))
        source, target = self.lines.pairs(row)
        may_carry = view.known & ~view.opponents & self.here[row]
        return Routes(source, target, base.firm & self.here[row], may_carry, deciders).count


def _middle_places(value: Floats, counted: Flags) -> Floats:
    """Of each row: how many of those counted have less, and half of those who have the same; values in [0, 1]."""
    # Rows stand apart by 2 on one line, those who do not count behind their row, so that all are sorted at once.
    behind_row = 1.0 + 1.0 / 2.0
    apart = 2.0 * np.arange(len(value))[:, None] + np.where(counted, value, behind_row)
    line = np.sort(apart, axis=1).ravel()
    first = np.searchsorted(line, apart.ravel(), "left").reshape(value.shape)
    last = np.searchsorted(line, apart.ravel(), "right").reshape(value.shape)
    places: Floats = (first + last) / 2.0 - value.shape[1] * np.arange(len(value))[:, None]
    return places
