"""Problems of a Neo4j store: one sentence in each language, nothing written, no secret in a message."""

from __future__ import annotations

import logging
import socket

import pytest

from graph.model import Account
from graph.store import StoreError, open_store
from graph.store.neo4j.connection import version_in
from graph.store.protocol import GraphStore
from tests.neo4j_fixture import Neo4jAddress, rows
from tests.store.examples import small
from tests.store.places import put
from tests.store.relay import Relay
from tests.store.test_sqlite_problems import problem_of

pytestmark = pytest.mark.neo4j

SECRET = "sesame-open-4711"


def test_a_server_that_is_not_there(caplog: pytest.LogCaptureFixture) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for scheme in ("bolt", "neo4j"):
        problem = problem_of(lambda scheme=scheme: open_store(f"{scheme}://127.0.0.1:{port}", password=SECRET))
        assert problem.code == "neo4j_unreachable"
        assert f":{port}" in str(problem)
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    "address", ["bolt://", "neo4j://host:port", "bolt+s://:7687", "bolt://host?a=b", "neo4j://host/db"]
)
def test_an_address_without_a_server(address: str) -> None:
    assert problem_of(lambda: open_store(address)).code == "unknown_address"


def test_a_wrong_password_is_refused_and_never_told(
    neo4j_address: Neo4jAddress, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    problem = problem_of(lambda: open_store(neo4j_address.url, user="neo4j", password=SECRET))
    assert problem.code == "neo4j_refused"
    assert SECRET not in f"{problem} {problem!r} {problem.__cause__} {caplog.text}"


def test_a_store_never_tells_its_password(neo4j_address: Neo4jAddress, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    store = opened(neo4j_address)
    put(store, small())
    told = f"{store!r} {vars(store)} {store.info()} {caplog.text}"
    store.close()
    assert neo4j_address.password not in told


def test_no_password(neo4j_address: Neo4jAddress) -> None:
    assert problem_of(lambda: open_store(neo4j_address.url)).code == "neo4j_no_password"


def test_a_password_that_must_be_changed_first(neo4j_address: Neo4jAddress) -> None:
    list(rows(neo4j_address, "CREATE OR REPLACE USER newcomer SET PASSWORD $secret CHANGE REQUIRED", secret=SECRET))
    try:
        problem = problem_of(lambda: open_store(neo4j_address.url, user="newcomer", password=SECRET))
        assert problem.code == "neo4j_new_password"
        assert SECRET not in str(problem)
    finally:
        list(rows(neo4j_address, "DROP USER newcomer"))


def test_a_database_that_is_not_there(neo4j_address: Neo4jAddress) -> None:
    problem = problem_of(
        lambda: open_store(
            neo4j_address.url, user=neo4j_address.user, password=neo4j_address.password, database="elsewhere"
        )
    )
    assert problem.code == "neo4j_no_database"
    assert "elsewhere" in str(problem)


def test_a_store_of_a_newer_swaymap(neo4j_address: Neo4jAddress) -> None:
    store = opened(neo4j_address)
    put(store, small())
    list(rows(neo4j_address, "MATCH (s:SwaymapStore) SET s.version = 99"))
    for work in (store.read, store.accounts, lambda: put(store, Account("b"))):
        assert problem_of(work).code == "neo4j_newer_schema"
    store.close()


def test_a_server_that_goes_away_meanwhile(neo4j_address: Neo4jAddress) -> None:
    """The network ends between two questions; a relay stands for it."""
    relay = Relay(neo4j_address.url)
    store = open_store(relay.url, user=neo4j_address.user, password=neo4j_address.password)
    put(store, small())
    relay.cut()
    assert problem_of(store.read).code == "neo4j_unreachable"
    store.close()


@pytest.mark.parametrize(
    ("agent", "version"),
    [("Neo4j/5.26.25", "5.26.25"), ("Neo4j/2026.01.3", "2026.01.3"), ("Neo4j/5.27-aura", "5.27-aura")],
)
def test_versions(agent: str, version: str) -> None:
    assert version_in(agent) == version


def test_a_server_that_is_too_old() -> None:
    with pytest.raises(StoreError, match=r"4\.4\.30") as found:
        version_in("Neo4j/4.4.30")
    assert found.value.code == "neo4j_too_old"


def test_the_address_of_a_cluster_reaches_a_single_server(neo4j_address: Neo4jAddress) -> None:
    url = neo4j_address.url.replace("bolt://", "neo4j://")
    store = open_store(url, user=neo4j_address.user, password=neo4j_address.password)
    put(store, small())
    assert len(store.read()) == len(small())
    assert store.info().url == url
    store.close()


def opened(address: Neo4jAddress) -> GraphStore:
    return open_store(address.url, user=address.user, password=address.password)
