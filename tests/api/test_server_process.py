"""A real server: it lives while it computes, gives up what nobody waits for, and ends when it is told to."""

from __future__ import annotations

import datetime
import os
import signal
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from api.http.computing.pool import processors
from api.http.limits import Limits
from api.http.server import LAST_WORDS
from graph.store import open_store
from tests.api.server_process import Reply, Served, serving
from tests.api.waiting import LONGEST, is_running, wait_for
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

COVERAGE = "/api/v1/accounts/qinglan/coverage?as_of=2026-11-23"
MAP = "/api/v1/accounts/qinglan/map?as_of=2026-11-23"
LARGE = "/api/v1/accounts/acme"
SLOW = f"{LARGE}/compare?from=2026-03-01&to=2026-11-23"
"""Two days of a thousand people: many seconds of processor time."""

NOTHING_KEPT = {"SWAYMAP_LIMIT_KEPT_BYTES": "0"}
"""Every answer is computed."""

EVER = {"SWAYMAP_LIMIT_LONG_SECONDS": "3600", "SWAYMAP_LIMIT_ANSWER_SECONDS": "3600"}


@pytest.fixture(scope="session")
def large_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with one account of a thousand people; tests only read it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('large') / 'swaymap.db'}"
    store = open_store(url)
    records = dataset_of(random_account(7, people=1000, members=20, opportunities=1))
    store.apply(records, source="tests", recorded_by="tests", recorded_at=datetime.datetime.now(datetime.UTC))
    store.close()
    return url


def asked(server: Served, path: str, times: int) -> tuple[ThreadPoolExecutor, list[Future[Reply]]]:
    """So many requests at once, and what becomes of them."""
    threads = ThreadPoolExecutor(times)
    return threads, [threads.submit(server.get, path) for _ in range(times)]


def test_workers_answer_every_route_as_one_process_does(sample_url: str, client: TestClient, tmp_path: Path) -> None:
    values = {"account": "qinglan", "person": "pan-yi", "to": "lin-qiuyue", "from": "2026-09-01"}
    paths = ["/?as_of=2026-11-23"]
    for template, methods in client.get("/api/v1/openapi.json").json()["paths"].items():
        asked = methods.get("get", {}).get("parameters", [])
        if asked:  # what has none is not computed
            needed = {
                parameter["name"]: values[parameter["name"]]
                for parameter in asked
                if parameter["in"] == "query" and parameter["required"]
            }
            paths.append(f"{template.format_map(values)}?{urlencode({'as_of': '2026-11-23', **needed})}")
    assert len(paths) > 15
    with serving(sample_url, tmp_path) as server:
        for path in paths:
            reply, expected = server.get(path), client.get(path, headers={"accept-encoding": "identity"})
            assert (path, reply.status) == (path, 200)
            assert reply.body == expected.content
            assert reply.headers["etag"] == expected.headers["etag"]
            assert reply.headers["content-type"] == expected.headers["content-type"]
        body = {"stance": [{"person": "pan-yi", "stance": 2}], "without": ["wu-tao"]}
        what_if = "/api/v1/accounts/qinglan/what-if?as_of=2026-11-23"
        assert server.post(what_if, body).body == client.post(what_if, json=body).content
        assert server.get("/api/v1/accounts/quinglan/coverage").status == 404


def test_a_busy_server_lives_turns_away_what_is_too_much_and_ends_when_told(large_url: str, tmp_path: Path) -> None:
    with serving(large_url, tmp_path, **EVER) as server:
        threads, replies = asked(server, SLOW, 45)
        with threads:
            wait_for(lambda: len(server.workers()) == 8, "eight compute")
            assert server.get("/livez").json == {"status": "ok"}
            assert server.get("/readyz").json == {"status": "ok"}
            wait_for(lambda: sum(future.done() for future in replies) == 45 - 8, "all but eight are turned away")
            for reply in (future.result() for future in replies if future.done()):
                assert (reply.status, reply.json["code"]) == (503, "server_full")
                assert int(reply.headers["retry-after"]) > 0
            assert server.get("/livez").status == 200
            workers = server.workers()
            assert server.stop() == 0
            last = [
                future.result() for future in replies if future.exception() is None and future.result().status != 503
            ]
            assert not last
        for worker in workers:
            wait_for(lambda worker=worker: not is_running(worker), "the workers end")  # type: ignore[misc]
        codes = {future.result().json["code"] for future in replies if future.exception() is None}
        assert codes <= {"server_full", "server_stops"}
        assert "Traceback" not in server.errors.read_text()


def test_all_that_an_end_waits_for_is_less_than_five_seconds() -> None:
    assert Limits().stop_seconds + LAST_WORDS < 4


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_server_ends_with_status_0_whatever_its_workers_do(sample_url: str, tmp_path: Path, number: int) -> None:
    limits = {"SWAYMAP_LIMIT_COMPUTING": "1", "SWAYMAP_LIMIT_STOP_SECONDS": "0.2", **NOTHING_KEPT}
    with serving(sample_url, tmp_path, **limits) as server:
        assert server.get(COVERAGE).status == 200
        (worker,) = server.workers()
        os.kill(worker, signal.SIGSTOP)  # it never answers
        with server.connected(COVERAGE) as waiting:
            assert server.stop(number) == 0
            answer = waiting.recv(65536)
        assert answer == b"" or answer.startswith(b"HTTP/1.1 503 ")
        wait_for(lambda: not is_running(worker), "the worker ends")
        assert "Traceback" not in server.errors.read_text()


