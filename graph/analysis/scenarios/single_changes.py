"""Everything that a page can suppose without asking anybody: each single departure, theirs and ours, and each stance.

Two things at once are not the sum of each; they are asked of `what_if`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.analysis.ground.limits import SUPPOSED_PEOPLE
from graph.analysis.measures.measures import Measured
from graph.analysis.report.results import CoverageReport
from graph.analysis.scenarios.departures import DeparturesBase, Standing, departures
from graph.analysis.scenarios.leaving import members_leaving, standing_of
from graph.analysis.scenarios.stance_shifts import Turning, turnings


@dataclass(frozen=True, slots=True)
class Supposed:
    """How the account stands today; and by id without each of theirs, without each of ours, and by stances.

    `values` are those of the scale of stances, by code.
    """

    today: Standing
    without: Mapping[str, Standing]
    without_ours: Mapping[str, Standing]
    turnings: Mapping[str, Turning]
    values: Mapping[str, float]


def supposed(found: Measured, report: CoverageReport) -> Supposed | None:
    """All single changes of an account of up to `SUPPOSED_PEOPLE`; None of a larger one, asked one at a time."""
    if not 0 < len(found.view.people) <= SUPPOSED_PEOPLE:
        return None
    base = DeparturesBase(found)
    return Supposed(
        today=standing_of(report),
        without={one.person: one.after for one in departures(found, base)},
        without_ours=dict(members_leaving(found)),
        turnings={one.person: one for one in turnings(found, base)},
        values=found.view.calibration.stance,
    )
