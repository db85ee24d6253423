"""Hypothetical changes (a departure, a stance, a touch), made to a copy of the records (measures, section 7)."""

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
"""The id of a hypothetical touch sorts after all recorded ones."""


class ImpossibleChange(Refused):
    """The change contradicts the records, such as the departure of somebody who has left."""


@dataclass(frozen=True, slots=True)
class Without:
    """A stakeholder leaves or a team member becomes inactive, by id or name.

    `side` tells the two apart where both have the id; `person:ID` and `member:ID` do as well.
    """

    id: str
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Stance:
    """A person's stance in the opportunity becomes this one; None is unknown."""

    person: str
    stance: int | None


@dataclass(frozen=True, slots=True)
class Touch:
    """A team member has a two-way contact with a stakeholder on the day of the view."""

    member: str
    person: str
    method: str
    subtype: str | None = None


Change = Without | Stance | Touch


def changed(
    dataset: Dataset, account: str, as_of: datetime.date, opportunity: Opportunity | None, changes: Iterable[Change]
) -> Dataset:
    """A copy of the records with the changes made, one after another.

    People and members are given by id or name. Raises UnknownRecord for those who are not there, AmbiguousName for a
    name of several, ImpossibleChange for a change that contradicts the records.

    >>> then = changed(data, "harbour", today, measures.view.opportunity, [Without("dev")])
    >>> [person.id for person in then.of(Person) if person.status == "left"]
    ['dev']
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
    """A copy of the records in which this person (by id) has left."""
    people = [replace(record, status="left") if record.id == person else record for record in dataset.of(Person)]
    return dataset.replaced(Person, people)


def without_member(dataset: Dataset, member: str) -> Dataset:
    """A copy of the records in which this team member (by id) is inactive."""
    team = [replace(record, active=False) if record.id == member else record for record in dataset.of(TeamMember)]
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
    person = _present_person(dataset, account, change.person).id
    own = (opportunity.id, person)
    moved = [replace(row, stance=change.stance) if (row.opportunity, row.person) == own else row for row in rows]
    if not any((row.opportunity, row.person) == own for row in rows):
        moved.append(Participation(opportunity=opportunity.id, person=person, stance=change.stance))
    return dataset.replaced(Participation, moved)


def _with_touch(dataset: Dataset, account: str, as_of: datetime.date, change: Touch, number: int) -> Dataset:
    team = {record.id: record for record in dataset.of(TeamMember)}
    member = called("team", change.member, team.values())
    if team[member].active is False:
        raise ImpossibleChange("inactive_member", message("what_if.inactive_member", id=member))
    person = _present_person(dataset, account, change.person)
    if person.status == "unidentified":
        raise ImpossibleChange("unidentified", message("what_if.unidentified", id=person.id))
    if change.method not in METHOD.by_code:
        raise ImpossibleChange("no_such_method", message("what_if.no_such_method", method=change.method))
    if change.subtype is not None and change.subtype not in SUBTYPES_OF.get(change.method, ()):
        raise ImpossibleChange("no_such_method", message("what_if.no_such_method", method=change.subtype))
    return with_touch(dataset, as_of, replace(change, member=member, person=person.id), number)


def with_touch(dataset: Dataset, as_of: datetime.date, touch: Touch, number: int = 0) -> Dataset:
    """A copy of the records with a two-way touch on the day; `number` tells several apart."""
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


def _present_person(dataset: Dataset, account: str, person: str) -> Person:
    people = {record.id: record for record in dataset.of(Person) if record.account == account}
    present = people[called("people", person, people.values())]
    if present.status in GONE:
        raise ImpossibleChange("gone", message("what_if.gone", id=present.id))
    return present
