"""The account of `docs/measures.md`, which the examples in docstrings use."""

from __future__ import annotations

import doctest
from functools import cache
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"


@cache
def harbour() -> dict[str, Any]:
    """The names that the first example of the page defines: `data`, `today`, `measures`, `report`, `by_person`."""
    setup = PAGE.read_text(encoding="utf-8").split("```")[1]
    names: dict[str, Any] = {}
    for example in doctest.DocTestParser().get_examples(setup):
        exec(example.source, names)
    return names
