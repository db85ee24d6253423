"""The effect of each single change of stance, for every person and stance at once (measures, section 7).

A stance changes neither power nor connection. So for each person two things are enough: the figures that jump where the
sign of the stance changes, on both sides of it, and the forecast, which is linear in the stance's value. People without
a seat are the exception: a recorded stance gives them one, and with it a little power.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graph.analysis.ground.arrays import Flags, Floats, Ints
from graph.analysis.ground.rounding import SLACK
from graph.analysis.measures.formal_power import level_factor, newcomer_weight, role_weights
from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.network.routes import Routes
from graph.analysis.report.results import Status
from graph.analysis.report.status import key_players
from graph.analysis.scenarios.changes import Stance, changed
from graph.analysis.scenarios.departures import AccountFigures, DeparturesBase


@dataclass(frozen=True, slots=True)
class StanceShift:
    """The figures of an account for other stances of one person, named as in the report.

    `supportive_coverage` and `status` are pairs, for stances below 1 and from 1 on; `independent_routes` is a pair, for
    stances from 0 on and below 0. `forecast` is for a stance of 0, and changes by `by_stance` per unit of the stance's
    value.
    """

    person: str
    decision_chain_coverage: float
    redundancy: float
    supportive_coverage: tuple[float, float]
    independent_routes: tuple[int | None, int | None]
    status: tuple[Status, Status]
    forecast: float
    by_stance: float

    def after(self, stance: int | None, value: float) -> AccountFigures:
        """The figures with this stance (None is unknown), whose value on the scale is `value`."""
        known = 0 if stance is None else stance
        return AccountFigures(
            decision_chain_coverage=self.decision_chain_coverage,
            supportive_coverage=self.supportive_coverage[known >= 1],
            redundancy=self.redundancy,
            independent_routes=self.independent_routes[known < 0],
            status=self.status[known >= 1],
            forecast=self.forecast + self.by_stance * value,
        )


def stance_shifts(measures: Measures, base: DeparturesBase | None = None) -> Iterator[StanceShift]:
    """Compute the stance shifts of everybody who has not left, in the order of ids; none without an opportunity.

    `base` may be passed if it is there already.

    >>> ann = next(stance_shifts(measures))
    >>> ann.person, ann.status, round(ann.forecast, 3), round(ann.by_stance, 3)
    ('ann', ('red', 'green'), 0.202, 0.326)
    """
    view = measures.view
    if view.opportunity is None:
        return
    base, routes = base or DeparturesBase(measures), _RoutesByStance(measures)
    seated = _StanceFigures(measures, base, measures.power.formal_power[None, :])
    new = np.flatnonzero(~view.seated)
    with_new_seats = _of_new_seats(measures, base, new) if new.size else seated
    place = {i: row for row, i in enumerate(new.tolist())}
    for i in np.flatnonzero(~view.vacant).tolist():
        figures, row = (seated, 0) if view.seated[i] else (with_new_seats, place[i])
        yield figures.of(i, row, routes.of(i))


class _StanceFigures:
    """Computes stance shifts for given formal powers, cases x people."""

    def __init__(self, measures: Measures, base: DeparturesBase, powers: Floats) -> None:
        self.view = measures.view
        opinion = 1.0 - measures.system.opinions.susceptibility
        self._influence = np.maximum(0.0, base.influence_system.solve_transposed(powers)) * opinion
        passed_on = base.forecast_system.solve_transposed(powers)
        self._weight, self._pull = passed_on * opinion, passed_on @ measures.support_system.pull
        numbers = measures.view.calibration
        firm = (measures.connected.by_role >= numbers.firm_tie - SLACK).sum(axis=0) >= numbers.firm_roles
        self._covered, self._redundant = self._influence @ measures.covered, self._influence @ firm
        self._key, self._covered_half = (
            key_players(measures.view.batch),
            measures.covered >= numbers.held_coverage - SLACK,
        )

    def of(self, person: int, row: int, routes: tuple[int | None, int | None]) -> StanceShift:
        """The stance shift of a person, with the formal powers of this row."""
        without, including = self.view.supporters.copy(), self.view.supporters.copy()
        without[person], including[person] = False, True
        stances = self.view.stance_values.copy()
        stances[person] = 0.0
        influence = self._influence[row]
        return StanceShift(
            person=self.view.people[person].id,
            decision_chain_coverage=float(self._covered[row]),
            redundancy=float(self._redundant[row]),
            supportive_coverage=(float(influence[without].sum()), float(influence[including].sum())),
            independent_routes=routes,
            status=(self._status(without), self._status(including)),
            forecast=float(self._weight[row] @ stances + self._pull[row]),
            by_stance=float(self._weight[row, person]),
        )

    def _status(self, for_us: Flags) -> Status:
        if not (self._key & for_us).any():
            return "red"
        return "green" if (self.view.deciders & for_us & self._covered_half).any() else "amber"


def _of_new_seats(measures: Measures, base: DeparturesBase, new: Ints) -> _StanceFigures:
    """The shifts of people whom a stance gives a seat, one row each: the seat comes with a part of role power."""
    view, numbers = measures.view, measures.view.calibration
    weights = np.tile(role_weights(view.batch) if view.has_participants else np.zeros(len(view.people)), (len(new), 1))
    weights[np.arange(len(new)), new] = newcomer_weight(numbers)
    if not view.has_participants:
        measures = _with_participants(measures)
        base = DeparturesBase(measures)
    weights *= level_factor(measures.view.batch, measures.levels)
    powers = weights / weights.sum(axis=1, keepdims=True)
    if measures.power.phi.any():
        powers = numbers.vote_share * measures.power.phi + numbers.role_share * powers
    return _StanceFigures(measures, base, powers)


def _with_participants(measures: Measures) -> Measures:
    """The measures with one participant, for an opportunity without any.

    Standards are then by roles, which nobody has, so that the result does not depend on who it is.
    """
    view = measures.view
    first = view.people[int(np.flatnonzero(~view.vacant)[0])].id
    then = changed(measures.dataset, view.account.id, view.as_of, view.opportunity, [Stance(first, None)])
    opportunity = None if view.opportunity is None else view.opportunity.id
    return compute_measures(then, view.account.id, view.as_of, opportunity, view.calibration)


class _RoutesByStance:
    """The number of independent routes while a person is not against us, and while they are."""

    def __init__(self, measures: Measures) -> None:
        view = self.view = measures.view
        self._lines = measures.lines
        self._firm: Flags = view.known & (measures.connected.together >= view.calibration.firm_tie - SLACK)
        self._routes = self._with(view.opponents)

    def _with(self, against: Flags) -> Routes:
        view, lines = self.view, self._lines
        return Routes(lines.source, lines.target, self._firm, view.known & ~against, view.deciders)

    def of(self, person: int) -> tuple[int | None, int | None]:
        """The routes with the person not against us, and against; deciders and unknown people are never in between."""
        view = self.view
        if not view.deciders.any():
            return None, None
        if view.deciders[person] or not view.known[person]:
            return self._routes.count, self._routes.count
        if not view.opponents[person]:
            return self._routes.count, self._routes.without(person)
        others = view.opponents.copy()
        others[person] = False
        return self._with(others).count, self._routes.count
