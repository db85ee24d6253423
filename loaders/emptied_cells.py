"""Cells that say that a stored value is to go: `-` or 清空, in our own sheets; a text like it is written with an `'`.

In another program's table a dash is how an empty cell looks, and 清空 a word as any other.
"""

from __future__ import annotations

from collections.abc import Iterable

_DASHES = frozenset("-－")
_EMPTYING = _DASHES | {"清空"}


def said_elsewhere(text: str) -> str:
    """The text of a cell of another program, without blanks around it; '' for a dash alone."""
    written = text.strip()
    return "" if written in _DASHES else written


def empties(text: str) -> bool:
    """Whether a cell of our own sheets says that what is stored is to go."""
    return text.strip() in _EMPTYING


def escaped(text: str) -> str:
    """A text as a cell of our own sheets: with an apostrophe in front where it would empty the cell, or looks so."""
    return f"'{text}" if text.lstrip("'").strip() in _EMPTYING else text


def unescaped(text: str) -> str:
    """The text that a cell of our own sheets stands for."""
    return text[1:] if text[:1] == "'" and text.lstrip("'").strip() in _EMPTYING else text


def may_hold_one(texts: Iterable[str]) -> bool:
    """Whether a cell of these may be one that `empties` or `unescaped` changes: quick, and True too often."""
    joined = "".join(texts)
    return "-" in joined or "清空" in joined or "－" in joined
