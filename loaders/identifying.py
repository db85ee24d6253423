"""Ids for rows that have none, and ids in place of the names by which cells refer to records.

A row without an id is the record of its name that is known already, in the files or in the store; else it gets an id
made from its name, and where its kind has no name, from its content. So the same file read again finds the same
records.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from graph.model.columns import Column, FieldClass
from graph.model.kind import KINDS, Kind
from graph.model.naming import NAMED, OFFERED, NameIndex, folded_name, slug
from loaders.asked import Asked
from loaders.findings import Finding
from loaders.hidden_characters import hidden_in
from loaders.parties import identity
from loaders.records import Read

TELLS_APART: dict[str, tuple[str, ...]] = {
    "units": ("parent",),
    "people": ("title", "unit"),
    "steps": ("position",),
    "team": ("role",),
}
"""The columns by which two records of one name, of one account, are told apart."""

SCOPE = {"units": "account", "people": "account", "opportunities": "account", "steps": "opportunity"}
"""The column within whose value a name is looked for; names of the other kinds are everybody's."""

NEAR_LOOKED_FOR = 100
"""For so many unknown names the nearest are looked for; it takes a while among a million."""

STANCE = "stance:"
"""How the topic of a claim begins that is about a person."""


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
                _Unnamed(self, KINDS[sheet], lacking).give()
            for read in reads:
                self.index.know(one for one in read.records if one.id is not None)

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
                index.know(one for one in read.records if one.id is not None)

    @cached_property
    def home(self) -> str | None:
        """The account that the files are about, where they are about one."""
        if self.asked.account is not None:
            return self.asked.account
        accounts = {one.id for read in self.reads if read.kind.sheet == "accounts" for one in read.records}
        if not accounts:
            named = (read.referred.get("account", ()) for read in self.reads if read.kind.sheet in SCOPE)
            accounts = {one for names in named for one in names}
        return accounts.pop() if len(accounts) == 1 else None

    def _ids_in_files(self, sheet: str) -> Iterator[Iterable[str]]:
        for read in self.reads:
            if read.kind.sheet == sheet:
                yield {one.id for one in read.records} if read.keys is None or read.lacks_ids else read.keys

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
        self._leave_out_bad(read)

    def _resolve_column(self, read: Read, column: Column, left: set[str]) -> None:
        meaning = _Meaning(self, read.kind, column.ref or "")
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
            several = next((one for one in meant if isinstance(one, _Several)), None)
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
        meaning = _Meaning(self, read.kind, "people")
        for row, record in zip(read.rows, read.records, strict=True):
            if record.topic.startswith(STANCE) and (name := record.topic.removeprefix(STANCE)) in left:
                meant = meaning.of(record, name.strip())
                if isinstance(meant, _Several):
                    self._ambiguous(read, row, "topic", meant)
                else:
                    record.topic = f"{STANCE}{meant}"
        self._leave_out_bad(read)

    def _ambiguous(self, read: Read, row: int, column: str, several: _Several) -> None:
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

    def _leave_out_bad(self, read: Read) -> None:
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
            self.findings.append(_of_table(read, "ids_of_content", given))
        self.given(read)

    @staticmethod
    def given(read: Read) -> None:
        """The keys of a table, whose rows all have ids now."""
        read.keys = {one.id for one in read.records}
        read.lacks_ids = False


@dataclass(frozen=True, slots=True)
class _Several:
    """A name that may mean several records."""

    sheet: str
    asked: str
    ids: list[str]


@dataclass
class _Meaning:
    """What the names in one column of references mean, each looked up once for an account."""

    naming: Identifying
    kind: Kind
    sheet: str
    _known: dict[tuple[str, str | None], str | _Several] = field(default_factory=dict)

    def of(self, record: Any, asked: str) -> str | _Several:
        """The id that a record means by a name: unique in the account of the record, else everywhere.

        The name itself where nothing is called so.
        """
        index = self.naming.index
        if asked in index.of(self.sheet):
            return asked
        home = self._home(record)
        found = self._known.get((asked, home))
        if found is None:
            ids = index.called(self.sheet, asked)
            here = self._here(ids, home or self.naming.home)
            if len(here) != 1 and home is None and len(ids) > 1:
                # What the others of the row have in common with this name depends on the row.
                common = self._common(record)
                here = self._here(ids, common) if common is not None else here
                return here[0] if len(here) == 1 else _Several(self.sheet, asked, here or ids)
            ids = here or ids
            found = asked if not ids else ids[0] if len(ids) == 1 else _Several(self.sheet, asked, ids)
            self._known[asked, home] = found
        return found

    def _here(self, ids: list[str], home: str | None) -> list[str]:
        account_of = self.naming.index.account_of
        return [one for one in ids if account_of(self.sheet, one) in (home, None)]

    def _home(self, record: Any) -> str | None:
        """The account of what the record names by id, where that is one."""
        accounts = {account for sheet, value in self._others(record) if (account := self._account(sheet, value))}
        return accounts.pop() if len(accounts) == 1 else None

    def _account(self, sheet: str, value: str) -> str | None:
        index = self.naming.index
        return index.account_of(sheet, value) if value in index.of(sheet) else None

    def _common(self, record: Any) -> str | None:
        """The one account in which everything that the record names is known."""
        common: set[str | None] | None = None
        for sheet, value in self._others(record):
            index = self.naming.index
            accounts = {index.account_of(sheet, one) for one in index.called(sheet, value)} - {None}
            if accounts:
                common = accounts if common is None else common & accounts
        return common.pop() if common is not None and len(common) == 1 else None

    def _others(self, record: Any) -> Iterator[tuple[str, str]]:
        """Everything that a record names, by sheet."""
        for column in self.kind.references:
            value = getattr(record, column.name)
            for one in value if column.is_list else (value,):
                if one is not None:
                    yield column.ref or "", one


