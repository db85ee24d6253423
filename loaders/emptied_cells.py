"""Cells that clear a stored value: `-` or 清空 in our own sheets. Such a text itself is written with an apostrophe.

In tables of other programs a dash is an empty cell, and 清空 is an ordinary word.
"""

from __future__ import annotations

from collections.abc import Iterable

_DASHES = frozenset("-－")
_EMPTYING = _DASHES | {"清空"}


def foreign_text(text: str) -> str:
    """The stripped text of a cell of another program; '' for a dash alone."""
    written = text.strip()
    return "" if written in _DASHES else written


def clears(text: str) -> bool:
    """Whether a cell of our own sheets clears the stored value."""
    return text.strip() in _EMPTYING


def escaped(text: str) -> str:
    """A text as written in a cell of our own sheets: with an apostrophe if it would clear the value or looks so."""
    return f"'{text}" if text.lstrip("'").strip() in _EMPTYING else text


def unescaped(text: str) -> str:
    """The inverse of `escaped`."""
    return text[1:] if text[:1] == "'" and text.lstrip("'").strip() in _EMPTYING else text


def may_clear(texts: Iterable[str]) -> bool:
    """Whether any of these cells may concern `clears` or `unescaped`: a fast test that may be True needlessly."""
    joined = "".join(texts)
    return "-" in joined or "清空" in joined or "－" in joined
