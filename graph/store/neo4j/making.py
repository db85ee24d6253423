"""Taking a database for our own: none that holds other data under our labels, and with our constraints."""

from __future__ import annotations

from graph.store.neo4j.connection import AnyTransaction, Neo4jConnection
from graph.store.neo4j.schema import STORE, constraints, labels
from graph.store.problems import store_error


def make(connection: Neo4jConnection) -> None:
    """Make the constraints that are not there. StoreError for a database with data of others under our labels."""
    foreign = connection.read(_foreign_labels)
    if foreign:
        raise store_error(
            "neo4j_foreign_graph", store=connection.url, database=connection.database, labels=", ".join(foreign)
        )
    for statement in constraints():
        connection.run_alone(statement)


def _foreign_labels(transaction: AnyTransaction) -> list[str]:
    """Our labels under which somebody else keeps data."""
    counted = " UNION ALL ".join(
        f"MATCH (n:{label}) RETURN '{label}' AS label, count(n) AS nodes" for label in labels()
    )
    if transaction.run(f"MATCH (s:{STORE}) RETURN s.id").peek() is not None:
        return []
    rows = transaction.run(counted).values()
    return [label for label, nodes in rows if nodes]
