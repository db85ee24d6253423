"""Where the decision hangs: the fewest to win, the key-player sets, and whom all ways pass (measures 5 and 7)."""

from __future__ import annotations

from dataclasses import dataclass

from graph.analysis.measures.measures import Measured
from graph.analysis.network.bottlenecks import Bottlenecks, bottlenecks
from graph.analysis.network.key_sets import KeySets, breaking_sets, reaching_sets
from graph.analysis.network.organisation_shape import OrganisationShape, organisation_shape
from graph.analysis.network.reach import FewestToWin, fewest_to_win


@dataclass(frozen=True, slots=True)
class WeakPoints:
    """`reaching` are the sets that reach the others best, `breaking` those without whom the network falls apart."""

    fewest: FewestToWin
    reaching: tuple[KeySets, ...]
    breaking: tuple[KeySets, ...]
    bottlenecks: Bottlenecks
    shape: OrganisationShape


def weak_points(found: Measured) -> WeakPoints:
    """The weak points of an account."""
    ids, most = [one.id for one in found.view.people], found.view.calibration.key_people.set_size
    return WeakPoints(
        fewest=fewest_to_win(found),
        reaching=reaching_sets(found.lines, ids, most),
        breaking=breaking_sets(found.lines, ids, most),
        bottlenecks=bottlenecks(found.view, found.connected.together, found.lines),
        shape=organisation_shape(found.lines.matrix(len(ids)).T > 0),
    )
