"""Receipts of imports and undos: counts, warnings and changed cells, in words for a person and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from api.terminal import lines
from api.text.output import TableColumn, csv_text, json_text, printed, table
from graph.model.words import text

if TYPE_CHECKING:
    from graph.store.protocol import CellChange, Receipt
    from graph.store.receipt_warnings import ReceiptWarning, WarningCode

COUNTED = ("added", "changed", "removed", "unchanged")

SHOWN = 20
"""How many warnings and how many cells are shown on the screen; JSON and CSV have all of them."""


def receipt_in(format_: str, receipt: Receipt, lang: str) -> str:
    """A receipt in the format asked for: JSON has all of it, CSV the cells, a table is for the screen."""
    if format_ == "json":
        return json_text(receipt_json(receipt, lang))
    return csv_text(cell_rows(receipt, lang)) if format_ == "csv" else receipt_text(receipt, lang)


def receipt_table(receipt: Receipt, lang: str) -> str:
    """A row a kind of record; removals only where there are some."""
    shown = [what for what in COUNTED if what != "removed" or any(count.removed for count in receipt.counts.values())]
    rows = [
        {"sheet": sheet, **{what: getattr(counts, what) for what in shown}} for sheet, counts in receipt.counts.items()
    ]
    columns = [TableColumn("head.kind", lambda row: str(row["sheet"])), *map(_number, shown)]
    return printed(table(rows, columns, lang))


def receipt_text(receipt: Receipt, lang: str) -> str:
    """The receipt on a screen: warnings, the first cells that change, and the counts."""
    from graph.store.receipt_warnings import warnings_of

    words = Words(receipt, lang)
    warnings = warnings_of(receipt)
    warned = [f"! {words.warning(warning)}" for warning in islice(warnings, SHOWN)]
    changed = [words.line(cell) for cell in islice(receipt.cells, SHOWN)]
    written = [
        *_under("receipt.warnings", warned, sum(1 for _ in warnings), lang),
        *_under("receipt.changes", changed, len(receipt.cells) - len(changed), lang),
    ]
    return lines(written) + receipt_table(receipt, lang)


def receipt_json(receipt: Receipt, lang: str) -> dict[str, Any]:
    """The whole receipt, its values as records have them and beside them in the words of a language."""
    from dataclasses import asdict

    from graph.store.receipt_warnings import warnings_of

    words = Words(receipt, lang)
    return {
        "import": receipt.import_id,
        "dry_run": receipt.dry_run,
        "counts": {sheet: asdict(counts) for sheet, counts in receipt.counts.items()},
        "accounts": list(receipt.accounts),
        "cells": list(cell_rows(receipt, lang)),
        "warnings": [
            {
                "code": warning.code,
                "needs_yes": warning.code == "name_replaced",
                **words.row(warning.cell),
                "text": words.warning(warning),
            }
            for warning in warnings_of(receipt)
        ],
    }


def cell_rows(receipt: Receipt, lang: str) -> Iterator[dict[str, Any]]:
    """A row a cell that is different."""
    return map(Words(receipt, lang).row, receipt.cells)


def count_of(receipt: Receipt, code: WarningCode) -> int:
    """How many warnings of a kind a receipt has."""
    from graph.store.receipt_warnings import warnings_of

    return sum(warning.code == code for warning in warnings_of(receipt))


class Words:
    """The cells of a receipt in the words of a language: scales and yes or no as words, records by their names."""

    def __init__(self, receipt: Receipt, lang: str) -> None:
        self._name_of, self._lang = receipt.name_of, lang

    def line(self, cell: CellChange) -> str:
        """A cell in a line, its texts cut: `Claudia Neumann · stance: Supporter → empty`."""
        from graph.model.kind import KINDS

        column = KINDS[cell.sheet].by_name[cell.column]
        return text(
            "receipt.cell",
            self._lang,
            name=_short(self.name(cell)),
            column=column.zh if self._lang == "zh" else column.name,
            old=_short(self.value(cell, cell.old)),
            new=_short(self.value(cell, cell.new)),
        )

    def warning(self, warning: ReceiptWarning) -> str:
        """A warning in a line: the cell, and what is odd about its change."""
        return text(f"receipt.warning.{warning.code}", self._lang, cell=self.line(warning.cell))

    def row(self, cell: CellChange) -> dict[str, Any]:
        """A cell with its values as records have them, and in words."""
        return {
            "sheet": cell.sheet,
            "key": list(cell.key),
            "name": cell.name,
            "column": cell.column,
            "old": _plain(cell.old),
            "new": _plain(cell.new),
            "old_words": self.value(cell, cell.old),
            "new_words": self.value(cell, cell.new),
        }

    def name(self, cell: CellChange) -> str:
        """The name of what a cell is about, each part of it in the language's script."""
        from graph.model.names import in_script
        from graph.store.changed_cells import WAY

        ends = ([in_script(name, self._lang) for name in end.split(", ")] for end in cell.name.split(WAY))
        return WAY.join(map(", ".join, ends))

    def value(self, cell: CellChange, value: Any) -> str:
        """The old or the new value of a cell."""
        from graph.model.dataset import EMPTY
        from graph.model.kind import KINDS
        from graph.model.names import in_script
        from loaders.written import cell_text

        column = KINDS[cell.sheet].by_name[cell.column]
        if value in EMPTY:
            return text("receipt.empty", self._lang)
        if column.ref is not None:
            ids = value if column.is_list else (value,)
            return "; ".join(in_script(self._name_of(column.ref, identity) or identity, self._lang) for identity in ids)
        return cell_text(value, column, self._lang)


def _under(title: str, entries: list[str], more: int, lang: str) -> Iterator[str]:
    """Lines under a title, and how many more there are; nothing where there is none."""
    if entries:
        yield text(title, lang)
        yield from (f"  {line}" for line in entries)
    if more:
        yield f"  {text('receipt.more', lang, more=more)}"


def _short(words: str) -> str:
    """Words as a line of the screen holds them: in one line, cut, without characters that a terminal obeys."""
    from loaders.findings import shown_value

    return shown_value(" ".join(words.split())) or ""


def _plain(value: Any) -> Any:
    """A value as JSON and CSV have it; a day stays one."""
    return list(value) if isinstance(value, tuple) else value


def _number(what: str) -> TableColumn:
    return TableColumn(f"head.{what}", lambda row: str(row[what]), right=True)
