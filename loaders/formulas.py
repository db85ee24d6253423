"""Neutralise texts that a spreadsheet program would run as formulas, and restore them when reading.

A text that starts with `=`, `+`, `-`, `@` (full-width too), tab or a line break, possibly after apostrophes, gets one
apostrophe in front; reading removes exactly one. So every text is read back unchanged.
"""

from __future__ import annotations

import re

_RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def neutralised(text: str) -> str:
    """The text as it is safe in a CSV file."""
    return f"'{text}" if _RUNS.match(text) else text


def as_written(text: str) -> str:
    """The inverse of `neutralised`."""
    return text[1:] if text[:1] == "'" and _RUNS.match(text) else text
