"""A table of somebody else's as a table of ours, chunk by chunk, with what could not be said in our words."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graph.model.scales import fold
from loaders.findings import Finding, shown_value
from loaders.mapping import Into, Value
from loaders.tables import Chunk, Flaw, Table


@dataclass
class Mapped:
    """A table on its way: what it becomes, words that mean nothing here, and rows that become no record.

    `main` is the first thing that its rows become: of what else they may become, lacking it is nothing to report.
    """

    table: Table
    into: Into
    main: bool
    unmapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def ours(self) -> Table:
        """The table in our columns; taking its chunks counts what is lost."""
        names = [*self.into.fields]
        return Table(self.table.file, self.into.sheet, names, self.table.header_row, self._chunks())

    def findings(self) -> Iterator[Finding]:
        """Once the chunks are taken: each unmapped word once with its count, and the rows without a needed cell."""
        file, sheet = self.table.file, self.into.sheet
        for (name, word), count in sorted(self.unmapped.items()):
            yield Finding("unmapped_value", file, sheet, None, name, shown_value(word), {"count": str(count)})
        for column, count in sorted(self.left_out.items()) if self.main else ():
            yield Finding("rows_left_out", file, sheet, None, column, None, {"count": str(count), "column": column})

    def _chunks(self) -> Iterator[Chunk]:
        at = {fold(cell): place for place, cell in reversed(list(enumerate(self.table.header)))}
        readers = [self._reader(name, value, at) for name, value in self.into.fields.items()]
        needs = [(column, at.get(fold(column))) for column in self.into.needs]
        for chunk in self.table.chunks:
            keep = self._kept(chunk, needs)
            rows = [chunk.rows[i] for i in keep]
            yield Chunk(rows, [read(chunk, keep) for read in readers], _of_rows(chunk.flaws), chunk.torn)

    def _kept(self, chunk: Chunk, needs: Sequence[tuple[str, int | None]]) -> list[int]:
        keep = list(range(len(chunk.rows)))
        for column, place in needs:
            there = [i for i in keep if place is not None and chunk.columns[place][i].strip()]
            if len(there) < len(keep):
                self.left_out[column] += len(keep) - len(there)
            keep = there
        return keep

    def _reader(self, name: str, value: Value, at: dict[str, int]) -> Callable[[Chunk, list[int]], list[str]]:
        places = [at[fold(column)] for column in value.columns if fold(column) in at]
        words = {fold(word): code for word, code in (value.values or {}).items()}

        def read(chunk: Chunk, keep: list[int]) -> list[str]:
            if value.constant is not None:
                return [value.constant] * len(keep)
            joined = [" ".join(cell for place in places if (cell := chunk.columns[place][i].strip())) for i in keep]
            return [value.prefix + self._said(name, value, words, text) if text else "" for text in joined]

        return read

    def _said(self, name: str, value: Value, words: Mapping[str, str], text: str) -> str:
        parts = [text] if value.separator is None else [one.strip() for one in text.split(value.separator)]
        return ";".join(filter(None, (self._word(name, value, words, part) for part in parts)))

    def _word(self, name: str, value: Value, words: Mapping[str, str], part: str) -> str:
        if value.day is not None:
            return _iso_day(part, value.day)
        if value.values is None:
            return part
        code = words.get(fold(part))
        if code is None:
            self.unmapped[name, part] += 1
            return ""
        return code


def _iso_day(text: str, form: str) -> str:
    """The day as we write it; what has another form stays, and is then said to be no date."""
    try:
        return datetime.datetime.strptime(text, form).date().isoformat()
    except ValueError:
        return text


def _of_rows(flaws: list[Flaw]) -> list[Flaw]:
    """What is wrong with a row as a whole; a cell that is wrong may not be one that is asked for."""
    return [one for one in flaws if one.place is None]
