"""The plain report gives the vectors of the measures to the printed digits, and holds together on random accounts."""

from __future__ import annotations

import datetime
import itertools
import json
import math
import random

import networkx as nx
import pytest

from tests.oracle import connection, power
from tests.oracle.connection import Touch, connect, touch_energy
from tests.oracle.defaults import Row
from tests.oracle.figures import measure
from tests.oracle.forecast import step_value
from tests.oracle.opinion_system import Method, Stepwise, opinion_system_of
from tests.oracle.power import Step
from tests.oracle.random_account import COLUMNS, TODAY, random_account
from tests.oracle.report import paths, report
from tests.oracle.solved import Solved

AS_OF = datetime.date(2026, 11, 23)


def touch(method: str, age: int, q: float, n: int, m: int = 1, subtype: str | None = None) -> Touch:
    energy = touch_energy(method, subtype, q, n, m)
    return Touch(method, age, q, energy, AS_OF - datetime.timedelta(days=age))


MIXED = [
    ("daily_contact", 3, 1, 1),
    ("daily_contact", 20, 1, 1),
    ("thematic_exchange", 10, 1, 3),
    ("thematic_exchange", 35, 1, 2),
    ("experience_visit", 60, 1, 4),
    ("company_tour", 120, 1.25, 2),
]


class TestConnection:
    def test_no_touches_give_none(self) -> None:
        assert connect([], 14, 1).strength == 0

    def test_one_daily_contact(self) -> None:
        found = connect([touch("daily_contact", 0, 1, 1)], 14, 1)
        assert round(found.frequency, 4) == 0.0917
        assert round(found.breadth, 4) == 0.25
        assert round(found.depth, 4) == 0.23
        assert round(found.strength, 4) == 0.1619

    def test_no_assessed_level_counts_as_the_touch_says(self) -> None:
        answered, sent, vain = (touch("daily_contact", 0, q, 1) for q in (1, 0.5, 0))
        assert connect([answered], 14, None) == connect([answered], 14, 1)
        assert connect([sent], 14, None).depth == pytest.approx(0.06)
        assert connect([vain], 14, None).depth == 0

    def test_twenty_weekly_daily_contacts(self) -> None:
        touches = [touch("daily_contact", 7 * week, 1, 1) for week in range(20)]
        assert round(connect(touches, 14, 1).strength, 4) == 0.3089

    def test_mixed_touches(self) -> None:
        found = connect([touch(*arguments) for arguments in MIXED], 14, 3)
        assert round(found.frequency, 4) == 0.5128
        assert found.breadth == 1
        assert round(found.depth, 4) == 0.7207
        assert round(found.strength, 4) == 0.6715

    @pytest.mark.parametrize(("idle", "strength"), [(90, 0.5091), (180, 0.4022), (365, 0.2668)])
    def test_idle_days_wear_it_down(self, idle: int, strength: float) -> None:
        touches = [touch(method, age + idle, q, n) for method, age, q, n in MIXED]
        assert round(connect(touches, 14, 3).strength, 4) == strength

    def test_executive_visit(self) -> None:
        assert round(connect([touch("executive_visit", 20, 1.25, 2)], 90, 1).strength, 4) == 0.5285

    def test_a_joint_exchange_is_less_than_three(self) -> None:
        joint = connect([touch("thematic_exchange", 0, 1, 1, m=3)], 14, 1).strength
        alone = connect([touch("thematic_exchange", 0, 1, 1)], 14, 1).strength
        assert round(joint, 4) == 0.2199
        assert round(alone, 4) == 0.2686
        assert round(connection.combine(dict.fromkeys(("AR", "SR", "FR"), joint)), 4) == 0.5253
        assert round(connection.combine(dict.fromkeys(("AR", "SR", "FR"), alone)), 4) == 0.6087


def test_trust() -> None:
    member: Row = {"knowledge": 4, "skill": 4, "experience": 3}
    assert round(connection.trust(member, 9, 10, 0.65, 18), 4) == 0.7119
    assert round(connection.trust(member, 2, 6, 0.65, 18), 3) == 0.583


