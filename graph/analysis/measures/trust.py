"""Trust 信用, the geometric mean of competence, reliability, connection and time (measures, section 2)."""

from __future__ import annotations

import datetime

import numpy as np

from graph.analysis.ground.account_view import AccountView, Floats, Ints
from graph.analysis.ground.rounding import SLACK
from graph.analysis.measures.connection import Connection
from graph.analysis.measures.contact_log import month_number
from graph.model import Commitment, TeamMember
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset
from graph.model.fields import TOP_SCORE

FACTORS = ("competence", "reliability", "connection", "time")
"""The factors of trust."""

MONTHS = month_number(datetime.date.max) + 1
"""More than any month number."""


def trust(view: AccountView, dataset: Dataset, connected: Connection) -> Floats:
    """Compute each stakeholder's trust in each team member: members x people, in [0, 1].

    `T = (P·R·C·tau)^(1/4)`: P is the mean of knowledge, skill and experience over 5 (.6 where none is given), R =
    (kept + 1)/(made + 2) of the member's commitments to the person, C the connection strength, tau = 1 - 2^(-months/12)
    of the calendar months with an answered touch. 0 for vacant and unidentified people.

    >>> trust(measures.view, data, measures.connected).round(3).tolist()  # Uma, Vic x Ann, Ben, Cho, Dev
    [[0.0, 0.419, 0.293, 0.0], [0.288, 0.0, 0.0, 0.0]]
    """
    values = trust_of(
        competence_times_reliability(view, dataset), connected.strength, months_met(connected), view.calibration
    )
    values[:, ~view.known] = 0.0
    return values


def trust_of(earned: Floats, strength: Floats, months: Ints, numbers: Calibration) -> Floats:
    """T from competence x reliability, connection strength and months with contact, elementwise."""
    trusted: Floats = (earned * strength * (1.0 - np.exp2(-months / numbers.trust_months))) ** (1.0 / len(FACTORS))
    return trusted


def competence_times_reliability(view: AccountView, dataset: Dataset) -> Floats:
    """P·R of each team member towards each stakeholder: members x people."""
    competence = np.array([_competence(member, view.calibration.no_competence) for member in view.members])
    earned: Floats = competence[:, None] * _reliability(view, dataset)
    return earned


def _competence(member: TeamMember, none_given: float) -> float:
    given = [score for score in (member.knowledge, member.skill, member.experience) if score is not None]
    return sum(given) / len(given) / TOP_SCORE if given else none_given


def _reliability(view: AccountView, dataset: Dataset) -> Floats:
    kept, made = np.zeros((2, len(view.members), len(view.people)))
    columns = dataset.columns(Commitment, "member", "person", "made_by", "status")
    for member, person, made_by, status in zip(*columns, strict=True):
        u, i = view.member_index.get(member), view.index.get(person)
        if made_by == "us" and status in ("kept", "missed") and u is not None and i is not None:
            made[u, i] += 1
            kept[u, i] += status == "kept"
    before = view.calibration.reliability
    reliability: Floats = (kept + before.kept) / (made + before.made)
    return reliability


def months_met(connected: Connection, month_of: datetime.date | None = None) -> Ints:
    """The number of calendar months in which each pair had a touch with q ≥ 1: members x people.

    With `month_of`, only that day's month counts: 1 for a pair with such a touch in it, else 0.
    """
    touches = connected.touches
    full = (touches.quality >= 1.0 - SLACK)[touches.at]
    met = np.sort(touches.pair[full] * MONTHS + touches.month[touches.at[full]])
    different = np.append(met[:1], met[1:][met[1:] != met[:-1]])
    if month_of is not None:
        different = different[different % MONTHS == month_number(month_of)]
    months = np.bincount(different // MONTHS, minlength=connected.strength.size)
    return np.asarray(months.reshape(connected.strength.shape), dtype=np.int64)
