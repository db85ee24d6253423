"""A workbook, read by a process of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from loaders.caps import Caps
from loaders.sandbox import Reader, confined
from loaders.tables import Chunk, FileFacts, Flaw, Table


class ConfinedBook:
    """A workbook opened for reading: one sheet after another."""

    def __init__(self, name: str, reader: Reader) -> None:
        self.facts = FileFacts(name, "xlsx")
        self._reader = reader
        (self.sheets,) = reader.ask(None)

    def header(self, name: str) -> list[str]:
        """The header of a sheet, empty where the sheet is. Raises Unreadable."""
        (head,) = self._reader.ask({"sheet": name, "rows": False})
        return head["header"] or []

    def table(self, name: str, under: str | None = None) -> Table | None:
        """The table of a sheet, None where it is empty; `under` is what it is called from here on.

        Raises Unreadable; so may taking the table's chunks.
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
def confined_workbook(path: Path, caps: Caps) -> Iterator[ConfinedBook]:
    """A workbook, open while its sheets are read. Raises Unreadable where it is none or too large."""
    with confined("workbook", path, caps) as reader:
        yield ConfinedBook(path.name, reader)
