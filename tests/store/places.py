"""The stores of a contract test, and writing records into them."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Callable
from typing import Any

from graph.model.dataset import Dataset
from graph.store.protocol import GraphStore, Receipt

NOON = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)


class Place:
    """A store of a test; every `open` gives another handle on the same records."""

    def __init__(self, engine: str, opener: Callable[[], GraphStore]) -> None:
        self.engine = engine
        self._opener = opener
        self._opened: list[GraphStore] = []

    def open(self) -> GraphStore:
        self._opened.append(self._opener())
        return self._opened[-1]

    def close(self) -> None:
        for store in self._opened:
            store.close()


def put(store: GraphStore, *records: Any, day: int = 23, **more: Any) -> Receipt:
    """Apply records and datasets, as recorded on a day of November 2026."""
    if len(records) == 1 and isinstance(records[0], Dataset):
        batch = records[0]
    else:
        several = (record if isinstance(record, Dataset) else (record,) for record in records)
        batch = Dataset.collect(itertools.chain.from_iterable(several))
    given: dict[str, Any] = {"source": "test.xlsx", "recorded_by": "ann", "recorded_at": NOON.replace(day=day), **more}
    return store.apply(batch, **given)
