"""Independent routes from our team to the deciders: maximum flow (Ford & Fulkerson 1956; measures, section 6)."""

from __future__ import annotations

import networkx as nx
import numpy as np

from graph.analysis.account import AccountView, Floats
from graph.analysis.influence_lines import InfluenceLine


def independent_routes(view: AccountView, together: Floats, lines: tuple[InfluenceLine, ...]) -> int | None:
    """How many ways lead from our team to the deciders without sharing a person; None without deciders.

    Everyone between is known, not against us, and used once; a firm tie to a decider is a route by itself.
    """
    deciders = view.deciders()
    if not deciders.any():
        return None
    firm = view.known & (together >= view.calibration.firm_tie - 1e-9)
    against = np.array([stance is not None and stance < 0 for stance in view.stances], dtype=bool)
    carries = view.known & ~against & ~deciders
    network: nx.DiGraph[object] = nx.DiGraph()
    network.add_nodes_from(("us", "decision"))
    for i in np.flatnonzero(carries):
        network.add_edge(("in", i), ("out", i), capacity=1)
        if firm[i]:
            network.add_edge("us", ("in", i), capacity=1)
    for line in lines:
        if carries[line.source] and (carries[line.target] or deciders[line.target]):
            end = "decision" if deciders[line.target] else ("in", line.target)
            network.add_edge(("out", line.source), end, capacity=1)
    direct = int((firm & deciders).sum())
    return direct + int(nx.maximum_flow_value(network, "us", "decision"))
