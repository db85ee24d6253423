"""Characters that nobody sees: in an id they make two that look the same differ."""

from __future__ import annotations

import re
import unicodedata

_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})

# Letters and marks that draw nothing, though their category does not say so: fillers, variation selectors,
# and code points that are no characters.
_BLANK_MARKS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufdd0-\ufdef\ufffe\uffff\U000e0100-\U000e01ef]"
)


def hidden_in(text: str) -> str | None:
    """The first character that cannot be seen, or that is a blank but no plain space; None where there is none."""
    if text.isascii() and text.isprintable():
        return None
    return next((ch for ch in text if _is_hidden(ch)), None)


def odd_in(text: str) -> str | None:
    """The first control or formatting character of a text; line breaks and tabs are not odd."""
    return next((ch for ch in text if unicodedata.category(ch) in ("Cc", "Cf") and ch not in "\n\r\t"), None)


def _is_hidden(ch: str) -> bool:
    category = unicodedata.category(ch)
    return category in _HIDDEN_CATEGORIES or (category == "Zs" and ch != " ") or bool(_BLANK_MARKS.match(ch))
