"""Ranks by formal power and by influence, what their difference says, and how firm they are (measures, section 5)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from graph.analysis.ground.arrays import Floats
from graph.analysis.ground.rounding import DIGITS, SLACK
from graph.analysis.measures.decision_influence import InfluenceSystem, influence_system
from graph.model.calibration import Calibration
from graph.model.calibration_groups import KeyPeople

RankContrast = Literal["hidden_influencer", "figurehead"]


@dataclass(frozen=True)
class Ranks:
    """Mid-ranks by formal power and by influence, 1 the highest, and the notable difference of each person, if any."""

    formal: Floats
    influence: Floats
    standing: tuple[RankContrast | None, ...]


def ranks(formal_power: Floats, influence: Floats, numbers: KeyPeople) -> Ranks:
    """Rank people by formal power and by influence; all arrays have one entry per person.

    A hidden influencer ranks by influence at least 3 better than by formal power, with at least .25 of the largest
    influence; a figurehead the other way round, with at least .25 of the largest formal power.

    >>> numbers = measures.view.calibration.key_people
    >>> placed = ranks(np.array([0.5, 0.3, 0.2, 0.0]), np.array([0.1, 0.2, 0.3, 0.4]), numbers)
    >>> placed.standing
    ('figurehead', None, None, 'hidden_influencer')
    """
    formal, real = mid_ranks(formal_power), mid_ranks(influence)
    apart = numbers.ranks_apart - SLACK
    hidden = (formal - real >= apart) & (influence >= numbers.weight * influence.max(initial=0.0) - SLACK)
    figure = (real - formal >= apart) & (formal_power >= numbers.weight * formal_power.max(initial=0.0) - SLACK)
    standing: list[RankContrast | None] = [
        "hidden_influencer" if better else "figurehead" if worse else None
        for better, worse in zip(hidden.tolist(), figure.tolist(), strict=True)
    ]
    return Ranks(formal, real, tuple(standing))


def mid_ranks(values: Floats) -> Floats:
    """The rank of each value, 1 the largest; equal values (9 decimals) share the mean of their ranks.

    >>> mid_ranks(np.array([0.2, 0.5, 0.2])).tolist()
    [2.5, 1.0, 2.5]
    """
    rounded = -values.round(DIGITS)
    ordered = np.sort(rounded)
    first, last = np.searchsorted(ordered, rounded, "left"), np.searchsorted(ordered, rounded, "right")
    middle: Floats = (first + last + 1) / 2.0
    return middle


def rank_bands(system: InfluenceSystem, numbers: Calibration) -> Floats:
    """The 5th and 95th percentile of each person's rank by influence under errors of the weights: people x 2.

    Each of 200 seeded draws multiplies every line's weight, in the order of source and target, by uniform [.8, 1.2];
    formal power stays. Equal influence (9 decimals) is ranked by id.

    >>> rank_bands(measures.system, measures.view.calibration).tolist()
    [[1.0, 1.0], [2.0, 2.0], [4.0, 4.0], [3.0, 3.0]]
    """
    opinions, lines = system.opinions, system.opinions.lines
    band = numbers.rank_band
    generator = np.random.default_rng(numbers.sampling_seed)
    ranks = np.empty((band.draws, opinions.people))
    for draw in range(band.draws):
        weight = lines.weight * generator.uniform(1.0 - band.off, 1.0 + band.off, len(lines.weight))
        moved = type(lines)(lines.source, lines.target, weight, lines.assumed)
        influence = influence_system(moved, opinions.susceptibility, system.formal_power).influence
        ranks[draw, np.argsort(-influence.round(DIGITS), kind="stable")] = np.arange(1, opinions.people + 1)
    return np.percentile(ranks, [band.low, band.high], axis=0).T
