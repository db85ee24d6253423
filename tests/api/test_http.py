"""The HTTP API: the same answers as the command line, errors in one shape, nobody else's host."""

from __future__ import annotations

import csv
import datetime
import io
import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.guard import is_local
from graph.analysis.ground.limits import UNASKED_PEOPLE
from graph.model.calibration import load_calibration
from graph.store import open_store
from graph.store.protocol import GraphStore
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = {"as_of": "2026-11-23"}
PROBLEM_KEYS = {"type", "title", "status", "detail", "instance", "code"}

REPORT_KEYS = (
    "account opportunity as_of calibration influence_assumed decision_chain_coverage supportive_coverage identified "
    "redundancy independent_routes concentration status triangle by_role units people gaps support "
    "champions camps race"
).split()
PERSON_KEYS = (
    "id name title level level_inferred unit status roles stance phi role_power formal_power decision_influence "
    "turned_to_by connection_strength required_strength cadence coverage competitor_strength trust final_stance "
    "covered_by"
).split()


def problem(response: object, status: int, code: str) -> str:
    assert response.status_code == status  # type: ignore[attr-defined]
    assert response.headers["content-type"] == "application/problem+json"  # type: ignore[attr-defined]
    body = response.json()  # type: ignore[attr-defined]
    assert set(body) == PROBLEM_KEYS
    assert (body["status"], body["code"]) == (status, code)
    return str(body["detail"])


def test_accounts_come_a_page_at_a_time(client: TestClient) -> None:
    every = client.get("/api/v1/accounts").json()
    assert every["next"] is None
    first = client.get("/api/v1/accounts", params={"limit": 1}).json()
    second = client.get("/api/v1/accounts", params={"limit": 1, "after": first["next"]}).json()
    assert [*first["accounts"], *second["accounts"]] == every["accounts"]
    assert second["next"] is None


def test_the_report_has_the_keys_of_the_design(client: TestClient) -> None:
    report = client.get("/api/v1/accounts/qinglan/coverage", params=AS_OF).json()
    assert list(report) == REPORT_KEYS
    assert all(list(person) == PERSON_KEYS for person in report["people"])
    assert sum(person["decision_influence"] for person in report["people"]) == pytest.approx(1, abs=1e-12)
    assert [list(gap) for gap in report["gaps"][:1]] == [
        ["type", "person", "unit", "severity", "band", "reason", "action"]
    ]


def test_people_come_by_influence_with_where_it_comes_from(client: TestClient) -> None:
    answer = client.get("/api/v1/accounts/qinglan/people", params={**AS_OF, "limit": 5}).json()
    people = answer["people"]
    assert [person["rank"] for person in people] == [1, 2, 3, 4, 5]
    assert answer["next"] == people[-1]["id"]
    following = client.get("/api/v1/accounts/qinglan/people", params={**AS_OF, "after": answer["next"]}).json()
    assert following["people"][0]["rank"] == 6
    assert following["next"] is None
    for person in people:
        known = person["own_vote"] + sum(part["share"] for part in person["through"])
        assert 0 < known <= person["decision_influence"] + 1e-9


def test_paths_lead_from_one_of_ours_to_the_person(client: TestClient) -> None:
    people = client.get("/api/v1/accounts/qinglan/people", params=AS_OF).json()["people"]
    to = people[0]["id"]
    found = client.get("/api/v1/accounts/qinglan/paths", params={**AS_OF, "to": to, "k": 4}).json()
    assert list(found) == ["to", "paths"]
    strengths = [path["strength"] for path in found["paths"]]
    assert 1 < len(strengths) <= 4
    assert strengths == sorted(strengths, reverse=True)
    for path in found["paths"]:
        assert path["nodes"][0]["kind"] == "member"
        assert path["nodes"][-1]["id"] == to
        product = 1.0
        for hop in path["hops"]:
            product *= hop["weight"]
        assert path["strength"] == pytest.approx(product, abs=1e-12)


