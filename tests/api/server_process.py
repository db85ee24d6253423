"""A server as a person starts it, `swaymap serve`, on a port of its own."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.api.waiting import LONGEST, is_running, wait_for


@dataclass(frozen=True)
class Reply:
    """A response, read to its end."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Served:
    """A running server."""

    process: subprocess.Popen[str]
    port: int
    errors: Path

    def get(self, path: str, **headers: str) -> Reply:
        """The reply to a GET."""
        return self._reply("GET", path, None, headers)

    def post(self, path: str, value: object) -> Reply:
        """The reply to a POST of JSON."""
        return self._reply("POST", path, json.dumps(value), {"content-type": "application/json"})

    def _reply(self, method: str, path: str, body: str | None, headers: Mapping[str, str]) -> Reply:
        """The reply to a request on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return Reply(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    def connected(self, path: str) -> socket.socket:
        """A connection on which a GET was sent and nothing is read."""
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=LONGEST)
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        return raw

    def workers(self) -> list[int]:
        """The worker processes: what the process forks that the server keeps for this."""
        return [worker for helper in _children(self.process.pid) for worker in _children(helper)]

    def computing(self) -> list[int]:
        """The worker processes that use the processor at this moment, as far as a look can tell."""
        return [worker for worker in self.workers() if _state(worker) == "R"]

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end: the exit status."""
        self.process.send_signal(number)
        return self.process.wait(LONGEST)


def _children(process: int) -> list[int]:
    try:
        listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(pid) for pid in listed.split() if is_running(int(pid))]


def _state(process: int) -> str:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return "X"


@contextmanager
def serving(url: str, folder: Path, **environment: str) -> Iterator[Served]:
    """A server on a store, as its own process; whatever the test does to it, it and its workers are gone afterwards."""
    errors = folder / "errors.txt"
    with errors.open("w") as log:
        process = subprocess.Popen(
            [Path(sys.executable).with_name("swaymap"), "serve", "--port", "0", "--store", url],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=folder,
            env={**os.environ, "SWAYMAP_LANG": "en", **environment},
        )
    with process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            address = next((word for word in line.split() if word.startswith("http://")), None)
            assert address, errors.read_text()
            port = urlsplit(address).port
            assert port
            served = Served(process, port, errors)
            yield served
        finally:
            left = served.workers() if process.poll() is None else []
            process.kill()
            process.wait()
            for pid in left:
                wait_for(lambda pid=pid: not is_running(pid), f"worker {pid} ends with its server")  # type: ignore[misc]
