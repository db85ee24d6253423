"""Numbers and texts as they stand in SVG."""

from __future__ import annotations


def printable(words: str) -> str:
    """Without the characters that XML does not have."""
    return "".join(
        ch
        for ch in words
        if ch in "\t\n" or (ord(ch) >= 32 and not 0xD800 <= ord(ch) <= 0xDFFF and ord(ch) not in (0xFFFE, 0xFFFF))
    )


def xy(point: tuple[float, float]) -> str:
    """A point as two numbers."""
    return f"{n(point[0])} {n(point[1])}"


def n(value: float) -> str:
    """A number as short as two decimals allow."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
