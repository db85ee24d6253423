"""Connection strength 连接度 from frequency, breadth and depth of contact (measures, section 1).

Cells are pairs of a member and a person, in the order of the batch; all values lie in [0, 1].
References: Granovetter 1973, "The strength of weak ties", AJS 78, 1360 (strength from time and closeness of contact);
Gilbert & Karahalios 2009, "Predicting tie strength with social media", CHI, 211 (recency, frequency and variety).
"""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass, fields, replace

import numpy as np

from graph.analysis.ground.arrays import Flags, Floats, Ints, largest, sums
from graph.analysis.ground.batch import Batch
from graph.analysis.ground.rounding import SLACK
from graph.analysis.ground.team_columns import ROLES
from graph.analysis.measures.touches import METHODS, Touches, touches_of
from graph.model.calibration import Calibration

NEVER = -1
"""The ordinal that stands for no last touch; other days are proleptic Gregorian ordinals."""


@dataclass(frozen=True)
class Contact:
    """The decayed sums that the factors of a connection are computed from, of each cell.

    `energy` is E, `enough` is E* (one entry per person); `alive` is the decayed contact by each method, methods x
    cells; `deepest` is the depth of the deepest answered touch, decayed; `rho` is the assessed relationship level / 4,
    or its substitute where `assessed` is False.
    """

    energy: Floats
    enough: Floats
    alive: Floats
    deepest: Floats
    rho: Floats
    assessed: Flags
    frequency_short: float

    def frequency(self, more: Floats | float = 0.0) -> Floats:
        """F = 1 - exp(-(E + more)·ln(1/short)/E*): at an energy of E* it is 1 - `frequency_short` (.80).

        `enough` must broadcast against `energy`, as in the matrices of one account.
        """
        return frequency_of(self.energy + more, self.enough, self.frequency_short)


@dataclass(frozen=True)
class Connection:
    """Frequency, breadth, depth and strength of every tie, its last touch (q > 0), and the whole team's strength.

    `by_role` is the best strength of each team role, roles x people; `together` the team's, one entry per person. The
    others have one entry per cell; those of one account are members x people after `as_matrices`.
    """

    frequency: Floats
    breadth: Floats
    depth: Floats
    strength: Floats
    last_touch: Ints
    by_role: Floats
    together: Floats
    touches: Touches
    contact: Contact

    def ties(self, least: float) -> Flags:
        """Whether each tie has at least this strength."""
        ties: Flags = self.strength >= least - SLACK
        return ties

    def as_matrices(self, members: int, people: int) -> Connection:
        """The connection of one account, with members x people in the place of cells."""
        names = ("frequency", "breadth", "depth", "strength", "last_touch")
        contact = ("energy", "alive", "deepest", "rho", "assessed")
        return replace(
            self,
            **{name: getattr(self, name).reshape(members, people) for name in names},
            contact=replace(
                self.contact,
                **{
                    field.name: value.reshape(*value.shape[:-1], members, people)
                    for field in fields(self.contact)
                    if field.name in contact and (value := getattr(self.contact, field.name)) is not None
                },
            ),
        )


def connection(batch: Batch, cadence: Ints) -> Connection:
    """Compute the connection of every team member with every stakeholder.

    A touch counts `e = w·q/√(n·m)` (method weight, response, attendees on both sides). `F = 1 - exp(-Σ e·2^(-age/h) ·
    ln5/E*)`, where E* is the energy just after thematic exchanges at the cadence. `B = min(1, Σ over methods of min(1,
    Σ e·2^(-age/365)/.20)/4)`. `D = .6·rho + .4·max(depth·2^(-age/365))`. `C = F^.4 · B^.2 · D^.4`.

    `cadence` is the standard's days between contacts, one entry per person. People who are vacant or unidentified have
    a strength of 0.

    >>> from graph.analysis.measures.coverage import standards
    >>> connected = connection(measures.view.batch, standards(measures.view.batch).cadence)
    >>> connected.as_matrices(2, 4).strength.round(3).tolist()  # Uma, Vic x Ann, Ben, Cho, Dev
    [[0.0, 0.579, 0.356, 0.0], [0.407, 0.0, 0.0, 0.0]]
    """
    touches, numbers = touches_of(batch), batch.calibration
    contact = _contact(touches, cadence, _assessed(batch), numbers)
    person = batch.cell_person
    frequency = frequency_of(contact.energy, contact.enough[person], numbers.frequency_short)
    breadth = breadth_of(np.minimum(1.0, contact.alive / numbers.breadth_touch).sum(axis=0), numbers)
    depth = depth_of(contact.rho, contact.deepest, numbers)
    strength = strength_of(frequency, breadth, depth, numbers)
    strength[~batch.known[person]] = 0.0
    by_role = best_by_role(batch, strength)
    return Connection(
        frequency=frequency,
        breadth=breadth,
        depth=depth,
        strength=strength,
        last_touch=touches.largest(touches.day.astype(float), touches.quality > 0, NEVER).astype(np.int64),
        by_role=by_role,
        together=together_of(by_role),
        touches=touches,
        contact=contact,
    )


