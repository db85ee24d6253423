"""The test vectors of the design, to the digits that it prints."""

from __future__ import annotations

import datetime

import numpy as np
import pytest

from graph.analysis.measures.decision_influence import influence_system
from graph.model import Commitment, Interaction, Participation, TeamMember
from tests.analysis.records import AS_OF, game, lines_of, seen, tie, touches

VISIT = ("daily_contact", 0, "two_way", 1)


def four(value: float) -> float:
    return round(float(value), 4)


def test_connection_of_nothing_is_nothing() -> None:
    assert tie(role="D", level=1).connected.strength[0, 0] == 0


def test_one_daily_contact() -> None:
    found = tie(VISIT, role="D", level=1).connected
    assert [four(item[0, 0]) for item in (found.frequency, found.breadth, found.depth, found.strength)] == [
        0.0917, 0.25, 0.23, 0.1619,
    ]  # fmt: skip


def test_weekly_contacts() -> None:
    weekly = [("daily_contact", 7 * week, "two_way", 1) for week in range(20)]
    assert four(tie(*weekly, role="D", level=1).connected.strength[0, 0]) == 0.3089


MANY = [
    ("daily_contact", 3, "two_way", 1),
    ("daily_contact", 20, "two_way", 1),
    ("thematic_exchange", 10, "two_way", 3),
    ("thematic_exchange", 35, "two_way", 2),
    ("experience_visit", 60, "two_way", 4),
    ("company_tour", 120, "commitment", 2),
]


def test_a_tie_by_four_methods() -> None:
    found = tie(*MANY, role="D", level=3).connected
    assert [four(item[0, 0]) for item in (found.frequency, found.breadth, found.depth, found.strength)] == [
        0.5128, 1.0, 0.7207, 0.6715,
    ]  # fmt: skip


@pytest.mark.parametrize(("idle", "strength"), [(90, 0.5091), (180, 0.4022), (365, 0.2668)])
def test_a_tie_decays(idle: int, strength: float) -> None:
    later = [(method, age + idle, response, there) for method, age, response, there in MANY]
    assert four(tie(*later, role="D", level=3).connected.strength[0, 0]) == strength


def test_an_executive_visit() -> None:
    assert four(tie(("executive_visit", 20, "commitment", 2), role="", level=1).connected.strength[0, 0]) == 0.5285


@pytest.mark.parametrize(("together", "each", "all_of_ours"), [(True, 0.2199, 0.5253), (False, 0.2686, 0.6087)])
def test_three_members_at_one_exchange_and_at_three(together: bool, each: float, all_of_ours: float) -> None:
    # The design prints .2205 for each; its own formulas and its C_c of .5253 give .2199.
    ours = ("ar", "fr", "sr")
    held = [ours] if together else [(our,) for our in ours]
    found = seen(
        *(TeamMember(our, role=our.upper()) for our in ours),
        Participation("o", "a", ("D",)),
        *(
            Interaction(f"i{number}", AS_OF, "thematic_exchange", None, ("a",), members, "two_way")
            for number, members in enumerate(held)
        ),
        people="a",
    )
    assert [four(item) for item in found.connected.strength[:, 0]] == [each] * 3
    assert four(found.connected.together[0]) == all_of_ours


def test_trust_multiplies_competence_reliability_connection_and_time(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from graph.analysis.measures.trust import trust

    monthly = [
        Interaction(f"t{month}", _months_ago(month), "daily_contact", "visit", ("a",), ("u",), "two_way")
        for month in range(18)
    ]
    kept = [Commitment(f"c{n}", "u", "a", "us", status="kept" if n < 9 else "missed") for n in range(10)]
    records = (
        TeamMember("u", role="AR", knowledge=4, skill=4, experience=3),
        Participation("o", "a", ("D",)),
        *monthly,
    )
    found = seen(*records, *kept, people="a")
    strong = replace(found.connected, strength=np.array([[0.65]]))
    assert four(trust(found.view.batch, strong)[0]) == 0.7119
    broken = [Commitment(f"c{n}", "u", "a", "us", status="kept" if n < 2 else "missed") for n in range(6)]
    less = seen(*records, *broken, people="a")
    assert round(float(trust(less.view.batch, strong)[0]), 3) == 0.583


def _months_ago(months: int) -> datetime.date:
    year, month = divmod(AS_OF.year * 12 + AS_OF.month - 1 - months, 12)
    return datetime.date(year, month + 1, 3)


def test_shapley_shubik_of_weighted_quotas() -> None:
    four_players = game(("quota", 50.0, [("a", 10, False), ("b", 10, False), ("c", 20, False), ("d", 30, False)]))
    assert [round(float(item), 6) for item in four_players.power.phi] == [0.083333, 0.083333, 0.25, 0.583333]
    council = game(
        ("quota", 12.0, [(name, weight, False) for name, weight in zip("abcdef", (4, 4, 4, 2, 2, 1), strict=True)])
    )
    assert [round(float(item), 6) for item in council.power.phi] == [0.233333, 0.233333, 0.233333, 0.15, 0.15, 0.0]
    assert np.isnan(council.power.phi_error).all()
    assert [round(float(item), 6) for item in council.power.banzhaf] == [0.238095] * 3 + [0.142857] * 2 + [0.0]


def test_opinions_settle() -> None:
    system = influence_system(lines_of([[0.0, 1.0], [0.0, 1.0]]), np.array([0.5, 0.0]), np.full(2, 0.5))
    assert system.control.tolist() == [[0.5, 0.5], [0.0, 1.0]]


def test_a_source_of_all_influence_has_most_of_it() -> None:
    lines = [[0.0, 0.0, 1.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]]
    found = influence_system(lines_of(lines), np.full(3, 0.7), np.full(3, 1 / 3))
    assert [round(float(item), 6) for item in found.influence] == [0.227273, 0.227273, 0.545455]


def test_a_touch_in_the_future_does_not_exist() -> None:
    assert tie(("daily_contact", -1, "two_way", 1), role="D", level=None).connected.strength[0, 0] == 0
    assert touches(VISIT)[0].date == AS_OF
