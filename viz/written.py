"""Text as a file format can hold it: exactly as stored, but for characters that no XML may contain."""

from __future__ import annotations

import re

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """The text without the characters that XML does not have."""
    return _NO_XML.sub("", text)


def contained(text: str) -> str:
    """The text on one line; where it turns the direction of writing, so that this ends with the text."""
    line = printable(_SPACES.sub(" ", text))
    return f"\u2068{line}\u2069" if _TURNS.search(line) else line
