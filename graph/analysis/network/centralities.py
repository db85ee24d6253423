"""Well-known centralities, to compare decision influence with: PageRank, betweenness, in-degree."""

from __future__ import annotations

from typing import NamedTuple

import networkx as nx

from graph.analysis.ground.limits import BETWEENNESS_STEPS
from graph.analysis.measures.measures import Measures


class Centrality(NamedTuple):
    """The centralities of a person in the network of who listens to whom.

    `pagerank` sums to 1 over all people. `betweenness` lies in [0, 1]; `betweenness_sampled` says that it is estimated.
    `in_degree` is how many people listen to the person.
    """

    pagerank: float
    betweenness: float
    betweenness_sampled: bool
    in_degree: int


def centralities(measures: Measures) -> dict[str, Centrality]:
    """The centralities of everybody in the graph, by id.

    The network leads from who listens to those whom they listen to, over recorded and assumed lines; so a high value
    is a person to whom others turn.
    - PageRank: `p_j = .15/n + .85·Σ_i p_i·w_ij/Σ_k w_ik`, w the weights of the lines; a person who listens to nobody
      listens to all alike.
    - Betweenness: the share of the shortest ways (in lines) between two others that pass the person, over all pairs.
      In a large network it is estimated from ways that begin at a seeded sample of people.
    - In-degree: the number of lines to the person.

    Computed once for the measures.

    References: Page, Brin, Motwani & Winograd 1998, "The PageRank citation ranking", Stanford University; Freeman 1977,
    "A set of measures of centrality based on betweenness", Sociometry 40, 35; Brandes 2001, "A faster algorithm for
    betweenness centrality", Journal of Mathematical Sociology 25, 163; Freeman 1978, "Centrality in social networks:
    conceptual clarification", Social Networks 1, 215 (degree). By networkx.
    """
    return measures.once(_centralities)


def _centralities(measures: Measures) -> dict[str, Centrality]:
    people = measures.view.people
    listens = listening_graph(measures)
    steps = len(people) * (len(people) + listens.number_of_edges())
    sampled = steps > BETWEENNESS_STEPS
    sources = max(1, len(people) * BETWEENNESS_STEPS // steps) if sampled else None
    pagerank = nx.pagerank(listens, weight="weight")
    between = nx.betweenness_centrality(listens, k=sources, seed=measures.view.calibration.sampling_seed)
    return {
        person.id: Centrality(float(pagerank[i]), float(between[i]), sampled, int(listens.in_degree(i)))
        for i, person in enumerate(people)
    }


def listening_graph(measures: Measures) -> nx.DiGraph[int]:
    """The listening graph: an edge from each person (by index) to those whom they listen to, with the line's weight."""
    lines = measures.lines
    listens: nx.DiGraph[int] = nx.DiGraph()
    listens.add_nodes_from(range(len(measures.view.people)))
    listens.add_weighted_edges_from(
        zip(lines.target.tolist(), lines.source.tolist(), lines.weight.tolist(), strict=True)
    )
    return listens
