"""The sample company in a store of the tests' own, and the command line as a person runs it."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from graph.model.calibration import load_calibration
from graph.store import open_store
from graph.store.protocol import GraphStore
from loaders import sample_company
from loaders.asked import Asked
from swaymap.importing import import_paths

AS_OF = datetime.date(2026, 11, 23)

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def sample_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a store that holds the sample company; tests only read it."""
    url = f"sqlite:///{tmp_path_factory.mktemp('sample') / 'swaymap.db'}"
    store = open_store(url)
    with sample_company() as folder:
        imported = import_paths(store, [folder], Asked(today=AS_OF))
    store.close()
    assert imported.receipt is not None, [finding.text("en") for finding in imported.findings.first]
    return url


@pytest.fixture
def sample_store(sample_url: str) -> Iterator[GraphStore]:
    """The sample company, opened."""
    store = open_store(sample_url)
    yield store
    store.close()


@pytest.fixture(scope="session")
def client(sample_url: str) -> Iterator[TestClient]:
    """The HTTP API on the sample company."""
    app = create_app(open_store(sample_url), load_calibration(None))
    with TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `swaymap` with these arguments in an empty folder, as its own process."""

    def runs(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [Path(sys.executable).with_name("swaymap"), *map(str, arguments)],
            cwd=tmp_path,
            env={
                **os.environ,
                "SWAYMAP_STORE": f"sqlite:///{tmp_path / 'own.db'}",
                "SWAYMAP_LANG": "en",
                "XDG_CONFIG_HOME": str(tmp_path / "config"),
                **environment,
            },
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    return runs
