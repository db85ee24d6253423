"""Bottlenecks: people whom every way from our team to the deciders passes (measures, section 5)."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from graph.analysis.ground.account_view import AccountView
from graph.analysis.ground.arrays import Floats
from graph.analysis.ground.rounding import SLACK
from graph.analysis.measures.influence_lines import InfluenceLines

TEAM, DECISION = -1, -2
"""The nodes that stand for our team as a whole and for all deciders together; other nodes are indices of people."""


@dataclass(frozen=True, slots=True)
class DeciderBottleneck:
    """A decider, whether a way from our team reaches them, and the people whom every such way passes, nearest to us
    first.
    """

    decider: str
    reached: bool
    passes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bottlenecks:
    """Bottlenecks of the way to each decider and of the network as a whole; ids in order.

    `articulation` are the people whose loss splits the network of lines. `cut` is a smallest set of people whose loss
    leaves no way to any decider, the one nearest to us; deciders with whom we have a firm tie belong to it.
    """

    deciders: tuple[DeciderBottleneck, ...]
    articulation: tuple[str, ...]
    cut: tuple[str, ...]


def bottlenecks(view: AccountView, together: Floats, lines: InfluenceLines) -> Bottlenecks:
    """The bottlenecks of an account.

    Ways lead from our team, as one node, to every known person with a firm tie (C of .30 by all of us together), and
    on along influence lines between known people. The people whom all ways to a decider pass are the decider's
    dominators, and the smallest cut is a minimum vertex cut (by Menger's theorem as large as the maximum flow).

    Parameters: `together`, C of our team with each person, in [0, 1], in the order of `view.people`.

    References: Cooper, Harvey & Kennedy 2001, "A simple, fast dominance algorithm", Rice University;
    Hopcroft & Tarjan 1973, "Algorithm 447: efficient algorithms for graph manipulation", CACM 16, 372 (articulation
    points); Menger 1927, "Zur allgemeinen Kurventheorie", Fundamenta Mathematicae 10, 96 (cuts). By networkx.
    """
    ids = [person.id for person in view.people]
    ways = _ways(view, together, lines)
    before = nx.immediate_dominators(ways, TEAM)
    both: nx.Graph[int] = nx.Graph()
    both.add_nodes_from(range(len(ids)))
    both.add_edges_from(zip(lines.source.tolist(), lines.target.tolist(), strict=True))
    return Bottlenecks(
        deciders=tuple(
            DeciderBottleneck(ids[i], i in before, tuple(ids[j] for j in _passed(before, i)))
            for i in view.deciders.nonzero()[0].tolist()
        ),
        articulation=tuple(ids[i] for i in sorted(nx.articulation_points(both))),
        cut=tuple(ids[i] for i in _nearest_cut(ways, view.deciders.nonzero()[0].tolist())),
    )


def _ways(view: AccountView, together: Floats, lines: InfluenceLines) -> nx.DiGraph[int]:
    """The ways from our team, over firm ties and then along lines between known people."""
    known = view.known
    ways: nx.DiGraph[int] = nx.DiGraph()
    ways.add_node(TEAM)
    firm = known & (together >= view.calibration.firm_tie - SLACK)
    ways.add_edges_from((TEAM, i) for i in firm.nonzero()[0].tolist())
    carried = known[lines.source] & known[lines.target]
    ways.add_edges_from(zip(lines.source[carried].tolist(), lines.target[carried].tolist(), strict=True))
    return ways


def _passed(before: dict[int, int], person: int) -> list[int]:
    """The dominators of a person, from our team on, without the two ends."""
    chain = []
    while person in before and before[person] not in (TEAM, person):
        person = before[person]
        chain.append(person)
    return chain[::-1]


def _nearest_cut(ways: nx.DiGraph[int], deciders: list[int]) -> list[int]:
    """The minimum vertex cut nearest to our team.

    Each person is split into an entrance and an exit with room for one way. After a maximum flow, the cut is made of
    the people whose entrance our team still reaches in the residual network, and whose exit it does not.
    """
    split: nx.DiGraph[tuple[int, str]] = nx.DiGraph()
    for node in ways:
        if node != TEAM:
            split.add_edge((node, "in"), (node, "out"), capacity=1)
    for source, target in ways.edges:
        split.add_edge((source, "out"), (target, "in"))
    split.add_nodes_from([(TEAM, "out"), (DECISION, "in")])
    split.add_edges_from(((decider, "out"), (DECISION, "in")) for decider in deciders if decider in ways)
    residual = nx.algorithms.flow.preflow_push(split, (TEAM, "out"), (DECISION, "in"))
    room = nx.subgraph_view(residual, filter_edge=lambda u, v: residual[u][v]["flow"] < residual[u][v]["capacity"])
    reached = {(TEAM, "out")} | nx.descendants(room, (TEAM, "out"))
    return sorted(node for node in ways if node != TEAM and (node, "in") in reached and (node, "out") not in reached)
