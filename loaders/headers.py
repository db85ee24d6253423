"""Recognise sheets by name and columns by header, in English and Chinese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache

from graph.model.kind import KINDS, Kind
from graph.model.scales import fold
from graph.model.words import LANGUAGES, text

SHEETS = {fold(name): kind for kind in KINDS.values() for name in (kind.sheet, kind.zh)}
"""Folded name of a sheet, English or Chinese → its kind."""

GUIDES = frozenset(
    text(f"template.sheet.{name}", lang).casefold() for name in ("guide", "example", "choices") for lang in LANGUAGES
)
"""Names of the sheets of our workbooks that hold guidance, not data."""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a header.

    Attributes:
        at: name of a column → its position in the table.
        unknown: cells that are no column: text, position, and the nearest column if one is near.
        twice: cells of columns that are there before: text and position.
        missing: required columns that are not there.
    """

    at: dict[str, int]
    unknown: tuple[tuple[str, int, str | None], ...]
    twice: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]

    def without_ids(self, kind: Kind) -> Header:
        """The header with `id` optional, for kinds whose rows can be identified by name or content."""
        if "name" in kind.by_name and "name" not in self.at:
            return self
        return replace(self, missing=tuple(name for name in self.missing if name != "id"))


def kind_named(name: str) -> Kind | None:
    """The kind that a sheet or file is named after, in any case; None if there is none."""
    return SHEETS.get(fold(name))


def kind_of_header(header: Sequence[str]) -> Kind | None:
    """The kind that a header fits: every cell is a column of it and none is missing. None if not exactly one fits."""
    fitting = [
        kind
        for kind in KINDS.values()
        if not (read := understand(kind, header)).unknown and not read.missing and not read.twice and read.at
    ]
    return fitting[0] if len(fitting) == 1 else None


def understand(kind: Kind, header: Sequence[str]) -> Header:
    """Find the columns of a kind in a header."""
    names = _names(kind.sheet)
    at: dict[str, int] = {}
    unknown: list[tuple[str, int, str | None]] = []
    twice: list[tuple[str, int]] = []
    for place, cell in enumerate(header):
        if not cell:
            continue
        name = names.get(fold(cell))
        if name is None:
            near = get_close_matches(fold(cell)[:80], names, n=1, cutoff=0.75)
            unknown.append((cell, place, names[near[0]] if near else None))
        elif name in at:
            twice.append((cell, place))
        else:
            at[name] = place
    missing = tuple(column.name for column in kind.columns if column.required and column.name not in at)
    return Header(at, tuple(unknown), tuple(twice), missing)


@cache
def _names(sheet: str) -> dict[str, str]:
    return {fold(word): column.name for column in KINDS[sheet].columns for word in (column.zh, column.name)}
