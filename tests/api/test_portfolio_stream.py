"""The portfolio as NDJSON: computed a few accounts at a time, and broken off where a part cannot be computed."""

from __future__ import annotations

import datetime
import json
from contextlib import closing
from http.client import HTTPConnection, IncompleteRead
from pathlib import Path
from typing import TypeVar

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.computing.computation import Computation, InThisProcess
from api.http.computing.problems import NotComputed, ServerFull
from api.http.limits import Limits
from graph.model import Account
from graph.model.calibration import load_calibration
from graph.model.dataset import Dataset
from graph.store import open_store
from swaymap.portfolio import CHUNK
from tests.api.server_process import serving
from tests.api.serving import serving as serving_in_thread

T = TypeVar("T")

ACCOUNTS = 3 * CHUNK - 1
PORTFOLIO = "/api/v1/coverage?as_of=2026-11-23"
LINES = {"accept": "application/x-ndjson"}


class Failing(InThisProcess):
    """Computes, but for the calls of these numbers (from 0), which raise."""

    def __init__(self, raises: dict[int, Exception]) -> None:
        self.calls, self._raises = 0, raises

    async def run(self, computation: Computation[T]) -> T:
        call = self.calls
        self.calls += 1
        if call in self._raises:
            raise self._raises[call]
        return await super().run(computation)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store of accounts in which nothing else stands."""
    url = f"sqlite:///{tmp_path_factory.mktemp('many') / 'swaymap.db'}"
    store = open_store(url)
    accounts = Dataset.collect(
        Account(id=f"a{number:03}", name=f"Account {number}", tier="S" if number % 100 == 7 else None)
        for number in range(ACCOUNTS)
    )
    store.apply(accounts, source="tests", recorded_by="tests", recorded_at=datetime.datetime.now(datetime.UTC))
    store.close()
    return url


def app_on(url: str, computing: InThisProcess) -> FastAPI:
    return create_app(open_store(url), load_calibration(None), computing=computing)


def client_of(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)


def test_the_lines_of_all_parts_are_the_rows_of_one_page(url: str) -> None:
    computing = Failing({})
    with client_of(app_on(url, computing)) as client:
        lines = client.get(PORTFOLIO, headers=LINES).text.splitlines()
        assert computing.calls == 3
        page = client.get(f"{PORTFOLIO}&limit=1000").json()
    assert len(lines) == ACCOUNTS
    assert [json.loads(line) for line in lines] == page["rows"]


def test_the_lines_of_a_filter_come_in_parts_too(url: str) -> None:
    computing = Failing({})
    with client_of(app_on(url, computing)) as client:
        lines = client.get(f"{PORTFOLIO}&tier=S", headers=LINES).text.splitlines()
        assert computing.calls == 1 + 3, "the query, whose owner and units are found once, and three parts"
        assert client.get(f"{PORTFOLIO}&tier=A", headers=LINES).text == ""
    assert [json.loads(line)["account"] for line in lines] == [f"a{number:03}" for number in range(7, ACCOUNTS, 100)]


def test_sorted_lines_are_one_answer(url: str) -> None:
    computing = Failing({})
    with client_of(app_on(url, computing)) as client:
        reply = client.get(f"{PORTFOLIO}&sort=account_name", headers=LINES)
        assert computing.calls == 2
    names = [json.loads(line)["account_name"] for line in reply.text.splitlines()]
    assert names == sorted(f"Account {number}" for number in range(ACCOUNTS))
    assert reply.headers["etag"]


def test_a_first_part_that_cannot_be_computed_is_a_problem(url: str) -> None:
    with client_of(app_on(url, Failing({0: ServerFull()}))) as client:
        reply = client.get(PORTFOLIO, headers=LINES)
    assert (reply.status_code, reply.json()["code"]) == (503, "server_full")


def test_a_stream_that_has_begun_waits_for_its_turn(url: str) -> None:
    with client_of(app_on(url, Failing({1: ServerFull(), 2: ServerFull()}))) as client:
        assert len(client.get(PORTFOLIO, headers=LINES).text.splitlines()) == ACCOUNTS


def test_a_stream_is_broken_off_without_its_end(url: str) -> None:
    app, limits = app_on(url, Failing({1: NotComputed()})), Limits()
    with (
        serving_in_thread(app, limits) as (_, port),
        closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection,
    ):
        connection.request("GET", PORTFOLIO, headers=LINES)
        response = connection.getresponse()
        assert response.status == 200
        with pytest.raises(IncompleteRead) as broken:
            response.read()
    assert len(broken.value.partial.splitlines()) == CHUNK


def test_a_real_server_streams_all_rows(url: str, tmp_path: Path) -> None:
    with serving(url, tmp_path) as server:
        reply = server.get(PORTFOLIO, **LINES)
        assert reply.status == 200
        assert [json.loads(line)["account"] for line in reply.body.splitlines()] == [
            f"a{number:03}" for number in range(ACCOUNTS)
        ]
        chosen = server.get(f"{PORTFOLIO}&tier=S", **LINES)
        assert len(chosen.body.splitlines()) == len(range(7, ACCOUNTS, 100))
        assert server.get(f"{PORTFOLIO}&tier=A", **LINES).body == b""
        assert json.loads(server.get(f"{PORTFOLIO}&tier=S&sort=account").body)["rows"][0]["account"] == "a007"
        assert server.get(f"{PORTFOLIO}&sort=nothing").status == 400
