"""Trust 信用 = competence x reliability x connection x time (measures, section 2)."""

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
"""Trust is their geometric mean."""

MONTHS = month_number(datetime.date.max) + 1
"""More months than there are dates."""


def trust(view: AccountView, dataset: Dataset, connected: Connection) -> Floats:
    """The trust of each of theirs in each of ours: members x people, in [0, 1]."""
    found = trust_of(
        competence_times_reliability(view, dataset), connected.strength, months_met(connected), view.calibration
    )
    found[:, ~view.known] = 0.0
    return found


def trust_of(earned: Floats, strength: Floats, months: Ints, numbers: Calibration) -> Floats:
    """T of competence x reliability, connection strength, and the months in which a pair has met."""
    trusted: Floats = (earned * strength * (1.0 - np.exp2(-months / numbers.trust_months))) ** (1.0 / len(FACTORS))
    return trusted


def competence_times_reliability(view: AccountView, dataset: Dataset) -> Floats:
    """Competence x reliability of each of ours towards each of theirs: members x people."""
    competence = np.array([_competence(member, view.calibration.no_competence) for member in view.members])
    earned: Floats = competence[:, None] * _reliability(view, dataset)
    return earned


def _competence(member: TeamMember, none_given: float) -> float:
    given = [one for one in (member.knowledge, member.skill, member.experience) if one is not None]
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
    """The different months in which a pair had a touch that was answered in full, or whether it had one in a month."""
    touches = connected.touches
    full = (touches.quality >= 1.0 - SLACK)[touches.at]
    met = np.sort(touches.pair[full] * MONTHS + touches.month[touches.at[full]])
    different = np.append(met[:1], met[1:][met[1:] != met[:-1]])
    if month_of is not None:
        different = different[different % MONTHS == month_number(month_of)]
    months = np.bincount(different // MONTHS, minlength=connected.strength.size)
    return np.asarray(months.reshape(connected.strength.shape), dtype=np.int64)
