"""Write a dataset as a folder of CSV files, one for each kind, that `read` gives back unchanged."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from graph.model.columns import Column
from graph.model.dataset import Dataset
from graph.model.kind import Kind
from graph.private_files import make_folder, write_file
from loaders.emptied_cells import escaped
from loaders.formulas import neutralised
from loaders.written import cell_text

# With a BOM: spreadsheet programs detect UTF-8 by it.
ENCODING = "utf-8-sig"


def write_csv_folder(path: Path, dataset: Dataset) -> None:
    """Write every kind that has records into `path`, one file each, made if it is not there. Raises OSError."""
    make_folder(path)
    for kind in dataset.kinds():
        written = csv_text(kind, sorted(dataset.of(kind.record), key=kind.key_of))
        write_file(path / f"{kind.sheet}.csv", written.encode(ENCODING))


def csv_text(kind: Kind, records: list[Any]) -> str:
    """The CSV of records of one kind, with a header."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(kind.fields)
    columns = zip(*map(kind.values_of, records), strict=True)
    cells = [_texts(column, values) for column, values in zip(kind.columns, columns, strict=False)]
    writer.writerows(zip(*cells, strict=True))
    return out.getvalue()


def _texts(column: Column, values: tuple[Any, ...]) -> list[str]:
    texts = [escaped(cell_text(value, column)) for value in values]
    is_text = column.cell in ("text", "list") and column.scale is None
    return [neutralised(text_) for text_ in texts] if is_text else texts
