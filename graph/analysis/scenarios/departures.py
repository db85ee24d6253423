"""The cost of each departure, for all stakeholders at once (measures, section 7)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from graph.analysis.ground.account_view import Flags, Floats, Ints
from graph.analysis.ground.limits import DEPARTURE_ENTRIES, SUPPOSED_PEOPLE
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.measures.decision_influence import inferred_levels
from graph.analysis.measures.formal_power import role_weights, standing_of
from graph.analysis.measures.influence_lines import reporting_influence
from graph.analysis.measures.measures import Measures
from graph.analysis.network.routes import Routes
from graph.analysis.report.results import Status
from graph.analysis.report.status import KEY
from graph.model.problem import InputError
from graph.model.words import message


class SolvedSystem:
    """I - ΘW, without what is spread as power: `heard` is what each person is told (targets x sources), `theta` the
    susceptibilities, `beside` the weights of us and the rivals in each person's ear.
    """

    def __init__(self, heard: Floats, theta: Floats, beside: Floats) -> None:
        sums = heard.sum(axis=1) + beside
        self._at_large = theta * np.maximum(0.0, 1.0 - sums)
        self._ears = heard * (theta / np.maximum(1.0, sums))[:, None]
        self._solved = np.linalg.inv(np.eye(len(theta)) - self._ears)

    def gathered(self, power: Floats) -> Floats:
        """Power (several x people) times (I - ΘW)^-1 where what is missing in each ear is spread as that power."""
        return _folded(power @ self._solved, self._at_large)

    def changed(self, ears: Ints, counts: Flags, heard: Floats, theta: Floats, sums: Floats) -> ChangedSystems:
        """The systems in which these ears (systems x ears) are told this (systems x ears x sources).

        `theta` and `sums` are everybody's then, systems x people; ears that do not count stay as they are.
        """
        scale = np.take_along_axis(theta / np.maximum(1.0, sums), ears, axis=1)
        # One product a system: together they would be large enough for threads, which cost more than they save.
        lost = (self._ears[ears] - heard * scale[:, :, None]) @ self._solved
        lost[~counts] = 0.0
        return ChangedSystems(self._solved, ears, lost, theta * np.maximum(0.0, 1.0 - sums))


class ChangedSystems:
    """Systems that differ from a solved one in a few ears: by what loses `lost` when it is solved, systems x ears x
    sources; `at_large` is the weight of what each person hears from nobody in particular.
    """

    def __init__(self, solved: Floats, ears: Ints, lost: Floats, at_large: Floats) -> None:
        self._solved, self._ears, self._lost, self._at_large = solved, ears, lost, at_large
        system = np.take_along_axis(lost, np.repeat(ears[:, None, :], ears.shape[1], axis=1), axis=2)
        each = np.arange(ears.shape[1])
        system[:, each, each] += 1.0
        self._system = system.swapaxes(1, 2)

    def gathered(self, power: Floats) -> Floats:
        """Power (systems x people) times (I - ΘW)^-1 of each system, with what is spread as power folded in."""
        along = power @ self._solved
        told = np.take_along_axis(along, self._ears, axis=1)
        share = np.linalg.solve(self._system, told[:, :, None])
        along -= (share.swapaxes(1, 2) @ self._lost)[:, 0, :]
        return _folded(along, self._at_large)


def _folded(along: Floats, at_large: Floats) -> Floats:
    """What is heard from nobody in particular goes round again as power (Sherman & Morrison)."""
    gathered: Floats = along / (1.0 - (at_large * along).sum(axis=1))[:, None]
    return gathered


class DeparturesBase:
    """What all departures start from; matrices are sources x targets, those named ears targets x sources, arrays one
    entry a person.
    """

    def __init__(self, measures: Measures) -> None:
        view = measures.view
        self.found = measures
        self.view = view
        people = len(view.people)
        self.recorded, self.team = np.zeros((2, people, people))
        self.down, self.up = np.zeros((2, people, people))
        lines = measures.lines
        stated = ~lines.assumed
        self.recorded[lines.source[stated], lines.target[stated]] = lines.weight[stated]
        ears = reporting_influence(view, measures.dataset)
        up = ears.team > 0
        self.down[ears.source[~up], ears.target[~up]] = ears.weight[~up]
        self.up[ears.source[up], ears.target[up]] = ears.weight[up]
        self.team[ears.source, ears.target] = ears.team
        self.unrecorded = self.recorded == 0
        self.told = self.recorded.sum(axis=0)
        self.assumed = np.where(self.unrecorded, np.maximum(self.down, self.up), 0.0)
        self.assumed_ears, self.recorded_ears = self.assumed.T.copy(), self.recorded.T.copy()
        self.level = view.levels
        self.role = role_weights(view)
        self.plays = bool(measures.power.phi.any())

    @cached_property
    def heard(self) -> Floats:
        """What each person is told today, source by source: targets x sources."""
        left = np.maximum(0.0, 1.0 - self.told)
        left[left <= SLACK] = 0.0
        heard: Floats = self.assumed_ears * left[:, None] + self.recorded_ears
        return heard

    @cached_property
    def touched(self) -> Flags:
        """Whose ears change with whose departure, those who go x ears: their own, those they tell, their managers'."""
        touched: Flags = (self.heard.T > 0) | (self.recorded > 0) | (self.up > 0)
        np.fill_diagonal(touched, True)
        return touched

    @cached_property
    def plain(self) -> SolvedSystem:
        """The system of influence, solved."""
        return self._system(np.zeros(len(self.view.people)))

    @cached_property
    def pulled(self) -> SolvedSystem:
        """The system of the forecast, with us and the rivals in it, solved."""
        share = self.view.calibration.hostile_trust_share
        return self._system(share * (self.found.trusted + self.view.rival))

    def _system(self, beside: Floats) -> SolvedSystem:
        theta = self.found.system.listening.susceptibility
        return SolvedSystem(self.heard, theta, beside)

    @cached_property
    def firm(self) -> Flags:
        """Whom our team holds firmly."""
        firm: Flags = self.found.connected.together >= self.view.calibration.firm_tie - SLACK
        return self.view.known & firm

    @cached_property
    def routes(self) -> Routes:
        """The independent routes today."""
        view, lines = self.view, self.found.lines
        return Routes(lines.source, lines.target, self.firm, view.known & ~view.opponents, view.deciders)

    @cached_property
    def decider_tiers(self) -> tuple[Flags, ...]:
        """Who decides, in the order of measures, section 0: role D, role A, a row in votes."""
        view = self.view
        voters = view.flags(view.index[vote.person] for step in view.steps for vote in step.votes)
        by_role = [view.flags(view.holders.get(role, ())) for role in ("D", "A")]
        return tuple(tier & view.known for tier in (*by_role, voters))

    @cached_property
    def inside(self) -> tuple[Flags, Flags]:
        """Who sits inside the political structure, and of whom nobody recorded it; both in a seat."""
        recorded = [None if part is None else part.political_status for part in self.view.participation]
        inside = self.view.flags(i for i, political in enumerate(recorded) if political in KEY)
        unrecorded = self.view.flags(i for i, political in enumerate(recorded) if political is None)
        return self.view.seated & inside, self.view.seated & unrecorded


