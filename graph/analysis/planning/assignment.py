"""Assignment of an accountable member to each person below the required strength (measures, 14).

It matches levels 不要大材小用，也不要小材大用. Matrices are members x people, as `view.members` and `view.people`.
Reference: Kuhn 1955, "The Hungarian method for the assignment problem", Naval Research Logistics Quarterly 2, 83.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import linear_sum_assignment

from graph.analysis.ground.account_view import AccountView
from graph.analysis.ground.arrays import Flags, Floats, Ints
from graph.analysis.ground.limits import CAPACITY
from graph.analysis.ground.rounding import ASSIGNMENT_STEP, DIGITS, SLACK
from graph.analysis.measures.measures import Measures
from graph.analysis.planning.rhythm import level_match
from graph.model import Covers, Person, TeamMember
from graph.model.whole_numbers import whole_number

Matching = Literal["fits", "over", "under"]
"""The member is within one level of the person, two or more above 大材小用, or two or more below 小材大用."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """The member who should be accountable for a person, and the present owner.

    `gain = influence · (fit - owner's fit)`, with a fit of 0 without an owner. `member` is None if nobody has capacity
    left; `matching` is None where a level is empty.
    """

    person: str
    decision_influence: float
    member: str | None
    fit: float | None
    matching: Matching | None
    owner: str | None
    owner_fit: float | None
    owner_matching: Matching | None
    gain: float | None


@dataclass(frozen=True, slots=True)
class Assignment:
    """One member for each person below the required strength; `total` is the maximised sum, `present` today's.

    `capacity` is the number of people per member.
    """

    capacity: int
    total: float
    present: float
    people: tuple[Assigned, ...]


def assignment(measures: Measures, capacity: int | None = None) -> Assignment:
    """Maximise `Σ influence·fit` over the known people with coverage below 1; ordered by influence, then id.

    `capacity` is the number of people a member can be accountable for, by default the calibration's. Solved exactly by
    scipy's `linear_sum_assignment` with `capacity` slots per member.

    >>> [(assigned.person, assigned.member, round(assigned.fit, 3)) for assigned in assignment(measures).people]
    [('ann', 'vic', 0.781), ('ben', 'uma', 0.916), ('dev', 'vic', 0.5)]
    """
    view = measures.view
    capacity = (
        view.calibration.assignment.capacity if capacity is None else whole_number(capacity, "capacity", CAPACITY)
    )
    short = np.flatnonzero(view.known & (measures.covered < 1.0 - SLACK))
    fits = fit(measures)
    chosen = _best(fits[:, short] * measures.influence[short], capacity)
    owners = owners_of(measures)
    people = [_assigned(measures, fits, int(i), u, owners.get(int(i))) for i, u in zip(short, chosen, strict=True)]
    people.sort(key=lambda person: (-round(person.decision_influence, DIGITS), person.person))
    return Assignment(
        capacity=capacity,
        total=sum(person.decision_influence * (person.fit or 0.0) for person in people),
        present=sum(person.decision_influence * (person.owner_fit or 0.0) for person in people),
        people=tuple(people),
    )


def fit(measures: Measures) -> Floats:
    """The fit of each member with each person, `.4·level match + .3·function match + .2·C + .1·shared`, in [0, 1].

    The function match is 1 if the member's role leads the person's function, else .3; `shared` is 1 with a common
    background or interest.
    """
    view, numbers = measures.view, measures.view.calibration.assignment
    leads = [measures.view.calibration.function_cover.get(person.function or "") for person in view.people]
    roles = [member.role for member in view.members]
    leading = np.array([[role is not None and role == asked for asked in leads] for role in roles], dtype=bool)
    function = np.where(leading.reshape(measures.connected.strength.shape), 1.0, numbers.other_function)
    fits: Floats = (
        numbers.level_share * level_match(view)
        + numbers.function_share * function
        + numbers.tie_share * measures.connected.strength
        + numbers.shared_share * _shared(view)
    )
    return fits


def owners_of(measures: Measures) -> dict[int, int]:
    """The index of the active member who owns each person, by the person's index; the first by id of several."""
    members = {member.id: u for u, member in enumerate(measures.view.members)}
    index = measures.view.index
    rows = sorted((cover.member, cover.person) for cover in measures.dataset.of(Covers) if cover.owner)
    return {
        index[person]: members[member] for member, person in reversed(rows) if member in members and person in index
    }


def matching(member: TeamMember, person: Person, levels_apart: int) -> Matching | None:
    """Whether a member fits a person or is `levels_apart` or more levels over or under; None where a level is empty."""
    if member.level is None or person.level is None:
        return None
    apart = member.level - person.level
    return "over" if apart >= levels_apart else "under" if apart <= -levels_apart else "fits"


def _shared(view: AccountView) -> Flags:
    """Whether each pair has a background or interest in common."""
    return _common(view, lambda record: record.background) | _common(view, lambda record: record.interests)


def _common(view: AccountView, words: Callable[[Person | TeamMember], tuple[str, ...]]) -> Flags:
    ours, theirs = (
        [{word.strip().casefold() for word in words(record)} for record in side] for side in (view.members, view.people)
    )
    common = [[not mine.isdisjoint(other) for other in theirs] for mine in ours]
    return np.array(common, dtype=bool).reshape(len(ours), len(theirs))


def _best(worth: Floats, capacity: int) -> list[int | None]:
    """The member of each person (column) in the best assignment; of equal ones, lower ids of members and people win."""
    members, people = worth.shape
    chosen: list[int | None] = [None] * people
    if not worth.size:
        return chosen
    first = ASSIGNMENT_STEP * np.arange(members)[:, None] * (2.0 - np.arange(people) / people)
    slots = np.repeat(np.arange(members), min(capacity, people))
    rows, columns = linear_sum_assignment((worth.round(DIGITS) - first)[slots], maximize=True)
    taken: Ints = slots[rows]
    for member, person in zip(taken.tolist(), columns.tolist(), strict=True):
        chosen[person] = member
    return chosen


def _assigned(measures: Measures, fits: Floats, person: int, member: int | None, owner: int | None) -> Assigned:
    view = measures.view
    record = view.people[person]
    influence = float(measures.influence[person])
    apart = view.calibration.assignment.levels_apart
    new = None if member is None else float(fits[member, person])
    old = None if owner is None else float(fits[owner, person])
    return Assigned(
        person=record.id,
        decision_influence=influence,
        member=None if member is None else view.members[member].id,
        fit=new,
        matching=None if member is None else matching(view.members[member], record, apart),
        owner=None if owner is None else view.members[owner].id,
        owner_fit=old,
        owner_matching=None if owner is None else matching(view.members[owner], record, apart),
        gain=None if new is None else influence * (new - (old or 0.0)),
    )
