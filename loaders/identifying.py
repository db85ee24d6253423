"""Assign ids to rows without one, and replace the names in references by ids.

A row without an id is the known record of its name, in the files or in the store; otherwise it gets an id made from its
name, or from its content if its kind has no name. So reading the same file again finds the same records.
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
from loaders.contacts import identity
from loaders.findings import Finding
from loaders.ids_from_names import SCOPE, Unnamed, of_table
from loaders.name_lookup import Meaning, Several
from loaders.read_table import Read

MOST_NEAR = 100
"""Unknown names for which the nearest records are searched: the search is slow among a million."""

STANCE = "stance:"
"""The prefix of a claim's topic that refers to a person."""


@dataclass
class Identifying:
    """Assigns ids to the rows of an import and resolves their references, in place.

    Attributes:
        asked: the options of the import.
        reads: the tables.
        findings: what was assigned, and what is ambiguous.
        near: by sheet and text, the records that a reference without a target may mean.
    """

    asked: Asked
    reads: Sequence[Read]
    findings: list[Finding] = field(default_factory=list)
    near: dict[tuple[str, str], str] = field(default_factory=dict)
    _index: NameIndex | None = None
    _bad: dict[int, set[int]] = field(default_factory=dict)

    @property
    def own(self) -> list[Read]:
        """Our own tables of named kinds, each kind after the kinds that it refers to."""
        return [read for sheet in NAMED for read in self.reads if read.kind.sheet == sheet and not read.foreign]

    def give_ids(self) -> None:
        """Assign ids to the rows of our own tables of kinds that have a name."""
        own = self.own
        if not any(read.lacks_ids for read in own):
            return
        for sheet in NAMED:
            reads = [read for read in own if read.kind.sheet == sheet]
            for read in reads:
                self._resolve(read, [column for column in read.kind.references if column.ref != sheet], final=False)
            lacking = [read for read in reads if read.lacks_ids]
            if lacking:
                Unnamed(self, KINDS[sheet], lacking).give()
            for read in reads:
                self.index.know(record for record in read.records if record.id is not None)

    def resolve(self, reads: Sequence[Read]) -> None:
        """Replace names by ids in all references, and assign ids to rows of kinds without a name.

        Exports are skipped: `matching` has resolved them.
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
        """All records with ids, of the files and of the store; built when the first name is looked up."""
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
        """The account of the import: the option, else the only account in the files; None if there are several."""
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
        """The texts of a column that are ids neither in the files nor in the store."""
        left = named
        for ids in self._ids_in_files(sheet):
            left = left.difference(ids)
        if left and self._index is not None:
            left = left.difference(self._index.of(sheet))
        elif left and self.asked.stored is not None:
            left = left.difference(self.asked.stored(sheet, left))
        return left

    def _resolve(self, read: Read, columns: Iterable[Column], final: bool) -> None:
        """Replace names by ids in some columns. Names that stay unknown are noted at the `final` time only."""
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
                meant = [meaning.of(record, text) if text in left else text for text in value]
            elif value in left:
                meant = [meaning.of(record, value)]
            else:
                continue
            several = next((meaning for meaning in meant if isinstance(meaning, Several)), None)
            if several is not None:
                self._ambiguous(read, row, column.name, several)
            else:
                ids = tuple(sorted({str(meaning) for meaning in meant}))
                setattr(record, column.name, ids if column.is_list else ids[0])

    def _resolve_topics(self, read: Read) -> None:
        """Replace the name in topics `stance:<person>` by the id; unknown names stay."""
        asked = {claim.topic.removeprefix(STANCE) for claim in read.records if claim.topic.startswith(STANCE)}
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
        # The candidates would reveal the value of a restricted column.
        restricted = read.kind.by_name[column].field_class is FieldClass.RESTRICTED
        places = None if restricted else self.offered(several.sheet, several.ids)
        self.bad_row(read, row, "ambiguous_name", column, several.asked, places)

    def offered(self, sheet: str, ids: Sequence[str]) -> dict[str, str]:
        """The candidates of an ambiguous name, for a message."""
        listed = ", ".join(self.index.described(sheet, sorted(ids)[:OFFERED]))
        return {"candidates": f"{listed} …" if len(ids) > OFFERED else listed}

    def bad_row(
        self, read: Read, row: int, code: str, column: str, value: str | None, places: dict[str, str] | None = None
    ) -> None:
        """Report an error of a row, which then gives no record."""
        self.findings.append(read.finding(code, row, column, value, places))
        self._bad.setdefault(id(read), set()).add(row)

    def leave_out_bad(self, read: Read) -> None:
        """Remove the rows of a table for which errors were reported."""
        bad = self._bad.pop(id(read), None)
        if bad:
            read.leave_out(bad)

    def _note_near(self, sheet: str, left: Iterable[str]) -> None:
        """Note the nearest records of unknown names."""
        for name in sorted(left):
            if len(self.near) < MOST_NEAR and not self.index.called(sheet, name):
                near = self.index.near(sheet, name)
                if near:
                    self.near[sheet, name] = self.offered(sheet, near)["candidates"]

    def _give_digests(self, read: Read) -> None:
        """Assign ids made from the content of rows: equal rows get equal ids."""
        label = (read.kind.label or read.kind.sheet).lower()
        others = [name for name in read.kind.fields if name != "id"]
        given = 0
        for record in read.records:
            if record.id is None:
                values = ((name, getattr(record, name)) for name in others)
                record.id = identity(
                    label, *(f"{name}={_content(value)}" for name, value in values if value not in (None, ()))
                )
                given += 1
        if given:
            self.findings.append(of_table(read, "ids_of_content", given))
        self.given(read)

    @staticmethod
    def given(read: Read) -> None:
        """Set the keys of a table all of whose rows have ids now."""
        read.keys = {record.id for record in read.records}
        read.lacks_ids = False


def _content(value: Any) -> str:
    """The text of a value in a digest."""
    if isinstance(value, tuple):
        return ";".join(value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
