"""Set up a database, and upgrade one of an earlier swaymap, which is read as it is until the first write.

A column that was declared since is a property that older nodes and relationships lack; readers take the column's
`before` for it (`values.py`). Constraints are made where they are missing. Whatever else a newer schema keeps beside
the records is filled in once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graph.store.neo4j.connection import AnyTransaction, Neo4jConnection
from graph.store.neo4j.journal import fill_account_changes
from graph.store.neo4j.revisions import fill_revisions
from graph.store.neo4j.schema import JOURNAL_BY_ACCOUNT, REVISIONS, SCHEMA_VERSION, STORE, constraints, labels
from graph.store.problems import store_error

FILLS: Mapping[int, Callable[[AnyTransaction], None]] = {
    JOURNAL_BY_ACCOUNT: fill_account_changes,
    REVISIONS: fill_revisions,
}
"""By schema version: the function that fills in what databases of earlier versions lack."""


def bring_up_to_date(transaction: AnyTransaction, version: int) -> bool:
    """Upgrade a database whose store node is locked; whether there was anything to do."""
    if version >= SCHEMA_VERSION:
        return False
    for needing in sorted(FILLS):
        if needing > version:
            FILLS[needing](transaction)
    transaction.run("MATCH (s:SwaymapStore) SET s.version = $version", version=SCHEMA_VERSION).consume()
    return True


def make(connection: Neo4jConnection) -> None:
    """Make the missing constraints. Raises StoreIncompatible for a database with data of others under these labels."""
    foreign = connection.read(_foreign_labels)
    if foreign:
        raise store_error(
            "neo4j_foreign_graph", store=connection.url, database=connection.database, labels=", ".join(foreign)
        )
    for statement in constraints():
        connection.run_alone(statement)


def _foreign_labels(transaction: AnyTransaction) -> list[str]:
    """The labels of records under which a database without a store node has data."""
    counted = " UNION ALL ".join(
        f"MATCH (n:{label}) RETURN '{label}' AS label, count(n) AS nodes" for label in labels()
    )
    if transaction.run(f"MATCH (s:{STORE}) RETURN s.id").peek() is not None:
        return []
    rows = transaction.run(counted).values()
    return [label for label, nodes in rows if nodes]
