"""Stored text made fit for XML: without the characters that XML does not allow, otherwise unchanged."""

from __future__ import annotations

import re

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    """The text without the characters that XML does not have."""
    return _NO_XML.sub("", text)


def contained(text: str) -> str:
    """The text on one line, isolated (U+2068, U+2069) where it holds marks that turn the direction of writing."""
    line = printable(_SPACES.sub(" ", text))
    return f"\u2068{line}\u2069" if _TURNS.search(line) else line
