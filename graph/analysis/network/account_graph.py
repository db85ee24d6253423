"""An account as one networkx graph: its people, our team, the rivals and the units, and what holds between them.

For questions that swaymap does not ask, with the algorithms of networkx:

    graph = account_graph(measures)
    nx.pagerank(graph.reverse())
    nx.community.louvain_communities(graph.to_undirected(), seed=1)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import repeat
from typing import Any, Literal

import networkx as nx
import numpy as np

from graph.analysis.ground.arrays import Floats
from graph.analysis.measures.connection import day_of
from graph.analysis.measures.coverage import by_unit
from graph.analysis.measures.measures import Measures
from graph.model import CompetitorTie, Conflict, Influence, ReportsTo

NodeKind = Literal["person", "member", "rival", "unit"]
Attributes = dict[str, Any]
Arc = tuple[str, str, Attributes]
Nodes = Mapping[str, str]

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROL_PICTURES = ord("␀")
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
    return text if text.isprintable() else _NOT_IN_XML.sub(_shown, text)


def _shown(match: re.Match[str]) -> str:
    code = ord(match.group())
    return chr(_CONTROL_PICTURES + code) if code < ord(" ") else _REPLACEMENT


def account_graph(measures: Measures) -> nx.MultiDiGraph[str]:
    """The account as a `networkx.MultiDiGraph`, a fresh copy at each call: change it as you like.

    **Nodes** are `person:ID`, `member:ID` (active team members), `rival:ID` and `unit:ID`. Each has `kind`, `id` and
    `name`; people also the measures of the report (`decision_influence`, `formal_power`, `coverage`, `stance`, …),
    members `role` and `level`, units `function`, `parent` and `coverage`.

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
    people = dict(zip(measures.view.index, _nodes("person", measures.view.people), strict=True))
    for key, arcs in _EDGES.items():
        _add_edges(graph, key, arcs(measures, people))
    return graph


def _add_edges(graph: nx.MultiDiGraph[str], key: str, arcs: Iterable[Arc]) -> None:
    """Add edges of one key between nodes that are there, no pair twice.

    This writes into networkx' dictionaries, as `add_edge` does in three times the time: that checks and copies, which
    attributes made for this graph alone do not need.
    """
    inside: Any = graph  # its declared types leave these two out
    ahead, back = inside._succ, inside._pred
    for source, target, attributes in arcs:
        following = ahead[source]
        if target in following:
            following[target][key] = attributes
        else:
            following[target] = back[target][source] = {key: attributes}


def _known(attributes: Attributes) -> Attributes:
    """Attributes as a file can hold them, without the unknown ones."""
    return {
        name: writable(value) if type(value) is str else value
        for name, value in attributes.items()
        if value is not None and value != ""
    }


def _rows(columns: Mapping[str, Iterable[Any]]) -> Iterator[Attributes]:
    """The attributes of each row of columns, of which at least one is as long as there are rows."""
    names = tuple(columns)
    for row in zip(*columns.values(), strict=False):
        yield {name: value for name, value in zip(names, row, strict=True) if value is not None}


def _texts(column: Iterable[str | None]) -> list[str | None]:
    """A column of texts as a file can hold them."""
    return [writable(text) if text else None for text in column]


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
    view, power, people = measures.view, measures.power, measures.view.people
    nodes = _nodes("person", people)
    columns: dict[str, Iterable[Any]] = {
        "kind": repeat("person"),
        "id": _texts(person.id for person in people),
        "name": _texts(person.name for person in people),
        "title": _texts(person.title for person in people),
        "unit": _texts(person.unit for person in people),
        "function": [person.function for person in people],
        "status": [person.status or "active" for person in people],
        "external": [person.external for person in people],
        "roles": [";".join(roles) or None for roles in view.roles],
        "veto": [i in view.vetoes for i in range(len(people))],
        "level": np.where(np.isnan(view.levels), measures.levels, view.levels).tolist(),
        "level_inferred": np.isnan(view.levels).tolist(),
        "stance": view.stances,
        **measures.by_person(),
        "has_seat": view.seated.tolist(),
    }
    if view.opportunity is not None:
        columns["final_stance"] = measures.forecast.final.tolist()
    if view.voting_steps:
        columns["phi"] = power.phi.tolist()
    return zip(nodes, _rows(columns), strict=True)


def _others(measures: Measures) -> Iterator[tuple[str, Attributes]]:
    """Team members, rivals and units."""
    view = measures.view
    covered = by_unit(view, measures.influence, measures.covered)
    for member in view.members:
        level = None if member.level is None else float(member.level)  # as people's levels, which may be inferred
        yield _node("member", member, role=member.role, level=level)
    for rival in view.competitors:
        yield _node("rival", rival)
    for unit in view.units:
        yield _node("unit", unit, function=unit.function, parent=unit.parent, coverage=covered[unit.id])


def _node(kind: NodeKind, record: Any, **attributes: Any) -> tuple[str, Attributes]:
    return node_id(kind, record.id), _known({"kind": kind, "id": record.id, "name": record.name, **attributes})


def _nodes(kind: NodeKind, records: Iterable[Any]) -> list[str]:
    """The nodes of records, in their order."""
    return [node_id(kind, record.id) for record in records]


