"""The map of an account of 5,000 people as one page, from the store to the file, against the limit set."""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

from benchmarks.measuring import Result, seconds, side_by_side
from swaymap.store import open_store
from tests.oracle.random_account import random_account
from tests.oracle.records import dataset_of

AS_OF = datetime.date(2026, 11, 23)
LIMIT = 6.0


def page_5000() -> Result:
    """The work of `swaymap map`: 5,000 people, 30,000 lines, 5,000 interactions, 20 team members; seconds."""
    rows = random_account(seed=3, people=5_000, members=20, lines=30_000, interactions=5_000, opportunities=1)
    with tempfile.TemporaryDirectory() as folder:
        url, page = f"sqlite:///{folder}/large.db", Path(folder, "map.html")
        store = open_store(url)
        now = datetime.datetime.now(datetime.UTC)
        store.graph_store.apply(dataset_of(rows), source="benchmark", recorded_by="benchmark", recorded_at=now)
        store.close()

        def ours() -> None:
            with open_store(url) as opened:
                opened.account("acme", as_of=AS_OF).map().save(page)

        return side_by_side(lambda: seconds(ours), lambda: LIMIT, unit="s", runs=3)
