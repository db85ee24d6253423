"""Everything that a page can suppose without asking anybody: each single departure, theirs and ours, and each stance.

Two things at once are not the sum of each; they are asked of `what_if`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.analysis.ground.limits import SUPPOSED_PEOPLE
from graph.analysis.measures.measures import Measures
from graph.analysis.report.results import CoverageReport
from graph.analysis.scenarios.departures import DeparturesBase, Standing, departures
from graph.analysis.scenarios.leaving import members_leaving, standing_of
from graph.analysis.scenarios.stance_shifts import StanceShift, stance_shifts


@dataclass(frozen=True, slots=True)
class SingleChanges:
    """How the account stands today; and by id without each of theirs, without each of ours, and by stances.

    `values` are those of the scale of stances, by code.
    """

    today: Standing
    without: Mapping[str, Standing]
    without_ours: Mapping[str, Standing]
    stance_shifts: Mapping[str, StanceShift]
    values: Mapping[str, float]


def single_changes(measures: Measures, report: CoverageReport) -> SingleChanges | None:
    """All single changes of an account of up to `SUPPOSED_PEOPLE`; None of a larger one, asked one at a time."""
    if not 0 < len(measures.view.people) <= SUPPOSED_PEOPLE:
        return None
    base = DeparturesBase(measures)
    return SingleChanges(
        today=standing_of(report),
        without={departure.person: departure.after for departure in departures(measures, base)},
        without_ours=dict(members_leaving(measures)),
        stance_shifts={shift.person: shift for shift in stance_shifts(measures, base)},
        values=measures.view.calibration.stance,
    )
