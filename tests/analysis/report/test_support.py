"""The support forecast: influences on it, its range with unknown stances, and the bottleneck."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.analysis.report.coverage_report import coverage_report
from graph.analysis.report.support import step_value
from graph.model import CompetitorTie, DecisionStep, Influence, Participation, Person, Vote
from tests.analysis.records import AS_OF, account, game, seen


def test_the_rival_pulls_down_by_half_its_strength() -> None:
    found = seen(Participation("o", "a", ("D",), stance=1), CompetitorTie("r", "a", 0.8), people="a")
    # θ .6; the row: rival .4, the rest .6 to a alone: x = .4·.35 + .6·(.6·x - .4)
    assert found.forecast.final[0] == pytest.approx((0.4 * 0.35 - 0.6 * 0.4) / (1 - 0.36))


def test_a_row_above_one_is_divided_with_the_rival_in_it() -> None:
    equals = [Person(name, "q", level=3) for name in "ab"]
    found = seen(*equals, Influence("b", "a", 1.0), CompetitorTie("r", "a", 1.0))
    pulled = found.forecast.final
    # a listens to b and the rival 2 : 1; b to the formal power, which is equal
    a, b = np.linalg.solve([[1, -0.6 * 2 / 3], [-0.3, 1 - 0.3]], [-0.6 / 3, 0.0])
    assert pulled.tolist() == pytest.approx([a, b])


def test_unknown_stances_of_seats_vacant_ones_too_make_the_range() -> None:
    records = [
        Person("gone", "q", status="left"),
        Participation("o", "gone", ("D",), stance=2),
        Participation("o", "a", ("D",)),
        Participation("o", "b", ("D",), stance=0),
    ]
    support = coverage_report(account(*records, people="a b"), "q", AS_OF).support
    assert support is not None
    assert (support.index, support.forecast) == (0.0, 0.0)
    assert support.high == pytest.approx(0.35 * 2 / 3)
    assert support.low == -support.high
    assert support.bottleneck is None


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 3), st.booleans()), min_size=1, max_size=6), st.data())
def test_the_pivotal_voter_is_the_highest_who_still_passes_the_step(
    voters: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    names = "abcdef"[: len(voters)]
    total = sum(weight for _, weight, _ in voters)
    rule = data.draw(st.sampled_from(["unanimous", "single", *(["quota"] if total else [])]))
    quota = float(data.draw(st.integers(1, total))) if rule == "quota" else None
    votes = [(name, float(weight), veto) for name, (_, weight, veto) in zip(names, voters, strict=True)]
    found = game((rule, quota, votes))
    leaning = np.array([lean / 10 for lean, _, _ in voters])

    def passes(level: float) -> bool:
        voting = [vote for vote, lean in zip(votes, leaning, strict=True) if lean >= level]
        if rule == "quota":
            return sum(weight for _, weight, _ in voting) >= (quota or 0)
        return bool(voting) if rule == "single" else len(voting) == len(votes)

    pivotal = max(level for level in leaning if passes(level))
    lowest_veto = min((lean for lean, (_, _, veto) in zip(leaning, votes, strict=True) if veto), default=1.0)
    assert step_value(found.view.steps[0], found.view, leaning) == min(pivotal, lowest_veto)


def test_the_bottleneck_is_the_lowest_step_earliest_first_with_vetoes_behind() -> None:
    def bottleneck(*parts: Participation) -> tuple[str, float]:
        records = [
            DecisionStep("late", "o", 2, rule="single"),
            DecisionStep("early", "o", 1, rule="single"),
            Vote("late", "a"),
            Vote("early", "a"),
            *parts,
        ]
        support = coverage_report(account(*records, people="a b"), "q", AS_OF).support
        assert support is not None
        assert support.bottleneck is not None
        return support.bottleneck.step, support.bottleneck.value

    assert bottleneck()[0] == "early"
    step, value = bottleneck(Participation("o", "b", stance=-2, veto=True))
    assert step == "veto:b"
    assert value < 0.5
