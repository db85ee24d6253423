"""The graph in Neo4j, derived from the declarations: labels, relationship types, properties, constraints.

Nodes of swaymap itself: one SwaymapStore (schema version, length of the journal, revision, the import under way), one
SwaymapShared (revision of team and competitors), a SwaymapImport per import, a SwaymapChange per journal entry,
SwaymapAccountChanges for the changes of an account in an import.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.model.columns import Column
from graph.model.kind import KINDS, Edge, Kind

SCHEMA_VERSION = 5
"""Raise it where an older swaymap would misread or damage what a newer one writes; not for a new column alone.

Version 1 had no addresses. 2 had no imports in several transactions, which an older swaymap would read half done. 3 had
no journal by account. 4 had no revisions, so that what it writes would move none."""

JOURNAL_BY_ACCOUNT = 4
"""The first schema version with the journal by account."""

REVISIONS = 5
"""The first schema version with revisions."""

STORE, IMPORT, CHANGE, ACCOUNT_CHANGES = "SwaymapStore", "SwaymapImport", "SwaymapChange", "SwaymapAccountChanges"
SHARED_KINDS = "SwaymapShared"


def property_name(name: str) -> str:
    """A column's name as a property: `first_seen` is `firstSeen`."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def label(sheet: str) -> str:
    """The label of a kind that is a node."""
    name = KINDS[sheet].label
    assert name is not None
    return name


def open_label(kind: Kind) -> str | None:
    """The label of the node for an end that is not known yet, such as OpenDuty; None where both are required."""
    return f"Open{kind.record.__name__}" if optional_end(kind) else None


def optional_end(kind: Kind) -> str | None:
    """The end of an edge that may be empty."""
    if kind.edge is None:
        return None
    ends = (kind.edge.source, kind.edge.target)
    return next((name for name in ends if not kind.by_name[name].required), None)


def edge_of(kind: Kind) -> Edge:
    """The edge of a kind that is a relationship."""
    assert kind.edge is not None
    return kind.edge


def properties(kind: Kind) -> list[Column]:
    """The columns that are properties beside `id`; the others are references of a node, or ends of a relationship."""
    if kind.edge is None:
        return [column for column in kind.columns if column.ref is None and column.name != "id"]
    ends = (kind.edge.source, kind.edge.target)
    return [column for column in kind.columns if column.name not in ends]


def labels() -> list[str]:
    """Every label that records use."""
    opened = [open_label(kind) for kind in KINDS.values()]
    return [name for name in (*(kind.label for kind in KINDS.values()), *opened) if name is not None]


def constraints() -> Iterator[str]:
    """The statements that make the uniqueness constraints, each named after its label."""
    keys: dict[str, tuple[str, ...]] = dict.fromkeys((*labels(), STORE, IMPORT, SHARED_KINDS), ("id",))
    keys |= {CHANGE: ("seq",), ACCOUNT_CHANGES: ("account", "lastSeq")}
    for of_label, key in keys.items():
        name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", of_label).lower()
        name = name if name.startswith("swaymap") else f"swaymap_{name}"
        required = ", ".join(f"n.{part}" for part in key)
        yield f"CREATE CONSTRAINT {name}_{key[0]} IF NOT EXISTS FOR (n:{of_label}) REQUIRE ({required}) IS UNIQUE"