def day_of(ordinal: int) -> datetime.date | None:
    """The date of a last touch; None for NEVER."""
    return None if ordinal == NEVER else datetime.date.fromordinal(ordinal)


def best_by_role(batch: Batch, strength: Floats) -> Floats:
    """The best strength of each team role with each person, from one entry per cell: roles x people, as `ROLES`."""
    role = batch.team.role[batch.member_team][batch.cell_member]
    there = role >= 0
    place = (role * batch.people + batch.cell_person)[there]
    return largest(place, strength.ravel()[there], len(ROLES) * batch.people).reshape(len(ROLES), batch.people)


def together_of(by_role: Floats) -> Floats:
    """The whole team's strength, `1 - Π over roles (1 - best C of the role)`: one entry per person.

    >>> together_of(np.array([[0.5, 0.0], [0.2, 0.3]])).round(9).tolist()
    [0.6, 0.3]
    """
    together: Floats = 1.0 - np.prod(1.0 - by_role, axis=0)
    return together


def frequency_of(energy: Floats, enough: Floats, short: float) -> Floats:
    """F = 1 - exp(-E·ln(1/short)/E*), elementwise: at E = E* it is 1 - short."""
    frequency: Floats = 1.0 - np.exp(-energy * math.log(1.0 / short) / enough)
    return frequency


def strength_of(frequency: Floats, breadth: Floats, depth: Floats, numbers: Calibration) -> Floats:
    """C = F^.4 · B^.2 · D^.4, elementwise; 0 where a factor is 0."""
    strength: Floats = (
        frequency**numbers.frequency_exponent * breadth**numbers.breadth_exponent * depth**numbers.depth_exponent
    )
    return strength


def breadth_of(methods: Floats, numbers: Calibration) -> Floats:
    """B = min(1, methods / 4): the number of methods alive against the number that is enough."""
    breadth: Floats = np.minimum(1.0, methods / numbers.breadth_methods)
    return breadth


def depth_of(rho: Floats, deepest: Floats, numbers: Calibration) -> Floats:
    """D = .6·rho + .4·deepest, elementwise."""
    depth: Floats = numbers.depth_level_share * rho + numbers.depth_touch_share * deepest
    return depth


def _contact(touches: Touches, cadence: Ints, assessed: Floats, numbers: Calibration) -> Contact:
    half_life = np.array([numbers.methods[name].half_life for name in METHODS], dtype=float)
    depths = np.array([numbers.methods[name].depth for name in METHODS])
    reference = numbers.methods[numbers.reference_method]
    full = touches.quality >= 1.0 - SLACK
    unassessed = np.where(full, numbers.unassessed_rho_two_way, numbers.unassessed_rho_one_way)
    return Contact(
        energy=touches.summed(touches.size * np.exp2(-touches.age / half_life[touches.method])),
        enough=reference.weight / (1.0 - np.exp2(-cadence / reference.half_life)),
        alive=_alive(touches, numbers),
        deepest=touches.largest(depths[touches.method] * np.exp2(-touches.age / numbers.depth_half_life), full),
        rho=np.where(np.isnan(assessed), touches.largest(unassessed, touches.quality > 0), assessed),
        assessed=~np.isnan(assessed),
        frequency_short=numbers.frequency_short,
    )


def _alive(touches: Touches, numbers: Calibration) -> Floats:
    worn = touches.size * np.exp2(-touches.age / numbers.breadth_half_life)
    cell = touches.method[touches.at] * touches.cells + touches.cell
    return sums(cell, worn[touches.at], len(METHODS) * touches.cells).reshape(len(METHODS), touches.cells)


def _assessed(batch: Batch) -> Floats:
    """rho = current relationship level / 4 of each tie, NaN where it was not assessed."""
    rows, cell = batch.covered_cells
    rho = np.full(batch.cells, np.nan)
    rho[cell] = batch.columns.tables["covers"]["current_level"][rows] / batch.calibration.relationship_levels
    return rho
