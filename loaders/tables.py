"""A table of text: what every file becomes before its cells are understood, a chunk of rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

CHUNK = 250
"""Rows read at a time: so few that their cells stay in the processor's cache until they are understood."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A cell or row that cannot be taken as it stands, found while reading. `place` is the column's, from 0."""

    row: int
    place: int | None
    code: str
    value: str | None = None
    places: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows of a table, column by column; an empty cell is ''. `rows` are their numbers as an editor shows them.

    `torn` are rows without a place for each of their cells: they are not among the columns.
    """

    rows: Sequence[int]
    columns: list[list[str]]
    flaws: list[Flaw]
    torn: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the chunks of rows under it. Taking the chunks reads the file, and may raise Unreadable."""

    file: str
    sheet: str
    header: list[str]
    header_row: int
    chunks: Iterable[Chunk]


def watched(table: Table, rows_read: Callable[[int], object]) -> Table:
    """The table; whoever takes its chunks tells of their rows."""

    def chunks() -> Iterator[Chunk]:
        for chunk in table.chunks:
            yield chunk
            rows_read(len(chunk.rows))

    return replace(table, chunks=chunks())


@dataclass(slots=True)
class FileFacts:
    """What a file turned out to be, for the receipt."""

    file: str
    form: str
    encoding: str | None = None
    delimiter: str | None = None
    preview: str | None = None
    hidden: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)


def header_cells(cells: Sequence[str]) -> list[str]:
    """The cells of a header without blanks around them and without empty ones at the end."""
    names = [name.strip() for name in cells]
    while names and not names[-1]:
        names.pop()
    return names


def columns_of(rows: list[list[str]], width: int) -> list[list[str]]:
    """Rows of one length as `width` columns; what is further right is left out."""
    if not rows:
        return [[] for _ in range(width)]
    return [list(column) for column in zip(*rows, strict=True)][:width]
