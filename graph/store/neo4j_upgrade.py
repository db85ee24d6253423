"""Databases of an earlier swaymap: they are read as they are, and brought up to date by the first write.

A column that was declared since is a property that the older nodes and relationships lack; readers take what the
column declares as `before` (`neo4j_values`). Constraints are made where there are none. What else a newer schema keeps
beside the records is filled in here, once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.store.neo4j_connection import AnyTransaction
from graph.store.neo4j_schema import SCHEMA_VERSION

FILLS: Mapping[int, Sequence[str]] = {}
"""By the schema version that needs them: the statements that fill in what older databases lack, in order."""


def bring_up_to_date(transaction: AnyTransaction, version: int) -> bool:
    """Bring a database up to date, whose store node is locked; whether there was anything to do."""
    if version >= SCHEMA_VERSION:
        return False
    for needing, statements in sorted(FILLS.items()):
        if needing > version:
            for statement in statements:
                transaction.run(statement).consume()
    transaction.run("MATCH (s:SwaymapStore) SET s.version = $version", version=SCHEMA_VERSION).consume()
    return True
