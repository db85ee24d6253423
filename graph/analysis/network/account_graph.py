"""An account as one networkx graph: its people, our team, the rivals and the units, and what holds between them.

For questions that swaymap does not ask, with the algorithms of networkx:

    graph = account_graph(measures)
    nx.pagerank(graph.reverse())
    nx.community.louvain_communities(graph.to_undirected(), seed=1)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import networkx as nx
import numpy as np

from graph.analysis.ground.account_view import Floats
from graph.analysis.measures.connection import day_of
from graph.analysis.measures.coverage import by_unit
from graph.analysis.measures.measures import Measures
from graph.model import CompetitorTie, Conflict, Influence, ReportsTo

NodeKind = Literal["person", "member", "rival", "unit"]
Attributes = dict[str, Any]
Arc = tuple[str, str, Attributes]

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROL_PICTURES = 0x2400
_REPLACEMENT = "\ufffd"


def node_id(kind: NodeKind, identity: str) -> str:
    """The node of a record: its kind and its id, so that a person and a team member of one id stay two.

    >>> node_id("person", "wu-tao")
    'person:wu-tao'
    """
    return writable(f"{kind}:{identity}")


def writable(text: str) -> str:
    """A text without the characters that no XML file can hold: a control character becomes its picture.

    GraphML and GEXF are XML. Half a surrogate pair, and the two codes that are no characters, become U+FFFD.

    >>> writable("Wu\\x07 Tao")
    'Wu␇ Tao'
    """
    return _NOT_IN_XML.sub(_shown, text)


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(_CONTROL_PICTURES + code) if code < ord(" ") else _REPLACEMENT


def account_graph(measures: Measures) -> nx.MultiDiGraph[str]:
    """The account as a `networkx.MultiDiGraph`, a fresh copy at each call: change it as you like.

    **Nodes** are `person:ID`, `member:ID` (active team members), `rival:ID` and `unit:ID`. Each has `kind`, `id` and
    `name`; people also the measures of the report (`decision_influence`, `formal_power`, `coverage`, `stance`, …),
    members `role` and `level`, rivals `strategy`, `strengths` and `weaknesses`, units `function`, `parent` and
    `coverage`.

    **Edges** have the relationship types of the model as keys:

    | key | from → to | attributes |
    |---|---|---|
    | INFLUENCES | person → person who listens | weight, assumed, cost; of recorded lines basis, confidence, evidence |
    | CONNECTED_TO | member → person | strength, frequency, breadth, depth, trust, last_touch, cost |
    | REPORTS_TO | person → manager | kind (solid, dotted) |
    | CONFLICTS_WITH | person → person, the lower id first; it has no direction | intensity |
    | TIED_TO | rival → person | strength |
    | MEMBER_OF | person → unit | |

    `cost` is -ln of the weight or strength, and is there where an influence path may run: on ties of at least a tie's
    strength, and on lines out of known people. With a weight function that hides the edges without it,
    `nx.shortest_path(graph, u, v, weight=lambda u, v, d: min((e["cost"] for e in d.values() if "cost" in e),
    default=None))` from a member to a person is the best path of `swaymap paths`, `exp(-cost)` its strength.

    Values are plain Python values, lists are joined by `;`, dates are ISO text. What is unknown is absent, never 0.
    The attributes of the graph are `account`, `opportunity`, `as_of` and `calibration`.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(**_known(_of_graph(measures)))
    graph.add_nodes_from(_people(measures))
    graph.add_nodes_from(_others(measures))
    for key, arcs in (
        ("INFLUENCES", _influences(measures)),
        ("CONNECTED_TO", _connections(measures)),
        ("REPORTS_TO", _reporting(measures)),
        ("CONFLICTS_WITH", _conflicts(measures)),
        ("TIED_TO", _rivals(measures)),
        ("MEMBER_OF", _units(measures)),
    ):
        graph.add_edges_from((source, target, key, attributes) for source, target, attributes in arcs)
    return graph


def _known(attributes: Attributes) -> Attributes:
    """Attributes as a file can hold them, without the unknown ones."""
    return {
        name: writable(value) if type(value) is str else value
        for name, value in attributes.items()
        if value is not None and value != ""
    }


def _joined(values: Iterable[str]) -> str:
    return ";".join(values)


def _of_graph(measures: Measures) -> Attributes:
    view = measures.view
    return {
        "account": view.account.id,
        "opportunity": None if view.opportunity is None else view.opportunity.id,
        "as_of": view.as_of.isoformat(),
        "calibration": view.calibration.label.render(),
    }


def _people(measures: Measures) -> Iterator[tuple[str, Attributes]]:
    """The people of the graph, with the measures of the report."""
    view, power = measures.view, measures.power
    decided, votes = view.opportunity is not None, bool(view.voting_steps)
    levels = np.where(np.isnan(view.levels), measures.levels, view.levels)
    columns: dict[str, list[Any]] = {
        "level": levels.tolist(),
        "stance": list(view.stances),
        "role_power": power.role_power.tolist(),
        "formal_power": power.formal_power.tolist(),
        "decision_influence": measures.influence.tolist(),
        "turned_to_by": measures.lines.turned_to_by(len(view.people)).tolist(),
        "connection_strength": measures.connected.together.tolist(),
        "required_strength": measures.standards.strength.tolist(),
        "cadence": measures.standards.cadence.tolist(),
        "coverage": measures.covered.tolist(),
        "competitor_strength": view.rival.tolist(),
        "trust": measures.trusted.tolist(),
        "has_seat": view.seated.tolist(),
    }
    if decided:
        columns["final_stance"] = measures.forecast.final.tolist()
    if votes:
        columns["phi"] = power.phi.tolist()
    rows = zip(*columns.values(), strict=True)
    for i, (person, row) in enumerate(zip(view.people, rows, strict=True)):
        attributes = {
            "kind": "person",
            "id": person.id,
            "name": person.name,
            "title": person.title,
            "unit": person.unit,
            "function": person.function,
            "status": person.status or "active",
            "external": bool(person.external),
            "roles": _joined(view.roles[i]),
            "veto": i in view.vetoes,
            "level_inferred": person.level is None,
            **dict(zip(columns, row, strict=True)),
        }
        yield node_id("person", person.id), _known(attributes)