class TestFormalPower:
    def test_quota_50(self) -> None:
        found = power.shapley_shubik([Step("s", "quota", 50, {"a": 10, "b": 10, "c": 20, "d": 30})])
        assert [round(found[voter], 6) for voter in "abcd"] == [0.083333, 0.083333, 0.25, 0.583333]

    def test_quota_12(self) -> None:
        steps = [Step("s", "quota", 12, dict(zip("abcdef", (4, 4, 4, 2, 2, 1), strict=True)))]
        shapley, banzhaf = power.shapley_shubik(steps), power.banzhaf(steps)
        assert [round(shapley[voter], 6) for voter in "abcdef"] == [0.233333] * 3 + [0.15] * 2 + [0]
        assert [round(banzhaf[voter], 6) for voter in "abcdef"] == [0.238095] * 3 + [0.142857] * 2 + [0]

    def test_counting_agrees_with_every_order(self) -> None:
        steps = [
            Step("s1", "quota", None, {"a": 2, "b": 1, "c": 1}, {"c"}),
            Step("s2", "single", None, {"c": 1, "d": 0}),
            Step("veto:e", "unanimous", None, {"e": 1}, {"e"}),
        ]
        game = power.Game(steps)
        pivotal = dict.fromkeys("abcde", 0)
        for order in itertools.permutations("abcde"):
            for place, player in enumerate(order):
                inside = set(order[: place + 1])
                if game.wins(tuple(len(inside & set(players)) for players in game.types)):
                    pivotal[player] += 1
                    break
        found = power.shapley_shubik(steps)
        assert found == pytest.approx({player: count / 120 for player, count in pivotal.items()})

    def test_too_many_kinds_of_players(self) -> None:
        weights = {f"p{number:02}": float(number + 1) for number in range(22)}
        with pytest.raises(NotImplementedError):
            power.Game([Step("s", "quota", None, weights)])


@pytest.mark.parametrize("method", [Stepwise(), Solved()], ids=["stepwise", "solved"])
class TestInfluence:
    def test_two_people(self, method: Method) -> None:
        lines: nx.DiGraph[str] = nx.DiGraph()
        lines.add_weighted_edges_from([("b", "a", 1.0)])
        told = opinion_system_of(lines, {"a": 0.5, "b": 0.0}, {"a": 1.0, "b": 0.0})
        assert method.influence(told) == {"a": 0.5, "b": 0.5}
        assert method.settled(told, {"a": 1.0, "b": 0.0}) == {"a": 0.5, "b": 0.0}
        assert method.settled(told, {"a": 0.0, "b": 1.0}) == {"a": 0.5, "b": 1.0}

    def test_the_one_that_two_listen_to(self, method: Method) -> None:
        lines: nx.DiGraph[str] = nx.DiGraph()
        lines.add_nodes_from("abc")
        lines.add_weighted_edges_from([("c", "a", 1.0), ("c", "b", 1.0)])
        found = method.influence(opinion_system_of(lines, dict.fromkeys("abc", 0.7), dict.fromkeys("abc", 1 / 3)))
        assert [round(found[person], 6) for person in "abc"] == [0.227273, 0.227273, 0.545455]


def test_a_step_is_worth_its_pivotal_voter() -> None:
    values = {"a": 0.9, "b": 0.6, "c": 0.2}
    weights = dict.fromkeys(values, 1.0)
    assert step_value(Step("s", "unanimous", None, weights), values) == 0.2
    assert step_value(Step("s", "single", None, weights), values) == 0.9
    assert step_value(Step("s", "quota", None, weights), values) == 0.6
    assert step_value(Step("s", "single", None, weights, {"b"}), values) == 0.6
    assert step_value(Step("s", "quota", None, dict.fromkeys(values, 0.0)), values) is None


@pytest.fixture(params=range(8))
def account(request: pytest.FixtureRequest) -> dict[str, list[Row]]:
    return random_account(request.param, people=8 + 3 * int(request.param))


