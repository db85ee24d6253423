"""The rows of random accounts as a dataset."""

from __future__ import annotations

from typing import Any

from graph.model import KINDS
from graph.model.dataset import Dataset
from graph.model.kind import Kind
from graph.model.table import Table


def dataset_of(rows: dict[str, list[dict[str, Any]]]) -> Dataset:
    """The dataset of these rows, as a store gives it; lists become tuples, columns left out have their default."""
    collected = Dataset.collect(
        KINDS[sheet].record(
            **{
                name: tuple(v) if isinstance(v, list) else _plain(KINDS[sheet].by_name[name].is_list, v)
                for name, v in row.items()
            }
        )
        for sheet, sheet_rows in rows.items()
        for row in sheet_rows
    )
    return Dataset(tables={kind.record: _table(kind, collected.of(kind.record)) for kind in KINDS.values()})


def _table(kind: Kind, records: list[Any]) -> Table:
    columns = list(zip(*map(kind.values_of, records), strict=True)) or [()] * len(kind.fields)
    return Table(kind, columns, {})


def _plain(is_list: bool, value: Any) -> Any:
    return () if is_list and value is None else value
