"""How far a long write is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from graph.store.protocol import Progress

R = TypeVar("R")

TOLD_EVERY = 1_000

Tell = Callable[[int], None]
"""Told of so many more records."""


def teller(total: int, progress: Progress | None, times: int = 1) -> Tell:
    """What is told of so many more records, and tells `progress` how many of the total are done.

    Where each record is written several `times`, it is told as often.
    """
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if more and progress is not None:
            progress(-(-done // times), total)

    return tell


def counted(rows: Iterable[R], tell: Tell) -> Iterator[R]:
    """The rows, told as they are taken."""
    done = 0
    for row in rows:
        yield row
        done += 1
        if done == TOLD_EVERY:
            tell(done)
            done = 0
    tell(done)
