"""A sheet of the workbook before it is written: columns with their kind of value, and rows of plain values."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from graph.model.words import text

Form = Literal["text", "long", "integer", "number", "share", "date", "mixed"]
"""The kind of value in a column. Shares are shown as per cent, long texts wrap; mixed is decided value by value."""

Look = Literal["", "bar", "worse", "better"]
"""Conditional format of a column: a bar in each cell, or a colour scale from white to red or to teal."""

Value = str | float | int | bool | datetime.date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head as shown, form, look, and width in characters."""

    head: str
    form: Form = "text"
    look: Look = ""
    width: float = 14.0


@dataclass(frozen=True, slots=True)
class Share:
    """A share in a mixed column, to be shown as per cent."""

    value: float | None


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet: its name, columns, and rows; `frozen` columns stay when the reader scrolls."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value | Share]]
    frozen: int = 1


def column(key: str, lang: str, form: Form = "text", look: Look = "", width: float = 14.0) -> Column:
    """A column whose head is a text of the catalogue."""
    return Column(text(f"book.head.{key}", lang), form, look, width)


def part(
    key: str, lang: str, columns: Sequence[Column], rows: Sequence[Sequence[Value | Share]], frozen: int = 1
) -> Part:
    """A part whose name is a text of the catalogue."""
    return Part(text(f"book.sheet.{key}", lang), tuple(columns), rows, frozen)


def yes_no(value: bool, lang: str) -> str:
    """A boolean as `yes` or `no`."""
    return text("word.yes" if value else "word.no", lang)