def test_the_map_is_a_page_that_asks_for_nothing(client: TestClient) -> None:
    page = client.get("/api/v1/accounts/qinglan/map", params=AS_OF)
    assert page.status_code == 200
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "Content-Security-Policy" in page.text
    data = client.get("/api/v1/accounts/qinglan/map.json", params=AS_OF).json()
    assert data["report"]["account"]["id"] == "qinglan"


@pytest.mark.parametrize(("view", "key"), [("power", "columns"), ("fishbone", "bones"), ("coverage", "table")])
def test_each_view_is_served(client: TestClient, view: str, key: str) -> None:
    page = client.get("/api/v1/accounts/qinglan/map", params={**AS_OF, "view": view})
    assert f'data-view="{view}"' in page.text[:200]
    data = client.get("/api/v1/accounts/qinglan/map.json", params={**AS_OF, "view": view}).json()
    assert key in data["scene"]


def test_a_view_that_there_is_not_is_refused(client: TestClient) -> None:
    assert client.get("/api/v1/accounts/qinglan/map", params={**AS_OF, "view": "skeleton"}).status_code == 400


def test_the_index_leads_to_every_map(client: TestClient) -> None:
    for lang, word in (("en", "What costs us most"), ("zh", "最要紧的缺口")):
        page = client.get("/", params={**AS_OF, "lang": lang})
        assert page.status_code == 200
        assert word in page.text
        assert "default-src 'none'" in page.headers["content-security-policy"]
        assert "/api/v1/accounts/qinglan/map?lang=" in page.text


def test_the_portfolio_comes_in_three_forms_with_the_same_rows(client: TestClient) -> None:
    rows = client.get("/api/v1/coverage", params=AS_OF).json()["rows"]
    lines = client.get("/api/v1/coverage", params=AS_OF, headers={"accept": "application/x-ndjson"}).text
    assert [json.loads(line) for line in lines.splitlines()] == rows
    written = client.get("/api/v1/coverage", params=AS_OF, headers={"accept": "text/csv"}).text
    read = list(csv.DictReader(io.StringIO(written)))
    assert [row["account"] for row in read] == [row["account"] for row in rows]
    assert [float(row["decision_chain_coverage"]) for row in read] == [row["decision_chain_coverage"] for row in rows]
    problem(client.get("/api/v1/coverage", headers={"accept": "image/png"}), 406, "not_acceptable")


def test_the_portfolio_comes_a_page_at_a_time(client: TestClient) -> None:
    every = client.get("/api/v1/coverage", params=AS_OF).json()
    first = client.get("/api/v1/coverage", params={**AS_OF, "limit": 1}).json()
    second = client.get("/api/v1/coverage", params={**AS_OF, "limit": 1, "after": first["next"]}).json()
    assert first["rows"] + second["rows"] == every["rows"]
    assert second["next"] is None


