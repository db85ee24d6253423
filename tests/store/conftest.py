"""A store of each engine for the contract: empty at the start of a test, opened as often as it likes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.store import open_store
from graph.store.protocol import GraphStore
from graph.store.staging import Staging
from tests.neo4j_fixture import Neo4jAddress, neo4j_address
from tests.store.places import Place

__all__ = ["neo4j_address"]


IN_PORTIONS = Staging(above=0, portion=7, lease=5.0)
"""However small an import is, it is written in several transactions."""


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("neo4j", marks=pytest.mark.neo4j),
        pytest.param("neo4j in portions", marks=pytest.mark.neo4j),
    ]
)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """An empty store of one engine."""
    if request.param == "sqlite":
        place = Place("sqlite", lambda: open_store(f"sqlite:///{tmp_path / 'store.db'}"))
    else:
        address: Neo4jAddress = request.getfixturevalue("neo4j_address")
        staging = IN_PORTIONS if "portions" in request.param else None
        place = Place(
            "neo4j", lambda: open_store(address.url, user=address.user, password=address.password, staging=staging)
        )
    yield place
    place.close()


@pytest.fixture
def store(place: Place) -> GraphStore:
    """A handle on the empty store."""
    return place.open()


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Callable[[], GraphStore]]:
    """Fresh embedded stores, to compare with."""
    opened: list[GraphStore] = []

    def fresh() -> GraphStore:
        opened.append(open_store(f"sqlite:///{tmp_path / f'compare{len(opened)}.db'}"))
        return opened[-1]

    yield fresh
    for store in opened:
        store.close()
