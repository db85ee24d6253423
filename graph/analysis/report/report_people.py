"""The people of a coverage report: every measure of each, by influence."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np

from graph.analysis.ground.account_view import Flags
from graph.analysis.ground.named_tuples import rows
from graph.analysis.ground.rounding import DIGITS
from graph.analysis.measures.connection import day_of
from graph.analysis.measures.measures import Measured
from graph.analysis.report.influence_shares import Explanation
from graph.analysis.report.results import PersonResult, Tie
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
    made, share = rows(PersonResult, *(columns[name] for name in PersonResult._fields)), found.influence.tolist()
    order = sorted(range(len(ids)), key=lambda i: -round(share[i], DIGITS))  # people are in the order of their ids
    return tuple([made[i] for i in order])


def ties_of(found: Measured) -> list[tuple[Tie, ...]]:
    """Our ties with each person: active members with a strength above 0 or a covers row, strongest first."""
    view, connected = found.view, found.connected
    u, i = np.nonzero(_shown(found))
    order = np.lexsort((u, -connected.strength[u, i].round(DIGITS), i))
    at = u[order], i[order]
    ours, theirs = (places.tolist() for places in at)
    last = connected.last_touch[at].tolist()
    days = {day: day_of(day) for day in set(last)}
    factors = (connected.frequency, connected.breadth, connected.depth, connected.strength, found.trust)
    ties = rows(
        Tie,
        map([one.id for one in view.members].__getitem__, ours),
        map([one.id for one in view.people].__getitem__, theirs),
        map([one.role for one in view.members].__getitem__, ours),
        *(factor[at].tolist() for factor in factors),
        map(days.__getitem__, last),
    )
    ends = np.cumsum(np.bincount(at[1], minlength=len(view.people))).tolist()
    return [tuple(ties[start:end]) for start, end in pairwise([0, *ends])]


def _shown(found: Measured) -> Flags:
    """Which ties are shown: members x people."""
    view = found.view
    shown: Flags = found.connected.strength > 0
    members, people = found.dataset.columns(Covers, "member", "person")
    u, i = view.member_places(members), view.places(people)
    there = (u >= 0) & (i >= 0)
    shown[u[there], i[there]] = True
    return shown
