"""Report the progress of a long write."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from graph.store.protocol import Progress

R = TypeVar("R")

TOLD_EVERY = 1_000

Tell = Callable[[int], None]
"""Called with the number of records written since the last call."""


def teller(total: int, progress: Progress | None, times: int = 1) -> Tell:
    """A function to call with the number of records just written; it calls `progress` with the total so far.

    Where each record is written `times` times, it must be called for each of them.
    """
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if more and progress is not None:
            progress(-(-done // times), total)

    return tell


def counted(rows: Iterable[R], tell: Tell) -> Iterator[R]:
    """The rows; `tell` is called as they are taken."""
    done = 0
    for row in rows:
        yield row
        done += 1
        if done == TOLD_EVERY:
            tell(done)
            done = 0
    tell(done)
