"""Rows without an id: each is the record of its name that is known already, or a new one with an id from its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from graph.model.kind import Kind
from graph.model.naming import NameIndex, folded_name, slug
from loaders.findings import Finding
from loaders.hidden_characters import hidden_in
from loaders.name_meaning import Meaning
from loaders.parties import identity
from loaders.read_table import Read

TELLS_APART: dict[str, tuple[str, ...]] = {
    "units": ("parent",),
    "people": ("title", "unit"),
    "steps": ("position",),
    "team": ("role",),
}
"""The columns by which two records of one name, of one account, are told apart."""

SCOPE = {"units": "account", "people": "account", "opportunities": "account", "steps": "opportunity"}
"""The column within whose value a name is looked for; names of the other kinds are everybody's."""


class Naming(Protocol):
    """The naming of an import, as far as rows without an id need it."""

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
    """The rows of a kind with a name that lack an id, on their way to one."""

    def __init__(self, naming: Naming, kind: Kind, reads: list[Read]) -> None:
        self.naming, self.kind, self.reads = naming, kind, reads
        self.sheet, self.scope = kind.sheet, SCOPE.get(kind.sheet)
        self.apart = TELLS_APART.get(kind.sheet, ())
        self.in_files = {
            record.id for read in naming.reads if read.kind is kind for record in read.records if record.id is not None
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
                self.naming.findings.append(of_table(read, "ids_by_name", count))
            self.naming.leave_out_bad(read)
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
        known, scope = self.naming.index.of(self.sheet), self.scope
        if scope is None:
            return self.naming.index.named(self.sheet, record.name)
        here = getattr(record, scope)
        return self.naming.index.named(self.sheet, record.name, lambda one: getattr(known[one], scope) == here)

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


def of_table(read: Read, code: str, count: int) -> Finding:
    """A finding about a number of rows of a table."""
    return Finding(code, read.table.file, read.table.sheet, places={"count": str(count)})
