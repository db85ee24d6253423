"""Names of the array types of the analysis, and the few operations on arrays that numpy does not name."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Column = NDArray[Any]


def starts_of(sizes: Ints) -> Ints:
    """The first place of each part, and behind the last one their total: one entry more than `sizes`.

    >>> starts_of(np.array([2, 0, 3])).tolist()
    [0, 2, 2, 5]
    """
    starts = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts


def places_of(kept: Flags) -> Ints:
    """The new place of each entry when only the kept ones are left, -1 for the others.

    >>> places_of(np.array([True, False, True])).tolist()
    [0, -1, 1]
    """
    return np.where(kept, np.cumsum(kept) - 1, -1)


def moved(places: Ints, to: Ints) -> Ints:
    """Each of these places moved to where `to` says; -1, for nowhere, stays.

    >>> moved(np.array([1, -1, 0]), np.array([7, 8])).tolist()
    [8, -1, 7]
    """
    if not len(to):
        return np.full(len(places), -1, dtype=np.int64)
    return np.where(places >= 0, to[places], -1)


def sums(of: Ints, values: Floats, parts: int) -> Floats:
    """The sum of the values of each part, in their order, so that it does not depend on the other parts.

    >>> sums(np.array([0, 0, 2]), np.array([1.0, 2.0, 4.0]), 3).tolist()
    [3.0, 0.0, 4.0]
    """
    return np.bincount(of, values, parts).astype(np.float64, copy=False)


def counts(of: Ints, which: Flags, parts: int) -> Ints:
    """The number of entries of each part for which `which` is True."""
    return np.bincount(of[which], minlength=parts)


def any_of(of: Ints, which: Flags, parts: int) -> Flags:
    """Whether `which` is True for any entry of each part."""
    found = np.zeros(parts, dtype=bool)
    found[of[which]] = True
    return found


def largest(of: Ints, values: Floats, parts: int, least: float = 0.0) -> Floats:
    """The largest value of each part, at least `least`.

    >>> largest(np.array([0, 0, 2]), np.array([1.0, 2.0, 4.0]), 3).tolist()
    [2.0, 0.0, 4.0]
    """
    found = np.full(parts, least, dtype=np.float64)
    np.maximum.at(found, of, values)
    return found
