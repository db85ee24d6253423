"""What the departure of each person would cost, for everybody at once (measures, section 7).

Without somebody the lines to and from them go, the ears of their managers are shared by fewer, and levels, power,
influence and the forecast follow: in a few rows of the systems of today, so that nobody needs a system of their own.
Arrays here have one row a departure, and a column a person.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from graph.analysis.account import Flags, Floats, Ints
from graph.analysis.measured import Measured
from graph.analysis.power.decision_influence import inferred_levels
from graph.analysis.power.formal_power import standing_of
from graph.analysis.reporting.routes import Routes
from graph.analysis.results import Status
from graph.analysis.supposing.departures_base import DeparturesBase
from graph.analysis.supposing.updated_systems import UpdatedSystems
from graph.model.problem import Problem
from graph.model.words import message

SLACK = 1e-9
MOST_PEOPLE = 600
"""A larger account is asked about one person at a time."""

ENTRIES = 2_000_000
"""So many entries of lines are looked at together."""


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


def departures(found: Measured) -> tuple[Departure, ...]:
    """The departure of everybody who is still there, by id. Raises Problem for more than `MOST_PEOPLE`."""
    people = len(found.view.people)
    if people > MOST_PEOPLE:
        raise Problem("too_many_people", message("what_if.too_many", most=MOST_PEOPLE, people=people))
    there = np.flatnonzero(~found.view.vacant)
    base = DeparturesBase(found)
    batches = np.array_split(there, max(1, math.ceil(len(there) * people * people / ENTRIES)))
    return tuple(chain.from_iterable(_Batch(base, who).told() for who in batches))


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

    def told(self) -> Iterator[Departure]:
        """Each departure, in the order asked."""
        base, view = self.base, self.base.view
        covered = self.influence @ base.found.covered - self._of_those_gone(base.found.covered)
        firm = (base.found.connected.by_role >= view.calibration.firm_tie - SLACK).sum(axis=0) >= 2
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
    def lines(self) -> Floats:
        """The weights of the lines that are left, departures x sources x targets."""
        base, rows, who = self.base, self.rows, self.who
        left = np.maximum(0.0, 1.0 - (base.told - base.recorded[who]))
        left[left <= SLACK] = 0.0
        lines: Floats = base.assumed * left[:, None, :]
        for row, i in enumerate(who.tolist()):
            if not self.stays[row]:
                self._share_ears_anew(lines[row], i, left[row])
        lines += base.recorded
        lines[rows, who, :] = 0.0
        lines[rows, :, who] = 0.0
        return lines

    @cached_property
    def _told(self) -> Floats:
        """The sum of what each person is told."""
        told: Floats = self.lines.sum(axis=1)
        return told

    def _share_ears_anew(self, lines: Floats, gone: int, left: Floats) -> None:
        """One report less shares the ear of each manager of theirs."""
        base = self.base
        for manager in np.flatnonzero(base.up[gone]).tolist():
            team = base.team[gone, manager]
            up = base.up[:, manager] * (team / max(1.0, team - 1.0))
            ears = np.where(base.unrecorded[:, manager], np.maximum(base.down[:, manager], up), 0.0)
            lines[:, manager] = ears * left[manager]

    @cached_property
    def theta(self) -> Floats:
        """Susceptibilities; of a vacant seat that of nobody known."""
        numbers = self.base.view.calibration
        theta = np.tile(self.base.found.system.listening.susceptibility, (len(self.who), 1))
        theta[self.rows, self.who] = min(numbers.no_susceptibility, numbers.most_susceptibility)
        return theta

    @cached_property
    def _retold(self) -> Ints:
        """Who hears something else than today, departures x as many as there are at most; others fill up the rows."""
        changed = np.any(self.lines != self.base.lines, axis=1)
        most = int(changed.sum(axis=1).max(initial=0))
        return np.argsort(~changed, axis=1, kind="stable")[:, :most]

    def _systems(self, today: tuple[Floats, Floats], sums: Floats) -> UpdatedSystems:
        """The systems where so much is told to each person."""
        system, inverse = today
        who, rows = self._retold, self.rows[:, None]
        scale = (self.theta / np.maximum(1.0, sums))[rows, who]
        change = -self.lines.transpose(0, 2, 1)[rows, who] * scale[:, :, None] - system.T[who]
        change[rows, np.arange(who.shape[1]), who] += 1.0
        return UpdatedSystems(inverse, who, change.transpose(0, 2, 1))

    @cached_property
    def _plain(self) -> UpdatedSystems:
        return self._systems(self.base.plain, self._told)

    def _gathered(self, power: Floats, systems: UpdatedSystems, sums: Floats) -> Floats:
        """Power times (I - ΘW)^-1 of each system: what is spread as power folds in by Sherman and Morrison."""
        along = systems.solved(power)
        at_large = (self.theta * np.maximum(0.0, 1.0 - sums) * along).sum(axis=1)
        gathered: Floats = along / (1.0 - at_large)[:, None]
        return gathered

    def _influence_of(self, power: Floats) -> Floats:
        gathered = self._gathered(power, self._plain, self._told)
        influence: Floats = np.maximum(0.0, gathered) * (1.0 - self.theta)
        return influence

    @cached_property
    def levels(self) -> Floats:
        """lev, inferred anew where it is empty."""
        level = self.base.level
        if not np.isnan(level).any():
            return np.tile(level, (len(self.who), 1))
        count = self.counted.sum(axis=1, keepdims=True)
        value = self._influence_of(self.counted / np.maximum(1, count)).round(9)
        standing = _middle_places(value, self.counted) / np.maximum(1, count)
        return np.where(np.isnan(level), inferred_levels(standing), level)

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
        both = ours + theirs
        sums = self._told + both
        gathered = self._gathered(self.power, self._systems(self.base.pulled, sums), sums)
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
        held = self.base.found.covered >= 0.5 - SLACK
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
            return base.routes.without(gone, self._opened[row])
        source, target = np.nonzero(self.lines[row])
        may_carry = view.known & ~view.opponents & self.here[row]
        return Routes(source, target, base.firm & self.here[row], may_carry, deciders).count

    @cached_property
    def _opened(self) -> list[list[tuple[int, int]]]:
        """Lines that open, a list a departure: somebody who was told enough is told too little without the one who
        goes, and hears their boss.
        """
        opened: Flags = self.lines > 0
        lines = self.base.found.lines
        opened[:, lines.source, lines.target] = False
        found: list[list[tuple[int, int]]] = [[] for _ in self.rows]
        for row, source, target in np.argwhere(opened).tolist():
            found[row].append((source, target))
        return found


def _middle_places(value: Floats, counted: Flags) -> Floats:
    """Of each row: how many of those counted have less, and half of those who have the same; values in [0, 1]."""
    # Rows stand apart by 2 on one line, those who do not count behind their row, so that all are sorted at once.
    apart = 2.0 * np.arange(len(value))[:, None] + np.where(counted, value, 1.5)
    line = np.sort(apart, axis=1).ravel()
    first = np.searchsorted(line, apart.ravel(), "left").reshape(value.shape)
    last = np.searchsorted(line, apart.ravel(), "right").reshape(value.shape)
    places: Floats = (first + last) / 2.0 - value.shape[1] * np.arange(len(value))[:, None]
    return places
