"""The server over TCP, as a process of its own: its smallest answer, and warm answers against a bare route."""

from __future__ import annotations

import http.client
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.bare_server import PATH
from benchmarks.load import requests_per_cpu_second
from benchmarks.measuring import Result, seconds, side_by_side
from benchmarks.portfolio import NOW, account_of_60
from swaymap.store import open_store

LIMIT = 5.0
"""Milliseconds that it may take: the peer is this limit, for there is no program to compare with."""

TIMES = 200

REQUESTS = 4_000
"""Requests of a run, by 16 clients."""

UNIT = "requests a CPU second"

COVERAGE = "/api/v1/accounts/acme/coverage?as_of=2026-11-23"
MAP = "/api/v1/accounts/acme/map?as_of=2026-11-23"


def livez() -> Result:
    """The median of `/livez` on a kept connection, in ms, against its limit."""
    with tempfile.TemporaryDirectory() as folder, _swaymap(f"sqlite:///{folder}/s.db") as (_, port):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        asked = [seconds(lambda: _ask(connection)) * 1000 for _ in range(TIMES)]
        connection.close()
    median = statistics.median(asked)
    return Result(median, LIMIT, "ms", LIMIT / median)


def http_coverage() -> Result:
    """GET coverage of an account of 60 people, warm, against a bare route that returns as many bytes."""
    with _served() as server, server.beside(COVERAGE, "application/json") as bare:
        return _against(server.load(COVERAGE), bare.load(PATH))


def http_304() -> Result:
    """The same by callers who have the answer already."""
    with _served() as server, server.beside(COVERAGE, "application/json") as bare:
        tag = server.ask(COVERAGE).headers["ETag"]
        return _against(server.load(COVERAGE, f"If-None-Match: {tag}", status=304), bare.load(PATH))


def http_map() -> Result:
    """The map page of the account, warm and compressed, against a bare route that sends the same compressed bytes."""
    packed = "Accept-Encoding: gzip"
    with _served() as server, server.beside(MAP, "text/html", "gzip") as bare:
        return _against(server.load(MAP, packed), bare.load(PATH, packed))


class _Running:
    """A server process, and requests to it."""

    def __init__(self, process: int, port: int) -> None:
        self._process, self._port = process, port

    def ask(self, path: str, **headers: str) -> _Reply:
        """The answer to a GET, which must be 200."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        assert answer.status == 200
        reply = _Reply(answer)
        connection.close()
        return reply

    def load(self, path: str, *headers: str, status: int = 200) -> Callable[[], float]:
        """A run of requests, which gives how many a CPU second are answered."""
        return lambda: requests_per_cpu_second(
            self._process, self._port, path, REQUESTS, headers=headers, status=status
        )

    @contextmanager
    def beside(self, path: str, media_type: str, encoding: str | None = None) -> Iterator[_Running]:
        """A bare server that sends the bytes that this one answers."""
        reply = self.ask(path, **{"Accept-Encoding": encoding or "identity"})
        assert reply.headers.get("Content-Encoding") == encoding
        with tempfile.NamedTemporaryFile() as file:
            file.write(reply.body)
            file.flush()
            settings = [media_type, *([encoding] if encoding else [])]
            command = [sys.executable, "-m", "benchmarks.bare_server", file.name, *settings]
            with _process(command) as (process, port):
                yield _Running(process, port)


class _Reply:
    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.body, self.headers = answer.read(), answer.headers


def _against(ours: Callable[[], float], peer: Callable[[], float]) -> Result:
    return side_by_side(ours, peer, unit=UNIT, runs=5, better="higher")


def _ask(connection: http.client.HTTPConnection) -> None:
    connection.request("GET", "/livez")
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200


@contextmanager
def _served() -> Iterator[_Running]:
    """A `swaymap serve` on a store with one account of 60 people."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/s.db"
        with open_store(url) as store:
            store.graph_store.apply(account_of_60(), source="benchmark", recorded_by="benchmark", recorded_at=NOW)
        with _swaymap(url) as (process, port):
            yield _Running(process, port)


@contextmanager
def _swaymap(url: str) -> Iterator[tuple[int, int]]:
    """A `swaymap serve` on a store: its process and port; ended at the end."""
    command = [Path(sys.executable).with_name("swaymap"), "serve", "--port", "0", "--store", url]
    with _process(command) as running:
        yield running


@contextmanager
def _process(command: Sequence[str | Path]) -> Iterator[tuple[int, int]]:
    """A server process that prints its address, and its port; ended at the end."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        assert address is not None
        yield process.pid, int(address[1])
    finally:
        process.terminate()
        process.wait()
