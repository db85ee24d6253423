"""The connections under the application: the listening socket, and limits that only a connection can enforce."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
from typing import Any

import h11
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from api.http.limits import Limits
from api.http.problems import MEDIA_TYPE, code_of, problem_body, problem_response
from api.http.request_limits import ADDRESS_TOO_LONG, HEADERS_TOO_LARGE

LINGER_SECONDS = 2.0
"""How long the rest of a refused request is read and thrown away, so that its sender gets to read the answer.

Closing at once would send a reset, which may destroy an answer that is under way.
"""

LIVENESS = "/livez"
"""The address that is answered on a connection too many as well: a full server lives."""

_REFUSALS = {
    400: "This is no HTTP request.",
    408: "The request did not arrive in full within {seconds} seconds.",
    414: ADDRESS_TOO_LONG,
    431: HEADERS_TOO_LARGE,
    501: "Only Transfer-Encoding: chunked is understood.",
}


def listening_socket(host: str, port: int) -> socket.socket:
    """A listening TCP socket. Raises OSError where the port is taken.

    It names its protocol: asyncio sets TCP_NODELAY only on connections of such a socket, and without that a small
    answer on a kept connection waits some 40 ms for the other side's delayed acknowledgement.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


def server_config(app: ASGIApp, limits: Limits, **more: Any) -> uvicorn.Config:
    """The configuration of a uvicorn server that keeps the limits; `more` as uvicorn.Config."""

    class Protocol(LimitedProtocol):
        own = limits

    return uvicorn.Config(
        app,
        http=Protocol,
        ws="none",
        timeout_keep_alive=limits.idle_seconds,
        h11_max_incomplete_event_size=limits.header_bytes,
        log_level="warning",
        server_header=False,
        **more,
    )


class LimitedProtocol(H11Protocol):
    """A connection of uvicorn with limits of time and number, whose own errors are problems too."""

    own: Limits

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._arriving: asyncio.TimerHandle | None = None
        self._arrival_seconds = self.own.arrival_seconds
        self._is_refused = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._expect_a_request()
        if len(self.connections) > self.own.connections:
            # It is served once more, to be told so, and is not kept.
            self.app = _Full(self.app)
            self._arrival_seconds = self.own.idle_seconds
            self.timeout_keep_alive = 0

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._is_refused:
            return
        super().data_received(data)
        if self._is_refused:
            return
        if self.conn.their_state not in (h11.IDLE, h11.SEND_BODY):
            self._stop_waiting()
        elif self._arriving is None:
            self._arriving = self.loop.call_later(self._arrival_seconds, self._late)

    def send_400_response(self, msg: str) -> None:
        """Called by uvicorn while it handles what h11 found wrong with a request."""
        wrong = sys.exc_info()[1]
        status = wrong.error_status_hint if isinstance(wrong, h11.RemoteProtocolError) else 400
        if status not in _REFUSALS:
            status = 400
        if status == 431 and b"\n" not in self.conn.trailing_data[0]:
            status = 414
        self._refuse(status)

    def _expect_a_request(self) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(self.own.idle_seconds, self.timeout_keep_alive_handler)

    def _stop_waiting(self) -> None:
        if self._arriving is not None:
            self._arriving.cancel()
            self._arriving = None

    def _late(self) -> None:
        self._arriving = None
        if self._has_headers() and self.cycle.response_started:
            self.transport.close()
        else:
            self._refuse(408)

    def _refuse(self, status: int) -> None:
        """Answer with a problem, whatever has arrived of the request, and close."""
        self._stop_waiting()
        self._unset_keepalive_if_required()
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        if self._has_headers() and not self.cycle.response_complete:
            # The application waits for a body that never comes: it is told that the caller has gone.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        detail = _REFUSALS[status].format(most=self.own.header_bytes, seconds=self._arrival_seconds)
        body = problem_body(status, code_of(status), detail, self.scope["path"] if self._has_headers() else "")
        self._write(h11.Response(status_code=status, headers=_headers(body)))
        self._write(h11.Data(data=body))
        self._write(h11.EndOfMessage())
        self._linger()

    def _write(self, event: h11.Event) -> None:
        self.transport.write(self.conn.send(event) or b"")

    def _has_headers(self) -> bool:
        """Whether of the request that is arriving only the body, or a part of it, is missing."""
        return self.conn.their_state is h11.SEND_BODY

    def _linger(self) -> None:
        self._is_refused = True
        self.flow.resume_reading()
        with contextlib.suppress(OSError):
            self.transport.write_eof()
        self.loop.call_later(LINGER_SECONDS, self.transport.abort)


class _Full:
    """The application of a connection that is one too many."""

    def __init__(self, app: Any) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == LIVENESS:
            await self._app(scope, receive, send)
            return
        detail = "Too many connections are open: try again in a moment."
        response = problem_response(503, "too_many_connections", detail, scope["path"], {"Connection": "close"})
        await response(scope, receive, send)


def _headers(body: bytes) -> list[tuple[str, str]]:
    return [("Content-Type", MEDIA_TYPE), ("Content-Length", str(len(body))), ("Connection", "close")]
