"""The sample company as a store of swaymap, and the command line as the tests of it run it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from loaders import sample_company
from loaders.asked import Asked
from swaymap import Account, Store, open_store
from tests.api.conftest import run, sample_store, sample_url

__all__ = ["run", "sample_store", "sample_url"]

AS_OF = datetime.date(2026, 11, 23)


@pytest.fixture
def store(sample_url: str) -> Iterator[Store]:
    """The sample company, to be read."""
    with open_store(sample_url) as opened:
        yield opened


@pytest.fixture
def qinglan(store: Store) -> Account:
    """The larger account of the sample, as of the day on which its dates end."""
    return store.account("qinglan", as_of=AS_OF)


@pytest.fixture
def own_store(tmp_path: Path) -> Iterator[Store]:
    """The sample company in a store of the test's own."""
    with open_store(f"sqlite:///{tmp_path / 'own.db'}") as opened:
        with sample_company() as folder:
            opened.import_files(folder, asked=Asked(today=AS_OF))
        yield opened
