"""A million interactions into a Neo4j of 1 GB heap, many times what one transaction of it could hold."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

from neo4j import Driver, GraphDatabase

from benchmarks.measuring import Result, seconds, side_by_side
from benchmarks.reading import MEMBERS, PEOPLE, ROWS, TODAY, write_interactions, write_parties
from graph.store import open_store
from graph.store.neo4j.schema import constraints
from graph.store.neo4j_local.server import LocalServer
from loaders.asked import Asked
from swaymap.importing import import_paths

HEAP = "1g"
PORTION = 10_000
_LABELS = {"accounts": "Account", "team": "TeamMember", "people": "Person", "interactions": "Interaction"}
_LINKS = (
    ("people", "account", "Person", "WORKS_AT", "Account"),
    ("interactions", "people", "Interaction", "INVOLVES", "Person"),
    ("interactions", "members", "Interaction", "INVOLVES", "TeamMember"),
)


def import_neo4j_1m() -> Result:
    """Rows a second from CSV, all or nothing; the peer is bare UNWIND batches of the same rows, a transaction each.

    The peer checks nothing and has neither a journal nor a way back.
    """
    rows = ROWS + PEOPLE + MEMBERS + 1
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_parties(folder)
        write_interactions(folder, ROWS)
        return side_by_side(
            lambda: rows / _seconds(lambda server: _import(folder, server, rows)),
            lambda: rows / _seconds(lambda server: _bare(folder, server)),
            unit="rows/s",
            runs=1,
            better="higher",
            warmup=0,
        )


def _seconds(work: Callable[[LocalServer], None]) -> float:
    """The time that the work takes on a new server, which starts faster than one of a million nodes is emptied."""
    with tempfile.TemporaryDirectory() as home, LocalServer(Path(home), Path(".cache"), heap=HEAP) as server:
        return seconds(lambda: work(server))


def _import(folder: Path, server: LocalServer, rows: int) -> None:
    store = open_store(server.url, user=server.user, password=server.password)
    try:
        receipt = import_paths(store, [folder], Asked(today=TODAY)).receipt
        assert receipt is not None
        assert receipt.written == rows
    finally:
        store.close()


def _bare(folder: Path, server: LocalServer) -> None:
    with GraphDatabase.driver(server.url, auth=(server.user, server.password)) as driver:
        for statement in constraints():
            driver.execute_query(statement)
        for sheet, label in _LABELS.items():
            _in_portions(driver, f"CREATE (n:{label}) SET n = row", _rows(folder, sheet))
        for sheet, column, label, link, there in _LINKS:
            ends = ({"id": row["id"], "there": row[column]} for row in _rows(folder, sheet))
            found = f"MATCH (a:{label} {{id: row.id}}) MATCH (b:{there} {{id: row.there}})"
            _in_portions(driver, f"{found} CREATE (a)-[:{link}]->(b)", ends)


def _rows(folder: Path, sheet: str) -> Iterator[dict[str, str]]:
    with (folder / f"{sheet}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _in_portions(driver: Driver, statement: str, rows: Iterable[dict[str, str]]) -> None:
    left = iter(rows)
    while portion := list(islice(left, PORTION)):
        driver.execute_query(f"UNWIND $rows AS row {statement}", rows=portion)
