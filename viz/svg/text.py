"""Numbers in SVG."""

from __future__ import annotations


def xy(point: tuple[float, float]) -> str:
    """A point as two numbers."""
    return f"{n(point[0])} {n(point[1])}"


def n(value: float) -> str:
    """A number as short as two decimals allow."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
