"""Final stances: the Friedkin-Johnsen system with two stubborn nodes, us at +1 and the rivals at -1 (measures, 8).

Reference: Friedkin & Johnsen 1990, "Social influence and opinions", Journal of Mathematical Sociology 15, 193.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.analysis.ground.arrays import Floats, Ints
from graph.analysis.ground.batch import Batch
from graph.analysis.measures.influence_lines import InfluenceLines
from graph.analysis.measures.influence_system import OpinionSystem, OpinionSystems, opinion_system


@dataclass(frozen=True)
class SupportSystem:
    """The opinion system with us and the rivals in every row; `pull` is θ times our weight less the rivals' in it."""

    opinions: OpinionSystem
    pull: Floats

    def final(self, stances: Floats, sizes: Ints | None = None) -> Floats:
        """The final stances x* in [-1, 1] from today's stances x0: one entry per person, or people x several cases.

        `sizes` are the numbers of people of the accounts; one account by default.
        """
        own = 1.0 - self.opinions.susceptibility
        inputs = own * stances + self.pull if stances.ndim == 1 else own[:, None] * stances + self.pull[:, None]
        return self.opinions.solve(inputs) if sizes is None else OpinionSystems(self.opinions, sizes).solve(inputs)


@dataclass(frozen=True)
class Forecast:
    """Final stances from today's, and with all unknown stances of seats at their low and high ends; one per person."""

    final: Floats
    low: Floats
    high: Floats


def support_system(
    batch: Batch, lines: InfluenceLines, susceptibility: Floats, formal_power: Floats, trusted: Floats
) -> SupportSystem:
    """Build the system of section 8: our weight in each person's row is .5·T, the rivals' .5·K, before scaling.

    All but `lines` have one entry per person; `trusted` is the trust in the most trusted team member.
    """
    share = batch.calibration.hostile_trust_share
    stubborn = share * np.column_stack([trusted, batch.rival])
    system = opinion_system(lines, susceptibility, formal_power, stubborn)
    return SupportSystem(system, susceptibility * (system.stubborn[:, 0] - system.stubborn[:, 1]))


def forecast(batch: Batch, system: SupportSystem) -> Forecast:
    """Compute the final stances, and their range with unknown stances of seats at -.35 and +.35.

    >>> by_person(forecast(measures.view.batch, measures.support_system).final)
    {'ann': 0.278, 'ben': 0.544, 'cho': 0.232, 'dev': -0.402}
    """
    today = batch.stance_values
    unknown = batch.seated & ~batch.stated
    swing = np.where(unknown, batch.calibration.unknown_stance_swing, 0.0)
    ends = system.final(np.column_stack([today, today - swing, today + swing]), batch.sizes)
    return Forecast(ends[:, 0], ends[:, 1], ends[:, 2])
