"""Numbers as text: shares as `11.7 %`, strengths as `.37`, an absent value as a dash."""

from __future__ import annotations

NOTHING = "–"


def whole_percent(share: float | None) -> str:
    """A share of one as a whole percentage, `56 %`."""
    return NOTHING if share is None else f"{round(100 * share)} %"


def percent(share: float | None) -> str:
    """A share of one as a percentage with one decimal, `11.7 %`."""
    return NOTHING if share is None else f"{points(share)} %"


def points(share: float) -> str:
    """A share of one in percentage points with one decimal, without the sign: `11.7`."""
    return f"{100 * share:.1f}"


def strength(value: float | None) -> str:
    """A strength in [0, 1] as `.37`, and `1.00` for one."""
    return NOTHING if value is None else f"{value:.2f}".removeprefix("0")


def signed(value: float) -> str:
    """A value in [-1, 1] with its sign, `+.37`; the minus is U+2212."""
    return ("−" if value < 0 else "+") + strength(abs(value))


def compact_amount(value: float | None, currency: str | None, lang: str) -> str:
    """An amount of money in few characters: `CNY 86M`, in Chinese `CNY 8600万`."""
    from babel.numbers import format_compact_decimal

    if value is None:
        return NOTHING
    written = format_compact_decimal(value, locale=lang, fraction_digits=1)
    return f"{currency} {written}" if currency else written
