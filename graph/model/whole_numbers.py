"""Whole numbers as arguments: counts of paths, actions and days."""

from __future__ import annotations

import operator
from typing import SupportsIndex

from graph.model.echo import cut
from graph.model.problem import InputError
from graph.model.words import message

MOST = 1_000_000
"""The largest count that is taken where nothing else limits it."""


def whole_number(given: SupportsIndex | float, name: str, most: int = MOST) -> int:
    """A whole number from 1 to `most`; a float without a fraction counts, as pandas makes them of integers with gaps.

    Raises InputError, which names the argument, for anything else.

    >>> whole_number(3.0, "k")
    3
    """
    try:
        number = int(given) if isinstance(given, float) and given.is_integer() else operator.index(given)  # type: ignore[arg-type]
    except TypeError:
        number = 0
    if not 1 <= number <= most:
        shown = repr(given) if isinstance(given, str) else str(given)
        refused = message("problem.not_a_number_within", name=name, value=cut(shown), least=1, most=most)
        raise InputError("bad_request", refused)
    return number
