"""The server: uvicorn, ended by SIGTERM or SIGINT within seconds, whatever is being computed."""

from __future__ import annotations

import asyncio
import signal
import socket

import uvicorn

from api.http.computing.computation import Computing
from api.http.limits import Limits

LAST_WORDS = 1.0
"""Seconds in which answers that are given up are sent; connections that are still open then are closed."""


class Server(uvicorn.Server):
    """Serves an application until a signal says stop; what is computed then has `stop_seconds` to come to its end.

    From its making on the process ends by SIGTERM and SIGINT only as the server does, with exit status 0.
    """

    def __init__(self, config: uvicorn.Config, computing: Computing, limits: Limits) -> None:
        config.timeout_graceful_shutdown = limits.stop_seconds + LAST_WORDS  # type: ignore[assignment]
        super().__init__(config)
        self._computing = computing
        self._stop_seconds = limits.stop_seconds
        # uvicorn raises the signal again when it has ended: the handlers of before would make a failure of it.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.handle_exit)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the server: no new connections, then the last answers, then the application."""
        asyncio.get_running_loop().call_later(self._stop_seconds, self._computing.stop)
        try:
            await super().shutdown(sockets)
        finally:
            self._computing.stop()
