"""Connections: TCP_NODELAY, how large a request may be, how long it may take, how many there are."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
import uvicorn

from api.http.app import create_app
from api.http.limits import Limits
from api.settings import load_settings
from graph.model.calibration import load_calibration
from graph.model.problem import InputError
from graph.store import open_store
from tests.api.serving import answer_on, connected, exchange, is_closed, request, serving
from tests.api.waiting import wait_for

LIMITS = Limits(arrival_seconds=600, idle_seconds=600, connections=4)
IMPATIENT = Limits(arrival_seconds=1, idle_seconds=600)
HURRIED = Limits(arrival_seconds=600, idle_seconds=1)
WHAT_IF = "/api/v1/accounts/qinglan/what-if"
MB = 1_000_000


@pytest.fixture(scope="module")
def served(sample_url: str) -> Iterator[tuple[uvicorn.Server, int]]:
    """The sample company behind a server that takes few connections, and waits for them as long as a test does."""
    with serving_sample(sample_url, LIMITS) as running:
        yield running


@contextmanager
def serving_sample(sample_url: str, limits: Limits) -> Iterator[tuple[uvicorn.Server, int]]:
    app = create_app(open_store(sample_url), load_calibration(None), limits)
    with serving(app, limits) as running:
        yield running


@pytest.fixture(scope="module")
def impatient(sample_url: str) -> Iterator[int]:
    """The port of a server that waits for a request a second."""
    with serving_sample(sample_url, IMPATIENT) as (_, port):
        yield port


@pytest.fixture(autouse=True)
def _patient_with_what_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slowly a test sends the rest of a refused request, it gets to read the answer."""
    monkeypatch.setattr("api.http.transport.LINGER_SECONDS", 600.0)


@pytest.fixture
def port(served: tuple[uvicorn.Server, int]) -> int:
    """The port of a server on which no connection of another test is left."""
    server, port = served
    wait_for(lambda: not server.server_state.connections, "the connections are closed")
    return port


def test_an_accepted_connection_sends_without_delay(served: tuple[uvicorn.Server, int], port: int) -> None:
    server, _ = served
    with connected(port) as connection:
        connection.sendall(request("/livez"))
        assert answer_on(connection).status == 200
        (protocol,) = server.server_state.connections
        accepted = protocol.transport.get_extra_info("socket")  # type: ignore[union-attr]
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_a_body_of_60_mb_is_refused_before_it_is_read(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(request(WHAT_IF, f"Content-Length: {60 * MB}", method="POST"))
        answer = answer_on(connection)
    assert answer.status == 413
    assert answer.problem["code"] == "body_too_large"
    assert answer.problem["instance"] == WHAT_IF


def test_who_sends_60_mb_first_reads_why_it_was_refused(port: int) -> None:
    with connected(port) as connection:
        connection.sendall(request(WHAT_IF, f"Content-Length: {60 * MB}", method="POST"))
        for _ in range(60):
            connection.sendall(b"x" * MB)
        assert answer_on(connection).status == 413
        connection.sendall(request("/livez"))
        assert answer_on(connection).status == 200


def test_a_body_in_chunks_is_counted_as_it_arrives(port: int) -> None:
    with connected(port) as connection:
        headers = ["Content-Type: application/json", "Transfer-Encoding: chunked"]
        connection.sendall(request(WHAT_IF, *headers, method="POST"))
        for _ in range(1001):
            connection.sendall(b"3e8\r\n" + b" " * 1000 + b"\r\n")
        answer = answer_on(connection)
    assert (answer.status, answer.problem["code"]) == (413, "body_too_large")


def test_a_body_of_1_mb_is_taken(port: int) -> None:
    body = json.dumps({"without": ["wu-tao"]}).encode().ljust(MB)
    headers = ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    assert exchange(port, request(f"{WHAT_IF}?as_of=2026-11-23", *headers, method="POST") + body).status == 200


@pytest.mark.parametrize("size", [17_000, 200_000, 5_000_000])
def test_headers_beyond_16_kb_are_refused(port: int, size: int) -> None:
    sent = request("/livez", f"X-Long: {'x' * size}")
    with connected(port) as connection:
        _send(connection, sent)
        answer = answer_on(connection)
        assert answer.status == 431
        assert answer.problem["code"] == "headers_too_large"


@pytest.mark.parametrize("size", [17_000, 200_000, 60 * MB])
def test_an_address_beyond_16_kb_is_refused(port: int, size: int) -> None:
    with connected(port) as connection:
        _send(connection, request(f"/api/v1/accounts/{'x' * size}/people"))
        answer = answer_on(connection)
        assert answer.status == 414
        assert answer.problem["code"] == "address_too_long"
        assert len(answer.body) < 1000


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\nHost: a b\r\n",
        request("/livez", "X: y")[:-2],
        request(WHAT_IF, "Content-Length: 9", method="POST"),
    ],
    ids=["in a header", "before the end of the headers", "before the body"],
)
def test_a_request_that_never_ends_is_given_up(impatient: int, sent: bytes) -> None:
    with connected(impatient) as connection:
        connection.sendall(sent)
        answer = answer_on(connection)
        assert (answer.status, answer.problem["code"]) == (408, "request_timeout")
        assert "within 1 seconds" in answer.problem["detail"]
        assert is_closed(connection)


