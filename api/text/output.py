"""How an answer is written out: a table for people, JSON and CSV for programs."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.terminal import DataText, escaped
from graph import private_files
from graph.model.file_problems import cannot_write
from graph.model.words import text

if TYPE_CHECKING:
    from rich.table import Table

Row = Mapping[str, Any]

FILE_WIDTH = 180
"""How many characters wide a table is where no terminal says."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a printed table: the catalogue key of its head, and how a row's value is shown."""

    head: str
    value: Callable[[Row], str]
    right: bool = False
    most: int | None = None


def json_text(answer: Any) -> str:
    """An answer as JSON, in the order of its keys, with a line end."""
    import orjson

    return orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode()


def in_format(
    result: Any, format_: str, lang: str, rows: Callable[[Any], Iterable[Row]], page: Callable[[Any, str], str]
) -> str:
    """An answer in the format asked for: JSON has all of it, CSV its `rows`, a table is the `page` of text."""
    if format_ == "json":
        from graph.analysis.ground.as_json import as_json

        return json_text(as_json(result, lang))
    return csv_text(rows(result)) if format_ == "csv" else page(result, lang)


def csv_text(rows: Iterable[Row]) -> DataText:
    """Rows as CSV: see `loaders.csv_rows`."""
    from loaders.csv_rows import rows_as_csv

    return DataText(rows_as_csv(rows))


def table(rows: Sequence[Row], columns: Sequence[TableColumn], lang: str, title: str | None = None) -> Table:
    """Rows as a printed table."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    made = Table(
        box=box.SIMPLE_HEAD, title=Text(escaped(title)) if title else None, title_justify="left", pad_edge=False
    )
    for column in columns:
        made.add_column(
            Text(text(column.head, lang)),
            justify="right" if column.right else "left",
            max_width=column.most,
            overflow="fold",
        )
    for row in rows:
        made.add_row(*(Text(escaped(column.value(row))) for column in columns))
    return made


def printed(made: Table, to_file: bool = False) -> str:
    """A table as plain text: as wide as the terminal, or as a page where it goes to a file or another program."""
    from rich.console import Console

    written = io.StringIO()
    on_terminal = sys.stdout.isatty() and not to_file
    console = Console(width=None if on_terminal else FILE_WIDTH)
    Console(file=written, width=console.width, highlight=False, emoji=False, color_system=None).print(made)
    return "\n".join(line.rstrip() for line in written.getvalue().rstrip("\n").split("\n")) + "\n"


def write_out(written: str | bytes, output: Path | None) -> None:
    """An answer to a file, whole or not at all; text also to the screen."""
    if output is None:
        assert isinstance(written, str)
        sys.stdout.write(written)
    else:
        write_file(output, written)


def write_file(path: Path, written: str | bytes) -> None:
    """Write a file for its owner only, whole or not at all. Raises InputError where it cannot be written."""
    try:
        private_files.write_file(path, written)
    except OSError as wrong:
        raise cannot_write(path, wrong) from wrong