class DepartedLines:
    """Some departures together; `stays` says whose seat stays, vacant, in the graph.

    `ears` are the people whose lines change, departures x most ears; where somebody changes fewer, the one who goes
    stands in the places left over, which `counts` tells apart. `heard` is what they are told then, departures x ears x
    sources.
    """

    def __init__(self, base: DeparturesBase, who: Ints, stays: Flags) -> None:
        self.base, self.who, self.stays = base, who, stays
        self.ears, self.counts = _in_rows(base.touched[who], who)
        self._left = np.maximum(0.0, 1.0 - (base.told - base.recorded[who]))
        self._left[self._left <= SLACK] = 0.0

    @cached_property
    def heard(self) -> Floats:
        """What each ear that changes is told, source by source."""
        base, rows = self.base, np.arange(len(self.who))[:, None]
        heard: Floats = base.assumed_ears[self.ears] * self._left[rows, self.ears][:, :, None]
        for row in np.flatnonzero(~self.stays).tolist():
            self._share_ears_anew(heard[row], row)
        heard += base.recorded_ears[self.ears]
        heard[rows[:, 0], :, self.who] = 0.0
        heard[self.ears == self.who[:, None]] = 0.0
        return heard

    def _share_ears_anew(self, heard: Floats, row: int) -> None:
        """One report less shares the ear of each manager of theirs."""
        base, gone = self.base, self.who[row]
        for manager in np.flatnonzero(base.up[gone]).tolist():
            team = base.team[gone, manager]
            up = base.up[:, manager] * (team / max(1.0, team - 1.0))
            ear = np.where(base.unrecorded[:, manager], np.maximum(base.down[:, manager], up), 0.0)
            heard[self.ears[row] == manager] = ear * self._left[row, manager]

    @cached_property
    def told(self) -> Floats:
        """The sum of what everybody is told, departures x people."""
        told = np.tile(self.base.heard.sum(axis=1), (len(self.who), 1))
        np.put_along_axis(told, self.ears, self.heard.sum(axis=2), axis=1)
        return told

    def opened(self, row: int) -> list[tuple[int, int]]:
        """Lines that open with a departure, (source, target): somebody was told enough by the one who goes, and hears
        their boss now.
        """
        ears, sources = np.nonzero(self._opened[row])
        return list(zip(sources.tolist(), self.ears[row, ears].tolist(), strict=True))

    @cached_property
    def _opened(self) -> Flags:
        opened: Flags = (self.heard > 0) & ~(self.base.heard[self.ears] > 0)
        opened &= self.counts[:, :, None]
        return opened

    def pairs(self, row: int) -> tuple[Ints, Ints]:
        """All lines that there are after a departure: sources and targets."""
        heard = self.base.heard > 0
        heard[:, self.who[row]] = False
        heard[self.ears[row]] = self.heard[row] > 0
        target, source = np.nonzero(heard)
        return source, target


def _in_rows(touched: Flags, filler: Ints) -> tuple[Ints, Flags]:
    """The columns that each row has, rows x the most of any, filled up; and which of them count."""
    most = int(touched.sum(axis=1).max(initial=0))
    order = np.argsort(~touched, axis=1, kind="stable")[:, :most]
    counts: Flags = np.take_along_axis(touched, order, axis=1)
    return np.where(counts, order, filler[:, None]), counts


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


def departures(measures: Measures, base: DeparturesBase | None = None) -> tuple[Departure, ...]:
    """The departure of everybody who is still there, by id; `base` where there is one of these measures already.

    Raises InputError for more than `SUPPOSED_PEOPLE`.
    """
    people = len(measures.view.people)
    if people > SUPPOSED_PEOPLE:
        raise InputError("too_many_people", message("what_if.too_many", most=SUPPOSED_PEOPLE, people=people))
    base = base or DeparturesBase(measures)
    told = chain.from_iterable(_Batch(base, who).told() for who in _batches(base))
    return tuple(sorted(told, key=lambda item: item.person))


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
