"""What each single change of a stance would do, for everybody and every stance at once (measures, section 7).

A stance moves neither power nor connection, so that of each person two things are enough: the figures that jump, as
they are on either side, and the forecast, which is linear in the stance. Only who has no seat yet gets one by having a
stance, and with it a little power: then influence and coverage move as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from graph.analysis.ground.account_view import Flags, Floats, Ints
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
    """How an account stands with another stance of one person, in the names of the report.

    `supportive_coverage` and `status` are pairs: while the person is not for us, and while they are (stance 1 or more);
    so is `independent_routes`: while not against us, and while against. `forecast` is at a stance of 0, and moves by
    `by_stance` for each unit of the stance's value.
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
        """How the account stands with this stance (None is unknown) of this value on the scale."""
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
    """Everybody whose stance could change: those who are there; in the order of ids. None without an opportunity.

    `base` where there is one of these measures already.
    """
    view = measures.view
    if view.opportunity is None:
        return
    base, routes = base or DeparturesBase(measures), _RoutesByStance(measures)
    seated = _Turns(measures, base, measures.power.formal_power[None, :])
    new = np.flatnonzero(~view.seated)
    newly = _of_new_seats(measures, base, new) if new.size else seated
    place = {i: row for row, i in enumerate(new.tolist())}
    for i in np.flatnonzero(~view.vacant).tolist():
        turns, row = (seated, 0) if view.seated[i] else (newly, place[i])
        yield turns.of(i, row, routes.of(i))


class _Turns:
    """What stances make of an account by a row of formal powers each."""

    def __init__(self, measures: Measures, base: DeparturesBase, powers: Floats) -> None:
        self.found, self.view = measures, measures.view
        opinion = 1.0 - measures.system.opinions.susceptibility
        self._influence = np.maximum(0.0, base.plain.solve_transposed(powers)) * opinion
        gathered = base.pulled.solve_transposed(powers)
        self._weight, self._pull = gathered * opinion, gathered @ measures.support_system.pull
        numbers = measures.view.calibration
        firm = (measures.connected.by_role >= numbers.firm_tie - SLACK).sum(axis=0) >= numbers.firm_roles
        self._covered, self._redundant = self._influence @ measures.covered, self._influence @ firm
        self._key, self._held = key_players(measures.view), measures.covered >= numbers.held_coverage - SLACK

    def of(self, person: int, row: int, routes: tuple[int | None, int | None]) -> StanceShift:
        """A person's turning, by a row of the powers."""
        others, too = self.view.supporters.copy(), self.view.supporters.copy()
        others[person], too[person] = False, True
        stances = self.view.stance_values.copy()
        stances[person] = 0.0
        influence = self._influence[row]
        return StanceShift(
            person=self.view.people[person].id,
            decision_chain_coverage=float(self._covered[row]),
            redundancy=float(self._redundant[row]),
            supportive_coverage=(float(influence[others].sum()), float(influence[too].sum())),
            independent_routes=routes,
            status=(self._status(others), self._status(too)),
            forecast=float(self._weight[row] @ stances + self._pull[row]),
            by_stance=float(self._weight[row, person]),
        )

    def _status(self, for_us: Flags) -> Status:
        if not (self._key & for_us).any():
            return "red"
        return "green" if (self.view.deciders & for_us & self._held).any() else "amber"


def _of_new_seats(measures: Measures, base: DeparturesBase, new: Ints) -> _Turns:
    """Those who get a seat by having a stance, a row each, and by the seat a part of the power of roles."""
    view, numbers = measures.view, measures.view.calibration
    weights = np.tile(role_weights(view) if view.has_participants else np.zeros(len(view.people)), (len(new), 1))
    weights[np.arange(len(new)), new] = newcomer_weight(view)
    if not view.has_participants:
        measures = _with_participants(measures)
        base = DeparturesBase(measures)
    weights *= level_factor(measures.view, measures.levels)
    powers = weights / weights.sum(axis=1, keepdims=True)
    if measures.power.phi.any():
        powers = numbers.vote_share * measures.power.phi + numbers.role_share * powers
    return _Turns(measures, base, powers)


def _with_participants(measures: Measures) -> Measures:
    """The measures where somebody takes part. Standards are then by roles, of which nobody has any, so that everybody's
    connection is the same whoever it is.
    """
    view = measures.view
    first = view.people[int(np.flatnonzero(~view.vacant)[0])].id
    then = changed(measures.dataset, view.account.id, view.as_of, view.opportunity, [Stance(first, None)])
    opportunity = None if view.opportunity is None else view.opportunity.id
    return compute_measures(then, view.account.id, view.as_of, opportunity, view.calibration)


class _RoutesByStance:
    """How many independent routes there are while somebody is not against us, and while they are."""

    def __init__(self, measures: Measures) -> None:
        view = self.view = measures.view
        self._lines = measures.lines
        self._firm: Flags = view.known & (measures.connected.together >= view.calibration.firm_tie - SLACK)
        self._routes = self._with(view.opponents)

    def _with(self, against: Flags) -> Routes:
        view, lines = self.view, self._lines
        return Routes(lines.source, lines.target, self._firm, view.known & ~against, view.deciders)

    def of(self, person: int) -> tuple[int | None, int | None]:
        """Not against, against. Who decides, or is not known, carries nothing either way."""
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