class _Unnamed:
    """The rows of a kind with a name that lack an id, on their way to one."""

    def __init__(self, naming: Identifying, kind: Kind, reads: list[Read]) -> None:
        self.naming, self.kind, self.reads = naming, kind, reads
        self.sheet, self.scope = kind.sheet, SCOPE.get(kind.sheet)
        self.apart = TELLS_APART.get(kind.sheet, ())
        self.in_files = {
            one.id for read in naming.reads if read.kind is kind for one in read.records if one.id is not None
        }
        self.taken_by_lost = {one for read in naming.reads if read.kind is kind for one in read.named or ()}
        self.claimed: set[str] = set()
        self.known: Counter[int] = Counter()

    def give(self) -> None:
        """Give every row its id: first those that plainly are somebody known or new, then the others."""
        rows = [
            (read, row, one)
            for read in self.reads
            for row, one in zip(read.rows, read.records, strict=True)
            if one.id is None
        ]
        alone = Counter(self._place(one) for _, _, one in rows)
        left = [spot for spot in rows if not self._plain(*spot)]
        for read, row, record in left:
            if not self._plain(read, row, record):
                self._of_another_title(read, row, record, alone[self._place(record)] == 1)
        for read in self.reads:
            if count := self.known[id(read)]:
                self.naming.findings.append(_of_table(read, "ids_by_name", count))
            self.naming._leave_out_bad(read)
            self.naming.given(read)

    def _place(self, record: Any) -> tuple[str | None, str]:
        return getattr(record, self.scope) if self.scope else None, folded_name(record.name)

    def _plain(self, read: Read, row: int, record: Any) -> bool:
        """Give the row its id where it is plain who it is; whether it was."""
        if record.name is None:
            self.naming.bad_row(read, row, "missing_value", "id", None, {"name": self.kind.by_name["name"].name})
            return True
        called = self._called(record)
        if not called:
            self._new(read, row, record)
            return True
        fitting = [one for one in called if self._agreement(record, one) is not None]
        best = max((self._agreement(record, one) or 0 for one in fitting), default=0)
        first = [one for one in fitting if self._agreement(record, one) == best]
        if len(first) > 1:
            self.naming.bad_row(read, row, "ambiguous_row", "name", record.name, self._offered(first))
        elif first:
            self._take(read, record, first[0])
        return bool(first)

    def _of_another_title(self, read: Read, row: int, record: Any, alone: bool) -> None:
        """A row that differs from all of its name: somebody else, or the only one known with another title now."""
        called = self._called(record)
        stored = [one for one in called if one not in self.in_files and one not in self.claimed]
        if not stored:
            self._new(read, row, record)
        elif len(called) == 1 and alone:
            self._take(read, record, stored[0])
        else:
            self.naming.bad_row(read, row, "ambiguous_row", "name", record.name, self._offered(called))

    def _called(self, record: Any) -> list[str]:
        """The known records of the name, in the account of the row."""
        index = self.naming.index
        found = index.named(self.sheet, record.name)
        if self.scope is None:
            return found
        return [one for one in found if getattr(index.of(self.sheet)[one], self.scope) == getattr(record, self.scope)]

    def _agreement(self, record: Any, identity: str) -> int | None:
        """In how many of the columns that tell records apart the two agree; None where they differ in one."""
        other, same = self.naming.index.of(self.sheet)[identity], 0
        for name in self.apart:
            here, there = (self._told(one, name) for one in (record, other))
            if here and there and here != there:
                return None
            same += bool(here) and here == there
        return same

    def _told(self, record: Any, name: str) -> str:
        value = getattr(record, name)
        column = self.kind.by_name[name]
        if column.ref is not None and value is not None:
            meant = _Meaning(self.naming, self.kind, column.ref).of(record, value)
            value = meant if isinstance(meant, str) else value
        return folded_name(None if value is None else str(value))

    def _offered(self, ids: list[str]) -> dict[str, str]:
        return self.naming.offered(self.sheet, ids)

    def _take(self, read: Read, record: Any, known: str) -> None:
        record.id = known
        self.claimed.add(known)
        self.known[id(read)] += 1

    def _new(self, read: Read, row: int, record: Any) -> None:
        record.id = next(one for one in self._possible(record) if self._is_free(one))
        self.in_files.add(record.id)
        self.naming.index.know([record])
        self.naming.findings.append(read.finding("id_given", row, "name", record.name, {"id": record.id}))

    def _is_free(self, identity: str) -> bool:
        return identity not in self.taken_by_lost and not self.naming.index.alike(self.sheet, identity)

    def _possible(self, record: Any) -> Iterator[str]:
        """The ids that the record may get: from its name, with its account before it, then numbered."""
        base = slug(record.name)
        if not base or hidden_in(base):
            base = identity((self.kind.label or self.sheet).lower(), record.name)
        yield base
        home = self._account_of(record)
        if home and slug(home):
            base = f"{slug(home)}-{base}"
            yield base
        number = 2
        while True:
            yield f"{base}-{number}"
            number += 1

    def _account_of(self, record: Any) -> str | None:
        if self.scope == "opportunity":
            return self.naming.index.account_of("opportunities", record.opportunity)
        return getattr(record, "account", None)


def _of_table(read: Read, code: str, count: int) -> Finding:
    return Finding(code, read.table.file, read.table.sheet, places={"count": str(count)})


def _content(value: Any) -> str:
    """A value as it enters a digest."""
    if isinstance(value, tuple):
        return ";".join(value)
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
