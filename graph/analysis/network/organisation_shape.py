"""The shape of an organisation in four dimensions: how close its lines are to an ideal hierarchy, an out-tree.

Each dimension lies in [0, 1]; an out-tree is 1 in all four.
Reference: Krackhardt 1994, "Graph theoretical dimensions of informal organizations", in Carley & Prietula (eds.),
"Computational Organization Theory", 89.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import connected_components, shortest_path

from graph.analysis.ground.arrays import Flags, Ints


@dataclass(frozen=True, slots=True)
class OrganisationShape:
    """The four dimensions, each in [0, 1], or None where nothing could be otherwise.

    Connectedness: the share of pairs that belong together. Hierarchy: 1 - the share of pairs in reach that reach each
    other. Efficiency: 1 - the share of possible lines beyond those that hold it together. Unity of command (least upper
    bounds): 1 - the share of pairs without a superior above all their other common ones.
    """

    connectedness: float | None
    hierarchy: float | None
    efficiency: float | None
    unity_of_command: float | None


def organisation_shape(arcs: Flags) -> OrganisationShape:
    """The four dimensions of the arcs of a network: people x people, true where the row leads to the column.

    >>> organisation_shape(np.array([[False, True, True], [False, False, False], [False, False, False]]))
    OrganisationShape(connectedness=1.0, hierarchy=1.0, efficiency=1.0, unity_of_command=1.0)
    """
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
    for number in np.unique(component):
        inside = component == number
        people = int(inside.sum())
        more += int(arcs[np.ix_(inside, inside)].sum()) - (people - 1)
        most += people * (people - 1) - (people - 1)
    return 1.0 - more / most if most else None


def _unity(reaches: Flags, component: Ints) -> float | None:
    """Pairs of a component without such a superior, against how many there could be.

    As the published values count it, one of the superiors of a pair reaches all the others. That is so just where all
    superiors are reached from one top: one group of people who reach each other and whom nobody else reaches. So it is
    enough to count the tops above each pair, by one matrix product.
    """
    without, most = 0, 0
    for number in np.unique(component):
        inside = np.flatnonzero(component == number)
        below = _below_tops(reaches[np.ix_(inside, inside)]).astype(np.float32)  # counts stay exact below 2 ** 24
        people = len(inside)
        most += (people - 1) * (people - 2) // 2
        shared = below.T @ below
        without += int((np.triu(shared != 1, 1)).sum())
    return 1.0 - without / most if most else None


def _below_tops(reaches: Flags) -> Flags:
    """The people that each top reaches, itself included: tops x people.

    One person stands for a group who all reach each other."""
    mutual = reaches & reaches.T
    stands_for_group = mutual.argmax(axis=1) == np.arange(len(reaches))
    reached_from_elsewhere = (reaches & ~mutual).any(axis=0)
    return np.asarray(reaches[stands_for_group & ~reached_from_elsewhere], dtype=np.bool_)
