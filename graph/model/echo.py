"""Typed text as messages repeat it: cut to a length, and always encodable."""

from __future__ import annotations

import re

ECHO = 40
"""How many characters of a typed value a message repeats."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def cut(text: str, most: int = ECHO) -> str:
    """A text as a message repeats it: at most `most` characters, and … where more were there.

    >>> cut("qinglan")
    'qinglan'
    >>> cut("x" * 50, 5)
    'xxxx…'
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"


def printable(text: str) -> str:
    """A text that can be encoded: half a surrogate pair, which is no character, becomes the replacement character.

    >>> printable("a\\ud800b") == "a\\ufffdb"
    True
    """
    return _SURROGATE.sub("\ufffd", text)
