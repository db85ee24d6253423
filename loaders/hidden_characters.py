"""Detect invisible characters: in ids they make two that look the same differ."""

from __future__ import annotations

import re
import unicodedata

_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})

# Invisible letters and marks that their category does not reveal: fillers, variation selectors, and noncharacters.
_BLANK_MARKS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufdd0-\ufdef\ufffe\uffff\U000e0100-\U000e01ef]"
)


# Deleting these from the bytes and comparing lengths is the fastest way to check every character.
_CONTROLS = bytes((*range(32), 127))
_ODD = bytes(code for code in _CONTROLS if code not in b"\n\r\t")
_NOT_PLAIN = _CONTROLS + b" ;#"


def is_plain(text: str) -> bool:
    """Whether a text can be an id unchanged: ASCII without blanks, control characters, `;` and `#`."""
    return text.isascii() and len(text.encode().translate(None, _NOT_PLAIN)) == len(text)


def has_no_odd(text: str) -> bool:
    """A fast test: True if a text certainly has no odd character; otherwise `odd_in` decides."""
    if text.isascii():
        return len(text.encode().translate(None, _ODD)) == len(text)
    return text.isprintable()


def hidden_in(text: str) -> str | None:
    """The first invisible character, or blank other than a space; None if there is none."""
    if text.isascii() and text.isprintable():
        return None
    return next((ch for ch in text if _is_hidden(ch)), None)


def odd_in(text: str) -> str | None:
    """The first control or formatting character except line breaks and tabs; None if there is none."""
    return next((ch for ch in text if unicodedata.category(ch) in ("Cc", "Cf") and ch not in "\n\r\t"), None)


def _is_hidden(ch: str) -> bool:
    category = unicodedata.category(ch)
    return category in _HIDDEN_CATEGORIES or (category == "Zs" and ch != " ") or bool(_BLANK_MARKS.match(ch))
