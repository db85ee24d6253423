"""Reach: the strength of the best path from every team member to every stakeholder (measures, section 7)."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from graph.analysis.ground.account_view import Floats, Ints
from graph.analysis.measures.measures import Measures


def reach_matrix(measures: Measures) -> Floats:
    """The strength of the best path from each active team member to each person: members x people, 0 without a path.

    A path is one tie (C of at least a tie) and then influence lines out of known people; its strength is the product
    of their weights. Rows are in the order of `view.members`, columns in that of `view.people`. Computed once for the
    measures; the array is read-only.
    """
    return measures.once(_reach)


def _reach(measures: Measures) -> Floats:
    view, lines, connected = measures.view, measures.lines, measures.connected
    ties = np.where(connected.ties(view.calibration.tie), connected.strength, 0.0)
    carried = view.known[lines.source]
    reach = strongest_products(ties, lines.source[carried], lines.target[carried], lines.weight[carried])
    reach.setflags(write=False)
    return reach


def strongest_products(first: Floats, source: Ints, target: Ints, weight: Floats) -> Floats:
    """The largest product of weights on any way from each start to each node, 0 where there is no way.

    `max over ways of first[s, v0] · w(v0, v1) · … · w(vk-1, vk)`, computed as shortest ways over -ln of the weights.

    Parameters: `first`, starts x nodes, the weight in (0, 1] from a start to a node, 0 for none; `source`, `target`
    and `weight`, one entry an arc between nodes, no pair twice, weights in (0, 1].
    Returns: starts x nodes, in [0, 1]; every value is the product of the weights themselves, multiplied from the start
    on, and the largest of these to the last bit.

    >>> strongest_products(np.array([[0.5, 0.0, 0.1]]), np.array([0]), np.array([2]), np.array([0.4]))
    array([[0.5, 0. , 0.2]])

    Reference: Dijkstra 1959, by `scipy.sparse.csgraph`.
    """
    starts, nodes = first.shape
    if not first.any():
        return np.zeros((starts, nodes))
    order = np.lexsort((target, source))
    source, target, weight = source[order], target[order], weight[order]
    row, column = np.nonzero(first)
    costs = -np.log(np.concatenate([weight, first[row, column]]))
    ends = np.concatenate([source, nodes + row]), np.concatenate([target, column])
    arcs = csr_array((costs, ends), shape=(nodes + starts, nodes + starts))
    _, before = dijkstra(arcs, indices=np.arange(nodes, nodes + starts), return_predecessors=True)
    products = _products(first, before[:, :nodes].astype(np.int64), source, target, weight)
    return _largest(products, source, target, weight)


def _products(first: Floats, before: Ints, source: Ints, target: Ints, weight: Floats) -> Floats:
    """Multiply the weights along the ways found: `before` is the node before each, below 0 where there is none."""
    nodes = first.shape[1]
    direct, onward = before >= nodes, np.nonzero((before >= 0) & (before < nodes))
    last = before[onward]
    arc = np.searchsorted(source * nodes + target, last * nodes + onward[1])
    products = np.where(direct, first, 0.0)
    while True:
        longer = products[onward[0], last] * weight[arc]
        if (longer == products[onward]).all():
            return products
        products[onward] = longer


def _largest(products: Floats, source: Ints, target: Ints, weight: Floats) -> Floats:
    """Of ways that are equally short but for rounding take the larger product, until no arc makes one larger."""
    order = np.argsort(target, kind="stable")
    reached, at = np.unique(target[order], return_index=True)
    source, weight = source[order], weight[order]
    while len(order):
        larger = np.maximum.reduceat(products[:, source] * weight, at, axis=1)
        if (larger <= products[:, reached]).all():
            break
        products[:, reached] = np.maximum(products[:, reached], larger)
    return products
