"""Apply a mapping: turn a table of another program into a table with our columns, chunk by chunk."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from graph.model.kind import KINDS
from graph.model.scales import fold
from loaders.contacts import identity
from loaders.emptied_cells import foreign_text
from loaders.findings import Finding, shown_value
from loaders.mapping import Into, Lookup, Value
from loaders.tables import Chunk, Flaw, Table

_ISO_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?")


@dataclass
class Mapped:
    """A table and the mapping that is applied to it. Counts unmapped words and rows that become no record.

    `main` is True for the first sheet that the rows become: only for that are rows without a needed cell reported.
    """

    table: Table
    into: Into
    main: bool
    account: str = ""
    unmapped: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    not_done: int = 0

    def ours(self) -> Table:
        """The table with our columns; iterating over its chunks counts what is lost."""
        names = [*self.into.fields]
        return replace(self.table, sheet=self.into.sheet, header=names, chunks=self._chunks())

    def findings(self) -> Iterator[Finding]:
        """After the chunks are consumed: each unmapped word with its count, and counts of rows left out."""
        file, sheet = self.table.file, self.into.sheet
        for (name, word), count in sorted(self.unmapped.items()):
            yield Finding("unmapped_value", file, sheet, None, name, shown_value(word), {"count": str(count)})
        if self.not_done:
            yield Finding("left_out_not_done", file, sheet, places={"count": str(self.not_done)})
        for column, count in sorted(self.left_out.items()) if self.main else ():
            yield Finding("rows_left_out", file, sheet, None, column, None, {"count": str(count), "column": column})

    def _chunks(self) -> Iterator[Chunk]:
        at = {fold(cell): place for place, cell in reversed(list(enumerate(self.table.header)))}
        chunks: Iterable[Chunk] = self.table.chunks
        if any(value.lookup for value in self.into.fields.values()):
            chunks = list(chunks)
        readers = [self._reader(name, value, at, chunks) for name, value in self.into.fields.items()]
        needs = [(column, at.get(fold(column))) for column in self.into.needs]
        wanted, unwanted = self._words_of(self.into.where, at), self._words_of(self.into.unless, at)
        for chunk in chunks:
            meant = [
                i for i in range(len(chunk.rows)) if all(_cell(chunk, place, i) in words for place, words in wanted)
            ]
            done = [i for i in meant if not any(_cell(chunk, place, i) in words for place, words in unwanted)]
            self.not_done += len(meant) - len(done)
            keep = self._kept(chunk, done, needs)
            rows = [chunk.rows[i] for i in keep]
            yield Chunk(rows, [read(chunk, keep) for read in readers], _of_rows(chunk.flaws), chunk.torn)

    @staticmethod
    def _words_of(
        columns: Mapping[str, tuple[str, ...]], at: Mapping[str, int]
    ) -> list[tuple[int | None, frozenset[str]]]:
        return [(at.get(fold(column)), frozenset(map(fold, words))) for column, words in columns.items()]

    def _kept(self, chunk: Chunk, keep: list[int], needs: Sequence[tuple[str, int | None]]) -> list[int]:
        for column, place in needs:
            there = [i for i in keep if place is not None and foreign_text(chunk.columns[place][i])]
            if len(there) < len(keep):
                self.left_out[column] += len(keep) - len(there)
            keep = there
        return keep

    def _reader(
        self, name: str, value: Value, at: dict[str, int], chunks: Iterable[Chunk]
    ) -> Callable[[Chunk, list[int]], list[str]]:
        places = [at[fold(column)] for column in value.columns if fold(column) in at]
        words = {fold(word): code for word, code in (value.values or {}).items()}
        lookup = _lookup_table(value.lookup, at, chunks)
        before = f"{self.account}-{value.prefix}" if value.scoped else value.prefix
        constant = self.account if value.asked == "account" else value.constant

        def read(chunk: Chunk, keep: list[int]) -> list[str]:
            if constant is not None:
                return [constant] * len(keep)
            cells = [[cell for place in places if (cell := foreign_text(chunk.columns[place][i]))] for i in keep]
            enough = len(value.columns) if value.all else 1
            joined = [" ".join(own) if len(own) >= enough else "" for own in cells]
            if value.digest:
                joined = [identity("row", text) if text else "" for text in joined]
            if lookup is not None:
                joined = [lookup.get(text, "") for text in joined]
            return [self._mapped(name, value, words, text, before) if text else "" for text in joined]

        return read

    def _mapped(self, name: str, value: Value, words: Mapping[str, str], text: str, before: str) -> str:
        parts = [text] if value.separator is None else [part.strip() for part in text.split(value.separator)]
        mapped = filter(None, (self._word(name, value, words, part) for part in parts))
        return ";".join(before + word for word in mapped)

    def _word(self, name: str, value: Value, words: Mapping[str, str], part: str) -> str:
        if value.day or KINDS[self.into.sheet].by_name[name].cell == "date":
            return _iso_day(part, value.day)
        if value.values is None:
            return part
        code = words.get(fold(part))
        if code is None:
            self.unmapped[name, part] += 1
            return ""
        return code


def _cell(chunk: Chunk, place: int | None, row: int) -> str:
    return "" if place is None else fold(chunk.columns[place][row].strip())


def _lookup_table(lookup: Lookup | None, at: dict[str, int], chunks: Iterable[Chunk]) -> dict[str, str] | None:
    """Cell → the cell that it stands for; None if the field has no lookup."""
    if lookup is None:
        return None
    find, give = at.get(fold(lookup.find)), at.get(fold(lookup.give))
    if find is None or give is None:
        return {}
    return {
        key.strip(): foreign_text(cell)
        for chunk in chunks
        for key, cell in zip(chunk.columns[find], chunk.columns[give], strict=True)
    }


def _iso_day(text: str, forms: Sequence[str]) -> str:
    """The day in ISO form without a time of day. A text of no known form is returned unchanged, and refused later."""
    if _ISO_MOMENT.fullmatch(text):
        return text[:10]
    for form in forms:
        try:
            return datetime.datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return text


def _of_rows(flaws: list[Flaw]) -> list[Flaw]:
    """The flaws of whole rows: a cell with a flaw may not be used by the mapping."""
    return [flaw for flaw in flaws if flaw.place is None]
