"""Light results by the hundred: named tuples made of columns."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T", bound=tuple[Any, ...])


def rows(kind: type[T], *columns: Iterable[Any]) -> list[T]:
    """A named tuple of each row of columns, which are in the order of its fields and as long as each other."""
    made = partial(tuple.__new__, kind)  # without the step through Python that its own constructor takes
    return list(map(made, zip(*columns, strict=True)))
