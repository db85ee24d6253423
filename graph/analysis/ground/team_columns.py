"""The active team members as columns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import orjson

from graph.analysis.ground.arrays import Floats, Ints
from graph.analysis.ground.columns import EMPTY_CODE
from graph.model import TeamMember
from graph.model.scales import TEAM_ROLE

ROLES = tuple(TEAM_ROLE.by_code)
"""The roles of team members."""

SCORES = ("knowledge", "skill", "experience")
"""The scores of a team member's competence."""


@dataclass(frozen=True)
class TeamColumns:
    """The active team members in the order of their ids; arrays have one entry each.

    `role` is the place in `ROLES`, -1 without one; `scores` is members x `SCORES`. Empty levels and scores are NaN.
    """

    ids: tuple[str, ...]
    role: Ints
    level: Floats
    scores: Floats

    @cached_property
    def place(self) -> dict[str, int]:
        """The place of each member, by id."""
        return {member: place for place, member in enumerate(self.ids)}


def team_bytes(team: TeamColumns) -> bytes:
    """The team as bytes, to be kept; `team_of_bytes` reads them."""
    return orjson.dumps([team.ids, team.role.tolist(), team.level.tolist(), team.scores.tolist()])


def team_of_bytes(data: bytes) -> TeamColumns:
    """The team from its bytes; orjson writes NaN as null.

    >>> team = measures.view.batch.team
    >>> team_of_bytes(team_bytes(team)).role.tolist() == team.role.tolist()
    True
    """
    ids, role, level, scores = orjson.loads(data)
    return TeamColumns(
        ids=tuple(ids),
        role=np.array(role, dtype=np.int64),
        level=np.array(level, dtype=np.float64),
        scores=np.array(scores, dtype=np.float64).reshape(len(ids), len(SCORES)),
    )


def team_columns(members: Iterable[TeamMember]) -> TeamColumns:
    """The active ones of these team members as columns.

    >>> from graph.model import TeamMember
    >>> team_columns(data.of(TeamMember)).ids
    ('uma', 'vic')
    """
    active = sorted((member for member in members if member.active is not False), key=lambda member: member.id)
    roles = [EMPTY_CODE if member.role is None else ROLES.index(member.role) for member in active]
    scores = [[getattr(member, score) for score in SCORES] for member in active]
    return TeamColumns(
        ids=tuple([member.id for member in active]),
        role=np.array(roles, dtype=np.int64),
        level=np.array([member.level for member in active], dtype=np.float64),
        scores=np.array(scores, dtype=np.float64).reshape(len(active), len(SCORES)),
    )
