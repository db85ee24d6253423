"""Rank bands: how firm a rank is when every influence weight may be a fifth off (measures, section 5)."""

from __future__ import annotations

import numpy as np

from graph.analysis.account import Floats
from graph.analysis.power.decision_influence import InfluenceSystem, influence_system

DRAWS = 200
OFF = 0.2
DIGITS = 9
LOW, HIGH = 5.0, 95.0
"""The percentiles of the band."""


def rank_bands(system: InfluenceSystem, seed: int) -> Floats:
    """The 5th and 95th percentile of each person's rank by influence: people x 2.

    200 seeded draws; each multiplies every weight, in the order of source and target, by uniform [.8, 1.2]. Formal
    power stays as it is. Equal influence (9 decimals) is ranked by id.
    """
    listening, lines = system.listening, system.listening.lines
    generator = np.random.default_rng(seed)
    ranks = np.empty((DRAWS, listening.people))
    for draw in range(DRAWS):
        weight = lines.weight * generator.uniform(1.0 - OFF, 1.0 + OFF, len(lines.weight))
        moved = type(lines)(lines.source, lines.target, weight, lines.assumed)
        influence = influence_system(moved, listening.susceptibility, system.formal_power).influence
        ranks[draw, np.argsort(-influence.round(DIGITS), kind="stable")] = np.arange(1, listening.people + 1)
    return np.percentile(ranks, [LOW, HIGH], axis=0).T
