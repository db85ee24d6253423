"""The records of an account in one piece, kept beside them: one read instead of one for each kind.

Each kind is a piece of JSON, its columns one behind another, which is decoded when the kind is first asked for.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from functools import cache, partial
from itertools import pairwise

import orjson

from graph.model.dataset import Dataset
from graph.model.kind import KINDS
from graph.model.table import Reader, Table, read_days
from graph.store.belonging import is_shared
from graph.store.kept_columns import CodedColumns

LAYOUT = 1
"""To be raised where the bytes change while the declarations of the kinds stay."""


@cache
def format_number() -> int:
    """The number of this layout: another one for every change of the kinds and their columns."""
    declared = [(kind.sheet, [(column.name, column.cell) for column in kind.columns]) for kind in KINDS.values()]
    return zlib.crc32(repr((LAYOUT, declared)).encode())


def coded_records(records: Dataset, shared: bool) -> CodedColumns:
    """The records of the kinds that all accounts share, or of the others, as bytes."""
    pieces = [orjson.dumps(columns) for kind, columns in records.tables() if is_shared(kind) is shared]
    return CodedColumns(struct.pack(f"<{len(pieces)}i", *map(len, pieces)), b"".join(pieces))


def records_of(own: CodedColumns, shared: CodedColumns) -> Dataset:
    """The records of an account, and those of the shared kinds, from their bytes."""
    return Dataset(tables=dict(_tables(own, shared=False)) | dict(_tables(shared, shared=True)))


def _tables(coded: CodedColumns, shared: bool) -> Iterator[tuple[type, Table]]:
    kinds = [kind for kind in KINDS.values() if is_shared(kind) is shared]
    ends = [0]
    for size in struct.unpack(f"<{len(kinds)}i", coded.sizes):
        ends.append(ends[-1] + size)
    pieces = memoryview(coded.data)
    for kind, (start, end) in zip(kinds, pairwise(ends), strict=True):
        yield kind.record, Table(kind, partial(orjson.loads, pieces[start:end]), _readers(kind.sheet))


@cache
def _readers(sheet: str) -> dict[str, Reader]:
    return {column.name: _READERS[column.cell] for column in KINDS[sheet].columns if column.cell in _READERS}


_READERS: dict[str, Reader] = {
    "date": read_days,
    "list": lambda values: list(map(tuple, values)),
}
"""How values become those of a record, by the type of cell."""
