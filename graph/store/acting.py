"""The name under which the journal records a change."""

from __future__ import annotations

import getpass
import os


def acting(user: str | None = None) -> str:
    """The `recorded_by` of a change: `user` from the settings, else `SWAYMAP_USER`, else the login name.

    It is `unknown` where this machine knows no login name, as in some containers.
    """
    named = user or os.environ.get("SWAYMAP_USER", "").strip()
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"
