"""All of an account that a team takes along as slides or as a workbook: its map, its plan, and the value offered."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from graph.analysis.both_sides import Names
from graph.analysis.limits import DOSSIER_ACTIONS
from graph.analysis.map_content import map_of
from graph.analysis.measured import measured
from graph.analysis.planning.plan import Plan, plan
from graph.analysis.results import MapContent
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset


@dataclass(frozen=True, slots=True)
class Dossier:
    """The map of an account, its plan, and the names of both sides."""

    map: MapContent
    plan: Plan
    names: Names


def dossier(
    dataset: Dataset,
    account: str,
    as_of: datetime.date,
    opportunity: str | None = None,
    calibration: Calibration | None = None,
) -> Dossier:
    """The dossier of an account. Raises UnknownRecord for an account or opportunity that is not in the dataset."""
    found = measured(dataset, account, as_of, opportunity, calibration)
    planned = plan(found, None, DOSSIER_ACTIONS)
    return Dossier(map_of(found), planned, planned.names)
