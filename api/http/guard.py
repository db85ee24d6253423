"""Reject requests for a foreign Host (DNS rebinding): only this machine's names are answered."""

from __future__ import annotations

import ipaddress
import re

from starlette.types import ASGIApp, Receive, Scope, Send

from api.http.problems import problem_response

_HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(?::\d{1,5})?")


class LocalHostsOnly:
    """Answers 400 to a missing or malformed Host header and 421 to one that is not this machine's.

    A page of another site that makes its own name resolve to 127.0.0.1 (DNS rebinding) still sends that name.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
        match = _HOST.fullmatch(hosts[0]) if len(hosts) == 1 else None
        if match is None:
            response = problem_response(400, "bad_host", "The Host header is missing or malformed.", scope["path"])
        elif not is_local(match["name"]):
            response = problem_response(
                421, "foreign_host", "This server answers only as 127.0.0.1 or localhost.", scope["path"]
            )
        else:
            await self._app(scope, receive, send)
            return
        await response(scope, receive, send)


def is_local(name: str) -> bool:
    """Whether a host name means this machine."""
    if name.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False
