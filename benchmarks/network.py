"""The account as a networkx graph, and reach beside the searches with a heap that it replaced."""

from __future__ import annotations

import datetime

from benchmarks.measuring import Result, seconds, side_by_side
from graph.analysis.measures.measures import Measures, compute_measures
from graph.analysis.network.account_graph import account_graph
from graph.analysis.network.influence_network import influence_network
from graph.analysis.network.reach import compute_reach
from tests.oracle.random_account import random_account
from tests.oracle.reach import strength_from
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)
LIMIT_60, LIMIT_5000 = 0.002, 0.6


def account_graph_60() -> Result:
    """The graph of 60 people and 360 lines, from measures already computed; seconds, against the limit set."""
    measures = _small()
    return side_by_side(lambda: seconds(lambda: account_graph(measures), times=20), lambda: LIMIT_60, unit="s", runs=15)


def account_graph_5000() -> Result:
    """The graph of 5,000 people and 30,000 lines; seconds, against the limit set."""
    measures = _large()
    return side_by_side(lambda: seconds(lambda: account_graph(measures)), lambda: LIMIT_5000, unit="s", runs=7)


def reach() -> Result:
    """The best path of each of 20 members to each of 5,000 people; seconds, against a search with a heap for each."""
    measures = _large()
    network = influence_network(measures)

    def peer() -> list[dict[str, float]]:
        return [strength_from(network, member) for member in network.members]

    loops, found = peer(), compute_reach(measures).tolist()
    assert found == [[reached.get(person, 0.0) for person in network.people] for reached in loops]
    return side_by_side(lambda: seconds(lambda: compute_reach(measures)), lambda: seconds(peer), unit="s", runs=7)


def _small() -> Measures:
    rows = random_account(seed=1, people=60, members=5, lines=360, interactions=600)
    return compute_measures(dataset_of(rows), "acme", AS_OF)


def _large() -> Measures:
    rows = random_account(seed=3, people=5_000, members=20, lines=30_000, interactions=10_000)
    return compute_measures(dataset_of(rows), "acme", AS_OF)
