"""How far a long write is."""

from __future__ import annotations

from collections.abc import Callable

from graph.store.protocol import Progress


def teller(total: int, progress: Progress | None) -> Callable[[int], None]:
    """What is told of so many more records, and tells `progress` how many of the total are done."""
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        done += more
        if more and progress is not None:
            progress(done, total)

    return tell
