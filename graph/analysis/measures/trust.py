"""Trust 信用, the geometric mean of competence, reliability, connection and time (measures, section 2)."""

from __future__ import annotations

import datetime

import numpy as np

from graph.analysis.ground.arrays import Floats, Ints, sums
from graph.analysis.ground.batch import KEPT, MISSED, PROMISED_BY_US, Batch
from graph.analysis.ground.contact_log import month_number
from graph.analysis.ground.rounding import SLACK
from graph.analysis.measures.connection import Connection
from graph.model.calibration import Calibration
from graph.model.fields import TOP_SCORE

FACTORS = ("competence", "reliability", "connection", "time")
"""The factors of trust."""

MONTHS = month_number(datetime.date.max) + 1
"""More than any month number."""


def trust(batch: Batch, connected: Connection) -> Floats:
    """Compute each stakeholder's trust in each team member, in [0, 1]: one entry per cell.

    `T = (P·R·C·tau)^(1/4)`: P is the mean of knowledge, skill and experience over 5 (.6 where none is given), R =
    (kept + 1)/(made + 2) of the member's commitments to the person, C the connection strength, tau = 1 - 2^(-months/12)
    of the calendar months with an answered touch. 0 for vacant and unidentified people.

    >>> trust(measures.view.batch, measures.connected).round(3).tolist()  # Uma x Ann, Ben, Cho, Dev, then Vic
    [0.0, 0.419, 0.293, 0.0, 0.288, 0.0, 0.0, 0.0]
    """
    earned, strength = competence_times_reliability(batch), connected.strength.ravel()
    trusted = trust_of(earned, strength, months_met(connected), batch.calibration)
    trusted[~batch.known[batch.cell_person]] = 0.0
    return trusted


def trust_of(earned: Floats, strength: Floats, months: Ints, numbers: Calibration) -> Floats:
    """T from competence x reliability, connection strength and months with contact, elementwise."""
    trusted: Floats = (earned * strength * (1.0 - np.exp2(-months / numbers.trust_months))) ** (1.0 / len(FACTORS))
    return trusted


def competence_times_reliability(batch: Batch) -> Floats:
    """P·R of each team member towards each stakeholder: one entry per cell."""
    competence = _competence(batch.team.scores, batch.calibration.no_competence)
    earned: Floats = competence[batch.member_team][batch.cell_member] * _reliability(batch)
    return earned


def _competence(scores: Floats, none_given: float) -> Floats:
    given = ~np.isnan(scores)
    count = given.sum(axis=1)
    mean = np.where(given, scores, 0.0).sum(axis=1) / np.maximum(1, count) / TOP_SCORE
    return np.where(count > 0, mean, none_given)


def _reliability(batch: Batch) -> Floats:
    promises = batch.columns.tables["commitments"]
    person, member = batch.people_at("commitments", "person"), batch.members_at("commitments")
    settled = (promises["status"] == KEPT) | (promises["status"] == MISSED)
    rows = np.flatnonzero((promises["made_by"] == PROMISED_BY_US) & settled & (person >= 0) & (member >= 0))
    cell = batch.cells_of(member[rows], person[rows])
    made = np.bincount(cell, minlength=batch.cells)
    kept = sums(cell, (promises["status"][rows] == KEPT).astype(np.float64), batch.cells)
    before = batch.calibration.reliability
    reliability: Floats = (kept + before.kept) / (made + before.made)
    return reliability


def months_met(connected: Connection, month_of: datetime.date | None = None) -> Ints:
    """The number of calendar months in which each pair had a touch with q ≥ 1: one entry per cell.

    With `month_of`, only that day's month counts: 1 for a pair with such a touch in it, else 0.
    """
    touches = connected.touches
    full = (touches.quality >= 1.0 - SLACK)[touches.at]
    met = np.sort(touches.cell[full] * MONTHS + touches.month[touches.at[full]])
    different = np.append(met[:1], met[1:][met[1:] != met[:-1]])
    if month_of is not None:
        different = different[different % MONTHS == month_number(month_of)]
    return np.bincount(different // MONTHS, minlength=touches.cells)
