"""Bottlenecks: whom every way to the deciders passes (measures, section 5).

Dominators of the deciders seen from our team; articulation points of the network; a smallest set of people without
whom no way is left (Menger; Ford & Fulkerson 1956).
"""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from graph.analysis.ground.account_view import AccountView, Floats
from graph.analysis.ground.rounding import SLACK
from graph.analysis.measures.influence_lines import InfluenceLines

TEAM, DECISION = -1, -2

Ways = "nx.DiGraph[int]"


@dataclass(frozen=True, slots=True)
class DeciderBottleneck:
    """A decider, whether any way from our team reaches them, and whom every such way passes, nearest to us first."""

    decider: str
    reached: bool
    passes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bottlenecks:
    """`articulation` are those whose loss splits the network of lines; `cut` is the smallest set, nearest to us, whose
    loss leaves no way to any decider (deciders whom we know ourselves belong to it). Ids in order.
    """

    deciders: tuple[DeciderBottleneck, ...]
    articulation: tuple[str, ...]
    cut: tuple[str, ...]


def bottlenecks(view: AccountView, together: Floats, lines: InfluenceLines) -> Bottlenecks:
    """The bottlenecks of an account; our team reaches every known person with C of a firm tie."""
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
    """From our team over firm ties and then along lines between known people."""
    known = view.known
    ways: nx.DiGraph[int] = nx.DiGraph()
    ways.add_node(TEAM)
    firm = known & (together >= view.calibration.firm_tie - SLACK)
    ways.add_edges_from((TEAM, i) for i in firm.nonzero()[0].tolist())
    carried = known[lines.source] & known[lines.target]
    ways.add_edges_from(zip(lines.source[carried].tolist(), lines.target[carried].tolist(), strict=True))
    return ways


def _passed(before: dict[int, int], person: int) -> list[int]:
    """Everyone on the chain of immediate dominators, from our team on, without the two ends."""
    chain = []
    while person in before and before[person] not in (TEAM, person):
        person = before[person]
        chain.append(person)
    return chain[::-1]


def _nearest_cut(ways: nx.DiGraph[int], deciders: list[int]) -> list[int]:
    """Each person is an entrance and an exit with room for one way; the cut is where what we still reach ends."""
    split: nx.DiGraph[tuple[int, str]] = nx.DiGraph()
    for node in ways:
        if node != TEAM:
            split.add_edge((node, "in"), (node, "out"), capacity=1)
    for source, target in ways.edges:
        split.add_edge((source, "out"), (target, "in"))
    split.add_nodes_from([(TEAM, "out"), (DECISION, "in")])
    split.add_edges_from(((decider, "out"), (DECISION, "in")) for decider in deciders if decider in ways)
    residual = nx.algorithms.flow.preflow_push(split, (TEAM, "out"), (DECISION, "in"))
    ours = {(TEAM, "out")}
    queue = [(TEAM, "out")]
    for at in queue:
        for onward, arc in residual[at].items():
            if onward not in ours and arc["flow"] < arc["capacity"]:
                ours.add(onward)
                queue.append(onward)
    return sorted(node for node in ways if node != TEAM and (node, "in") in ours and (node, "out") not in ours)
