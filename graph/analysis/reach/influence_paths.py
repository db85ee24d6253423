"""The best influence paths to a person, from the records."""

from __future__ import annotations

import datetime

from graph.analysis.limits import PATHS
from graph.analysis.measured import measured
from graph.analysis.reach.network import network_of
from graph.analysis.reach.paths import best_paths
from graph.analysis.results import InfluencePaths, Named
from graph.analysis.unknown import called
from graph.model import Person
from graph.model.calibration import Calibration
from graph.model.dataset import Dataset


def influence_paths(
    dataset: Dataset,
    account: str,
    to: str,
    as_of: datetime.date,
    *,
    member: str | None = None,
    k: int = PATHS,
    avoid_opponents: bool = False,
    opportunity: str | None = None,
    calibration: Calibration | None = None,
) -> InfluencePaths:
    """The k best paths from our team, or from one of ours, to a person; none to one who left without a seat.

    People and members by id or name. Raises UnknownRecord for an account, opportunity, person or active member that is
    not there, AmbiguousName for a name of several.
    """
    found = measured(dataset, account, as_of, opportunity, calibration)
    people = {one.id: one for one in dataset.of(Person) if one.account == account}
    to = called("people", to, people.values())
    if member is not None:
        member = called("team", member, found.view.members)
    paths = best_paths(network_of(found), to, member=member, k=k, avoid_opponents=avoid_opponents)
    return InfluencePaths(Named(to, people[to].name), paths)