def test_a_byte_now_and_then_does_not_buy_time(impatient: int) -> None:
    with connected(impatient) as connection:
        connection.settimeout(0.05)
        connection.sendall(b"GET /livez HTTP/1.1\r\n")
        received = b""
        while not received:
            connection.sendall(b"X: y\r\n")
            try:
                received = connection.recv(12)
            except TimeoutError:
                continue
        assert received == b"HTTP/1.1 408"


def test_an_idle_connection_is_closed(sample_url: str) -> None:
    with serving_sample(sample_url, HURRIED) as (_, port), connected(port) as silent:
        assert is_closed(silent)
        while True:
            with connected(port) as kept:
                try:
                    kept.sendall(request("/livez"))
                    answer = answer_on(kept)
                except (ConnectionError, IndexError):
                    continue  # This machine took more than the second between the two steps.
                assert answer.status == 200
                assert is_closed(kept)
                break


def test_one_connection_too_many_is_told_so_and_closed(served: tuple[uvicorn.Server, int], port: int) -> None:
    server, _ = served
    with ExitStack() as stack:
        many = [stack.enter_context(connected(port)) for _ in range(LIMITS.connections)]
        wait_for(lambda: len(server.server_state.connections) == LIMITS.connections, "the server is full")
        with connected(port) as extra:
            extra.sendall(request("/api/v1/accounts"))
            answer = answer_on(extra)
            assert (answer.status, answer.problem["code"]) == (503, "too_many_connections")
            assert int(answer.headers["retry-after"]) > 0
            assert is_closed(extra)
        with connected(port) as probe:
            probe.sendall(request("/livez"))
            assert answer_on(probe).status == 200
            assert is_closed(probe)
        many[0].close()
        wait_for(lambda: len(server.server_state.connections) < LIMITS.connections, "a connection is free")
        assert exchange(port, request("/api/v1/accounts")).status == 200


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"GET /livez HTTP/1.1\r\n\r\n", 400),
        (request("/livez", "Transfer-Encoding: gzip"), 501),
        (request("/liv\x80ez"), 400),
        (request(WHAT_IF, "Transfer-Encoding: chunked", method="POST") + b"no length\r\n", 400),
        (request("/livez", f"Content-Length: {'9' * 5000}"), 400),
    ],
)
def test_what_is_no_request_is_a_problem_too(port: int, sent: bytes, status: int) -> None:
    answer = exchange(port, sent)
    assert answer.status == status
    assert answer.problem["status"] == status


def test_head_is_answered_without_a_body(port: int) -> None:
    with connected(port) as connection:
        for path in ("/livez", "/api/v1/accounts", "/nowhere"):
            connection.sendall(request(path, method="HEAD"))
            head = answer_on(connection, has_body=False)
            connection.sendall(request(path))
            full = answer_on(connection)
            assert head.status == full.status
            assert head.headers["content-length"] == full.headers["content-length"] == str(len(full.body))


@pytest.mark.parametrize(
    ("name", "value"),
    [("SWAYMAP_LIMIT_BODY_BYTES", "a lot"), ("SWAYMAP_LIMIT_CONNECTIONS", "0"), ("SWAYMAP_LIMIT_HEADER_BYTES", "-1")],
)
def test_a_setting_that_is_no_limit_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError, match=f"{name} is {value}: write a whole number") as found:
        load_settings()
    assert found.value.code == "setting_not_a_limit"


@pytest.mark.parametrize("value", ["soon", "0", "-1", "inf", "nan"])
@pytest.mark.parametrize("name", ["SWAYMAP_LIMIT_QUESTION_SECONDS", "SWAYMAP_LIMIT_STOP_SECONDS"])
def test_a_setting_that_is_no_time_is_refused(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError) as found:
        load_settings()
    assert found.value.code == "setting_not_a_time"
    assert found.value.message.render("en") == f"{name} is {value}: write a number of seconds, at least 0.001."


def _send(connection: socket.socket, sent: bytes) -> None:
    """Send all, or as much as the server takes before it closes."""
    view: Any = memoryview(sent)
    try:
        while view:
            view = view[connection.send(view[:MB]) :]
    except (BrokenPipeError, ConnectionResetError):
        pass
