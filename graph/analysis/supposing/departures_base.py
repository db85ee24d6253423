"""What every departure starts from: the lines, ears, roles and tiers of an account today."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from graph.analysis.account import Flags, Floats
from graph.analysis.measured import Measured
from graph.analysis.power.formal_power import role_weights
from graph.analysis.power.influence_lines import reporting_ears
from graph.analysis.reporting.routes import Routes
from graph.analysis.reporting.status import KEY

SLACK = 1e-9


class DeparturesBase:
    """What all departures start from; matrices are sources x targets, arrays one entry a person."""

    def __init__(self, found: Measured) -> None:
        view = found.view
        self.found = found
        self.view = view
        people = len(view.people)
        self.recorded, self.down, self.up, self.team = np.zeros((4, people, people))
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
        self.level = np.array([np.nan if one.level is None else one.level for one in view.people], dtype=np.float64)
        self.role = role_weights(view)
        self.plays = bool(found.power.phi.any())

    def system(self, weight: Floats) -> Floats:
        """I - ΘW transposed, as the lines are, without what is spread; `weight` has an entry a line."""
        lines, system = self.found.lines, np.eye(len(self.view.people))
        system[lines.source, lines.target] -= self.found.system.listening.susceptibility[lines.target] * weight
        return system

    @cached_property
    def plain(self) -> tuple[Floats, Floats]:
        """The system of influence today, and its inverse."""
        return _inverted(self.system(self.found.system.listening.weight))

    @cached_property
    def pulled(self) -> tuple[Floats, Floats]:
        """The system of the forecast today, in which we and the rivals pull too, and its inverse."""
        return _inverted(self.system(self.found.support_system.listening.weight))

    @cached_property
    def lines(self) -> Floats:
        """The weights of the lines today, sources x targets."""
        lines: Floats = self.found.lines.matrix(len(self.view.people)).T
        return lines

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


def _inverted(system: Floats) -> tuple[Floats, Floats]:
    inverse: Floats = np.linalg.inv(system).astype(np.float64)
    return system, inverse
