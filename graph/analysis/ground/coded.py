"""Dictionary-encoded columns: repeated values are stored once and looked up once, however many entries there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from graph.analysis.ground.arrays import Ints

N = TypeVar("N")


class Coded(NamedTuple, Generic[N]):
    """A dictionary-encoded column: entry i is `names[code[i]]`; `names` are distinct, in order of first appearance.

    >>> coded(["ann", "ben", "ann"]).code.tolist()
    [0, 1, 0]
    """

    names: tuple[N, ...]
    code: Ints

    def at(self, places: Ints) -> Coded[N]:
        """The column of the entries at these places."""
        return Coded(self.names, self.code[places])


def coded(column: Iterable[N]) -> Coded[N]:
    """Encode a column."""
    values = list(column)
    names = tuple(dict.fromkeys(values))
    number = dict(zip(names, range(len(names)), strict=True))
    return Coded(names, np.fromiter(map(number.__getitem__, values), np.int64, len(values)))
