"""Reach: the strength of the best path from every team member to every stakeholder (measures, section 7)."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from graph.analysis.ground.arrays import Floats, Ints
from graph.analysis.measures.measures import Measures


def reach_matrix(measures: Measures) -> Floats:
    """The strength of the best path from each active team member to each person: members x people, 0 without a path.

    A path is one tie (C of at least a tie) and then influence lines out of known people; its strength is the product
    of their weights. Rows are in the order of `view.members`, columns in that of `view.people`. Computed once for the
    measures; the array is read-only.
    """
    return measures.once(compute_reach)


def compute_reach(measures: Measures) -> Floats:
    """`reach_matrix`, computed anew."""
    view, lines, connected = measures.view, measures.lines, measures.connected
    ties = np.where(connected.ties(view.calibration.tie), connected.strength, 0.0)
    carried = view.known[lines.source]
    reach = strongest_products(ties, lines.source[carried], lines.target[carried], lines.weight[carried])
    reach.setflags(write=False)
    return reach


def strongest_products(first: Floats, source: Ints, target: Ints, weight: Floats) -> Floats:
    """The largest product of weights on any way from each start to each node, 0 where there is no way.

    `max over ways of first[s, v0] · w(v0, v1) · … · w(vk-1, vk)`, computed as shortest ways over -ln of the weights.

    Parameters: `first`, starts x nodes, the weight above 0 from a start to a node, 0 for none; `source`, `target`
    and `weight`, one entry an arc between nodes, no pair twice, weights in [0, 1].
    Returns: starts x nodes; every value is the product of the weights themselves, multiplied from the start
    on, and the largest of these to the last bit.

    >>> strongest_products(np.array([[0.5, 0.0, 0.1]]), np.array([0]), np.array([2]), np.array([0.4]))
    array([[0.5, 0. , 0.2]])

    Reference: Dijkstra 1959, "A note on two problems in connexion with graphs", Numerische Mathematik 1, 269; by
    `scipy.sparse.csgraph`.
    """
    starts, nodes = first.shape
    if not first.any():
        return np.zeros((starts, nodes))
    order = np.lexsort((target, source))
    order = order[weight[order] > 0]  # a calibration may give assumed lines no weight
    source, target, weight = source[order], target[order], weight[order]
    row, column = np.nonzero(first)
    # Every way has one first weight, so that only these weights' relation counts. A calibration may put them above 1.
    costs = -np.log(np.concatenate([weight, first[row, column] / first.max(axis=1)[row]]))
    ends = np.concatenate([source, nodes + row]), np.concatenate([target, column])
    arcs = csr_array((costs, ends), shape=(nodes + starts, nodes + starts))
    _, before = dijkstra(arcs, indices=np.arange(nodes, nodes + starts), return_predecessors=True)
    products = _products(first, before[:, :nodes].astype(np.int64), source, target, weight)
    return _largest(products, source, target, weight)


def _products(first: Floats, before: Ints, source: Ints, target: Ints, weight: Floats) -> Floats:
    """Multiply the weights along the ways found: `before` is the node before each, below 0 where there is none."""
    nodes = first.shape[1]
    products = np.where(before >= nodes, first, 0.0)
    flat, last = products.reshape(-1), before.reshape(-1)
    at = np.flatnonzero((last >= 0) & (last < nodes))
    came_from = at - at % nodes + last[at]
    factor = weight[np.searchsorted(source * nodes + target, last[at] * nodes + at % nodes)]
    while True:
        longer = flat[came_from] * factor
        if (longer == flat[at]).all():
            return products
        flat[at] = longer


def _largest(products: Floats, source: Ints, target: Ints, weight: Floats) -> Floats:
    """Of ways that are equally short but for rounding take the larger product, until no arc makes one larger."""
    while True:
        along = products[:, source] * weight
        larger = along > products[:, target]
        if not larger.any():
            return products
        row, arc = np.nonzero(larger)
        np.maximum.at(products, (row, target[arc]), along[row, arc])
