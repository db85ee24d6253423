"""Python's garbage collector, out of the way while many records are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def gc_paused() -> Iterator[None]:
    """Without its search for reference cycles: records have none, and it would look at them all, often."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()  # what was made stands among the old objects now: the next search does not begin with it
            gc.enable()