def test_an_idle_server_ends_at_once(sample_url: str, tmp_path: Path) -> None:
    with serving(sample_url, tmp_path, SWAYMAP_LIMIT_STOP_SECONDS="3600") as server:
        assert server.stop() == 0


def test_workers_end_with_a_server_that_is_killed(large_url: str, tmp_path: Path) -> None:
    with serving(large_url, tmp_path, SWAYMAP_LIMIT_COMPUTING="2", **EVER) as server, server.connected(SLOW):
        wait_for(server.computing, "a worker computes")
        workers = wait_for(lambda: found if len(found := server.workers()) == 2 else None, "two workers")
        server.process.kill()
        for worker in workers:
            wait_for(lambda worker=worker: not is_running(worker), "the worker ends")  # type: ignore[misc]


def test_what_nobody_waits_for_is_given_up(large_url: str, tmp_path: Path) -> None:
    with serving(large_url, tmp_path, SWAYMAP_LIMIT_COMPUTING="1", **EVER) as server:
        assert server.get(f"{LARGE}/coverage").status == 200
        (worker,) = server.workers()
        before = _seconds(worker)
        with server.connected(SLOW):
            wait_for(lambda: _seconds(worker) > before + 0.5, "the worker computes")
        wait_for(lambda: not is_running(worker), "the worker ends")
        assert server.get(f"{LARGE}/coverage").status == 200
        assert worker not in server.workers()


def test_a_worker_that_is_killed_costs_nobody_an_answer(sample_url: str, tmp_path: Path) -> None:
    with serving(sample_url, tmp_path, SWAYMAP_LIMIT_COMPUTING="1", **NOTHING_KEPT) as server:
        expected = server.get(COVERAGE)
        (worker,) = server.workers()
        os.kill(worker, signal.SIGSTOP)
        threads, (reply,) = asked(server, COVERAGE, 1)
        with threads:
            os.kill(worker, signal.SIGKILL)
            assert reply.result(LONGEST).body == expected.body
        assert worker not in wait_for(server.workers, "another worker")


def test_a_question_that_takes_too_long_is_refused_with_what_to_narrow(sample_url: str, tmp_path: Path) -> None:
    with serving(sample_url, tmp_path, SWAYMAP_LIMIT_QUESTION_SECONDS="0.001") as server:
        reply = server.get("/api/v1/accounts/qinglan/paths?to=lin-qiuyue&as_of=2026-11-23")
        assert (reply.status, reply.json["code"]) == (422, "too_large")
        assert reply.headers["content-type"] == "application/problem+json"
        assert "0.001 s" in reply.json["detail"]
        assert "(k)" in reply.json["detail"]
        assert "处理器时间" in server.get(f"{COVERAGE}&lang=zh").json["detail"]
        assert server.get(MAP).status == 200  # has more time


def test_the_fewest_of_a_thousand_people_are_found_in_time(large_url: str, tmp_path: Path) -> None:
    with serving(large_url, tmp_path, SWAYMAP_LIMIT_ANSWER_SECONDS="3600") as server:
        reply = server.get(f"{LARGE}/fewest?as_of=2026-11-23")
        assert reply.status == 200, reply.body
        assert reply.json["shape"]["unity_of_command"] is not None


def test_a_worker_keeps_what_it_has_opened(sample_url: str, tmp_path: Path) -> None:
    with serving(sample_url, tmp_path, SWAYMAP_LIMIT_COMPUTING="1", **NOTHING_KEPT) as server:
        replies = [server.get(COVERAGE) for _ in range(5)]
        assert {reply.status for reply in replies} == {200}
        assert len({reply.body for reply in replies}) == 1
        (worker,) = server.workers()
        again = server.get(COVERAGE, **{"if-none-match": replies[0].headers["etag"]})
        assert (again.status, again.body) == (304, b"")
        assert server.workers() == [worker]


def test_an_answer_that_was_given_before_needs_no_worker(sample_url: str, tmp_path: Path) -> None:
    with serving(sample_url, tmp_path, SWAYMAP_LIMIT_COMPUTING="1") as server:
        first, page = server.get(COVERAGE), server.get(MAP, **{"accept-encoding": "gzip"})
        (worker,) = server.workers()
        os.kill(worker, signal.SIGSTOP)
        try:
            again = server.get(COVERAGE)
            assert (again.status, again.body) == (200, first.body)
            known = server.get(COVERAGE, **{"if-none-match": f'"1-other", W/{first.headers["etag"]}'})
            assert (known.status, known.body) == (304, b"")
            assert server.get(MAP, **{"accept-encoding": "gzip"}).body == page.body
        finally:
            os.kill(worker, signal.SIGCONT)


def test_a_worker_a_processor_is_started_with_the_server(sample_url: str, tmp_path: Path) -> None:
    with serving(sample_url, tmp_path) as server:
        expected = min(processors(), Limits().computing)
        wait_for(lambda: len(server.workers()) == expected, f"{expected} workers")


def _seconds(process: int) -> float:
    """The processor time of a process so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
