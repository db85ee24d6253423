"""Records by id and name: one record, and the names of all stakeholders and team members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.model import Person, TeamMember


@dataclass(frozen=True, slots=True)
class Named:
    """A record's id and its name as stored."""

    id: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Names:
    """Names as stored, by id. Stakeholders and team members are kept apart, because the two may share an id."""

    people: Mapping[str, str | None]
    members: Mapping[str, str | None]


def names_of_both(people: Iterable[Person], members: Iterable[TeamMember]) -> Names:
    """The names of these stakeholders and of these team members."""
    return Names({person.id: person.name for person in people}, {member.id: member.name for member in members})
