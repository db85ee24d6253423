"""Lookup of stakeholders and team members by id or name, with or without their side."""

from __future__ import annotations

import pytest

from graph.analysis.ground.unknown import somebody_called
from graph.model import Person, TeamMember
from graph.model.problem import UnknownRecord

PEOPLE = [
    Person(id=identity, account="q", name=f"Name of {identity}") for identity in ("lin", "member:wang", "person:lin")
]
TEAM = [TeamMember(id=identity, name=f"Member {identity}") for identity in ("wang", "lin")]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("person:lin", ("person", "lin")),
        ("member:lin", ("member", "lin")),
        ("member:wang", ("member", "wang")),
        ("person:person:lin", ("person", "person:lin")),
        ("person:member:wang", ("person", "member:wang")),
        ("wang", ("member", "wang")),
        ("member: Member wang", ("member", "wang")),
    ],
)
def test_a_side_wins_over_an_id_that_begins_like_one(asked: str, found: tuple[str, str]) -> None:
    assert somebody_called(asked, PEOPLE, TEAM) == found


def test_an_id_that_begins_like_a_side_is_found_where_the_side_has_nobody_of_the_rest() -> None:
    assert somebody_called("member:wang", PEOPLE, []) == ("person", "member:wang")
    with pytest.raises(UnknownRecord):
        somebody_called("member:nobody", PEOPLE, TEAM)
