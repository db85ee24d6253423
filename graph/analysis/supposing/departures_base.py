"""What every departure starts from: the lines, ears, roles and tiers of an account today, its systems solved once."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from graph.analysis.account import Flags, Floats
from graph.analysis.measured import Measured
from graph.analysis.power.formal_power import role_weights
from graph.analysis.power.influence_lines import reporting_ears
from graph.analysis.reporting.routes import Routes
from graph.analysis.reporting.status import KEY
from graph.analysis.rounding import SLACK
from graph.analysis.supposing.solved_system import SolvedSystem


class DeparturesBase:
    """What all departures start from; matrices are sources x targets, those named ears targets x sources, arrays one
    entry a person.
    """

    def __init__(self, found: Measured) -> None:
        view = found.view
        self.found = found
        self.view = view
        people = len(view.people)
        self.recorded, self.team = np.zeros((2, people, people))
        self.down, self.up = np.zeros((2, people, people))
        lines = found.lines
        stated = ~lines.assumed
        self.recorded[lines.source[stated], lines.target[stated]] = lines.weight[stated]
        ears = reporting_ears(view, found.dataset)
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
        self.plays = bool(found.power.phi.any())

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
