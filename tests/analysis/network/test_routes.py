"""Independent routes against networkx on the graph in which everyone is split in two."""

from __future__ import annotations

import random

import networkx as nx
import numpy as np
import pytest

from graph.analysis.measures.measures import Measures
from graph.analysis.network.routes import routes_of_account
from graph.model import Influence, Participation
from tests.analysis.records import seen

PEOPLE = [f"p{number}" for number in range(12)]
MANY = [f"p{number}" for number in range(10, 60)]


def by_networkx(
    measures: Measures, together: dict[str, float], stance: dict[str, int | None], deciders: set[str]
) -> int:
    """Maximum flow from us to all deciders as one sink; everyone between has an arc of capacity 1."""
    graph = nx.DiGraph()
    graph.add_nodes_from(["us", "decision"])
    ids = [person.id for person in measures.view.people]
    between = [identity for identity in ids if identity not in deciders and (stance[identity] or 0) >= 0]
    for item in between:
        graph.add_edge(f"{item} in", f"{item} out", capacity=1)
        if together[item] >= 0.3:
            graph.add_edge("us", f"{item} in", capacity=1)
    for source, target in zip(measures.lines.source.tolist(), measures.lines.target.tolist(), strict=True):
        if ids[source] in between and ids[target] in deciders:
            graph.add_edge(f"{ids[source]} out", "decision", capacity=1)
        elif ids[source] in between and ids[target] in between:
            graph.add_edge(f"{ids[source]} out", f"{ids[target]} in", capacity=1)
    direct = sum(together[decider] >= 0.3 for decider in deciders)
    return int(nx.maximum_flow_value(graph, "us", "decision")) + direct


def compare(chance: random.Random, people: list[str], lines: list[Influence], ties: list[float]) -> None:
    """Draw stances, deciders and ties for these people, and compare the number of routes with networkx."""
    stance = {person: chance.choice([None, -1, 0, 1]) for person in people}
    deciders = set(chance.sample(people, chance.randint(1, 4)))
    found = seen(
        *(Participation("o", person, ("D",) if person in deciders else (), stance[person]) for person in people),
        *lines,
        people=" ".join(people),
    )
    together = {person: chance.choice(ties) for person in people}
    strengths = np.array([together[person.id] for person in found.view.people])
    expected = by_networkx(found, together, stance, deciders)
    assert routes_of_account(found.view.batch, strengths, found.lines) == expected


def lines_between(chance: random.Random, people: list[str], often: tuple[float, ...]) -> list[Influence]:
    """Lines between some of all pairs."""
    return [Influence(s, t, 0.1) for s in people for t in people if s != t and chance.random() < chance.choice(often)]


@pytest.mark.parametrize("seed", range(60))
def test_networkx_finds_as_many(seed: int) -> None:
    chance = random.Random(seed)
    compare(chance, PEOPLE, lines_between(chance, PEOPLE, (0.05, 0.2)), [0.0, 0.29, 0.3, 0.9])


@pytest.mark.parametrize("seed", range(60))
def test_networkx_finds_as_many_long_routes(seed: int) -> None:
    """Few ties and few lines, so that most routes pass several people and get in each other's way."""
    chance = random.Random(seed)
    compare(chance, MANY, lines_between(chance, MANY, (0.03, 0.06)), [0.0, 0.0, 0.0, 0.29, 0.9])


def test_three_contacts_through_one_champion_are_one_thread() -> None:
    lines = [Influence(item, "champion", 0.3) for item in "abc"] + [Influence("champion", "boss", 0.5)]
    found = seen(Participation("o", "boss", ("D",)), *lines, people="a b c champion boss")
    firm = np.array([0.0 if person.id == "boss" else 0.9 for person in found.view.people])
    assert routes_of_account(found.view.batch, firm, found.lines) == 1
    assert routes_of_account(found.view.batch, np.full(5, 0.9), found.lines) == 2


def test_without_deciders_there_is_nothing_to_reach() -> None:
    found = seen(Participation("o", "a", ("U",)), people="a")
    assert routes_of_account(found.view.batch, np.ones(1), found.lines) is None
