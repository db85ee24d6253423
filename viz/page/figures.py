"""The figures of a headline as a page writes them, and in which direction each gets better."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viz.words.bilingual import Both, said
from viz.words.numbers import NOTHING, percent, signed, strength

if TYPE_CHECKING:
    from graph.analysis.scenarios.what_if import Figure

SIGNED = frozenset({"support.index", "support.forecast", "support.low", "support.high"})
COUNTED = frozenset({"independent_routes", "gaps"})
FEWER_IS_BETTER = frozenset({"gaps", "concentration"})
STATUSES = ("red", "amber", "green")
SAME = 1e-9


def figure(measure: str, value: Figure) -> Both:
    """A figure in both languages; absent is a dash."""
    if isinstance(value, str):
        return said(f"status.{value}")
    written = _number(measure, value)
    return Both(written, written)


def rises(before: Figure, after: Figure) -> int:
    """1 where a figure is larger than before (a status better), -1 where less, 0 where neither can be said."""
    if isinstance(before, str) and isinstance(after, str):
        change: float = STATUSES.index(after) - STATUSES.index(before)
    elif isinstance(before, (int, float)) and isinstance(after, (int, float)):
        change = after - before
    else:
        return 0
    return 0 if abs(change) <= SAME else 1 if change > 0 else -1


def better(measure: str, before: Figure, after: Figure) -> int:
    """1 where a figure got better, -1 where worse, 0 where neither can be said."""
    return rises(before, after) * (-1 if measure in FEWER_IS_BETTER else 1)


def _number(measure: str, value: float | int | None) -> str:
    if value is None:
        return NOTHING
    if measure in COUNTED:
        return f"{value:g}"
    if measure in SIGNED:
        return signed(value)
    return strength(value) if measure == "support.bottleneck" else percent(value)
