"""A finished answer: all that a worker process computes, and all that the server sends."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from fastapi import Request
from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class Answer:
    """A body with its media type, its ETag and further headers."""

    body: bytes
    media_type: str
    tag: str
    headers: Mapping[str, str]


def answer(body: str | bytes, media_type: str, **headers: str) -> Answer:
    """A finished answer; its ETag is a hash of the body."""
    content = body.encode() if isinstance(body, str) else body
    return Answer(content, media_type, f'"{hashlib.sha256(content).hexdigest()[:32]}"', headers)


def answer_json(value: Any) -> Answer:
    """A finished answer in JSON."""
    return answer(orjson.dumps(value), "application/json")


def response_to(request: Request, answered: Answer) -> Response:
    """The response that gives an answer; 304 without a body where the caller has it already."""
    shared = {
        "ETag": answered.tag,
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
        **answered.headers,
    }
    known = {tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")}
    if answered.tag in known or "*" in known:
        return Response(status_code=304, headers=shared)
    return Response(answered.body, media_type=answered.media_type, headers=shared)
