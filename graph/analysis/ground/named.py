"""A record's id with its name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Named:
    """A record's id and its name as stored."""

    id: str
    name: str | None