class TestRandomAccounts:
    def test_shares_sum_to_one_and_json_can_carry_it(self, account: dict[str, list[Row]]) -> None:
        found = report(account, "acme", AS_OF)
        assert math.isclose(sum(person["formal_power"] for person in found["people"]), 1)
        assert math.isclose(sum(person["decision_influence"] for person in found["people"]), 1)
        assert json.loads(json.dumps(found, allow_nan=False)) == found

    def test_the_order_of_rows_means_nothing(self, account: dict[str, list[Row]]) -> None:
        mixed = {sheet: random.Random(5).sample(rows, len(rows)) for sheet, rows in account.items()}
        first, second = (report(rows, "acme", AS_OF) for rows in (account, mixed))
        assert [person["id"] for person in first["people"]] == [person["id"] for person in second["people"]]
        assert [gap["type"] for gap in first["gaps"]] == [gap["type"] for gap in second["gaps"]]
        assert first["decision_chain_coverage"] == pytest.approx(second["decision_chain_coverage"], abs=1e-12)

    def test_empty_seats_have_nothing_but_their_power(self, account: dict[str, list[Row]]) -> None:
        found = report(account, "acme", AS_OF)
        gaps = {gap["person"]: gap["type"] for gap in found["gaps"]}
        for person in found["people"]:
            if person["status"] in ("left", "moved", "unidentified"):
                assert (person["coverage"], person["connection_strength"], person["trust"]) == (0, 0, 0)
                assert gaps.get(person["id"]) in (None, "unidentified_role", "key_person_left")
            if person["status"] in ("left", "moved"):
                assert (person["stance"], person["competitor_strength"], person["turned_to_by"]) == (None, 0, 0)

    @pytest.mark.parametrize("avoid", [False, True])
    def test_paths_are_the_best_of_all(self, avoid: bool) -> None:
        rows = random_account(11, people=7, lines=14)
        f = measure(rows, "acme", AS_OF, None)
        for to in f.account.people:
            blocked = {
                p for p in f.account.people if p != to and (not f.account.known(p) or (avoid and f.account.x(p) < 0))
            }
            open_lines = f.lines.subgraph(set(f.account.people) - blocked)
            every = []
            for (member, first), tie in f.connections.items():
                if tie.strength < 0.05 or first in blocked:
                    continue
                for people in nx.all_simple_paths(open_lines, first, to) if first != to else [[to]]:
                    weights = [open_lines[a][b]["weight"] for a, b in itertools.pairwise(people)]
                    every.append((-round(tie.strength * math.prod(weights), 12), len(people), member, *people))
            found = paths(rows, "acme", to, AS_OF, k=5, avoid_opponents=avoid)["paths"]
            ids = [tuple(node["id"] for node in path["nodes"]) for path in found]
            assert ids == [route[2:] for route in sorted(every)[:5]]


def test_an_account_without_people() -> None:
    rows = random_account(3, people=4, opportunities=1)
    nobody = {**{sheet: [] for sheet in rows}, "accounts": rows["accounts"], "opportunities": rows["opportunities"]}
    found = report(nobody, "acme", AS_OF)
    assert (found["people"], found["concentration"], found["identified"]) == ([], None, None)
    assert [gap["type"] for gap in found["gaps"]] == ["no_decision_maker", "triangle_incomplete", "no_coach"]


class TestRandomRows:
    def test_sizes_are_exact(self) -> None:
        rows = random_account(1, people=60, members=5, lines=360, interactions=600)
        sizes = [len(rows[sheet]) for sheet in ("people", "team", "influences", "interactions")]
        assert sizes == [60, 5, 360, 600]
        assert rows == random_account(1, people=60, members=5, lines=360, interactions=600)

    def test_rows_are_whole_and_valid(self, account: dict[str, list[Row]]) -> None:
        for sheet, rows in account.items():
            assert all(list(row) == COLUMNS[sheet].split() for row in rows)
        reports = nx.DiGraph((row["person"], row["manager"]) for row in account["reports_to"])
        assert nx.is_directed_acyclic_graph(reports)
        assert all(row["date"] is None or row["date"] <= TODAY for row in account["interactions"])
        for step in account["steps"]:
            votes = [row for row in account["votes"] if row["step"] == step["id"]]
            total = sum(1 if row["weight"] is None else row["weight"] for row in votes)
            assert step["quota"] is None or 0 < step["quota"] <= total
        for sheet, keys in (("influences", 2), ("participation", 2), ("votes", 2), ("covers", 2), ("people", 1)):
            assert len({tuple(row.values())[:keys] for row in account[sheet]}) == len(account[sheet])
