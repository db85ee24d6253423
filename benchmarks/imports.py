"""100,000 rows from CSV into a store, against bare statements that write the same rows and journal."""

from __future__ import annotations

import csv
import datetime
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.measuring import Result, peak_memory, seconds, side_by_side
from graph.store import open_store
from graph.store.sqlite.schema import schema
from loaders.asked import Asked
from swaymap.importing import import_paths

TODAY = datetime.date(2026, 11, 23)
ROWS = 100_000
ACCOUNTS, PEOPLE, MEMBERS = 200, 20_000, 10
MEMORY_LIMIT_MB = 600.0


def write_rows(folder: Path) -> None:
    """A CSV folder of 100,000 rows: accounts, their people, our team, and the interactions between them."""
    _write(folder, "accounts", ["id", "name"], ([f"a{i}", f"Account {i}"] for i in range(ACCOUNTS)))
    _write(folder, "team", ["id", "name", "role"], ([f"m{i}", f"Member {i}", "AR"] for i in range(MEMBERS)))
    people = ([f"p{i}", f"a{i % ACCOUNTS}", f"Person {i}", "Manager", i % 7 + 1, "finance"] for i in range(PEOPLE))
    _write(folder, "people", ["id", "account", "name", "title", "level", "function"], people)
    first = datetime.date(2026, 1, 1)
    interactions = (
        [f"i{i}", (first + datetime.timedelta(days=i % 300)).isoformat(), "daily_contact", "visit", f"p{i % PEOPLE}",
         f"m{i % MEMBERS}", "two_way", i % 5 + 1, "calendar", f"Talked about the project, part {i}"]
        for i in range(ROWS - ACCOUNTS - MEMBERS - PEOPLE)
    )  # fmt: skip
    names = "id date method subtype people members response customer_headcount source notes"
    _write(folder, "interactions", names.split(), interactions)


def import_sqlite_csv() -> Result:
    """Rows a second into a fresh SQLite store, from CSV; the peer is a bare executemany of its rows and journal."""
    with _folder() as folder:
        ours = folder / "ours.db"
        _import(folder / "rows", f"sqlite:///{ours}")
        tables = _dumped(ours)
        return side_by_side(
            lambda: ROWS / seconds(lambda: _import(folder / "rows", f"sqlite:///{_fresh(ours)}")),
            lambda: ROWS / _bare_sqlite(folder / "peer.db", tables),
            unit="rows/s",
            better="higher",
        )


def import_sqlite_csv_memory() -> Result:
    """Peak memory of the whole process that imports them, in MB; the peer is the limit that we set ourselves."""
    with _folder() as folder:
        command: list[str | Path] = [Path(sys.executable).with_name("swaymap"), "import", folder / "rows", "--store"]

        def ours() -> float:
            return peak_memory([*command, f"sqlite:///{_fresh(folder / 'ours.db')}"])

        return side_by_side(ours, lambda: MEMORY_LIMIT_MB, unit="MB", runs=1, warmup=0)


def import_neo4j_csv() -> Result:
    """Rows a second into a real Neo4j, from CSV; the peer is bare UNWIND batches of the same, in one transaction."""
    from neo4j import GraphDatabase

    from graph.store.neo4j_local.server import LocalServer

    with _folder() as folder, LocalServer(folder / "neo4j", Path(".cache"), heap="2g") as server:
        login = (server.user, server.password)
        with GraphDatabase.driver(server.url, auth=login) as driver:

            def ours() -> float:
                _empty(driver)
                return ROWS / seconds(lambda: _import(folder / "rows", server.url, login))

            def peer() -> float:
                batches = _read_back(driver)
                _empty(driver)
                return ROWS / seconds(lambda: _bare_neo4j(driver, batches))

            return side_by_side(ours, peer, unit="rows/s", runs=3, better="higher")


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "rows").mkdir()
        write_rows(folder / "rows")
        yield folder


def _write(folder: Path, sheet: str, header: list[str], rows: Iterator[list[Any]]) -> None:
    with (folder / f"{sheet}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _import(rows: Path, url: str, login: tuple[str, str] | None = None) -> None:
    store = open_store(url, user=login[0], password=login[1]) if login else open_store(url)
    try:
        done = import_paths(store, [rows], Asked(today=TODAY))
        assert done.receipt is not None
        assert done.receipt.written == ROWS
    finally:
        store.close()


def _fresh(database: Path) -> Path:
    for ending in ("", "-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    return database


def _dumped(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    with sqlite3.connect(database) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: rows for name in names if (rows := list(connection.execute(f"SELECT * FROM {name}")))}


def _bare_sqlite(database: Path, tables: dict[str, list[tuple[Any, ...]]]) -> float:
    connection = sqlite3.connect(_fresh(database), isolation_level=None)
    connection.executescript(schema())
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")

    def insert() -> None:
        connection.execute("BEGIN IMMEDIATE")
        for name, rows in tables.items():
            connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})", rows)
        connection.execute("COMMIT")

    try:
        return seconds(insert)
    finally:
        connection.close()


_NODES = "MATCH (n) RETURN labels(n)[0] AS label, collect(properties(n)) AS rows"
_LINES = """
MATCH (a)-[r]->(b) RETURN labels(a)[0] AS source, type(r) AS type, labels(b)[0] AS target,
collect({a: a.id, b: b.id, properties: properties(r)}) AS rows
"""
BATCH = 10_000


def _read_back(driver: Any) -> list[tuple[str, list[Any]]]:
    """The statements and rows that write what is in the database, nodes before relationships."""
    made = [
        (f"UNWIND $rows AS row CREATE (n:{record['label']}) SET n = row", record["rows"])
        for record in driver.execute_query(_NODES).records
    ]
    made += [
        (
            f"UNWIND $rows AS row "
            f"MATCH (a:{record['source']} {{id: row.a}}) MATCH (b:{record['target']} {{id: row.b}}) "
            f"CREATE (a)-[r:{record['type']}]->(b) SET r = row.properties",
            record["rows"],
        )
        for record in driver.execute_query(_LINES).records
    ]
    return made


def _bare_neo4j(driver: Any, batches: list[tuple[str, list[Any]]]) -> None:
    with driver.session() as session, session.begin_transaction() as transaction:
        for statement, rows in batches:
            for start in range(0, len(rows), BATCH):
                transaction.run(statement, rows=rows[start : start + BATCH]).consume()
        transaction.commit()


def _empty(driver: Any) -> None:
    with driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
