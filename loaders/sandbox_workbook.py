"""Workbooks of every form (.xlsx, .ods, .xls, .parquet), read in the sandbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from loaders.caps import Caps
from loaders.sandbox import SandboxReader, open_sandbox
from loaders.tables import Chunk, FileFacts, Flaw, Table

FORM_SHOWN = {"workbook": "xlsx"}
"""How a form is called in the receipt, where that is not its own name."""


class SandboxedWorkbook:
    """An open workbook, whose sheets are read one after another."""

    def __init__(self, name: str, form: str, reader: SandboxReader) -> None:
        self.facts = FileFacts(name, FORM_SHOWN.get(form, form))
        self._reader = reader
        (self.sheets,) = reader.ask(None)

    def header(self, name: str) -> list[str]:
        """The header of a sheet; empty if the sheet is. Raises Unreadable."""
        (head,) = self._reader.ask({"sheet": name, "rows": False})
        return head["header"] or []

    def table(self, name: str, under: str | None = None) -> Table | None:
        """The table of a sheet, None if it is empty; `under` is the sheet's name in findings and in the receipt.

        Raises Unreadable; so may iterating over the chunks.
        """
        sheet = under or name
        self.facts.rows[sheet] = 0
        answers = self._reader.ask({"sheet": name, "rows": True})
        head = next(answers)
        if head["hidden"] and name not in self.facts.hidden:
            self.facts.hidden.append(name)
        if head["header"] is None:
            list(answers)
            return None
        return Table(self.facts.file, sheet, head["header"], head["row"], self._chunks(sheet, answers))

    def _chunks(self, sheet: str, answers: Iterator[Any]) -> Iterator[Chunk]:
        for answer in answers:
            self.facts.rows[sheet] += len(answer["rows"])
            yield Chunk(answer["rows"], answer["columns"], [Flaw(*flaw) for flaw in answer["flaws"]])


@contextmanager
def open_workbook(form: str, path: Path, caps: Caps) -> Iterator[SandboxedWorkbook]:
    """Open a workbook of a form: workbook (.xlsx), ods, xls or parquet.

    Raises Unreadable where it is not one or too large.
    """
    with open_sandbox(form, path, caps) as reader:
        yield SandboxedWorkbook(path.name, form, reader)
