"""Waiting for a state, however long a busy machine takes to get there."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

LONGEST = 120.0
"""Seconds after which a state that never comes fails a test."""


def wait_for(state: Callable[[], T], what: str) -> T:
    """The first true value of a state. Raises AssertionError where it does not come."""
    deadline = time.monotonic() + LONGEST
    while time.monotonic() < deadline:
        if found := state():
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited in vain: {what}")


def is_running(process: int) -> bool:
    """Whether there is a process of this id; one that has ended and waits to be collected is not running."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"
