"""The people of a coverage report: all measures of each person, by influence."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import numpy as np

from graph.analysis.ground.arrays import Flags
from graph.analysis.ground.named_tuples import rows
from graph.analysis.ground.rounding import DIGITS
from graph.analysis.measures.connection import day_of
from graph.analysis.measures.measures import Measures
from graph.analysis.report.influence_shares import InfluenceShares
from graph.analysis.report.results import PersonResult, Tie


def people_of(measures: Measures) -> tuple[PersonResult, ...]:
    """Everyone in the graph by influence (9 decimals) falling, then id."""
    view, power, people = measures.view, measures.power, measures.view.people
    ids = [person.id for person in people]
    columns: dict[str, Iterable[Any]] = {
        "id": ids,
        "name": [person.name for person in people],
        "title": [person.title for person in people],
        "level": [
            level if person.level is None else person.level
            for person, level in zip(people, measures.levels.tolist(), strict=True)
        ],
        "level_inferred": [person.level is None for person in people],
        "unit": [person.unit for person in people],
        "status": [person.status or "active" for person in people],
        "roles": view.roles,
        "stance": view.stances,
        "phi": power.phi.tolist(),
        **measures.by_person(),
        "final_stance": measures.forecast.final.tolist(),
        "covered_by": ties_of(measures),
        "made_of": [InfluenceShares(measures.system, ids, i) for i in range(len(ids))],
        "veto": [i in view.vetoes for i in range(len(ids))],
        "external": [bool(person.external) for person in people],
        "has_seat": view.seated.tolist(),
        "function": [person.function for person in people],
        "phi_error": [error if error == error else None for error in power.phi_error.tolist()],
    }
    results, share = rows(PersonResult, *(columns[name] for name in PersonResult._fields)), measures.influence.tolist()
    order = sorted(range(len(ids)), key=lambda i: -round(share[i], DIGITS))  # people are in the order of their ids
    return tuple([results[i] for i in order])


def ties_of(measures: Measures) -> list[tuple[Tie, ...]]:
    """The team's ties with each person: active members with a strength above 0 or a covers row, strongest first."""
    view, connected = measures.view, measures.connected
    u, i = np.nonzero(_shown(measures))
    order = np.lexsort((u, -connected.strength[u, i].round(DIGITS), i))
    at = u[order], i[order]
    ours, theirs = (places.tolist() for places in at)
    last = connected.last_touch[at].tolist()
    days = {day: day_of(day) for day in set(last)}
    factors = (connected.frequency, connected.breadth, connected.depth, connected.strength, measures.trust)
    ties = rows(
        Tie,
        map([member.id for member in view.members].__getitem__, ours),
        map([person.id for person in view.people].__getitem__, theirs),
        map([member.role for member in view.members].__getitem__, ours),
        *(factor[at].tolist() for factor in factors),
        map(days.__getitem__, last),
    )
    ends = np.cumsum(np.bincount(at[1], minlength=len(view.people))).tolist()
    return [tuple(ties[start:end]) for start, end in pairwise([0, *ends])]


def _shown(measures: Measures) -> Flags:
    """Whether each tie is listed: members x people."""
    shown: Flags = measures.connected.strength > 0
    shown.ravel()[measures.view.batch.covered_cells[1]] = True
    return shown
