"""How the page writes numbers: shares as `11.7 %`, strengths as `.37`, nothing as a dash."""

from __future__ import annotations

NOTHING = "–"


def whole_percent(share: float | None) -> str:
    """A share of one as `56 %`."""
    return NOTHING if share is None else f"{100 * share:.0f} %"


def percent(share: float | None) -> str:
    """A share of one with a decimal, `11.7 %`."""
    return NOTHING if share is None else f"{100 * share:.1f} %"


def strength(value: float | None) -> str:
    """A strength in [0, 1] as `.37`, and `1.00` for one."""
    if value is None:
        return NOTHING
    written = f"{value:.2f}"
    return written.removeprefix("0")


def signed(value: float) -> str:
    """A value in [-1, 1] as `+.37`, with a true minus."""
    return ("−" if value < 0 else "+") + strength(abs(value))
