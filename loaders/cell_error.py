"""Why a cell cannot be taken."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CellError:
    """The code of what is wrong with a cell, and what fills its message; stands where the value would."""

    code: str
    places: tuple[tuple[str, str], ...] = ()
