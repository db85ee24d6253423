"""How values are written into the page's data: both languages, and numbers without digits that nobody sees."""

from __future__ import annotations

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