def _others(measures: Measures) -> Iterator[tuple[str, Attributes]]:
    """Team members, rivals and units."""
    view = measures.view
    for member in view.members:
        yield (
            node_id("member", member.id),
            _known(
                {"kind": "member", "id": member.id, "name": member.name, "role": member.role, "level": member.level}
            ),
        )
    for rival in view.competitors:
        yield (
            node_id("rival", rival.id),
            _known(
                {
                    "kind": "rival",
                    "id": rival.id,
                    "name": rival.name,
                    "strategy": rival.strategy,
                    "strengths": rival.strengths,
                    "weaknesses": rival.weaknesses,
                }
            ),
        )
    covered = by_unit(view, measures.influence, measures.covered)
    for unit in view.units:
        yield (
            node_id("unit", unit.id),
            _known(
                {
                    "kind": "unit",
                    "id": unit.id,
                    "name": unit.name,
                    "function": unit.function,
                    "parent": unit.parent,
                    "coverage": covered[unit.id],
                }
            ),
        )


def _nodes(kind: NodeKind, records: Iterable[Any]) -> list[str]:
    """The nodes of records, in their order."""
    return [node_id(kind, record.id) for record in records]


def _costs(weights: Floats) -> list[float]:
    """-ln of weights; of a full weight 0, not -0."""
    costs: list[float] = (0.0 - np.log(weights)).tolist()
    return costs


def _influences(measures: Measures) -> Iterator[Arc]:
    lines, people = measures.lines, _nodes("person", measures.view.people)
    ids = [person.id for person in measures.view.people]
    recorded = {(line.source, line.target): line for line in measures.dataset.of(Influence)}
    carries = measures.view.known[lines.source].tolist()
    columns = (lines.source.tolist(), lines.target.tolist(), lines.weight.tolist(), lines.assumed.tolist())
    for source, target, weight, assumed, cost, carried in zip(*columns, _costs(lines.weight), carries, strict=True):
        attributes: Attributes = {"weight": weight, "assumed": assumed}
        if not assumed:
            line = recorded[ids[source], ids[target]]
            attributes |= _known({"basis": line.basis, "confidence": line.confidence, "evidence": line.evidence})
        if carried:
            attributes["cost"] = cost
        yield people[source], people[target], attributes


def _connections(measures: Measures) -> Iterator[Arc]:
    """The ties with a strength above 0: members x people."""
    view, connected = measures.view, measures.connected
    members, people = _nodes("member", view.members), _nodes("person", view.people)
    at = np.nonzero(connected.strength)
    factors = (connected.strength, connected.frequency, connected.breadth, connected.depth, measures.trust)
    names = ("strength", "frequency", "breadth", "depth", "trust")
    days = {
        day: found and found.isoformat() for day in set(connected.last_touch[at].tolist()) for found in (day_of(day),)
    }
    tied = connected.ties(view.calibration.tie)[at].tolist()
    columns = (*(factor[at].tolist() for factor in factors),)
    ends = (at[0].tolist(), at[1].tolist(), connected.last_touch[at].tolist(), _costs(connected.strength[at]), tied)
    for u, i, last, cost, is_tie, *values in zip(*ends, *columns, strict=True):
        attributes: Attributes = dict(zip(names, values, strict=True))
        if days[last] is not None:
            attributes["last_touch"] = days[last]
        if is_tie:
            attributes["cost"] = cost
        yield members[u], people[i], attributes


def _reporting(measures: Measures) -> Iterator[Arc]:
    people = dict(zip(measures.view.index, _nodes("person", measures.view.people), strict=True))
    columns = measures.dataset.columns(ReportsTo, "person", "manager", "kind")
    for person, manager, kind in sorted(zip(*columns, strict=True)):
        if person in people and manager in people:
            yield people[person], people[manager], {"kind": kind or "solid"}


def _conflicts(measures: Measures) -> Iterator[Arc]:
    """One edge for each pair, from the lower id to the higher."""
    people = dict(zip(measures.view.index, _nodes("person", measures.view.people), strict=True))
    columns = measures.dataset.columns(Conflict, "a", "b", "intensity")
    pairs = {(min(a, b), max(a, b)): intensity for a, b, intensity in zip(*columns, strict=True)}
    for (a, b), intensity in sorted(pairs.items()):
        if a in people and b in people:
            yield people[a], people[b], _known({"intensity": intensity})


def _rivals(measures: Measures) -> Iterator[Arc]:
    """The ties of rivals with people who are not vacant seats."""
    view = measures.view
    rivals = {rival.id for rival in view.competitors}
    there = {
        person.id: node
        for person, node, vacant in zip(view.people, _nodes("person", view.people), view.vacant.tolist(), strict=True)
        if not vacant
    }
    columns = measures.dataset.columns(CompetitorTie, "competitor", "person", "strength")
    for rival, person, strength in sorted(zip(*columns, strict=True)):
        if rival in rivals and person in there:
            yield node_id("rival", rival), there[person], {"strength": strength}


def _units(measures: Measures) -> Iterator[Arc]:
    units = {unit.id for unit in measures.view.units}
    for person in measures.view.people:
        if person.unit in units:
            yield node_id("person", person.id), node_id("unit", person.unit), {}
