"""What the departure of each of ours would cost (measures, section 7).

The others' touches stay as they are, so that only what all of ours hold together changes: coverage, trust, and what
comes of them. Influence does not.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from graph.analysis.contact.connection import best_by_role, together_of
from graph.analysis.measured import Measured
from graph.analysis.outlook.forecast import support_system
from graph.analysis.reporting import coverage as covering
from graph.analysis.reporting.routes import independent_routes
from graph.analysis.reporting.status import status
from graph.analysis.supposing.departures import Standing


def members_leaving(found: Measured) -> Iterator[tuple[str, Standing]]:
    """Each of ours by id, and how the account stands while they are not active."""
    for row, member in enumerate(found.view.members):
        yield member.id, _without(found, row)


def _without(found: Measured, row: int) -> Standing:
    view, influence = found.view, found.influence
    strength = found.connected.strength.copy()
    strength[row] = 0.0
    by_role = best_by_role(view, strength)
    together = together_of(by_role)
    covered = covering.coverage(view, together, found.standards.strength)
    decided = view.opportunity is not None
    return Standing(
        decision_chain_coverage=float(influence @ covered),
        supportive_coverage=covering.supportive(view, influence) if decided else None,
        redundancy=covering.redundancy(by_role, influence, view.calibration),
        independent_routes=independent_routes(view, together, found.lines) if decided else None,
        status=status(view, covered)[0] if decided else None,
        forecast=_forecast(found, row) if decided else None,
    )


def _forecast(found: Measured, row: int) -> float:
    trusted = np.delete(found.trust, row, axis=0).max(axis=0, initial=0.0)
    power, theta = found.power.formal_power, found.system.listening.susceptibility
    system = support_system(found.view, found.lines, theta, power, trusted)
    return float(power @ system.final(found.view.stance_values))
