"""Read Parquet files with pyarrow, inside the sandbox: a spreadsheet with one sheet, named like the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from loaders.caps import Caps
from loaders.container import first_bytes
from loaders.problems import Unreadable, unreadable
from loaders.python_values import cell_text_of
from loaders.sheets import Rows, Sheet, SheetCell, Spreadsheet
from loaders.tables import CHUNK

try:  # loaded before the sandbox takes its limits
    import pyarrow  # type: ignore[import-untyped]
    import pyarrow.parquet  # type: ignore[import-untyped]
except ImportError:
    pyarrow = None

MAGIC = b"PAR1"


@contextmanager
def open_answerer(path: Path, caps: Caps) -> Iterator[Callable[[Any], Iterator[Any]]]:
    """Open a Parquet file and give the function that answers questions about it (`Spreadsheet.answers`).

    Raises Unreadable where it is not one, too large, or pyarrow is not installed, OSError.
    """
    with path.open("rb") as file:
        if not first_bytes(file, path.name, caps).startswith(MAGIC):
            raise unreadable("not_parquet", path.name, why="its first bytes are others")
        if pyarrow is None:
            raise unreadable("parquet_not_installed", path.name)
        pyarrow.set_memory_pool(pyarrow.system_memory_pool())
        with _refusing_broken(path.name):
            parquet = pyarrow.parquet.ParquetFile(file, pre_buffer=False)
            _check_size(path, parquet, caps)
        yield Spreadsheet(path.name, [Sheet(path.stem, False, lambda: _rows(path.name, parquet))], caps).answers


def _check_size(path: Path, parquet: Any, caps: Caps) -> None:
    metadata = parquet.metadata
    if metadata.num_rows > caps.rows:
        raise unreadable("too_many_rows", path.name, path.stem, most=caps.rows)
    if len(parquet.schema_arrow.names) > caps.columns:
        columns = len(parquet.schema_arrow.names)
        raise unreadable("too_many_columns", path.name, path.stem, found=columns, most=caps.columns)
    unpacked = sum(metadata.row_group(number).total_byte_size for number in range(metadata.num_row_groups))
    if unpacked > caps.unpacked_bytes:
        raise unreadable("unpacks_too_large", path.name, found=unpacked)


def _rows(file: str, parquet: Any) -> Rows:
    """The header as row 0, then the rows, counted from 1."""
    with _refusing_broken(file):
        yield 0, [SheetCell(place, name) for place, name in enumerate(parquet.schema_arrow.names) if name]
        number = 0
        for batch in parquet.iter_batches(batch_size=CHUNK, use_threads=False):
            columns = [column.to_pylist() for column in batch.columns]
            for values in zip(*columns, strict=True):
                number += 1
                cells = [cell for place, value in enumerate(values) if (cell := _cell(place, value)) is not None]
                if cells:
                    yield number, cells


def _cell(place: int, value: Any) -> SheetCell | None:
    text, error = cell_text_of(value)
    if error is not None:
        return SheetCell(place, text, error.code, error.places)
    return SheetCell(place, text) if text else None


@contextmanager
def _refusing_broken(file: str) -> Iterator[None]:
    """Turn any exception of pyarrow into the finding that the file is broken."""
    try:
        yield
    except (Unreadable, MemoryError, GeneratorExit):
        raise
    except Exception as error:  # of many kinds, by what is damaged
        raise unreadable("not_parquet", file, why=" ".join(str(error).split())[:120]) from error
