"""A table of text: what every file becomes before its cells are understood."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """A header and columns of text. `rows` are the row numbers as an editor shows them; an empty cell is ''.

    `wrong` are rows that cannot be taken as they are: (row, column or None, code, value), found while reading.
    """

    file: str
    sheet: str
    header: list[str]
    columns: list[list[str]]
    rows: list[int]
    wrong: list[tuple[int, str | None, str, str]] = field(default_factory=list)


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


def from_rows(file: str, sheet: str, rows: list[list[str]], numbers: list[int]) -> Table:
    """A table of rows, the first being the header; blank rows are left out, short rows filled up.

    A value to the right of the header is kept as wrong: it has no column.
    """
    header = [name.strip() for name in rows[0]] if rows else []
    while header and not header[-1]:
        header.pop()
    width = len(header)
    body: list[list[str]] = []
    kept: list[int] = []
    wrong: list[tuple[int, str | None, str, str]] = []
    for row, number in zip(rows[1:], numbers[1:], strict=True):
        if not any(row):
            continue
        extra = next((cell for cell in row[width:] if cell), None)
        if extra is not None:
            wrong.append((number, None, "value_without_header", extra))
        body.append(row[:width] + [""] * (width - len(row)) if len(row) != width else row)
        kept.append(number)
    columns = [list(column) for column in zip(*body, strict=True)] if body else [[] for _ in header]
    return Table(file, sheet, header, columns, kept, wrong)
