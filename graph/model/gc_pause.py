"""Pause Python's garbage collector while many records are created."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """Disable the search for reference cycles: records have none, and searching them repeatedly is slow."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()  # moves the new objects to the oldest generation, which the next search skips
            gc.enable()
