"""Limits of requests and of the server, as settings: `SWAYMAP_LIMIT_BODY_BYTES`, `SWAYMAP_LIMIT_CONNECTIONS`, ...

What holds of the data itself, the length of an id and the range of days, stands in `graph.model.limits`.
"""

from __future__ import annotations

from annotated_types import Ge
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from graph.model.echo import cut
from graph.model.problem import InputError
from graph.model.words import message

SHORTEST = 0.001
"""The least that a time may be set to, in seconds."""

_PREFIX = "SWAYMAP_LIMIT_"


class Limits(BaseSettings):
    """Limits with their defaults; each is set by the environment variable `SWAYMAP_LIMIT_` and its name."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, extra="ignore", frozen=True)

    body_bytes: int = Field(default=1_000_000, ge=1)
    """Bytes of a request's body; beyond: 413."""

    header_bytes: int = Field(default=16_000, ge=1_000)
    """Bytes of a request's first line and headers; beyond: 431, or 414 where the address alone is too long."""

    arrival_seconds: int = Field(default=30, ge=1)
    """Until a request has arrived in full, from its first byte; beyond: 408."""

    idle_seconds: int = Field(default=5, ge=1)
    """How long a connection without a request is kept."""

    connections: int = Field(default=200, ge=1)
    """Connections at once; beyond: 503 with Retry-After."""

    computing: int = Field(default=8, ge=1)
    """Answers that are computed at a time, each in a process of its own."""

    question_seconds: float = Field(default=2, ge=SHORTEST, allow_inf_nan=False)
    """Processor time for a question; beyond: 422."""

    long_seconds: float = Field(default=30, ge=SHORTEST, allow_inf_nan=False)
    """Processor time for what looks at an account in many ways, or at many accounts: maps, compare, portfolio, ..."""

    queue_seconds: float = Field(default=2, ge=SHORTEST, allow_inf_nan=False)
    """How long a request waits while as many as may are computing; beyond: 503 with Retry-After."""

    answer_seconds: float = Field(default=120, ge=SHORTEST, allow_inf_nan=False)
    """How long a computation may take by the clock, whatever it waits for; beyond: 503 with Retry-After."""

    stop_seconds: float = Field(default=2, ge=SHORTEST, allow_inf_nan=False)
    """How long what is being computed may go on when the server is told to stop."""


def limits_from_environment() -> Limits:
    """The limits as the environment sets them. Raises InputError for a value that is no number or too small."""
    try:
        return Limits()
    except ValidationError as wrong:
        first = wrong.errors()[0]
        field = Limits.model_fields[str(first["loc"][0])]
        code = "setting_not_a_limit" if field.annotation is int else "setting_not_a_time"
        said = message(
            code.replace("_", ".", 1),
            name=f"{_PREFIX}{first['loc'][0]}".upper(),
            value=cut(str(first["input"])),
            least=next(bound.ge for bound in field.metadata if isinstance(bound, Ge)),
        )
        raise InputError(code, said) from wrong
