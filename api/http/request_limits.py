"""Refuse requests that are too large or not text, before anything of them is understood."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.limits import Limits
from api.http.problems import code_of, problem_response

_LENGTH_DIGITS = 18

BODY_TOO_LARGE = "The body is larger than {most:,} bytes."
ADDRESS_TOO_LONG = "The address is longer than {most:,} bytes."
HEADERS_TOO_LARGE = "The first line and the headers are larger than {most:,} bytes together."
NOT_UTF_8 = "The address is not UTF-8: percent-encode the bytes of UTF-8."


class RequestLimits:
    """Answers 413 to a body, 414 to an address and 431 to headers that are too large, 400 to an address not in UTF-8.

    Starlette has a limit of bodies too, but answers in plain text where the length is declared.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self._app = app
        self._limits = limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        wrong = self._wrong_with(scope)
        if wrong is None:
            await self._app(scope, self._counted(receive), send)
            return
        status, detail = wrong
        await problem_response(status, code_of(status), detail, scope["path"])(scope, receive, send)

    def _wrong_with(self, scope: Scope) -> tuple[int, str] | None:
        most = self._limits.header_bytes
        path = scope.get("raw_path") or scope["path"].encode(errors="replace")
        address = len(path) + 1 + len(scope["query_string"])
        if address > most:
            return 414, ADDRESS_TOO_LONG.format(most=most)
        # A header ends with a colon, a blank and a line's end.
        if address + sum(len(name) + len(value) + 4 for name, value in scope["headers"]) > most:
            return 431, HEADERS_TOO_LARGE.format(most=most)
        if _declared(scope) > self._limits.body_bytes:
            return 413, BODY_TOO_LARGE.format(most=self._limits.body_bytes)
        if not (_is_utf_8(path) and _is_utf_8(scope["query_string"])):
            return 400, NOT_UTF_8
        return None

    def _counted(self, receive: Receive) -> Receive:
        """The body as it arrives; the part beyond the limit is HTTPException, which becomes a problem."""
        total = 0

        async def counted() -> Message:
            nonlocal total
            message = await receive()
            total += len(message.get("body", b""))
            if total > self._limits.body_bytes:
                raise HTTPException(413, BODY_TOO_LARGE.format(most=self._limits.body_bytes))
            return message

        return counted


def _declared(scope: Scope) -> int:
    """The length that a request says its body has; 0 where it says none."""
    written = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    return int(written[:_LENGTH_DIGITS]) if written.isdigit() else 0


def _is_utf_8(encoded: bytes) -> bool:
    try:
        unquote_to_bytes(encoded).decode()
    except UnicodeDecodeError:
        return False
    return True
