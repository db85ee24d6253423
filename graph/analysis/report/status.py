"""The status of an opportunity (red, amber or green) with its reason (measures, section 6)."""

from __future__ import annotations

import numpy as np

from graph.analysis.ground.arrays import Flags, Floats, Ints
from graph.analysis.ground.batch import Batch
from graph.analysis.ground.rounding import SLACK
from graph.analysis.report.results import Status

STATUSES: tuple[Status, ...] = ("red", "amber", "amber", "green")
"""The status that follows from each reason."""

REASONS = (
    "status.reason.no_key_player",
    "status.reason.no_decider_supports",
    "status.reason.decider_thin",
    "status.reason.decider_supports",
)


def status_reasons(batch: Batch, covered: Floats) -> Ints:
    """The reason (its place in `REASONS`) for the status of each account.

    Red without a key player of stance ≥ 1; green with a decider of stance ≥ 1 and coverage ≥ .5; else amber. `covered`
    is the coverage of each person.

    >>> STATUSES[status_reasons(measures.view.batch, measures.covered)[0]]
    'red'
    """
    for_us = batch.deciders & batch.supporters
    held = batch.some(for_us & (covered >= batch.calibration.held_coverage - SLACK))
    reason = np.where(held, len(REASONS) - 1, np.where(batch.some(for_us), 2, 1))
    return np.where(batch.some(key_players(batch) & batch.supporters), reason, 0)


def key_players(batch: Batch) -> Flags:
    """People with a seat who are inside the political structure; where that is not recorded, the deciders."""
    return batch.seated & (batch.key_position | ((batch.political < 0) & batch.deciders))
