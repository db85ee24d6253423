"""Texts in English and Chinese at once: a page carries both, so that it can switch without a server."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from graph.model.names import in_script
from graph.model.words import text

if TYPE_CHECKING:
    import datetime

    from graph.model.scales import Scale
    from graph.model.words import Message


class Both(NamedTuple):
    """One text in English and in Chinese."""

    en: str
    zh: str


def both_texts(key: str, **values: object) -> Both:
    """A text of the catalogue; a place filled with a `Both` takes the part of each language."""
    return Both(
        text(key, "en", **{name: _part(value, "en") for name, value in values.items()}),
        text(key, "zh", **{name: _part(value, "zh") for name, value in values.items()}),
    )


def rendered(message: Message | None) -> Both | None:
    """A message of the analysis."""
    return Both(message.render("en"), message.render("zh")) if message else None


def named(name: str | None, key: str) -> Both:
    """A record's name in the script of each language; its id where it has none."""
    written = name or key
    return Both(in_script(written, "en"), in_script(written, "zh"))


def scale_word(scale: Scale, code: object) -> Both:
    """The word of a scale's code."""
    return Both(scale.word(code, "en"), scale.word(code, "zh"))


def written_date(day: datetime.date) -> Both:
    """A day as each language writes it: `15 Dec 2026`, `2026年12月15日`."""
    from babel.dates import format_date

    return Both(format_date(day, "d MMM y", locale="en"), format_date(day, "y年M月d日", locale="zh"))


def _part(value: object, lang: str) -> object:
    return getattr(value, lang) if isinstance(value, Both) else value
