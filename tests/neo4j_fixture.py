"""A real Neo4j for the tests: started once a test process and emptied before each test that asks for it.

`NEO4J_TEST_URI`, `NEO4J_TEST_USER` and `NEO4J_TEST_PASSWORD` name another server; its database must be empty, since
the tests delete everything in it. Where no server can be had the tests skip and say why; with CI=true they fail.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from graph.store.neo4j.schema import constraints
from graph.store.neo4j_local.artifacts import LTS, CannotStart, Line
from graph.store.neo4j_local.server import LocalServer

CACHE = Path(__file__).parents[1] / ".cache"

TRANSACTION_MEMORY = "64m"
"""Little for one transaction, so that a test can fill it with few rows."""


@dataclass(frozen=True, slots=True)
class Neo4jAddress:
    """Address and login of a server."""

    url: str
    user: str
    password: str


@pytest.fixture
def neo4j_address() -> Neo4jAddress:
    """A real server whose database is empty."""
    try:
        address = named_server() or local_server(LTS)
    except CannotStart as missing:
        unavailable(str(missing))
    empty(address)
    return address


def unavailable(reason: str) -> None:
    """Skip a test for want of a server, or fail it where one must be had."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@cache
def local_server(line: Line) -> Neo4jAddress:
    """A server of a line, stopped when the test process ends. Raises CannotStart."""
    home = Path(tempfile.mkdtemp(prefix="neo4j-test-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    server = LocalServer(home, CACHE, line=line, settings={"db.memory.transaction.max": TRANSACTION_MEMORY})
    atexit.register(server.stop)
    return Neo4jAddress(server.url, server.user, server.password)


@cache
def named_server() -> Neo4jAddress | None:
    """The server that the environment names. Test processes that share it take turns, each to its end."""
    url = os.environ.get("NEO4J_TEST_URI")
    if url is None:
        return None
    address = Neo4jAddress(url, os.environ.get("NEO4J_TEST_USER", "neo4j"), os.environ.get("NEO4J_TEST_PASSWORD", ""))
    turn = (Path(tempfile.gettempdir()) / "swaymap-neo4j-test.lock").open("w")
    fcntl.flock(turn, fcntl.LOCK_EX)
    atexit.register(turn.close)
    with GraphDatabase.driver(url, auth=(address.user, address.password)) as driver:
        nodes = driver.execute_query("MATCH (n) RETURN count(n) AS nodes").records[0]["nodes"]
    if nodes:
        pytest.exit(f"NEO4J_TEST_URI names a database that holds {nodes} nodes; the tests would delete them.", 2)
    atexit.register(empty, address)
    return address


def empty(address: Neo4jAddress) -> None:
    """Delete every node, and every constraint that the model does not declare: those of kinds that a test declared."""
    with (
        GraphDatabase.driver(address.url, auth=(address.user, address.password)) as driver,
        driver.session() as session,
    ):
        while session.run("MATCH (n) WITH n LIMIT 500 DETACH DELETE n RETURN count(*)").value()[0]:
            pass
        declared = {statement.split()[2] for statement in constraints()}  # CREATE CONSTRAINT name …
        for name in set(session.run("SHOW CONSTRAINTS YIELD name").value()) - declared:
            session.run(f"DROP CONSTRAINT `{name}`").consume()


def rows(address: Neo4jAddress, query: str, **parameters: object) -> Iterator[list[object]]:
    """The rows that the database itself returns for a query."""
    with GraphDatabase.driver(address.url, auth=(address.user, address.password)) as driver:
        yield from (list(record.values()) for record in driver.execute_query(query, parameters).records)
