"""Rank bands: how firm a rank is when every influence weight may be somewhat off (measures, section 5)."""

from __future__ import annotations

import numpy as np

from graph.analysis.ground.account_view import Floats
from graph.analysis.ground.rounding import DIGITS
from graph.analysis.measures.decision_influence import InfluenceSystem, influence_system
from graph.model.calibration import Calibration


def rank_bands(system: InfluenceSystem, numbers: Calibration) -> Floats:
    """The 5th and 95th percentile of each person's rank by influence: people x 2.

    200 seeded draws; each multiplies every weight, in the order of source and target, by uniform [.8, 1.2]. Formal
    power stays as it is. Equal influence (9 decimals) is ranked by id.
    """
    listening, lines = system.listening, system.listening.lines
    band = numbers.rank_band
    generator = np.random.default_rng(numbers.sampling_seed)
    ranks = np.empty((band.draws, listening.people))
    for draw in range(band.draws):
        weight = lines.weight * generator.uniform(1.0 - band.off, 1.0 + band.off, len(lines.weight))
        moved = type(lines)(lines.source, lines.target, weight, lines.assumed)
        influence = influence_system(moved, listening.susceptibility, system.formal_power).influence
        ranks[draw, np.argsort(-influence.round(DIGITS), kind="stable")] = np.arange(1, listening.people + 1)
    return np.percentile(ranks, [band.low, band.high], axis=0).T
