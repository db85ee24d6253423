"""Text that a spreadsheet would run: neutralised on the way out, given back exactly on the way in.

A text that starts with `=`, `+`, `-`, `@` (full-width ones too), tab or a line break gets an apostrophe in front, also
where it has apostrophes before that already; reading takes exactly one away. So every text comes back as it was.
"""

from __future__ import annotations

import re

_RUNS = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def neutralised(text: str) -> str:
    """The text as a CSV file may hold it."""
    return f"'{text}" if _RUNS.match(text) else text


def as_written(text: str) -> str:
    """The text that a neutralised cell stands for."""
    return text[1:] if text[:1] == "'" and _RUNS.match(text) else text
