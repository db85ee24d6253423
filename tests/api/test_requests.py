"""Rules of every operation: days and ids within their limits, HEAD, and errors that are always problems."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.problems import LONGEST_DETAIL, LONGEST_INSTANCE, problem_body, status_of
from graph.analysis.ground.unknown import unknown_record
from graph.analysis.scenarios.changes import ImpossibleChange
from graph.model import Opportunity
from graph.model.calibration import load_calibration
from graph.model.problem import InputError
from graph.model.words import message
from graph.store import open_store
from graph.store.problems import change_refused, store_error, store_input_error, unknown_import
from tests.api.operations import Operation, operations_of
from tests.store.places import put

WHAT_IF = "/api/v1/accounts/qinglan/what-if"
DAYS = ("as_of", "from", "to")


@pytest.fixture(scope="module")
def operations(client: TestClient) -> list[Operation]:
    return operations_of(client.get("/api/v1/openapi.json").json())


def is_day(operation: Operation, name: str) -> bool:
    """Whether a parameter is a day: `from` and `to` are people on a path."""
    described = json.dumps([parameter for parameter in operation.named("query") if parameter["name"] == name])
    return '"date"' in described


def problem_of(response: Any, status: int) -> Any:
    assert response.status_code == status, response.text[:300]
    assert response.headers["content-type"] == "application/problem+json"
    return response.json()


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31", "20261", "2026-02-30", "0"])
def test_a_day_out_of_range_is_refused_wherever_there_is_one(
    client: TestClient, operations: list[Operation], day: str
) -> None:
    asked = 0
    for operation in operations:
        path, query = operation.fitting()
        for name in filter(lambda name: is_day(operation, name), DAYS):
            detail = problem_of(client.request(operation.method, path, params={**query, name: day}), 400)["detail"]
            assert detail.startswith(f"{name}: “{day}” is not a day from 1900-01-01 to 2200-12-31")
            asked += 1
    assert asked >= 20


@pytest.mark.parametrize("day", ["1900-01-01", "2200-12-31"])
def test_the_first_and_the_last_day_are_answered(client: TestClient, operations: list[Operation], day: str) -> None:
    for operation in operations:
        path, query = operation.fitting()
        if is_day(operation, "as_of") and operation.method == "GET":
            if is_day(operation, "from"):
                query["from"] = "1900-01-01"
            assert client.get(path, params={**query, "as_of": day}).status_code == 200, path


def test_a_day_is_refused_in_the_language_asked_for(client: TestClient) -> None:
    detail = client.get("/api/v1/coverage", params={"as_of": "0001-01-01", "lang": "zh"}).json()["detail"]
    assert detail == "as_of：“0001-01-01”不是 1900-01-01 至 2200-12-31 之间的日期：请写成 2026-11-23。"


def test_every_id_has_at_most_200_characters(client: TestClient, operations: list[Operation]) -> None:
    long = "x" * 201
    for operation in operations:
        fitting, query = operation.fitting()
        for parameter in operation.named("path"):
            path = operation.path(
                {other["name"]: "pan-yi" for other in operation.named("path")} | {parameter["name"]: long}
            )
            assert_cut(problem_of(client.request(operation.method, path, params=query), 400))
        for name in ("opportunity", "member", "after", "to", "from"):
            if operation.takes(name) and not is_day(operation, name):
                assert_cut(problem_of(client.request(operation.method, fitting, params={**query, name: long}), 400))
    for body in ({"without": [long]}, {"stance": [{"person": long, "stance": 1}]}):
        assert_cut(problem_of(client.post(WHAT_IF, json=body), 400))


def assert_cut(problem: Any) -> None:
    assert "at most 200 characters" in problem["detail"]
    assert "x" * 39 + "…" in problem["detail"]
    assert "x" * 41 not in json.dumps(problem)


def test_an_id_of_200_characters_is_looked_for_and_cut_in_the_answer(client: TestClient) -> None:
    problem = problem_of(client.get(f"/api/v1/accounts/{'x' * 200}/people"), 404)
    assert "x" * 39 + "…" in problem["detail"]
    assert "x" * 41 not in json.dumps(problem)


@pytest.mark.parametrize(
    "body",
    [
        r'{"without": ["\ud800"]}',
        r'{"without": ["a\udfffb"]}',
        r'{"stance": [{"person": "\ud800", "stance": 1}]}',
        r'{"touch": [{"member": "\udc00", "person": "pan-yi", "method": "\ud800"}]}',
        r'{"e\ud800": 1}',
        r'"\ud800"',
        '{"without": ["\\u0000"]}',
        "{",
        "[" * 100_000,
        '{"without": [' + "9" * 5000 + "]}",
        '{"stance": [{"person": "pan-yi", "stance": NaN}]}',
    ],
)
def test_a_body_that_is_no_text_or_no_json_is_a_problem(client: TestClient, body: str) -> None:
    answer = client.post(WHAT_IF, content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 404)
    assert answer.json()["instance"] == WHAT_IF
    assert len(answer.json()["detail"]) <= LONGEST_DETAIL


@pytest.mark.parametrize("bad", ["%ED%A0%80", "%FF", "%C3", "ok%80"])
def test_an_address_that_is_not_utf_8_is_refused(client: TestClient, bad: str) -> None:
    for url in (
        f"/api/v1/accounts/{bad}/people",
        f"/api/v1/accounts/qinglan/people/{bad}",
        f"/api/v1/accounts/qinglan/paths?to={bad}",
        f"/{bad}",
    ):
        assert "UTF-8" in problem_of(client.get(url), 400)["detail"]


def test_head_is_get_without_the_body(client: TestClient, operations: list[Operation]) -> None:
    asked = [operation for operation in operations if operation.method == "GET"]
    assert len(asked) >= 15
    for path, query in [*(operation.fitting() for operation in asked), ("/", {}), ("/nowhere", {})]:
        head, full = client.head(path, params=query), client.get(path, params=query)
        assert (head.status_code, head.content) == (full.status_code, b""), path
        assert head.headers == full.headers
    answer = client.head(WHAT_IF)
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert set(client.post("/api/v1/accounts").headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_the_document_names_what_any_route_may_answer(operations: list[Operation]) -> None:
    for operation in operations:
        assert operation.statuses >= {400, 408, 413, 414, 421, 431, 503}, operation.template


def test_the_class_of_a_problem_decides_its_status() -> None:
    assert status_of(unknown_record("people", "a", [])) == 404
    assert status_of(unknown_import(7)) == 404
    assert status_of(ImpossibleChange("gone", message("what_if.gone", id="a"))) == 409
    assert status_of(change_refused("changed_since", id=1, count=1, named="a")) == 409
    assert status_of(store_error("damaged", path="a.db")) == 503
    assert status_of(store_input_error("credentials_in_address")) == 400
    assert status_of(InputError("no_browser", message("problem.no_browser"))) == 400


def test_a_problem_can_always_be_written_and_is_never_long() -> None:
    body = json.loads(problem_body(400, "bad_request", "\ud800" * 10_000, "/" + "\udfff/x" * 10_000))
    assert len(body["detail"]) <= LONGEST_DETAIL
    assert len(body["instance"]) <= LONGEST_INSTANCE


def test_a_bid_on_the_first_day_of_the_calendar_is_answered(sample_url: str, tmp_path: Path) -> None:
    """Files are refused such a day, but a store may hold one from before."""
    sample = open_store(sample_url)
    records = sample.read()
    sample.close()
    store = open_store(f"sqlite:///{tmp_path / 'old.db'}")
    first = [replace(opportunity, bid_date=datetime.date.min) for opportunity in records.of(Opportunity)]
    put(store, records.replaced(Opportunity, first))
    with TestClient(create_app(store, load_calibration(None)), base_url="http://127.0.0.1:8000") as client:
        for ending in ("plan", "map", "people/pan-yi/brief", "coverage"):
            for day in ("1900-01-01", "2026-11-23"):
                assert client.get(f"/api/v1/accounts/qinglan/{ending}", params={"as_of": day}).status_code == 200
