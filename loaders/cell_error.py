"""The error of a cell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CellError:
    """Stands in place of a value that cannot be parsed: the code of the finding, and the places of its message."""

    code: str
    places: tuple[tuple[str, str], ...] = ()
