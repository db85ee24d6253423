"""The names of an account's people and of our team, kept apart: a stakeholder and a team member may share an id."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.model import Person, TeamMember


@dataclass(frozen=True, slots=True)
class Names:
    """Names as stored, by id: those of stakeholders and those of team members."""

    people: Mapping[str, str | None]
    members: Mapping[str, str | None]


def names_of_both(people: Iterable[Person], members: Iterable[TeamMember]) -> Names:
    """The names of these people and of these team members."""
    return Names({person.id: person.name for person in people}, {member.id: member.name for member in members})
