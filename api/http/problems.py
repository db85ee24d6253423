"""Errors in one shape: problem+json (RFC 9457) with `type`, `title`, `status`, `detail`, `instance` and `code`."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

import orjson
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from graph.analysis.supposing.changes import ImpossibleChange
from graph.model.problem import Problem

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

_log = logging.getLogger("swaymap.http")
_STATUS = {
    **dict.fromkeys(("unknown_account", "unknown_opportunity", "unknown_person"), 404),
    **dict.fromkeys(("unknown_member", "unknown_anybody"), 404),
    "unknown_import": 404,
    **dict.fromkeys(("nobody_there", "no_team"), 409),
    **dict.fromkeys(("neo4j_unreachable", "neo4j_refused", "neo4j_import_running", "locked"), 503),
}


def problem_response(status: int, code: str, detail: str, instance: str, **headers: str) -> Response:
    """A problem as a response."""
    body = {
        "type": f"urn:swaymap:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": instance,
        "code": code,
    }
    return Response(orjson.dumps(body), status, media_type=MEDIA_TYPE, headers=headers)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route may answer, for the OpenAPI document."""
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA_TYPE: {"schema": PROBLEM_SCHEMA}}}
        for status in statuses
    }


def install_problems(app: FastAPI) -> None:
    """Make every error of the application a problem."""
    app.add_exception_handler(Problem, _known)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _plain)
    app.add_exception_handler(Exception, _fault)


def _known(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, Problem)
    lang = "zh" if request.query_params.get("lang") == "zh" else "en"
    status = _STATUS.get(problem.code, 409 if isinstance(problem, ImpossibleChange) else 400)
    return problem_response(status, problem.code, problem.said.render(lang), request.url.path)


def _malformed(request: Request, wrong: Exception) -> Response:
    assert isinstance(wrong, RequestValidationError)
    said = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in wrong.errors())
    return problem_response(400, "bad_request", said, request.url.path)


def _plain(request: Request, wrong: Exception) -> Response:
    assert isinstance(wrong, HTTPException)
    headers = dict(wrong.headers or {})
    code = HTTPStatus(wrong.status_code).phrase.lower().replace(" ", "_")
    return problem_response(wrong.status_code, code, str(wrong.detail), request.url.path, **headers)


def _fault(request: Request, fault: Exception) -> Response:
    # The path names an account at most; the query and the records stay out of the log.
    _log.error("fault on %s: %s", request.url.path, type(fault).__name__)
    return problem_response(500, "fault", "This is a fault of the server, not of the request.", request.url.path)