def _costs(weights: Floats) -> list[float]:
    """-ln of weights; of a full weight 0, not -0, and of none infinity."""
    logarithms = np.log(weights, out=np.full(len(weights), -np.inf), where=weights > 0)
    costs: list[float] = (0.0 - logarithms).tolist()
    return costs


def _influences(measures: Measures, people: Nodes) -> Iterator[Arc]:
    lines, nodes, ids = measures.lines, list(people.values()), list(people)
    recorded = _recorded(measures)
    carries = (measures.view.known[lines.source] & (lines.weight > 0)).tolist()
    columns = (lines.source.tolist(), lines.target.tolist(), lines.weight.tolist(), lines.assumed.tolist())
    for source, target, weight, assumed, cost, carried in zip(*columns, _costs(lines.weight), carries, strict=True):
        attributes: Attributes = {} if assumed else recorded[ids[source], ids[target]]
        attributes["weight"] = weight
        attributes["assumed"] = assumed
        if carried:
            attributes["cost"] = cost
        yield nodes[source], nodes[target], attributes


def _recorded(measures: Measures) -> dict[tuple[str, str], Attributes]:
    """The recorded attributes of each line beside its weight."""
    lines: dict[tuple[str, str], Attributes] = {}
    names = ("source", "target", "basis", "confidence", "evidence")
    columns = measures.dataset.columns(Influence, *names)
    for source, target, basis, confidence, evidence in zip(*columns, strict=True):
        lines[source, target] = attributes = {}
        if basis is not None:
            attributes["basis"] = basis
        if confidence is not None:
            attributes["confidence"] = confidence
        if evidence:
            attributes["evidence"] = writable(evidence)
    return lines


def _connections(measures: Measures, people: Nodes) -> Iterator[Arc]:
    """The ties with a strength above 0."""
    view, connected = measures.view, measures.connected
    nodes, members = list(people.values()), _nodes("member", view.members)
    at = np.nonzero(connected.strength)
    last = connected.last_touch[at].tolist()
    days = {day: day_of(day) for day in set(last)}
    written = {day: date.isoformat() for day, date in days.items() if date is not None}
    factors = (connected.strength, connected.frequency, connected.breadth, connected.depth, measures.trust)
    columns = [factor[at].tolist() for factor in factors]
    ties = connected.ties(view.calibration.tie)[at].tolist()
    rows = zip(at[0].tolist(), at[1].tolist(), *columns, last, ties, _costs(connected.strength[at]), strict=True)
    for member, person, strength, frequency, breadth, depth, trust, day, tie, cost in rows:
        attributes: Attributes = {
            "strength": strength,
            "frequency": frequency,
            "breadth": breadth,
            "depth": depth,
            "trust": trust,
        }
        if day in written:
            attributes["last_touch"] = written[day]
        if tie:
            attributes["cost"] = cost
        yield members[member], nodes[person], attributes


def _reporting(measures: Measures, people: Nodes) -> Iterator[Arc]:
    columns = measures.dataset.columns(ReportsTo, "person", "manager", "kind")
    kinds = {(person, manager): kind or "solid" for person, manager, kind in zip(*columns, strict=True)}
    for (person, manager), kind in sorted(kinds.items()):
        if person in people and manager in people:
            yield people[person], people[manager], {"kind": kind}


def _conflicts(measures: Measures, people: Nodes) -> Iterator[Arc]:
    """One edge for each pair, from the lower id to the higher."""
    columns = measures.dataset.columns(Conflict, "a", "b", "intensity")
    pairs = {(min(a, b), max(a, b)): intensity for a, b, intensity in zip(*columns, strict=True)}
    for a, b in sorted(pairs):
        if a in people and b in people:
            yield people[a], people[b], _known({"intensity": pairs[a, b]})


def _rivals(measures: Measures, people: Nodes) -> Iterator[Arc]:
    """The ties of rivals with people who are not vacant seats."""
    view = measures.view
    rivals = dict(zip((rival.id for rival in view.competitors), _nodes("rival", view.competitors), strict=True))
    vacant = {view.people[i].id for i in np.flatnonzero(view.vacant).tolist()}
    columns = measures.dataset.columns(CompetitorTie, "competitor", "person", "strength")
    for rival, person, strength in sorted(zip(*columns, strict=True)):
        if rival in rivals and person in people and person not in vacant:
            yield rivals[rival], people[person], {"strength": strength}


def _units(measures: Measures, people: Nodes) -> Iterator[Arc]:
    units = dict(zip((unit.id for unit in measures.view.units), _nodes("unit", measures.view.units), strict=True))
    for person in measures.view.people:
        if person.unit in units:
            yield people[person.id], units[person.unit], {}


_EDGES: dict[str, Callable[[Measures, Nodes], Iterator[Arc]]] = {
    "INFLUENCES": _influences,
    "CONNECTED_TO": _connections,
    "REPORTS_TO": _reporting,
    "CONFLICTS_WITH": _conflicts,
    "TIED_TO": _rivals,
    "MEMBER_OF": _units,
}
"""The maker of the edges of each relationship type: source, target, attributes. People are given as id → node."""
