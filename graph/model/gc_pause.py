"""Pause Python's garbage collector while many objects are created."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SEARCHED_FROM = 300_000
"""Objects that must have been created in pauses before cycles are searched for; so many are searched in about 30 ms."""


class _Pauses:
    """The number of objects created in pauses since the last full search, and of those alive after it."""

    created = 0
    alive = 0

    def search_if_due(self) -> None:
        """Search everything once as much was created as was alive: each object is then searched about once."""
        if self.created > max(SEARCHED_FROM, self.alive):
            gc.collect()
            self.created, self.alive = 0, len(gc.get_objects())


_pauses = _Pauses()


@contextmanager
def gc_paused() -> Iterator[None]:
    """Disable the search for reference cycles while objects are created, which would search them again and again.

    They go to the oldest generation at once, unsearched. Python does not count them there, and would never search that
    generation in a program that pauses often; so a full search is made before a later pause.
    """
    was_on = gc.isenabled()
    if was_on:
        _pauses.search_if_due()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            _pauses.created += gc.get_count()[0]
            gc.freeze()
            gc.unfreeze()  # moves the new objects to the oldest generation
            gc.enable()
