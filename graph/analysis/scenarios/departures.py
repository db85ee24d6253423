"""The cost of each departure of a stakeholder, for all of them at once (measures, section 7).

A departure changes few rows of the influence weights: those of the person who leaves, of those they influence, and of
their managers. Each departure is therefore a low-rank update of a system that is solved once, and departures with
about as many changed rows are computed together in batches.
Reference: Sherman & Morrison 1950, "Adjustment of an inverse matrix corresponding to a change in one element of a given
matrix", Annals of Mathematical Statistics 21, 124; Woodbury 1950, "Inverting modified matrices", Statistical Research
Group, Princeton University, for several rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from graph.analysis.ground.arrays import Flags, Floats, Ints
from graph.analysis.ground.limits import DEPARTURE_ENTRIES, SINGLE_CHANGE_PEOPLE
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.measures.decision_influence import inferred_levels
from graph.analysis.measures.formal_power import level_factor, role_weights
from graph.analysis.measures.influence_lines import reporting_influence
from graph.analysis.measures.measures import Measures
from graph.analysis.network.routes import Routes
from graph.analysis.report.results import Status
from graph.model.problem import InputError
from graph.model.words import message


class SolvedSystem:
    """A solved system I - ΘW whose rank-one rest is kept apart, because it is spread as a power that differs by case.

    `incoming` holds the weights, targets x sources; `theta` the susceptibilities, and `outside` the weights of us and
    the rivals in each row, one entry per person.
    """

    def __init__(self, incoming: Floats, theta: Floats, outside: Floats) -> None:
        sums = incoming.sum(axis=1) + outside
        self._spread = theta * np.maximum(0.0, 1.0 - sums)
        self._weights = incoming * (theta / np.maximum(1.0, sums))[:, None]
        self._solved = np.linalg.inv(np.eye(len(theta)) - self._weights)

    def solve_transposed(self, power: Floats) -> Floats:
        """power · (I - ΘW)^-1, the rest of each row being spread as that power; cases x people."""
        return _folded(power @ self._solved, self._spread)

    def changed(self, targets: Ints, counts: Flags, incoming: Floats, theta: Floats, sums: Floats) -> ChangedSystems:
        """The systems in which the rows of these targets are others.

        `targets` is systems x targets, `incoming` their new weights, systems x targets x sources; `theta` and `sums`
        (of each row's weights) are systems x people. Targets that do not count keep their rows.
        """
        scale = np.take_along_axis(theta / np.maximum(1.0, sums), targets, axis=1)
        # One product a system: together they would be large enough for threads, which cost more than they save.
        lost = (self._weights[targets] - incoming * scale[:, :, None]) @ self._solved
        lost[~counts] = 0.0
        return ChangedSystems(self._solved, targets, lost, theta * np.maximum(0.0, 1.0 - sums))


class ChangedSystems:
    """Systems that differ from a solved one in a few rows, inverted by the Woodbury identity.

    `lost` is the difference of those rows times the solved inverse, systems x targets x sources; `spread` is θ times
    the rest of each row, systems x people.
    """

    def __init__(self, solved: Floats, targets: Ints, lost: Floats, spread: Floats) -> None:
        self._solved, self._targets, self._lost, self._spread = solved, targets, lost, spread
        system = np.take_along_axis(lost, np.repeat(targets[:, None, :], targets.shape[1], axis=1), axis=2)
        each = np.arange(targets.shape[1])
        system[:, each, each] += 1.0
        self._system = system.swapaxes(1, 2)

    def solve_transposed(self, power: Floats) -> Floats:
        """power · (I - ΘW)^-1 of each system, the rest of each row being spread as that power; systems x people."""
        along = power @ self._solved
        at_targets = np.take_along_axis(along, self._targets, axis=1)
        share = np.linalg.solve(self._system, at_targets[:, :, None])
        along -= (share.swapaxes(1, 2) @ self._lost)[:, 0, :]
        return _folded(along, self._spread)


def _folded(along: Floats, spread: Floats) -> Floats:
    """Add the rank-one rest, which is spread as the power itself (Sherman-Morrison)."""
    gathered: Floats = along / (1.0 - (spread * along).sum(axis=1))[:, None]
    return gathered


class DeparturesBase:
    """The state before any departure, shared by all of them.

    Matrices are sources x targets, those named incoming targets x sources; arrays have one entry per person.
    """

    def __init__(self, measures: Measures) -> None:
        view = measures.view
        self.measures = measures
        self.view = view
        people = len(view.people)
        self.recorded, self.team = np.zeros((2, people, people))
        self.down, self.up = np.zeros((2, people, people))
        lines = measures.lines
        stated = ~lines.assumed
        self.recorded[lines.source[stated], lines.target[stated]] = lines.weight[stated]
        reporting = reporting_influence(view.batch)
        up = reporting.team > 0
        self.down[reporting.source[~up], reporting.target[~up]] = reporting.weight[~up]
        self.up[reporting.source[up], reporting.target[up]] = reporting.weight[up]
        self.team[reporting.source, reporting.target] = reporting.team
        self.unrecorded = self.recorded == 0
        self.recorded_sums = self.recorded.sum(axis=0)
        self.assumed = np.where(self.unrecorded, np.maximum(self.down, self.up), 0.0)
        self.assumed_incoming, self.recorded_incoming = self.assumed.T.copy(), self.recorded.T.copy()
        self.level = view.levels
        self.role = role_weights(view.batch)
        self.has_game = bool(measures.power.phi.any())

    @cached_property
    def incoming(self) -> Floats:
        """Today's weights, targets x sources."""
        left = np.maximum(0.0, 1.0 - self.recorded_sums)
        left[left <= SLACK] = 0.0
        incoming: Floats = self.assumed_incoming * left[:, None] + self.recorded_incoming
        return incoming

    @cached_property
    def changed_targets(self) -> Flags:
        """The rows that change with each departure (leaving x targets): the person, those influenced, managers."""
        changed_targets: Flags = (self.incoming.T > 0) | (self.recorded > 0) | (self.up > 0)
        np.fill_diagonal(changed_targets, True)
        return changed_targets

    @cached_property
    def influence_system(self) -> SolvedSystem:
        """The solved system of decision influence."""
        return self._system(np.zeros(len(self.view.people)))

    @cached_property
    def forecast_system(self) -> SolvedSystem:
        """The solved system of the forecast, with us and the rivals in it."""
        share = self.view.calibration.hostile_trust_share
        return self._system(share * (self.measures.trusted + self.view.rival))

    def _system(self, outside: Floats) -> SolvedSystem:
        theta = self.measures.system.opinions.susceptibility
        return SolvedSystem(self.incoming, theta, outside)

    @cached_property
    def firm(self) -> Flags:
        """Known people to whom the team has a firm tie."""
        firm: Flags = self.measures.connected.together >= self.view.calibration.firm_tie - SLACK
        return self.view.known & firm

    @cached_property
    def routes(self) -> Routes:
        """The independent routes today."""
        view, lines = self.view, self.measures.lines
        return Routes(lines.source, lines.target, self.firm, view.known & ~view.opponents, view.deciders)

    @property
    def decider_tiers(self) -> tuple[Flags, ...]:
        """The known people who can be deciders, in the order of measures, section 0: role D, role A, a row in votes."""
        return self.view.batch.decider_tiers

    @cached_property
    def inside(self) -> tuple[Flags, Flags]:
        """People with a seat who are inside the political structure, and those whose political status is empty."""
        batch = self.view.batch
        return batch.seated & batch.key_position, batch.seated & (batch.political < 0)


class DepartedLines:
    """The changed weights of a batch of departures; `keeps_seat` says whether the seat stays, vacant, in the graph.

    `targets` are the people whose rows change, departures x the most targets of any; shorter rows are filled with the
    person who leaves, and `counts` is False there. `incoming` holds the new weights, departures x targets x sources.
    """

    def __init__(self, base: DeparturesBase, leaving: Ints, keeps_seat: Flags) -> None:
        self.base, self.leaving, self.keeps_seat = base, leaving, keeps_seat
        self.targets, self.counts = _in_rows(base.changed_targets[leaving], leaving)
        self._left = np.maximum(0.0, 1.0 - (base.recorded_sums - base.recorded[leaving]))
        self._left[self._left <= SLACK] = 0.0

    @cached_property
    def incoming(self) -> Floats:
        """The new weights of each row that changes."""
        base, rows = self.base, np.arange(len(self.leaving))[:, None]
        incoming: Floats = base.assumed_incoming[self.targets] * self._left[rows, self.targets][:, :, None]
        for row in np.flatnonzero(~self.keeps_seat).tolist():
            self._redistribute_upward(incoming[row], row)
        incoming += base.recorded_incoming[self.targets]
        incoming[rows[:, 0], :, self.leaving] = 0.0
        incoming[self.targets == self.leaving[:, None]] = 0.0
        return incoming

    def _redistribute_upward(self, incoming: Floats, row: int) -> None:
        """Share the upward influence on each manager of the person who leaves among one report fewer."""
        base, gone = self.base, self.leaving[row]
        for manager in np.flatnonzero(base.up[gone]).tolist():
            team = base.team[gone, manager]
            up = base.up[:, manager] * (team / max(1.0, team - 1.0))
            weights = np.where(base.unrecorded[:, manager], np.maximum(base.down[:, manager], up), 0.0)
            incoming[self.targets[row] == manager] = weights * self._left[row, manager]

    @cached_property
    def incoming_sums(self) -> Floats:
        """The sum of each row's weights, departures x people."""
        incoming_sums = np.tile(self.base.incoming.sum(axis=1), (len(self.leaving), 1))
        np.put_along_axis(incoming_sums, self.targets, self.incoming.sum(axis=2), axis=1)
        return incoming_sums

    def opened(self, row: int) -> list[tuple[int, int]]:
        """The lines (source, target) that a departure adds.

        A row that was full with the leaver's recorded influence has room for an assumed line afterwards.
        """
        targets, sources = np.nonzero(self._opened[row])
        return list(zip(sources.tolist(), self.targets[row, targets].tolist(), strict=True))

    @cached_property
    def _opened(self) -> Flags:
        opened: Flags = (self.incoming > 0) & ~(self.base.incoming[self.targets] > 0)
        opened &= self.counts[:, :, None]
        return opened

    def pairs(self, row: int) -> tuple[Ints, Ints]:
        """All lines after a departure: sources and targets."""
        incoming = self.base.incoming > 0
        incoming[:, self.leaving[row]] = False
        incoming[self.targets[row]] = self.incoming[row] > 0
        target, source = np.nonzero(incoming)
        return source, target


def _in_rows(changed_targets: Flags, filler: Ints) -> tuple[Ints, Flags]:
    """The True columns of each row as indices, rows x the most of any, filled with `filler`; and which ones count."""
    most = int(changed_targets.sum(axis=1).max(initial=0))
    order = np.argsort(~changed_targets, axis=1, kind="stable")[:, :most]
    counts: Flags = np.take_along_axis(changed_targets, order, axis=1)
    return np.where(counts, order, filler[:, None]), counts


@dataclass(frozen=True, slots=True)
class AccountFigures:
    """The figures of an account that scenarios compare, named as in the report; some are None without opportunity."""

    decision_chain_coverage: float
    supportive_coverage: float | None
    redundancy: float
    independent_routes: int | None
    status: Status | None
    forecast: float | None


@dataclass(frozen=True, slots=True)
class Departure:
    """A person's departure: the decision influence that the account loses, and its figures `after`."""

    person: str
    influence: float
    after: AccountFigures


def departures(measures: Measures, base: DeparturesBase | None = None) -> tuple[Departure, ...]:
    """Compute the departure of everybody who has not left, by id, as if each report were computed anew.

    A person with a seat leaves it vacant; others leave the graph. `base` may be passed if it is there already. Raises
    InputError for more than `SINGLE_CHANGE_PEOPLE` people.

    >>> [(departure.person, round(departure.after.decision_chain_coverage, 3)) for departure in departures(measures)]
    [('ann', 0.233), ('ben', 0.444), ('cho', 0.618), ('dev', 0.73)]
    """
    people = len(measures.view.people)
    if people > SINGLE_CHANGE_PEOPLE:
        raise InputError("too_many_people", message("what_if.too_many", most=SINGLE_CHANGE_PEOPLE, people=people))
    base = base or DeparturesBase(measures)
    results = chain.from_iterable(_Batch(base, leaving).departures() for leaving in _batches(base))
    return tuple(sorted(results, key=lambda departure: departure.person))


def _batches(base: DeparturesBase) -> Iterator[Ints]:
    """Everybody who has not left, in batches of people with about as many changed rows, of bounded size."""
    there = np.flatnonzero(~base.view.vacant)
    targets = base.changed_targets[there].sum(axis=1)
    order = np.argsort(-targets, kind="stable")
    people, most = there[order], targets[order]
    start = 0
    while start < len(people):
        size = max(1, DEPARTURE_ENTRIES // int(most[start] * len(base.view.people)))
        yield people[start : start + size]
        start += size


class _Batch:
    """A batch of departures, one row each: `here` marks the people present, `counted` those still in the graph."""

    def __init__(self, base: DeparturesBase, leaving: Ints) -> None:
        self.base, self.leaving = base, leaving
        self.rows = np.arange(len(leaving))
        self.keeps_seat = base.view.seated[leaving]
        self.here = np.ones((len(leaving), len(base.view.people)), dtype=bool)
        self.here[self.rows, leaving] = False
        self.counted = self.here.copy()
        self.counted[self.rows, leaving] = self.keeps_seat
        self.lines = DepartedLines(base, leaving, self.keeps_seat)

    def departures(self) -> Iterator[Departure]:
        """Each departure, in the order of `leaving`."""
        base, view = self.base, self.base.view
        covered = self.influence @ base.measures.covered - self._of_those_gone(base.measures.covered)
        numbers = view.calibration
        firm = (base.measures.connected.by_role >= numbers.firm_tie - SLACK).sum(axis=0) >= numbers.firm_roles
        redundant = self.influence @ firm - self._of_those_gone(firm)
        supportive = self.influence @ view.supporters - self._of_those_gone(view.supporters)
        decided = view.opportunity is not None
        status, forecast = self._status() if decided else [], self._forecast() if decided else np.zeros(0)
        for row, i in enumerate(self.leaving.tolist()):
            yield Departure(
                person=view.people[i].id,
                influence=float(base.measures.influence[i]),
                after=AccountFigures(
                    decision_chain_coverage=float(covered[row]),
                    supportive_coverage=float(supportive[row]) if decided else None,
                    redundancy=float(redundant[row]),
                    independent_routes=self._routes(row, i) if decided else None,
                    status=status[row] if decided else None,
                    forecast=float(forecast[row]) if decided else None,
                ),
            )

    def _of_those_gone(self, values: Floats | Flags) -> Floats:
        gone: Floats = self.influence[self.rows, self.leaving] * values[self.leaving]
        return gone

    @cached_property
    def theta(self) -> Floats:
        """The susceptibilities; that of the person who leaves is that of an unknown holder."""
        numbers = self.base.view.calibration
        theta = np.tile(self.base.measures.system.opinions.susceptibility, (len(self.leaving), 1))
        theta[self.rows, self.leaving] = min(numbers.no_susceptibility, numbers.most_susceptibility)
        return theta

    def _changed(self, system: SolvedSystem, sums: Floats) -> ChangedSystems:
        lines = self.lines
        return system.changed(lines.targets, lines.counts, lines.incoming, self.theta, sums)

    @cached_property
    def _influence_system(self) -> ChangedSystems:
        return self._changed(self.base.influence_system, self.lines.incoming_sums)

    def _influence_of(self, power: Floats) -> Floats:
        influence: Floats = np.maximum(0.0, self._influence_system.solve_transposed(power)) * (1.0 - self.theta)
        return influence

    @cached_property
    def levels(self) -> Floats:
        """lev, inferred again where it is empty."""
        level = self.base.level
        if not np.isnan(level).any():
            return np.tile(level, (len(self.leaving), 1))
        count = self.counted.sum(axis=1, keepdims=True)
        value = self._influence_of(self.counted / np.maximum(1, count)).round(DIGITS)
        standing = _middle_places(value, self.counted) / np.maximum(1, count)
        return np.where(np.isnan(level), inferred_levels(standing, self.base.view.calibration.inferred_level), level)

    @cached_property
    def power(self) -> Floats:
        """Formal power: votes stay with the seat, power by roles is shared among those who are left."""
        base, numbers = self.base, self.base.view.calibration
        weighed = np.where(self.counted, base.role * level_factor(base.view.batch, self.levels), 0.0)
        total = weighed.sum(axis=1, keepdims=True)
        roles: Floats = np.divide(weighed, total, out=np.zeros_like(weighed), where=total > 0)
        if not base.has_game:
            return roles
        return numbers.vote_share * base.measures.power.phi + numbers.role_share * roles

    @cached_property
    def influence(self) -> Floats:
        """The decision influence of each person after the departure."""
        return self._influence_of(self.power)

    def _forecast(self) -> Floats:
        view, share = self.base.view, self.base.view.calibration.hostile_trust_share
        ours, theirs = share * self.here * self.base.measures.trusted, share * self.here * view.rival
        sums = self.lines.incoming_sums + ours + theirs
        gathered = self._changed(self.base.forecast_system, sums).solve_transposed(self.power)
        scale = np.maximum(1.0, sums)
        pushed = (1.0 - self.theta) * self.here * view.stance_values + self.theta * (ours - theirs) / scale
        forecast: Floats = (gathered * pushed).sum(axis=1)
        return forecast

    @cached_property
    def deciders(self) -> Flags:
        """The deciders after each departure: the first tier that still has somebody."""
        deciders = np.zeros_like(self.here)
        for tier in reversed(self.base.decider_tiers):
            left = tier & self.here
            deciders = np.where(left.any(axis=1, keepdims=True), left, deciders)
        return deciders

    def _status(self) -> list[Status]:
        view, (inside, unrecorded) = self.base.view, self.base.inside
        for_us = view.supporters & self.here
        key: list[bool] = np.any((inside | (unrecorded & self.deciders)) & for_us, axis=1).tolist()
        held = self.base.measures.covered >= view.calibration.held_coverage - SLACK
        green: list[bool] = np.any(self.deciders & for_us & held, axis=1).tolist()
        return [
            "red" if not any_key else "green" if held else "amber" for any_key, held in zip(key, green, strict=True)
        ]

    def _routes(self, row: int, gone: int) -> int | None:
        """The independent routes; they are only all computed again where a decider leaves."""
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
    """For each row, the number of counted people with a smaller value plus half of those with the same one.

    Values lie in [0, 1].
    """
    # Each row is shifted by 2, and uncounted people to the end of their row, so that one sort serves all rows.
    behind_row = 1.0 + 1.0 / 2.0
    apart = 2.0 * np.arange(len(value))[:, None] + np.where(counted, value, behind_row)
    line = np.sort(apart, axis=1).ravel()
    first = np.searchsorted(line, apart.ravel(), "left").reshape(value.shape)
    last = np.searchsorted(line, apart.ravel(), "right").reshape(value.shape)
    places: Floats = (first + last) / 2.0 - value.shape[1] * np.arange(len(value))[:, None]
    return places
