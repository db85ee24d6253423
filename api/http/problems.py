"""Errors in one shape: problem+json (RFC 9457) with `type`, `title`, `status`, `detail`, `instance` and `code`."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from graph.model.echo import cut, printable
from graph.model.problem import InputError, Refused, SwaymapError, TooLarge, Unavailable, UnknownRecord

MEDIA_TYPE = "application/problem+json"
PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance", "code"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "code": {"type": "string"},
    },
}

RETRY_SECONDS = 5
"""When a caller may try again what could not be answered now."""

LONGEST_DETAIL = 2000
LONGEST_INSTANCE = 200
"""Characters of an answer's `detail` and `instance`, whatever was asked."""

_ANYWHERE = (400, 408, 413, 414, 421, 431, 503)
"""Statuses that any route may answer: a request that is malformed, late, too large, for another host, or one too
many; a store that is away."""

_STATUS: dict[type[SwaymapError], int] = {
    SwaymapError: 400,
    InputError: 400,
    UnknownRecord: 404,
    Refused: 409,
    TooLarge: 422,
    Unavailable: 503,
}
"""The status of each class of errors, and of its subclasses that are not named here."""

_CODES = {400: "bad_request", 413: "body_too_large", 414: "address_too_long", 431: "headers_too_large"}

_log = logging.getLogger("swaymap.http")


def problem_body(status: int, code: str, detail: str, path: str) -> bytes:
    """A problem as JSON. Whatever text is given, it can be encoded, and long text is cut."""
    return orjson.dumps(
        {
            "type": f"urn:swaymap:problem:{code}",
            "title": HTTPStatus(status).phrase,
            "status": status,
            "detail": cut(printable(detail), LONGEST_DETAIL),
            "instance": instance_of(path),
            "code": code,
        }
    )


def problem_response(
    status: int, code: str, detail: str, path: str, headers: Mapping[str, str] | None = None
) -> Response:
    """A problem as a response. A 503 says when to try again."""
    retry = {"Retry-After": str(RETRY_SECONDS)} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    body = problem_body(status, code, detail, path)
    return Response(body, status, media_type=MEDIA_TYPE, headers={**retry, **(headers or {})})


def instance_of(path: str) -> str:
    """The path of a request as a URI reference; long ids in it are cut."""
    short = "/".join(cut(part) for part in path.split("/"))
    return cut(quote(printable(short), safe="/:@!$&'()*+,;=~"), LONGEST_INSTANCE)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route may answer, for the OpenAPI document: these, and those that any route may."""
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": PROBLEM_SCHEMA}}}
        for status in sorted({*_ANYWHERE, *statuses})
    }


def install_problems(app: FastAPI) -> None:
    """Make every error of the application a problem."""
    app.add_exception_handler(SwaymapError, _known)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _plain)
    app.add_exception_handler(Exception, _fault)


def status_of(problem: SwaymapError) -> int:
    """The HTTP status of an error: that of its class, else of the nearest base class that has one."""
    return next(_STATUS[kind] for kind in type(problem).__mro__ if kind in _STATUS)


def code_of(status: int) -> str:
    """The code of a problem that has none of its own: of a request as such, whatever it asks."""
    return _CODES.get(status) or HTTPStatus(status).phrase.lower().replace(" ", "_")


def _known(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, SwaymapError)
    lang = "zh" if request.query_params.get("lang") == "zh" else "en"
    return problem_response(status_of(problem), problem.code, problem.message.render(lang), request.scope["path"])


def _malformed(request: Request, wrong: Exception) -> Response:
    assert isinstance(wrong, RequestValidationError)
    detail = "; ".join(map(_error_text, wrong.errors()))
    return problem_response(400, "bad_request", detail, request.scope["path"])


def _error_text(error: dict[str, Any]) -> str:
    """One fault of a request: where, what was typed, and what would be right."""
    where = ".".join(cut(str(step)) for step in error["loc"][1:]) or "body"
    typed = error.get("input")
    echo = f" (not “{cut(str(typed))}”)" if isinstance(typed, (str, int, float)) and error["type"] != "missing" else ""
    return f"{where}: {error['msg']}{echo}"


def _plain(request: Request, wrong: Exception) -> Response:
    assert isinstance(wrong, HTTPException)
    headers = dict(wrong.headers or {})
    if "GET" in headers.get("Allow", "").split(", "):
        headers["Allow"] += ", HEAD"
    status = wrong.status_code
    return problem_response(status, code_of(status), str(wrong.detail), request.scope["path"], headers)


def _fault(request: Request, fault: Exception) -> Response:
    # The path names an account at most; the query and the records stay out of the log.
    _log.error("fault on %s: %s", instance_of(request.scope["path"]), type(fault).__name__)
    return problem_response(500, "fault", "This is a fault of the server, not of the request.", request.scope["path"])
