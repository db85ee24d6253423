"""How values are written into the page's data: both languages, rounded numbers, JSON that stays inert in HTML."""

from __future__ import annotations

import json
from typing import Any

from viz.words.bilingual import Both


def shared(both: Both | None) -> Any:
    """A text in both languages: one string where they are equal, else a pair `[en, zh]`."""
    if both is None:
        return None
    return both.en if both.en == both.zh else [both.en, both.zh]


def tenth(value: float) -> float:
    """A length in pixels, rounded to a tenth."""
    return round(value, 1)


def six_digits(value: float) -> float:
    """A number rounded to six decimals."""
    return round(value, 6)


def inert_json(value: Any) -> str:
    """JSON that can stand in a script element: no character of it can end the element or a line of the script."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return written.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
