"""Read tables of other programs: find the mapping of a table by its columns, and apply it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from graph.model.kind import KINDS
from graph.model.scales import fold
from loaders.asked import Asked
from loaders.findings import Finding
from loaders.mapped import Mapped
from loaders.mapping import Mapping, TableMap, shipped_mappings, table_map
from loaders.problems import unreadable
from loaders.read_table import Read
from loaders.records import read_records
from loaders.tables import Table, with_progress


class Foreign:
    """The mappings of an import: those of the caller before those that are shipped."""

    def __init__(self, asked: Asked, own: Sequence[Mapping]) -> None:
        self._asked, self._own = asked, own
        self.used: list[tuple[TableMap, Sequence[str]]] = []

    @cached_property
    def mappings(self) -> Sequence[Mapping]:
        """Every mapping; loaded when a table is not one of our own sheets."""
        return (*self._own, *shipped_mappings())

    def own(self, name: str, header: Sequence[str]) -> TableMap | None:
        """The entry of the caller's mapping that fits a table of this name and header."""
        own = table_map(self._own, name, header)
        if own is not None:
            self.used.append((own, header))
        return own

    def fitting(self, name: str, header: Sequence[str]) -> TableMap | None:
        """The mapping that fits a table of this name and header: one that was kept from before, else one of all."""
        return self._asked.kept(header) or table_map(self.mappings, name, header)

    def called(self, name: str) -> list[TableMap]:
        """The mapped tables of this name, else those of the program of this name; empty if there are none."""
        tables = [table for mapping in self.mappings for table in mapping.tables if table.is_called(name)]
        return tables or [
            table for mapping in self.mappings if fold(mapping.source) == fold(name) for table in mapping.tables
        ]

    @property
    def names(self) -> Iterator[str]:
        """All names by which a mapped table can be chosen: the programs, then their tables."""
        yield from dict.fromkeys(mapping.source for mapping in self.mappings)
        yield from dict.fromkeys(table.name for mapping in self.mappings for table in mapping.tables)

    def read(
        self, foreign: TableMap, file: str, opened: Callable[[str], Table | None]
    ) -> Iterator[tuple[Read, Iterable[Finding]]]:
        """The records of a table, and findings about what was lost; `opened` opens it again under a sheet's name."""
        asked = self._asked
        if asked.account is None and any(into.asks_account for into in foreign.into):
            raise unreadable("account_needed", file, value=foreign.name)
        for number, into in enumerate(foreign.into):
            table = opened(into.sheet)
            if table is None:
                continue
            mapped = Mapped(table, into, main=number == 0, account=asked.account or "")
            kind = KINDS[into.sheet]
            ours = with_progress(mapped.ours(), asked.rows_read)
            read = read_records(kind, ours, strict=asked.strict, today=asked.today, caps=asked.caps, foreign=True)
            read.exported = any(foreign is table for mapping in shipped_mappings() for table in mapping.tables)
            yield read, mapped.findings()
