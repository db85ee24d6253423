"""The shape of an organisation in four dimensions: how far its lines are an ideal hierarchy, an out-tree.

Krackhardt 1994, "Graph theoretical dimensions of informal organizations". Each dimension lies in [0, 1]; an out-tree is
1 in all four.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import connected_components, shortest_path

from graph.analysis.account import Flags, Ints


@dataclass(frozen=True, slots=True)
class OrganisationShape:
    """Connectedness: everybody belongs together. Hierarchy: who reaches somebody is not reached back. Efficiency: no
    line more than needed. Unity of command (least upper bounds): any two have a superior above all their other
    common ones. None where nothing could be otherwise.
    """

    connectedness: float | None
    hierarchy: float | None
    efficiency: float | None
    unity_of_command: float | None


def organisation_shape(arcs: Flags) -> OrganisationShape:
    """The four dimensions of the arcs of a network: people x people, true where the row leads to the column."""
    people = len(arcs)
    arcs = arcs & ~np.eye(people, dtype=bool)
    if not people:
        return OrganisationShape(None, None, None, None)
    reaches = np.isfinite(shortest_path(np.ascontiguousarray(arcs), method="D", unweighted=True))
    component = np.asarray(connected_components(arcs, directed=True, connection="weak")[1], dtype=np.int64)
    together = component[:, None] == component[None, :]
    pairs = np.triu(np.ones((people, people), dtype=bool), 1)
    return OrganisationShape(
        connectedness=_share(int((together & pairs).sum()), int(pairs.sum())),
        hierarchy=_hierarchy(reaches, pairs),
        efficiency=_efficiency(arcs, component),
        unity_of_command=_unity(reaches, component),
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _hierarchy(reaches: Flags, pairs: Flags) -> float | None:
    either, both = (reaches | reaches.T) & pairs, reaches & reaches.T & pairs
    share = _share(int(both.sum()), int(either.sum()))
    return None if share is None else 1.0 - share


def _efficiency(arcs: Flags, component: Ints) -> float | None:
    """Lines beyond those that hold each component together, against how many there could be."""
    more, most = 0, 0
    for one in np.unique(component):
        inside = component == one
        people = int(inside.sum())
        more += int(arcs[np.ix_(inside, inside)].sum()) - (people - 1)
        most += people * (people - 1) - (people - 1)
    return 1.0 - more / most if most else None


def _unity(reaches: Flags, component: Ints) -> float | None:
    """Pairs of a component without such a superior, against how many there could be."""
    without, most = 0, 0
    for one in np.unique(component):
        inside = np.flatnonzero(component == one)
        above = reaches[np.ix_(inside, inside)]
        people = len(inside)
        most += (people - 1) * (people - 2) // 2
        for i in range(people):
            for j in range(i):
                bounds = np.flatnonzero(above[:, i] & above[:, j])
                # As the published values count it: one of them reaches all the others.
                if not any(above[bound, bounds].all() for bound in bounds):
                    without += 1
    return 1.0 - without / most if most else None
