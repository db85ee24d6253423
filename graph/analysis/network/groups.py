"""Informal groups: people who listen to each other more than to others, whatever unit they are in (measures, 5)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import networkx as nx
import numpy as np

from graph.analysis.ground.named import Named
from graph.analysis.ground.rounding import DIGITS
from graph.analysis.measures.measures import Measures


@dataclass(frozen=True, slots=True)
class GroupUnit:
    """A unit that a group has people of, and how many; `id` is None for people without a unit."""

    id: str | None
    name: str | None
    people: int


@dataclass(frozen=True, slots=True)
class GroupLink:
    """Somebody of a group who has lines with people of another: how many, and the sum of their weights."""

    person: str
    name: str | None
    group: int
    lines: int
    weight: float


@dataclass(frozen=True, slots=True)
class Group:
    """A group: its number (1 is first), people by influence, hub, units and links to other groups.

    `hub` is the person to whom the others of the group listen most: the largest sum of weights of lines into the
    group; `hub_weight` is that sum. `influence` is the group's share of the decision. `units` has the largest part
    first; `links` the strongest first.
    """

    group: int
    hub: Named
    hub_weight: float
    influence: float
    people: tuple[Named, ...]
    units: tuple[GroupUnit, ...]
    links: tuple[GroupLink, ...]


@dataclass(frozen=True, slots=True)
class InformalGroups:
    """The informal groups, the most influential first; `alone` are the people without any recorded line.

    `modularity` says how marked the groups are, from 0 (as by chance) towards 1; None where there are no lines.
    """

    groups: tuple[Group, ...]
    alone: tuple[Named, ...]
    modularity: float | None


def informal_groups(measures: Measures) -> InformalGroups:
    """The groups that recorded influence makes, found by the Louvain method.

    Recorded lines only: what is assumed from reporting lines would give the units back. Lines have no direction here,
    the weight of a pair is the larger of the two. The method maximises modularity, `Q = Σ_groups (in/m - (deg/2m)²)`,
    with `in` the weight of lines inside, `deg` the sum of the group's degrees, `m` the weight of all lines; it is
    seeded with the calibration's `sampling_seed`, so that the same records give the same groups.

    Returns: groups by their share of the decision (9 decimals) falling, then by the id of their first person.

    Reference: Blondel, Guillaume, Lambiotte & Lefebvre 2008, "Fast unfolding of communities in large networks", Journal
    of Statistical Mechanics, P10008; by `networkx.community.louvain_communities`.
    """
    ties = _ties(measures)
    people, influence = measures.view.people, measures.influence
    linked = [i for i in ties if ties.degree(i)]
    alone = tuple(Named(people[i].id, people[i].name) for i in ties if not ties.degree(i))
    if not linked:
        return InformalGroups((), alone, None)
    lines = ties.subgraph(linked).copy()
    communities = nx.community.louvain_communities(lines, seed=measures.view.calibration.sampling_seed)
    parts = sorted(map(sorted, communities), key=lambda part: (-round(float(influence[part].sum()), DIGITS), part))
    number = {person: group for group, part in enumerate(parts, 1) for person in part}
    return InformalGroups(
        groups=tuple(_group(measures, ties, part, number) for part in parts),
        alone=alone,
        modularity=float(nx.community.modularity(lines, [set(part) for part in parts])),
    )


def _ties(measures: Measures) -> nx.Graph[int]:
    """Everybody in the graph (by index) and the recorded lines between them, without direction."""
    ties: nx.Graph[int] = nx.Graph()
    ties.add_nodes_from(range(len(measures.view.people)))
    for source, target, weight in _recorded(measures):
        before = ties.get_edge_data(source, target, {"weight": 0.0})["weight"]
        ties.add_edge(source, target, weight=max(before, weight))
    return ties


def _recorded(measures: Measures) -> list[tuple[int, int, float]]:
    """The recorded lines: source, target, weight."""
    lines, recorded = measures.lines, ~measures.lines.assumed
    columns = (lines.source[recorded].tolist(), lines.target[recorded].tolist(), lines.weight[recorded].tolist())
    return list(zip(*columns, strict=True))


def _group(measures: Measures, ties: nx.Graph[int], part: list[int], number: dict[int, int]) -> Group:
    view, influence = measures.view, measures.influence.tolist()
    people = sorted(part, key=lambda i: (-round(influence[i], DIGITS), i))
    inside = set(part)
    heard = dict.fromkeys(people, 0.0)
    for source, target, weight in _recorded(measures):
        if source in inside and target in inside:
            heard[source] += weight
    hub = max(people, key=lambda i: (round(heard[i], DIGITS), round(influence[i], DIGITS), -i))
    return Group(
        group=number[hub],
        hub=Named(view.people[hub].id, view.people[hub].name),
        hub_weight=heard[hub],
        influence=float(np.sum(measures.influence[part])),
        people=tuple(Named(view.people[i].id, view.people[i].name) for i in people),
        units=_units(measures, people),
        links=_links(measures, ties, people, number),
    )


def _units(measures: Measures, people: list[int]) -> tuple[GroupUnit, ...]:
    names = {unit.id: unit.name for unit in measures.view.units}
    counts = Counter(measures.view.people[i].unit for i in people)
    units = [GroupUnit(unit, None if unit is None else names.get(unit), count) for unit, count in counts.items()]
    return tuple(sorted(units, key=lambda unit: (-unit.people, unit.id is None, unit.id or "")))


def _links(measures: Measures, ties: nx.Graph[int], people: list[int], number: dict[int, int]) -> tuple[GroupLink, ...]:
    """The people of a group who link it to others: an entry for each person and other group."""
    links = []
    for i in people:
        weights: dict[int, list[float]] = {}
        for other in sorted(ties[i]):
            if number[other] != number[i]:
                weights.setdefault(number[other], []).append(ties[i][other]["weight"])
        person = measures.view.people[i]
        links += [
            GroupLink(person.id, person.name, to, len(strengths), sum(strengths)) for to, strengths in weights.items()
        ]
    return tuple(sorted(links, key=lambda link: (-round(link.weight, DIGITS), link.person, link.group)))
