"""Limits of requests and of the server: the table `limits` of the settings.

Limits of the data itself, the length of an id and the range of days, are in `graph.model.limits`.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

SHORTEST = 0.001
"""The least that a time may be set to, in seconds."""


def _no_truth(value: Any) -> Any:
    """Refuse true and false, which pydantic would take for 1 and 0."""
    if isinstance(value, bool):
        raise ValueError("not a number")
    return value


Whole = Annotated[int, BeforeValidator(_no_truth)]
Seconds = Annotated[float, BeforeValidator(_no_truth)]


class Limits(BaseModel):
    """Limits with their defaults."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    body_bytes: Whole = Field(default=1_000_000, ge=1)
    """Bytes of a request's body; beyond: 413."""

    header_bytes: Whole = Field(default=16_000, ge=1_000)
    """Bytes of a request's first line and headers; beyond: 431, or 414 where the address alone is too long."""

    arrival_seconds: Whole = Field(default=30, ge=1)
    """Until a request has arrived in full, from its first byte; beyond: 408."""

    idle_seconds: Whole = Field(default=5, ge=1)
    """How long a connection without a request is kept."""

    connections: Whole = Field(default=200, ge=1)
    """Connections at once; beyond: 503 with Retry-After."""

    computing: Whole = Field(default=8, ge=1)
    """Answers that are computed at a time, each in a process of its own."""

    kept_bytes: Whole = Field(default=64_000_000, ge=0)
    """Bytes of finished answers that are kept in memory, to be sent again while their records stay the same."""

    question_seconds: Seconds = Field(default=2, ge=SHORTEST, allow_inf_nan=False)
    """Processor time for a question; beyond: 422."""

    long_seconds: Seconds = Field(default=30, ge=SHORTEST, allow_inf_nan=False)
    """Processor time for what looks at an account in many ways, or at many accounts: maps, compare, portfolio, ..."""

    queue_seconds: Seconds = Field(default=2, ge=SHORTEST, allow_inf_nan=False)
    """How long a request waits while as many as may are computing; beyond: 503 with Retry-After."""

    answer_seconds: Seconds = Field(default=120, ge=SHORTEST, allow_inf_nan=False)
    """How long a computation may take by the clock, whatever it waits for; beyond: 503 with Retry-After."""

    stop_seconds: Seconds = Field(default=2, ge=SHORTEST, allow_inf_nan=False)
    """How long what is being computed may go on when the server is told to stop."""
