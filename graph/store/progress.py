"""How far a long write is."""

from __future__ import annotations

from collections.abc import Callable

from graph.store.protocol import Progress

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
