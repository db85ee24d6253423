"""Tables of text: what every file becomes before its cells are parsed, read one chunk of rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from loaders.findings import shown_value

CHUNK = 250
"""Rows in a chunk: few enough for their cells to stay in the processor's cache until they are parsed."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A problem with a cell or row, found while reading. `place` is the column, from 0; None means the whole row."""

    row: int
    place: int | None
    code: str
    value: str | None = None
    places: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a table, stored by column; an empty cell is ''. `rows` are the row numbers that a person sees.

    `torn` holds ragged rows, whose cells cannot be assigned to columns; they are not in `columns`.
    """

    rows: Sequence[int]
    columns: list[list[str]]
    flaws: list[Flaw]
    torn: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Table:
    """A header and the chunks of rows below it. Iterating over the chunks reads the file and may raise Unreadable.

    `header_row` is None where the header is not a row (a DataFrame's). `labels` are the names of rows, where rows are
    known by names: the row number is then a position in `labels`.
    """

    file: str
    sheet: str
    header: list[str]
    header_row: int | None
    chunks: Iterable[Chunk]
    labels: Sequence[Hashable] | None = None

    def label(self, row: int) -> str | None:
        """The name of a row; None where rows have numbers only."""
        if self.labels is None:
            return None
        label = self.labels[row]
        return shown_value(", ".join(map(str, label)) if isinstance(label, tuple) else label)


def with_progress(table: Table, rows_read: Callable[[int], object]) -> Table:
    """Wrap a table so that reading it reports progress: `rows_read` gets the number of rows of each chunk."""

    def chunks() -> Iterator[Chunk]:
        for chunk in table.chunks:
            yield chunk
            rows_read(len(chunk.rows))

    return replace(table, chunks=chunks())


@dataclass(slots=True)
class FileFacts:
    """Facts about a file, for the receipt: its form, encoding and delimiter, and rows by sheet."""

    file: str
    form: str
    encoding: str | None = None
    delimiter: str | None = None
    preview: str | None = None
    hidden: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)


def header_cells(cells: Sequence[str]) -> list[str]:
    """Header cells stripped of surrounding blanks, without empty cells at the end."""
    names = [name.strip() for name in cells]
    while names and not names[-1]:
        names.pop()
    return names


def columns_of(rows: list[list[str]], width: int) -> list[list[str]]:
    """Transpose rows of equal length into `width` columns; cells further right are dropped."""
    if not rows:
        return [[] for _ in range(width)]
    return [list(column) for column in zip(*rows, strict=True)][:width]
