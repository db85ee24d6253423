"""A column in which the same names come again and again, as numbers: looked up a name at a time, not an entry."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from graph.analysis.ground.account_view import Ints

N = TypeVar("N")


class Coded(NamedTuple, Generic[N]):
    """Every entry of a column as its place in `names`, the different ones in the order in which they come."""

    names: tuple[N, ...]
    code: Ints

    def at(self, places: Ints) -> Coded[N]:
        """The entries at these places."""
        return Coded(self.names, self.code[places])


def coded(column: Iterable[N]) -> Coded[N]:
    """A column as numbers."""
    number: dict[N, int] = {}
    codes = [number.setdefault(name, len(number)) for name in column]
    return Coded(tuple(number), np.array(codes, dtype=np.int64))