def test_who_has_the_answer_already_gets_304(client: TestClient) -> None:
    first = client.get("/api/v1/accounts/qinglan/coverage", params=AS_OF)
    again = client.get(
        "/api/v1/accounts/qinglan/coverage", params=AS_OF, headers={"if-none-match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(
        "/api/v1/accounts/qinglan/coverage",
        params={"as_of": "2026-10-01"},
        headers={"if-none-match": first.headers["etag"]},
    )
    assert other.status_code == 200


def test_unknown_ids_get_404_with_the_nearest(client: TestClient) -> None:
    assert "qinglan" in problem(client.get("/api/v1/accounts/quinglan/coverage"), 404, "unknown_account")
    problem(client.get("/api/v1/accounts/qinglan/coverage", params={"opportunity": "nope"}), 404, "unknown_opportunity")
    problem(client.get("/api/v1/accounts/qinglan/paths", params={"to": "nobody"}), 404, "unknown_person")
    problem(client.get("/nowhere"), 404, "not_found")


@pytest.mark.parametrize(
    "query", [{"as_of": "23/11/2026"}, {"as_of": "2026-02-30"}, {"k": "0", "to": "x"}, {"k": "many", "to": "x"}]
)
def test_malformed_questions_get_400(client: TestClient, query: dict[str, str]) -> None:
    problem(client.get("/api/v1/accounts/qinglan/paths", params=query), 400, "bad_request")


def test_a_strategist_asks_why_whom_and_how_few(client: TestClient) -> None:
    person = client.get("/api/v1/accounts/qinglan/people/pan-yi", params=AS_OF).json()
    assert list(person["person"]) == PERSON_KEYS
    assert sum(part["share"] for part in person["made_of"]) == pytest.approx(person["person"]["decision_influence"])
    sways = client.get("/api/v1/accounts/qinglan/people/pan-yi/sways", params=AS_OF).json()
    assert sways["whom"] == "pan-yi"
    assert [node["id"] for node in sways["paths"][0]["nodes"]] == ["pan-yi", "cao-ning"]
    asked = client.get("/api/v1/accounts/qinglan/people/lin-qiuyue/introductions", params=AS_OF).json()
    assert [introduction["ask"] for introduction in asked["introductions"]] == ["pan-yi", "wu-tao"]
    fewest = client.get("/api/v1/accounts/qinglan/fewest", params=AS_OF).json()
    assert fewest["fewest"]["enough"]
    assert fewest["fewest"]["people"][-1]["total"] > 0.5
    problem(client.get("/api/v1/accounts/qinglan/people/pann-yi"), 404, "unknown_person")


def test_a_strategist_asks_for_independent_routes_and_groups(client: TestClient) -> None:
    report = client.get("/api/v1/accounts/qinglan/coverage", params=AS_OF).json()
    found = client.get("/api/v1/accounts/qinglan/independent", params=AS_OF).json()
    assert found["independent_routes"] == report["independent_routes"] == len(found["routes"]) == 4
    assert [node["id"] for node in found["routes"][2]["nodes"]] == ["sun-li", "wu-tao", "he-jianguo"]
    none = client.get("/api/v1/accounts/linjiang/independent", params=AS_OF).json()
    assert none == {"independent_routes": None, "routes": []}
    groups = client.get("/api/v1/accounts/qinglan/groups", params=AS_OF).json()
    assert list(groups) == ["groups", "alone", "modularity"]
    assert groups["groups"][0]["hub"]["id"] == "wu-tao"
    assert [person["id"] for person in groups["alone"]] == ["zheng-hao"]
    shares = {person["id"]: person["decision_influence"] for person in report["people"]}
    for group in groups["groups"]:
        assert group["influence"] == pytest.approx(sum(shares[person["id"]] for person in group["people"]))
    central = client.get("/api/v1/accounts/qinglan/people/pan-yi", params=AS_OF).json()["centralities"]
    assert central["in_degree"] == next(p["turned_to_by"] for p in report["people"] if p["id"] == "pan-yi")
    assert 0 < central["pagerank"] < 1


def test_two_days_compared(client: TestClient) -> None:
    days = {"from": "2026-09-01", "to": "2026-11-23"}
    found = client.get("/api/v1/accounts/qinglan/compare", params=days).json()
    assert (found["from"], found["to"]) == ("2026-09-01", "2026-11-23")
    assert {tie["person"] for tie in found["ties_won"]} == {"fang-lei", "meng-jie"}
    assert found["falls_below"][0]["person"] == "jiang-bo"
    coverage = next(measure for measure in found["measures"] if measure["measure"] == "decision_chain_coverage")
    kinds = sum(cause["move"] for cause in coverage["causes"] if cause["person"] is None and cause["key"] is None)
    assert coverage["time"] + kinds + coverage["together"] == pytest.approx(coverage["change"], abs=1e-9)
    backwards = {"from": "2026-11-23", "to": "2026-09-01"}
    said = problem(client.get("/api/v1/accounts/qinglan/compare", params=backwards), 400, "out_of_order")
    assert "earlier one first" in said
    problem(client.get("/api/v1/accounts/qinglan/compare"), 400, "bad_request")


def test_a_visit_is_briefed(client: TestClient) -> None:
    url = "/api/v1/accounts/qinglan/people/pan-yi/brief"
    found = client.get(url, params=AS_OF).json()
    assert found["member"]["id"] == "liu-yang"
    assert found["ask"]["ready"] is False
    assert len(found["goals"]) == 7
    chinese = client.get(url, params={**AS_OF, "lang": "zh", "member": "chen-jing"}).json()
    assert chinese["member"]["id"] == "chen-jing"
    assert "财务" in chinese["background"][0]
    problem(client.get(url, params={**AS_OF, "member": "nobody"}), 404, "unknown_member")
    problem(client.get("/api/v1/accounts/qinglan/people/zheng-hao/brief", params=AS_OF), 409, "nobody_there")


def test_everybody_leaving(client: TestClient) -> None:
    found = client.get("/api/v1/accounts/qinglan/departures", params=AS_OF).json()
    assert [departure["id"] for departure in found["departures"] if departure["kind"] == "member"]
    sun = next(departure for departure in found["departures"] if departure["id"] == "sun-li")
    asked = {"without": ["sun-li"]}
    after = client.post("/api/v1/accounts/qinglan/what-if", params=AS_OF, json=asked).json()["after"]
    assert sun["after"]["decision_chain_coverage"] == pytest.approx(after["decision_chain_coverage"], abs=1e-12)
    assert sun["after"]["forecast"] == pytest.approx(after["support.forecast"], abs=1e-12)
    coverages = [round(departure["after"]["decision_chain_coverage"], 9) for departure in found["departures"]]
    assert coverages == sorted(coverages)


def test_a_lead_is_verified(client: TestClient) -> None:
    found = client.get("/api/v1/accounts/qinglan/leads", params=AS_OF).json()
    assert (found["grade"], found["supported"], found["question"]["topic"]) == (
        "opportunity_lead",
        "opportunity_lead",
        "budget",
    )
    problem(client.get("/api/v1/accounts/qinglam/leads", params=AS_OF), 404, "unknown_account")


def test_the_team_at_work(client: TestClient) -> None:
    found = client.get("/api/v1/accounts/qinglan/team", params={**AS_OF, "capacity": 3}).json()
    assert [duty["duty"] for duty in found["duties"] if duty["open"] or duty["misplaced"]] == [
        "profit",
        "strategy_solution",
    ]
    liu = next(member for member in found["members"] if member["id"] == "liu-yang")
    assert liu["customer_time"] < liu["customer_time_everywhere"]
    assert found["assignment"]["capacity"] == 3
    problem(client.get("/api/v1/accounts/qinglan/team", params={"capacity": 0}), 400, "bad_request")


def test_a_plan_has_actions_and_what_to_find_out(client: TestClient) -> None:
    plan = client.get("/api/v1/accounts/qinglan/plan", params={**AS_OF, "days": 14, "top": 3}).json()
    assert (plan["days"], len(plan["actions"])) == (14, 3)
    assert max(action["by_when"] for action in plan["actions"]) <= "2026-12-07"
    assert plan["find_out"][0]["person"] == "lin-qiuyue"
    problem(client.get("/api/v1/accounts/qinglan/plan", params={"days": 0}), 400, "bad_request")


def test_what_if_says_what_moves_and_stores_nothing(client: TestClient) -> None:
    before = client.get("/api/v1/accounts/qinglan/coverage", params=AS_OF).json()
    asked = {
        "without": ["wu-tao"],
        "stance": [{"person": "pan-yi", "stance": 2}],
        "touch": [{"member": "sun-li", "person": "pan-yi", "method": "visit"}],
    }
    answer = client.post("/api/v1/accounts/qinglan/what-if", params=AS_OF, json=asked).json()
    assert answer["before"]["decision_chain_coverage"] == before["decision_chain_coverage"]
    assert answer["after"]["decision_chain_coverage"] < before["decision_chain_coverage"]
    assert {"type": "key_person_left", "person": "wu-tao"}.items() <= answer["gaps_opened"][-1].items()
    assert client.get("/api/v1/accounts/qinglan/coverage", params=AS_OF).json() == before
    url = "/api/v1/accounts/qinglan/what-if"
    problem(client.post(url, json={"without": ["nobody"]}), 404, "unknown_anybody")
    problem(client.post(url, json={"stance": [{"person": "pan-yi", "stance": 9}]}), 400, "bad_request")
    problem(client.post(url, json={"else": 1}), 400, "bad_request")
    problem(
        client.post("/api/v1/accounts/linjiang/what-if", json={"stance": [{"person": "x", "stance": 1}]}),
        409,
        "no_opportunity",
    )


def test_only_this_machine_is_a_host(client: TestClient) -> None:
    for host in ("127.0.0.1:8000", "localhost", "[::1]:9"):
        assert client.get("/livez", headers={"host": host}).status_code == 200
    for host in ("evil.example", "127.0.0.1.evil.example", "192.168.0.7:8000"):
        problem(client.get("/livez", headers={"host": host}), 421, "foreign_host")
    for host in ("", "a b", "127.0.0.1:notaport", "http://127.0.0.1"):
        problem(client.get("/livez", headers={"host": host}), 400, "bad_host")
    assert not is_local("128.0.0.1")


def test_ready_only_while_the_store_answers(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/readyz").json() == {"status": "ok"}


def test_the_openapi_document_names_every_route(client: TestClient) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert {
        "/api/v1/accounts",
        "/api/v1/accounts/{account}/people",
        "/api/v1/accounts/{account}/coverage",
        "/api/v1/accounts/{account}/paths",
        "/api/v1/accounts/{account}/map",
        "/api/v1/accounts/{account}/map.json",
        "/api/v1/coverage",
        "/livez",
        "/readyz",
    } <= set(document["paths"])


def test_a_foreign_method_is_a_problem_too(client: TestClient) -> None:
    problem(client.post("/api/v1/accounts"), 405, "method_not_allowed")


def test_reading_changes_nothing(client: TestClient, sample_store: GraphStore) -> None:
    before = sample_store.digest()
    routes = [path for path, methods in client.get("/api/v1/openapi.json").json()["paths"].items() if "get" in methods]
    for route in routes:
        client.get(route.format(account="qinglan", person="wu-tao"), params=AS_OF)
    assert len(routes) > 10
    assert sample_store.digest() == before


def test_the_map_of_more_than_200_people_leaves_out_what_nobody_asked_for(tmp_path: Path) -> None:
    rows = random_account(seed=7, people=UNASKED_PEOPLE + 1, lines=200, interactions=20, opportunities=1)
    for row in rows["people"]:
        row["status"] = "active"
    store = open_store(f"sqlite:///{tmp_path / 'many.db'}")
    now = datetime.datetime.now(datetime.UTC)
    store.apply(dataset_of(rows), source="test", recorded_by="test", recorded_at=now)
    app = create_app(store, load_calibration(None))
    with TestClient(app, base_url="http://127.0.0.1:8000") as client:
        page = client.get("/api/v1/accounts/acme/map", params=AS_OF)
        assert page.status_code == 200
        assert '"supposing":null' in page.text
        assert '"briefs":null' in page.text
        assert list(client.get("/api/v1/accounts/acme/map.json", params=AS_OF).json()) == ["report", "scene", "routes"]
        assert client.get("/api/v1/accounts/acme/people/p01/brief", params=AS_OF).json()["person"]["id"] == "p01"
        leaving = client.get("/api/v1/accounts/acme/departures", params=AS_OF).json()["departures"]
        assert sum(departure["kind"] == "person" for departure in leaving) == UNASKED_PEOPLE + 1
