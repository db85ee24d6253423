"""A finished answer: all that a worker process computes, and all that the server sends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson


@dataclass(frozen=True, slots=True)
class Answer:
    """A body with its media type and further headers."""

    body: bytes
    media_type: str
    headers: Mapping[str, str]


def answer(body: str | bytes, media_type: str, **headers: str) -> Answer:
    """A finished answer."""
    return Answer(body.encode() if isinstance(body, str) else body, media_type, headers)


def answer_json(value: Any) -> Answer:
    """A finished answer in JSON."""
    return answer(orjson.dumps(value), "application/json")
