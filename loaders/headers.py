"""Which sheet is which kind, and which header cell which column: English field names and Chinese names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache

from graph.model.kind import KINDS, Kind
from graph.model.scales import fold
from graph.model.words import LANGUAGES, text

SHEETS = {fold(name): kind for kind in KINDS.values() for name in (kind.sheet, kind.zh)}
"""Every accepted name of a sheet, English and Chinese, folded, to its kind."""

GUIDES = frozenset(
    text(f"template.sheet.{name}", lang).casefold() for name in ("guide", "example", "choices") for lang in LANGUAGES
)
"""Sheets of our own workbooks that are there to be read by a person, and say nothing about an account."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header understood: column name → place in the table; cells unknown (with the nearest column) or there twice.

    Unknown cells and those there twice come with their place; `missing` are the required columns that are not there.
    """

    at: dict[str, int]
    unknown: tuple[tuple[str, int, str | None], ...]
    twice: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]

    def without_ids(self, kind: Kind) -> Header:
        """The header, its ids not missing where rows can be told otherwise: by their name, where the kind has one."""
        if "name" in kind.by_name and "name" not in self.at:
            return self
        return replace(self, missing=tuple(name for name in self.missing if name != "id"))


def kind_named(name: str) -> Kind | None:
    """The kind of a sheet's or file's name, in any case."""
    return SHEETS.get(fold(name))


def kind_of_header(header: Sequence[str]) -> Kind | None:
    """The one kind that has all of these columns, and whose required ones are all there; None where it is not one."""
    fitting = [
        kind
        for kind in KINDS.values()
        if not (read := understand(kind, header)).unknown and not read.missing and not read.twice and read.at
    ]
    return fitting[0] if len(fitting) == 1 else None


def understand(kind: Kind, header: Sequence[str]) -> Header:
    """Find the kind's columns in a header. An unknown cell comes with the nearest column, where one is near."""
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
