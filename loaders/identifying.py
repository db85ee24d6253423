"""Ids for rows that have none, and ids in place of the names by which cells refer to records.

A row without an id is the record of its name that is known already, in the files or in the store; else it gets an id
made from its name, and where its kind has no name, from its content. So the same file read again finds the same
records.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph.model.columns import Column, FieldClass
from graph.model.kind import KINDS
from graph.model.naming import NAMED, OFFERED, NameIndex
from loaders.asked import Asked
from loaders.findings import Finding
from loaders.name_meaning import Meaning, Several
from loaders.parties import identity
from loaders.read_table import Read
from loaders.unnamed_rows import SCOPE, Unnamed, of_table

NEAR_LOOKED_FOR = 100
"""For so many unknown names the nearest are looked for; it takes a while among a million."""

STANCE = "stance:"
"""The prefix of a claim's topic that is about a person."""


@dataclass
class Identifying:
    """The tables of an import, whose rows get ids and whose references become ids, in place.

    `near` holds what may have been meant by references that name nothing, by sheet and text.
    """

    asked: Asked
    reads: Sequence[Read]
    findings: list[Finding] = field(default_factory=list)
    near: dict[tuple[str, str], str] = field(default_factory=dict)
    _index: NameIndex | None = None
    _bad: dict[int, set[int]] = field(default_factory=dict)

    @property
    def own(self) -> list[Read]:
        """Our own tables of the kinds that others refer to, each kind after those that it refers to itself."""
        return [read for sheet in NAMED for read in self.reads if read.kind.sheet == sheet and not read.foreign]

    def give_ids(self) -> None:
        """Give the rows of accounts, people and what else has a name their ids, as far as our own tables go."""
        own = self.own
        if not any(one.lacks_ids for one in own):
            return
        for sheet in NAMED:
            reads = [one for one in own if one.kind.sheet == sheet]
            for read in reads:
                self._resolve(read, [column for column in read.kind.references if column.ref != sheet], final=False)
            lacking = [one for one in reads if one.lacks_ids]
            if lacking:
                Unnamed(self, KINDS[sheet], lacking).give()
            for read in reads:
                self.index.know(record for record in read.records if record.id is not None)

    def resolve(self, reads: Sequence[Read]) -> None:
        """Put ids in place of names in all references, and give rows of kinds without a name their ids.

        An export names people who are nowhere, and was cleared of them before.
        """
        self.reads = reads
        if self._index is not None:
            self._know_files(self._index)
        for read in reads:
            if not read.exported:
                self._resolve(read, read.kind.references, final=True)
                if read.kind.sheet == "claims":
                    self._resolve_topics(read)
                if read.lacks_ids and read.kind.sheet not in NAMED:
                    self._give_digests(read)

    @property
    def index(self) -> NameIndex:
        """Everything that has an id, in the files and in the store; looked up when the first name asks for it."""
        if self._index is None:
            self._index = NameIndex()
            self._know_files(self._index)
            known = self.asked.known()
            for sheet in NAMED:
                self._index.know(known.of(KINDS[sheet].record))
        return self._index

    def _know_files(self, index: NameIndex) -> None:
        for read in self.reads:
            if read.kind.sheet in NAMED:
                index.know(record for record in read.records if record.id is not None)

    @cached_property
    def home(self) -> str | None:
        """The account that the files are about, where they are about one."""
        if self.asked.account is not None:
            return self.asked.account
        accounts = {record.id for read in self.reads if read.kind.sheet == "accounts" for record in read.records}
        if not accounts:
            named = (read.referred.get("account", ()) for read in self.reads if read.kind.sheet in SCOPE)
            accounts = {name for names in named for name in names}
        return accounts.pop() if len(accounts) == 1 else None

    def _ids_in_files(self, sheet: str) -> Iterator[Iterable[str]]:
        for read in self.reads:
            if read.kind.sheet == sheet:
                yield {record.id for record in read.records} if read.keys is None or read.lacks_ids else read.keys

    def _not_ids(self, sheet: str, named: set[str]) -> set[str]:
        """Of what a column names, what is no id, neither in the files nor in the store."""
        left = named
        for ids in self._ids_in_files(sheet):
            left = left.difference(ids)
        if left and self._index is not None:
            left = left.difference(self._index.of(sheet))
        elif left and self.asked.stored is not None:
            left = left.difference(self.asked.stored(sheet, left))
        return left

    def _resolve(self, read: Read, columns: Iterable[Column], final: bool) -> None:
        """Put ids in place of names; what is unknown may still be found later, unless this is the `final` time."""
        for column in columns:
            named = read.referred.get(column.name)
            left = self._not_ids(column.ref or "", named) if named else None
            if left:
                self._resolve_column(read, column, left)
                if final:
                    self._note_near(column.ref or "", left)
        self.leave_out_bad(read)

    def _resolve_column(self, read: Read, column: Column, left: set[str]) -> None:
        meaning = Meaning(self.index, self.home, read.kind, column.ref or "")
        for row, record in zip(read.rows, read.records, strict=True):
            value = getattr(record, column.name)
            if column.is_list:
                if left.isdisjoint(value):
                    continue
                meant = [meaning.of(record, one) if one in left else one for one in value]
            elif value in left:
                meant = [meaning.of(record, value)]
            else:
                continue
            several = next((one for one in meant if isinstance(one, Several)), None)
            if several is not None:
                self._ambiguous(read, row, column.name, several)
            else:
                ids = tuple(sorted({str(one) for one in meant}))
                setattr(record, column.name, ids if column.is_list else ids[0])

    def _resolve_topics(self, read: Read) -> None:
        """The person of a topic `stance:<person>`; of a name that nobody has it stays."""
        asked = {one.topic.removeprefix(STANCE) for one in read.records if one.topic.startswith(STANCE)}
        left = self._not_ids("people", asked) if asked else asked
        if not left:
            return
        meaning = Meaning(self.index, self.home, read.kind, "people")
        for row, record in zip(read.rows, read.records, strict=True):
            if record.topic.startswith(STANCE) and (name := record.topic.removeprefix(STANCE)) in left:
                meant = meaning.of(record, name.strip())
                if isinstance(meant, Several):
                    self._ambiguous(read, row, "topic", meant)
                else:
                    record.topic = f"{STANCE}{meant}"
        self.leave_out_bad(read)

    def _ambiguous(self, read: Read, row: int, column: str, several: Several) -> None:
        # What may be meant tells the value, which in a restricted column not everyone may see.
        restricted = read.kind.by_name[column].field_class is FieldClass.RESTRICTED
        places = None if restricted else self.offered(several.sheet, several.ids)
        self.bad_row(read, row, "ambiguous_name", column, several.asked, places)

    def offered(self, sheet: str, ids: Sequence[str]) -> dict[str, str]:
        """Records that may be meant, as a message lists them."""
        told = ", ".join(self.index.described(sheet, sorted(ids)[:OFFERED]))
        return {"candidates": f"{told} …" if len(ids) > OFFERED else told}

    def bad_row(
        self, read: Read, row: int, code: str, column: str, value: str | None, places: dict[str, str] | None = None
    ) -> None:
        """Say what is wrong with a row; it gives no record."""
        self.findings.append(read.finding(code, row, column, value, places))
        self._bad.setdefault(id(read), set()).add(row)

    def leave_out_bad(self, read: Read) -> None:
        """Take the rows that were found to be bad out of a table."""
        bad = self._bad.pop(id(read), None)
        if bad:
            read.leave_out(bad)

    def _note_near(self, sheet: str, left: Iterable[str]) -> None:
        for one in sorted(left):
            if len(self.near) < NEAR_LOOKED_FOR and not self.index.called(sheet, one):
                near = self.index.near(sheet, one)
                if near:
                    self.near[sheet, one] = self.offered(sheet, near)["candidates"]

    def _give_digests(self, read: Read) -> None:
        """Ids of what rows say, where nothing else tells them apart: two that say the same are one."""
        label = (read.kind.label or read.kind.sheet).lower()
        others = [name for name in read.kind.fields if name != "id"]
        given = 0
        for record in read.records:
            if record.id is None:
                told = ((name, getattr(record, name)) for name in others)
                record.id = identity(
                    label, *(f"{name}={_content(value)}" for name, value in told if value not in (None, ()))
                )
                given += 1
        if given:
            self.findings.append(of_table(read, "ids_of_content", given))
        self.given(read)

    @staticmethod
    def given(read: Read) -> None:
        """The keys of a table, whose rows all have ids now."""
        read.keys = {record.id for record in read.records}
        read.lacks_ids = False


def _content(value: Any) -> str:
    """A value as it enters a digest."""
    if isinstance(value, tuple):
        return ";".join(value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
