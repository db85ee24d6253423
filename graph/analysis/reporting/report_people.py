"""The people of a coverage report: every measure of each, by influence."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np

from graph.analysis.contact.connection import day_of
from graph.analysis.measured import Measured
from graph.analysis.persons.explanation import Explanation
from graph.analysis.results import PersonResult, Tie
from graph.model import Covers


def people_of(found: Measured) -> tuple[PersonResult, ...]:
    """Everyone in the graph by influence (9 decimals) falling, then id."""
    view, power, people = found.view, found.power, found.view.people
    ids = [one.id for one in people]
    columns: dict[str, Iterable[Any]] = {
        "id": ids,
        "name": [one.name for one in people],
        "title": [one.title for one in people],
        "level": [
            level if one.level is None else one.level for one, level in zip(people, found.levels.tolist(), strict=True)
        ],
        "level_inferred": [one.level is None for one in people],
        "unit": [one.unit for one in people],
        "status": [one.status or "active" for one in people],
        "roles": view.roles,
        "stance": view.stances,
        "phi": power.phi.tolist(),
        "role_power": power.role_power.tolist(),
        "formal_power": power.formal_power.tolist(),
        "decision_influence": found.influence.tolist(),
        "turned_to_by": found.lines.turned_to_by(len(ids)).tolist(),
        "connection_strength": found.connected.together.tolist(),
        "required_strength": found.standards.strength.tolist(),
        "cadence": found.standards.cadence.tolist(),
        "coverage": found.covered.tolist(),
        "competitor_strength": view.rival.tolist(),
        "trust": found.trusted.tolist(),
        "final_stance": found.forecast.final.tolist(),
        "covered_by": ties_of(found),
        "made_of": [Explanation(found.system, ids, i) for i in range(len(ids))],
        "veto": [i in view.vetoes for i in range(len(ids))],
        "external": [bool(one.external) for one in people],
        "has_seat": view.seated.tolist(),
        "function": [one.function for one in people],
        "phi_error": [None] * len(ids) if power.phi_error is None else power.phi_error.tolist(),
    }
    rows = zip(*(columns[name] for name in PersonResult._fields), strict=True)
    return tuple(sorted(map(PersonResult._make, rows), key=lambda one: (-round(one.decision_influence, 9), one.id)))


def ties_of(found: Measured) -> list[tuple[Tie, ...]]:
    """Our ties with each person: active members with a strength above 0 or a covers row, strongest first."""
    view, connected = found.view, found.connected
    members = {member.id: u for u, member in enumerate(view.members)}
    shown = connected.strength > 0
    for one in found.dataset.of(Covers):
        if one.member in members and one.person in view.index:
            shown[members[one.member], view.index[one.person]] = True
    u, i = np.nonzero(shown)
    order = np.lexsort((u, -connected.strength[u, i].round(9), i))
    at = u[order], i[order]
    last = connected.last_touch[at].tolist()
    days = {day: day_of(day) for day in set(last)}
    columns = (
        [view.members[u].id for u in at[0].tolist()],
        [view.people[i].id for i in at[1].tolist()],
        [view.members[u].role for u in at[0].tolist()],
        connected.frequency[at].tolist(),
        connected.breadth[at].tolist(),
        connected.depth[at].tolist(),
        connected.strength[at].tolist(),
        found.trust[at].tolist(),
        [days[day] for day in last],
    )
    ties = list(map(Tie._make, zip(*columns, strict=True)))
    ends = np.cumsum(np.bincount(at[1], minlength=len(view.people))).tolist()
    return [tuple(ties[start:end]) for start, end in pairwise([0, *ends])]
