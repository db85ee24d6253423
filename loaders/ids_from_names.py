"""Assign ids to rows without one: the id of the known record of their name, or a new id made from the name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from graph.model.kind import Kind
from graph.model.naming import NameIndex, folded_name, slug
from loaders.contacts import identity
from loaders.findings import Finding
from loaders.hidden_characters import hidden_in
from loaders.name_lookup import Meaning
from loaders.read_table import Read

TELLS_APART: dict[str, tuple[str, ...]] = {
    "units": ("parent",),
    "people": ("title", "unit"),
    "steps": ("position",),
    "team": ("role",),
}
"""Columns that distinguish two records of one name in one account."""

SCOPE = {"units": "account", "people": "account", "opportunities": "account", "steps": "opportunity"}
"""The column whose value is the scope of names; names of the other kinds are global."""


class Naming(Protocol):
    """The part of `Identifying` that is used here."""

    reads: Sequence[Read]
    findings: list[Finding]

    @property
    def index(self) -> NameIndex: ...

    @property
    def home(self) -> str | None: ...

    def offered(self, sheet: str, ids: Sequence[str]) -> dict[str, str]: ...

    def bad_row(
        self, read: Read, row: int, code: str, column: str, value: str | None, places: dict[str, str] | None = None
    ) -> None: ...

    def leave_out_bad(self, read: Read) -> None: ...

    def given(self, read: Read) -> None: ...


class Unnamed:
    """The rows of a named kind that lack an id."""

    def __init__(self, naming: Naming, kind: Kind, reads: list[Read]) -> None:
        self.naming, self.kind, self.reads = naming, kind, reads
        self.sheet, self.scope = kind.sheet, SCOPE.get(kind.sheet)
        self.apart = TELLS_APART.get(kind.sheet, ())
        self.in_files = {
            record.id for read in naming.reads if read.kind is kind for record in read.records if record.id is not None
        }
        self.names_of_bad_rows = {name for read in naming.reads if read.kind is kind for name in read.named or ()}
        self.claimed: set[str] = set()
        self.known: Counter[int] = Counter()

    def give(self) -> None:
        """Assign every row its id: first the rows that are certainly known or new, then the others."""
        rows = [
            (read, row, record)
            for read in self.reads
            for row, record in zip(read.rows, read.records, strict=True)
            if record.id is None
        ]
        alone = Counter(self._place(record) for _, _, record in rows)
        left = [spot for spot in rows if not self._assign_if_certain(*spot)]
        for read, row, record in left:
            if not self._assign_if_certain(read, row, record):
                self._assign_differing(read, row, record, alone[self._place(record)] == 1)
        for read in self.reads:
            if count := self.known[id(read)]:
                self.naming.findings.append(of_table(read, "ids_by_name", count))
            self.naming.leave_out_bad(read)
            self.naming.given(read)

    def _place(self, record: Any) -> tuple[str | None, str]:
        return getattr(record, self.scope) if self.scope else None, folded_name(record.name)

    def _assign_if_certain(self, read: Read, row: int, record: Any) -> bool:
        """Assign the id if it is certain, or report the row; return whether one of both was done."""
        if record.name is None:
            self.naming.bad_row(read, row, "missing_value", "id", None, {"name": self.kind.by_name["name"].name})
            return True
        called = self._called(record)
        if not called:
            self._new(read, row, record)
            return True
        fitting = [known for known in called if self._agreement(record, known) is not None]
        best = max((self._agreement(record, known) or 0 for known in fitting), default=0)
        first = [known for known in fitting if self._agreement(record, known) == best]
        if len(first) > 1:
            self.naming.bad_row(read, row, "ambiguous_row", "name", record.name, self._offered(first))
        elif first:
            self._take(read, record, first[0])
        return bool(first)

    def _assign_differing(self, read: Read, row: int, record: Any, alone: bool) -> None:
        """Assign an id to a row that differs from all records of its name.

        It is a new record, or the only stored record of the name, whose title has changed.
        """
        called = self._called(record)
        stored = [known for known in called if known not in self.in_files and known not in self.claimed]
        if not stored:
            self._new(read, row, record)
        elif len(called) == 1 and alone:
            self._take(read, record, stored[0])
        else:
            self.naming.bad_row(read, row, "ambiguous_row", "name", record.name, self._offered(called))

    def _called(self, record: Any) -> list[str]:
        """Ids of the known records of the row's name, within its scope."""
        known, scope = self.naming.index.of(self.sheet), self.scope
        if scope is None:
            return self.naming.index.named(self.sheet, record.name)
        here = getattr(record, scope)
        return self.naming.index.named(
            self.sheet, record.name, lambda identity: getattr(known[identity], scope) == here
        )

    def _agreement(self, record: Any, identity: str) -> int | None:
        """The number of distinguishing columns in which two records agree; None if they differ in one."""
        other, same = self.naming.index.of(self.sheet)[identity], 0
        for name in self.apart:
            here, there = (self._comparable(side, name) for side in (record, other))
            if here and there and here != there:
                return None
            same += bool(here) and here == there
        return same

    def _comparable(self, record: Any, name: str) -> str:
        value = getattr(record, name)
        column = self.kind.by_name[name]
        if column.ref is not None and value is not None:
            meant = Meaning(self.naming.index, self.naming.home, self.kind, column.ref).of(record, value)
            value = meant if isinstance(meant, str) else value
        return folded_name(None if value is None else str(value))

    def _offered(self, ids: list[str]) -> dict[str, str]:
        return self.naming.offered(self.sheet, ids)

    def _take(self, read: Read, record: Any, known: str) -> None:
        record.id = known
        self.claimed.add(known)
        self.known[id(read)] += 1

    def _new(self, read: Read, row: int, record: Any) -> None:
        record.id = next(identity for identity in self._possible(record) if self._is_free(identity))
        self.in_files.add(record.id)
        self.naming.index.know([record])
        self.naming.findings.append(read.finding("id_given", row, "name", record.name, {"id": record.id}))

    def _is_free(self, identity: str) -> bool:
        return identity not in self.names_of_bad_rows and not self.naming.index.alike(self.sheet, identity)

    def _possible(self, record: Any) -> Iterator[str]:
        """Candidates for a new id: from the name, with the account before it, then numbered."""
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


def of_table(read: Read, code: str, count: int) -> Finding:
    """A finding with a number of rows of a table."""
    return Finding(code, read.table.file, read.table.sheet, places={"count": str(count)})
