"""The power index against every order and every coalition of small games."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.analysis.measures.voting_game import Game, power_index
from tests.analysis.records import game

Step = tuple[str, float | None, list[tuple[str, float, bool]]]


@st.composite
def games(draw: st.DrawFn) -> tuple[list[Step], str]:
    """A few steps of a few voters that everyone together can win, and a few vetoes beside them."""
    names = "abcdef"[: draw(st.integers(1, 6))]
    steps: list[Step] = []
    for _ in range(draw(st.integers(1, 3))):
        voters = draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
        votes = [(voter, float(draw(st.integers(0, 4))), draw(st.booleans())) for voter in voters]
        rule = draw(st.sampled_from(["unanimous", "quota", "single"]))
        total = sum(weight for _, weight, _ in votes)
        if rule == "quota" and total == 0:
            rule = "single"
        quota = draw(st.none() | st.integers(1, int(total)).map(float)) if rule == "quota" else None
        steps.append((rule, quota, votes))
    return steps, " ".join(draw(st.lists(st.sampled_from(names), max_size=2, unique=True)))


def wins(coalition: frozenset[str], steps: list[Step], vetoes: str) -> bool:
    """The rule of the design, step by step."""
    for rule, quota, votes in steps:
        held = sum(weight for item, weight, _ in votes if item in coalition)
        voters = {item for item, _, _ in votes}
        if not {item for item, _, veto in votes if veto} <= coalition:
            return False
        if rule == "unanimous" and not voters <= coalition:
            return False
        if rule == "single" and not voters & coalition:
            return False
        if rule == "quota":
            total = sum(weight for _, weight, _ in votes)
            if held < quota if quota is not None else held <= total / 2:
                return False
    return set(vetoes.split()) <= coalition


@given(games())
@settings(max_examples=60, deadline=None)
def test_every_order_and_every_coalition_give_the_same(drawn: tuple[list[Step], str]) -> None:
    steps, vetoes = drawn
    found = game(*steps, vetoes=vetoes)
    names = [person.id for person in found.view.people]
    pivots, swings = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
    for order in itertools.permutations(names):
        sofar: frozenset[str] = frozenset()
        for name in order:
            before, sofar = sofar, sofar | {name}
            if wins(sofar, steps, vetoes) and not wins(before, steps, vetoes):
                pivots[name] += 1
    for size in range(len(names)):
        for others in itertools.combinations(names, size):
            coalition = frozenset(others)
            for name in set(names) - coalition:
                swings[name] += wins(coalition | {name}, steps, vetoes) and not wins(coalition, steps, vetoes)
    orders = math.factorial(len(names))
    assert found.power.phi.tolist() == pytest.approx([pivots[name] / orders for name in names], abs=1e-12)
    assert found.power.banzhaf is not None
    total = sum(swings.values())
    assert found.power.banzhaf.tolist() == pytest.approx([swings[name] / total for name in names], abs=1e-12)
    assert found.power.phi.sum() == pytest.approx(1.0, abs=1e-12)


def test_a_game_of_many_equal_voters_is_counted_out() -> None:
    everyone = Game(np.ones((1, 1500)), np.array([1000.0]), np.zeros(1500, dtype=bool))
    index = power_index(everyone, 3_000_000, 10, 0)
    assert index.standard_error is None
    assert index.shapley.tolist() == pytest.approx([1 / 1500] * 1500, rel=1e-9)


def test_above_the_limit_random_orders_come_near_and_say_how_near() -> None:
    weights = np.array([[5.0, 4.0, 3.0, 2.0, 1.0, 1.0]])
    game = Game(weights, np.array([9.0]), np.array([False, False, False, True, False, False]))
    exact, sampled = power_index(game, 3_000_000, 20_000, 7), power_index(game, 1, 20_000, 7)
    assert sampled.banzhaf is None
    assert sampled.standard_error is not None
    phi = sampled.shapley
    assert sampled.standard_error.tolist() == pytest.approx(np.sqrt(phi * (1 - phi) / 20_000).tolist())
    assert (np.abs(phi - exact.shapley) <= 4 * sampled.standard_error + 1e-12).all()
    assert phi.sum() == pytest.approx(1.0)
    assert power_index(game, 1, 20_000, 7).shapley.tolist() == phi.tolist()


def test_a_veto_beside_the_steps_counts_only_with_votes() -> None:
    voted = game(("single", None, [("a", 1.0, False), ("b", 1.0, False)]), vetoes="c")
    assert voted.power.phi.tolist() == pytest.approx([1 / 6, 1 / 6, 2 / 3])
    unvoted = game(vetoes="c")
    assert unvoted.power.phi.tolist() == [0.0]
    assert unvoted.power.formal_power.tolist() == [1.0]


def test_a_game_that_nobody_can_win_leaves_power_to_the_roles() -> None:
    found = game(("quota", None, [("a", 0.0, False), ("b", 0.0, False)]))
    assert found.power.phi.tolist() == [0.0, 0.0]
    assert found.power.formal_power.tolist() == found.power.role_power.tolist() == [0.5, 0.5]
