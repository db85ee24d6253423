"""Named tuples from columns, made fast enough for thousands of results."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T", bound=tuple[Any, ...])


def rows(kind: type[T], *columns: Iterable[Any]) -> list[T]:
    """One named tuple per row; the columns are in the order of its fields. Raises ValueError for unequal lengths."""
    made = partial(tuple.__new__, kind)  # without the step through Python that its own constructor takes
    return list(map(made, zip(*columns, strict=True)))
