"""Where opinions settle with us and the rivals pulling (measures, section 8).

Friedkin & Johnsen 1990, with two stubborn nodes: us at +1, the rivals at -1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analysis.ground.account_view import AccountView, Floats
from graph.analysis.measures.influence_lines import InfluenceLines
from graph.analysis.measures.influence_system import OpinionSystem, opinion_system


@dataclass(frozen=True)
class SupportSystem:
    """The system with us and the rivals in every row; `pull` is what the two push each person by, ours minus theirs."""

    opinions: OpinionSystem
    pull: Floats

    def final(self, stances: Floats) -> Floats:
        """The final stances, in [-1, 1], from today's: one a person, or people x several."""
        own = 1.0 - self.opinions.susceptibility
        pushes = own * stances + self.pull if stances.ndim == 1 else own[:, None] * stances + self.pull[:, None]
        return self.opinions.solve(pushes)


@dataclass(frozen=True)
class Forecast:
    """Where everyone settles from today's stances, and with every unknown one of a seat low and high."""

    final: Floats
    low: Floats
    high: Floats


def support_system(
    view: AccountView, lines: InfluenceLines, susceptibility: Floats, formal_power: Floats, trusted: Floats
) -> SupportSystem:
    """The system of section 8. All but `lines` have one entry a person; `trusted` is T of the one most trusted."""
    share = view.calibration.hostile_trust_share
    stubborn = share * np.column_stack([trusted, view.rival])
    system = opinion_system(lines, susceptibility, formal_power, stubborn)
    return SupportSystem(system, susceptibility * (system.stubborn[:, 0] - system.stubborn[:, 1]))


def forecast(view: AccountView, system: SupportSystem) -> Forecast:
    """Where opinions settle, and the range that the unknown stances of seats leave."""
    today = view.stance_values
    unknown = view.seated & ~view.stated
    swing = np.where(unknown, view.calibration.unknown_stance_swing, 0.0)
    ends = system.final(np.column_stack([today, today - swing, today + swing]))
    return Forecast(ends[:, 0], ends[:, 1], ends[:, 2])
