"""What might happen: somebody goes, changes their stance, or is met. Each is the records as they would then be."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph.analysis.ground.unknown import Side, called, somebody_called
from graph.model import Interaction, Opportunity, Participation, Person, TeamMember
from graph.model.dataset import Dataset
from graph.model.problem import Refused
from graph.model.scales import GONE, METHOD, STANCE, SUBTYPES_OF
from graph.model.words import message

NEW_TOUCH = "\U0010ffff"
"""The id of a touch that might happen sorts behind all that did."""


class ImpossibleChange(Refused):
    """What somebody asked "what if" about cannot happen."""


@dataclass(frozen=True, slots=True)
class Without:
    """A stakeholder leaves, or a team member is not active any more, by id or name.

    `side` says which, where both sides may have the id; without it `person:ID` and `member:ID` do.
    """

    id: str
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """Somebody's stance in the opportunity becomes this; None is unknown."""

    person: str
    stance: int | None


@dataclass(frozen=True, slots=True)
class Touch:
    """One of ours meets one of theirs on the day, and it goes both ways."""

    member: str
    person: str
    method: str
    subtype: str | None = None


Change = Without | Stance | Touch


def changed(
    dataset: Dataset, account: str, as_of: datetime.date, opportunity: Opportunity | None, changes: Iterable[Change]
) -> Dataset:
    """The records with all the changes made, one after another; the dataset given stays as it is.

    People and members by id or name. Raises UnknownRecord for those who are not there, AmbiguousName for a name of
    several, ImpossibleChange for what cannot happen.
    """
    for number, change in enumerate(changes):
        if isinstance(change, Without):
            dataset = _without(dataset, account, change)
        elif isinstance(change, Stance):
            dataset = _with_stance(dataset, account, opportunity, change)
        else:
            dataset = _with_touch(dataset, account, as_of, change, number)
    return dataset


def without_person(dataset: Dataset, person: str) -> Dataset:
    """One of theirs has left."""
    return dataset.replaced(Person, [_left(one) if one.id == person else one for one in dataset.of(Person)])


def without_member(dataset: Dataset, member: str) -> Dataset:
    """One of ours is not active."""
    team = [replace(one, active=False) if one.id == member else one for one in dataset.of(TeamMember)]
    return dataset.replaced(TeamMember, team)


def _without(dataset: Dataset, account: str, change: Without) -> Dataset:
    people = {person.id: person for person in dataset.of(Person) if person.account == account}
    team = {member.id: member for member in dataset.of(TeamMember)}
    side, identity = somebody_called(change.id, people.values(), team.values(), change.side)
    if side == "person":
        if people[identity].status in GONE:
            raise ImpossibleChange("gone_already", message("what_if.gone_already", id=identity))
        return without_person(dataset, identity)
    if team[identity].active is False:
        raise ImpossibleChange("inactive_already", message("what_if.inactive_already", id=identity))
    return without_member(dataset, identity)


def _with_stance(dataset: Dataset, account: str, opportunity: Opportunity | None, change: Stance) -> Dataset:
    if opportunity is None:
        raise ImpossibleChange("no_opportunity", message("what_if.no_opportunity", account=account))
    if change.stance is not None and str(change.stance) not in STANCE.by_code:
        raise ImpossibleChange("no_such_stance", message("what_if.no_such_stance", stance=change.stance))
    rows = dataset.of(Participation)
    own = (opportunity.id, _somebody_there(dataset, account, change.person).id)
    moved = [replace(row, stance=change.stance) if (row.opportunity, row.person) == own else row for row in rows]
    if not any((row.opportunity, row.person) == own for row in rows):
        moved.append(Participation(opportunity=opportunity.id, person=change.person, stance=change.stance))
    return dataset.replaced(Participation, moved)


def _with_touch(dataset: Dataset, account: str, as_of: datetime.date, change: Touch, number: int) -> Dataset:
    team = {one.id: one for one in dataset.of(TeamMember)}
    member = called("team", change.member, team.values())
    if team[member].active is False:
        raise ImpossibleChange("inactive_member", message("what_if.inactive_member", id=member))
    person = _somebody_there(dataset, account, change.person)
    if person.status == "unidentified":
        raise ImpossibleChange("unidentified", message("what_if.unidentified", id=person.id))
    if change.method not in METHOD.by_code:
        raise ImpossibleChange("no_such_method", message("what_if.no_such_method", method=change.method))
    if change.subtype is not None and change.subtype not in SUBTYPES_OF.get(change.method, ()):
        raise ImpossibleChange("no_such_method", message("what_if.no_such_method", method=change.subtype))
    return with_touch(dataset, as_of, replace(change, member=member, person=person.id), number)


def with_touch(dataset: Dataset, as_of: datetime.date, touch: Touch, number: int = 0) -> Dataset:
    """A two-way touch of the two on the day."""
    made = Interaction(
        id=f"{NEW_TOUCH}{number:09}",
        date=as_of,
        method=touch.method,
        subtype=touch.subtype,
        people=(touch.person,),
        members=(touch.member,),
        response="two_way",
    )
    return dataset.replaced(Interaction, [*dataset.of(Interaction), made])


def _somebody_there(dataset: Dataset, account: str, person: str) -> Person:
    people = {one.id: one for one in dataset.of(Person) if one.account == account}
    found = people[called("people", person, people.values())]
    if found.status in GONE:
        raise ImpossibleChange("gone", message("what_if.gone", id=found.id))
    return found


def _left(person: Person) -> Person:
    return replace(person, status="left")
