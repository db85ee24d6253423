"""What an import or its undoing did, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.show import TableColumn, printed, table

if TYPE_CHECKING:
    from graph.store.protocol import Receipt

COUNTED = ("added", "changed", "removed", "unchanged")


def receipt_table(receipt: Receipt, lang: str) -> str:
    """A row a kind of record; removals only where there are some."""
    shown = [what for what in COUNTED if what != "removed" or any(one.removed for one in receipt.counts.values())]
    rows = [{"sheet": sheet, **{what: getattr(one, what) for what in shown}} for sheet, one in receipt.counts.items()]
    columns = [TableColumn("head.kind", lambda row: str(row["sheet"])), *map(_number, shown)]
    return printed(table(rows, columns, lang))


def _number(what: str) -> TableColumn:
    return TableColumn(f"head.{what}", lambda row: str(row[what]), right=True)
