"""Answers that must not grow with a Neo4j store read as much of the database in a large one as in a small one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from neo4j import GraphDatabase

from graph.store import open_store
from graph.store.neo4j import views as neo4j_views
from graph.store.neo4j.reading import Neo4jReader
from graph.store.scope import Scope
from tests.neo4j_fixture import Neo4jAddress
from tests.sqlite_steps import fill

pytestmark = pytest.mark.neo4j

FEW, MANY = 30, 240

QUESTIONS: dict[str, Callable[[Neo4jReader], object]] = {
    "a page of accounts": lambda reader: neo4j_views.summaries(reader, "a0004", 10, Scope.all()),
    "a page of ids": lambda reader: neo4j_views.account_ids(reader, "a0004", 10, Scope.all()),
    "the account of a person": lambda reader: neo4j_views.owners(reader, "people", ["a0007-p1"]),
    "the history of an account": lambda reader: reader.entries(["a0007"], None, None),
    "the later changes of an account": lambda reader: list(reader.changes_after(10, ["a0007", ""])),
    "the first change of an account": lambda reader: reader.first_cuts(0, ["a0007"]),
}


class Profiled(Neo4jReader):
    """A reader that adds up what its queries read of the database."""

    hits = 0

    def rows(self, query: str, **parameters: Any) -> list[list[Any]]:
        result = self._transaction.run(f"PROFILE {query}", parameters)
        found = result.values()
        self.hits += _hits(result.consume().profile)
        return found


def _hits(profile: dict[str, Any]) -> int:
    return int(profile.get("dbHits", 0)) + sum(map(_hits, profile.get("children", [])))


def test_what_is_read_does_not_grow_with_the_store(neo4j_address: Neo4jAddress) -> None:
    store = open_store(neo4j_address.url, user=neo4j_address.user, password=neo4j_address.password)
    read: dict[int, dict[str, int]] = {}
    with GraphDatabase.driver(neo4j_address.url, auth=(neo4j_address.user, neo4j_address.password)) as driver:
        for accounts in (FEW, MANY):
            fill(store, accounts)
            driver.execute_query("CALL db.awaitIndexes(60)")
            with driver.session() as session, session.begin_transaction() as transaction:
                reader = Profiled(transaction)
                read[accounts] = {}
                for name, question in QUESTIONS.items():
                    before = reader.hits
                    assert question(reader)
                    read[accounts][name] = reader.hits - before
    store.close()
    for name in QUESTIONS:
        assert 0 < read[MANY][name] <= 1.5 * read[FEW][name] + 20, (name, read)
