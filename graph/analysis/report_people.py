"""The people of a coverage report: every measure of each, by influence."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from graph.analysis.connection import day_of
from graph.analysis.explanation import Explanation
from graph.analysis.measured import Measured
from graph.analysis.results import PersonResult, Tie
from graph.model import Covers


def people_of(found: Measured) -> tuple[PersonResult, ...]:
    """Everyone in the graph by influence (9 decimals) falling, then id."""
    view, power = found.view, found.power
    ids = [one.id for one in view.people]
    influence = found.influence.tolist()
    level, phi, errors = found.levels.tolist(), power.phi.tolist(), power.phi_error
    role_power, formal_power = power.role_power.tolist(), power.formal_power.tolist()
    turned_to_by, final = found.lines.turned_to_by(len(ids)).tolist(), found.forecast.final.tolist()
    together, required = found.connected.together.tolist(), found.standards.strength.tolist()
    cadence, covered = found.standards.cadence.tolist(), found.covered.tolist()
    rival, trusted, seated = view.rival.tolist(), found.trusted.tolist(), view.seated.tolist()
    ties = ties_of(found)
    order = sorted(range(len(ids)), key=lambda i: (-round(influence[i], 9), ids[i]))
    return tuple(
        PersonResult(
            id=one.id,
            name=one.name,
            title=one.title,
            level=level[i] if one.level is None else one.level,
            level_inferred=one.level is None,
            unit=one.unit,
            status=one.status or "active",
            roles=view.roles[i],
            stance=view.stances[i],
            phi=phi[i],
            role_power=role_power[i],
            formal_power=formal_power[i],
            decision_influence=influence[i],
            turned_to_by=turned_to_by[i],
            connection_strength=together[i],
            required_strength=required[i],
            cadence=cadence[i],
            coverage=covered[i],
            competitor_strength=rival[i],
            trust=trusted[i],
            final_stance=final[i],
            covered_by=ties[i],
            made_of=Explanation(found.system, ids, i),
            veto=i in view.vetoes,
            external=bool(one.external),
            has_seat=seated[i],
            function=one.function,
            phi_error=None if errors is None else float(errors[i]),
        )
        for i in order
        for one in (view.people[i],)
    )


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
    ties = list(
        map(
            Tie,
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
    )
    ends = np.cumsum(np.bincount(at[1], minlength=len(view.people))).tolist()
    return [tuple(ties[start:end]) for start, end in pairwise([0, *ends])]
