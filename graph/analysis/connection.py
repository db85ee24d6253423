"""Connection strength 连接度: frequency, breadth and depth of contact (measures, section 1).

Matrices are members x people, in the order of `view.members` and `view.people`; all values lie in [0, 1].
Source: tie strength by contact, Granovetter 1973; by its predictors, Gilbert & Karahalios 2009.
"""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.analysis.account import AccountView, Floats
from graph.model import Covers, Interaction
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset
from graph.model.scales import METHOD, TEAM_ROLE

Ints = NDArray[np.int64]
METHODS = tuple(METHOD.by_code)
ROLES = tuple(TEAM_ROLE.by_code)


@dataclass(frozen=True)
class Touches:
    """Every touch of one of ours and one of theirs, one entry each, in the order of interaction ids."""

    member: Ints
    person: Ints
    method: Ints
    day: Ints
    age: Floats
    quality: Floats
    size: Floats


@dataclass(frozen=True)
class Connection:
    """Frequency, breadth, depth and strength of every tie, the last touch, and all of ours together."""

    frequency: Floats
    breadth: Floats
    depth: Floats
    strength: Floats
    last_touch: Ints
    by_role: Floats
    together: Floats
    touches: Touches


NEVER = -1
"""The day of a last touch that there was not; other days are proleptic Gregorian ordinals."""


def connection(view: AccountView, dataset: Dataset, cadence: Ints) -> Connection:
    """The connection of each of ours with each of theirs; `cadence` is the days that each person asks for."""
    touches = _touches(view, dataset)
    numbers = view.calibration
    shape = (len(view.members), len(view.people))
    frequency = _frequency(touches, shape, cadence, numbers)
    breadth = _breadth(touches, shape, numbers)
    depth = _depth(touches, shape, _assessed(view, dataset), numbers)
    strength = frequency**numbers.frequency_exponent * breadth**numbers.breadth_exponent * depth**numbers.depth_exponent
    strength[:, ~view.known] = 0.0
    last = np.full(shape, NEVER, dtype=np.int64)
    answered = touches.quality > 0
    np.maximum.at(last, (touches.member[answered], touches.person[answered]), touches.day[answered])
    by_role = best_by_role(view, strength)
    return Connection(frequency, breadth, depth, strength, last, by_role, 1.0 - np.prod(1.0 - by_role, axis=0), touches)


def best_by_role(view: AccountView, strength: Floats) -> Floats:
    """The best strength that each of our roles has with each person: roles x people."""
    best = np.zeros((len(ROLES), strength.shape[1]))
    for row, member in zip(strength, view.members, strict=True):
        if member.role is not None:
            at = ROLES.index(member.role)
            best[at] = np.maximum(best[at], row)
    return best


def words_of(strength: float) -> str:
    """The word of a strength: none, brief, multiple, in_depth."""
    for limit, word in ((0.05, "none"), (0.30, "brief"), (0.60, "multiple")):
        if strength < limit - 1e-9:
            return word
    return "in_depth"


def _touches(view: AccountView, dataset: Dataset) -> Touches:
    members = {member.id: i for i, member in enumerate(view.members)}
    numbers = view.calibration
    rows: list[tuple[int, int, int, int, float, float]] = []
    for one in sorted(dataset.of(Interaction), key=lambda one: one.id):
        if one.date > view.as_of:
            continue
        met = [view.index[p] for p in one.people if p in view.index and not view.vacant[view.index[p]]]
        ours = [members[m] for m in one.members if m in members]
        if not met or not ours:
            continue
        quality = numbers.response[one.response or _usual_response(one, numbers)]
        theirs = max(len(one.people), one.customer_headcount or 0, 1)
        size = _weight(one, numbers) * quality / math.sqrt(theirs * max(len(one.members), 1))
        method, day = METHODS.index(one.method), one.date.toordinal()
        rows += [(member, person, method, day, quality, size) for member in ours for person in met]
    columns = list(zip(*rows, strict=True)) if rows else [()] * 6
    days = np.array(columns[3], dtype=np.int64)
    return Touches(
        member=np.array(columns[0], dtype=np.int64),
        person=np.array(columns[1], dtype=np.int64),
        method=np.array(columns[2], dtype=np.int64),
        day=days,
        age=(view.as_of.toordinal() - days).astype(float),
        quality=np.array(columns[4], dtype=float),
        size=np.array(columns[5], dtype=float),
    )


def _usual_response(one: Interaction, numbers: Calibration) -> str:
    written = one.method in numbers.one_way_methods or (
        one.method == "daily_contact" and one.subtype in numbers.one_way_subtypes
    )
    return "one_way" if written else "two_way"


def _weight(one: Interaction, numbers: Calibration) -> float:
    if one.method == "daily_contact" and one.subtype in numbers.daily_contact_weight:
        return numbers.daily_contact_weight[one.subtype]
    return numbers.methods[one.method].weight


def _frequency(touches: Touches, shape: tuple[int, int], cadence: Ints, numbers: Calibration) -> Floats:
    half_life = np.array([numbers.methods[name].half_life for name in METHODS], dtype=float)
    energy = np.zeros(shape)
    np.add.at(
        energy, (touches.member, touches.person), touches.size * 2.0 ** (-touches.age / half_life[touches.method])
    )
    reference = numbers.methods[numbers.reference_method]
    enough = reference.weight / (1.0 - 2.0 ** (-cadence / reference.half_life))
    frequency: Floats = 1.0 - np.exp(-energy * math.log(5.0) / enough)
    return frequency


def _breadth(touches: Touches, shape: tuple[int, int], numbers: Calibration) -> Floats:
    alive = np.zeros((len(METHODS), *shape))
    np.add.at(
        alive,
        (touches.method, touches.member, touches.person),
        touches.size * 2.0 ** (-touches.age / numbers.breadth_half_life),
    )
    methods = np.minimum(1.0, alive / numbers.breadth_touch).sum(axis=0)
    breadth: Floats = np.minimum(1.0, methods / numbers.breadth_methods)
    return breadth


def _depth(touches: Touches, shape: tuple[int, int], assessed: Floats, numbers: Calibration) -> Floats:
    at = (touches.member, touches.person)
    depths = np.array([numbers.methods[name].depth for name in METHODS])
    two_way, answered = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    deepest = np.zeros(shape)
    full = touches.quality >= 1.0 - 1e-9
    where = (touches.member[full], touches.person[full])
    two_way[where] = True
    np.logical_or.at(answered, at, touches.quality > 0)
    np.maximum.at(deepest, where, depths[touches.method[full]] * 2.0 ** (-touches.age[full] / numbers.depth_half_life))
    unassessed = np.where(
        two_way, numbers.unassessed_rho_two_way, np.where(answered, numbers.unassessed_rho_one_way, 0.0)
    )
    rho = np.where(np.isnan(assessed), unassessed, assessed)
    depth: Floats = numbers.depth_level_share * rho + numbers.depth_touch_share * deepest
    return depth


def _assessed(view: AccountView, dataset: Dataset) -> Floats:
    """rho = current level / 4 of each tie, NaN where nobody assessed it."""
    members = {member.id: i for i, member in enumerate(view.members)}
    rho = np.full((len(view.members), len(view.people)), np.nan)
    for one in dataset.of(Covers):
        if one.current_level is not None and one.member in members and one.person in view.index:
            rho[members[one.member], view.index[one.person]] = one.current_level / view.calibration.relationship_levels
    return rho


def day_of(ordinal: int) -> datetime.date | None:
    """The date of a last touch; None where there was none."""
    return None if ordinal == NEVER else datetime.date.fromordinal(int(ordinal))
