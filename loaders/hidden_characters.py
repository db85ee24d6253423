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


# Deleted from bytes and their length compared: of all ways to look at every character, the quickest.
_CONTROLS = bytes((*range(32), 127))
_ODD = bytes(one for one in _CONTROLS if one not in b"\n\r\t")
_NOT_PLAIN = _CONTROLS + b" ;#"


def is_plain(text: str) -> bool:
    """Whether a text is an id as it stands: ASCII without blanks, controls, and what has a meaning in a cell of ids."""
    return text.isascii() and len(text.encode().translate(None, _NOT_PLAIN)) == len(text)


def has_no_odd(text: str) -> bool:
    """Whether a text certainly has no odd character, told quickly; where it is not certain, `odd_in` tells."""
    if text.isascii():
        return len(text.encode().translate(None, _ODD)) == len(text)
    return text.isprintable()


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
