"""A real server of the application in a thread, and requests written byte by byte."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from api.http.limits import Limits
from api.http.transport import listening_socket, server_config
from tests.api.waiting import LONGEST, wait_for


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes received on a connection."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def problem(self) -> Any:
        """The body, which must be a problem."""
        assert self.headers["content-type"] == "application/problem+json"
        return json.loads(self.body)


@contextmanager
def serving(app: ASGIApp, limits: Limits) -> Iterator[tuple[uvicorn.Server, int]]:
    """The server, and its port on 127.0.0.1."""
    listening = listening_socket("127.0.0.1", 0)
    server = uvicorn.Server(server_config(app, limits))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        wait_for(lambda: server.started, "the server starts")
        yield server, listening.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(LONGEST)
        listening.close()
    assert not thread.is_alive()


def connected(port: int) -> socket.socket:
    """A connection to the server."""
    return socket.create_connection(("127.0.0.1", port), timeout=LONGEST)


def request(path: str, *headers: str, method: str = "GET") -> bytes:
    """The head of a request."""
    return "\r\n".join([f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers, "", ""]).encode("latin-1")


def answer_on(connection: socket.socket, has_body: bool = True) -> Answer:
    """The next answer on a connection."""
    with connection.makefile("rb") as stream:
        status = int(stream.readline().split()[1])
        headers = {}
        while (line := stream.readline().strip()) != b"":
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        return Answer(status, headers, stream.read(int(headers["content-length"])) if has_body else b"")


def is_closed(connection: socket.socket) -> bool:
    """Whether nothing more comes: waits for the server to close its side."""
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def exchange(port: int, sent: bytes) -> Answer:
    """One request on a connection of its own."""
    with connected(port) as connection:
        connection.sendall(sent)
        return answer_on(connection)
