"""Databases of an earlier swaymap: they are read as they are, and brought up to date by the first write.

A column that was declared since is a property that the older nodes and relationships lack; readers take what the
column declares as `before` (`neo4j_values`). Constraints are made where there are none. What else a newer schema keeps
beside the records is filled in here, once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graph.store.neo4j.connection import AnyTransaction
from graph.store.neo4j.journal import fill_account_changes
from graph.store.neo4j.schema import JOURNAL_BY_ACCOUNT, SCHEMA_VERSION

FILLS: Mapping[int, Callable[[AnyTransaction], None]] = {JOURNAL_BY_ACCOUNT: fill_account_changes}
"""By the schema version that needs it: what fills in what older databases lack."""


def bring_up_to_date(transaction: AnyTransaction, version: int) -> bool:
    """Bring a database up to date, whose store node is locked; whether there was anything to do."""
    if version >= SCHEMA_VERSION:
        return False
    for needing in sorted(FILLS):
        if needing > version:
            FILLS[needing](transaction)
    transaction.run("MATCH (s:SwaymapStore) SET s.version = $version", version=SCHEMA_VERSION).consume()
    return True
