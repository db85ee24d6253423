"""The protocol of a store: all or nothing, a journal row for every change, the same content on every engine."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from graph.model.dataset import Dataset
from graph.model.kind import Key
from graph.model.naming import NAMED
from graph.model.rules import Violation
from graph.model.team_work import TeamWork
from graph.store.derived import Derived
from graph.store.kept_columns import CodedColumns, KeptColumns, Part
from graph.store.revisions import Revisions
from graph.store.scope import EVERYTHING, Scope

Target = tuple[str, Key]
"""A record by its sheet and key."""

Fields = Mapping[type, Sequence[str]]
"""Columns by the class of their records."""

Progress = Callable[[int, int], None]
"""Called with the number of changes written so far and their total."""


def _unnamed(sheet: str, identity: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Guard:
    """Changes that an import may not make, though an undo or an edit of a single record may.

    A person's account never changes; a name is replaced by a wholly different one only with `new_names`.
    """

    new_names: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records of a kind a change added, changed, removed or left as they were."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    @property
    def written(self) -> int:
        """How many records are different now."""
        return self.added + self.changed + self.removed


@dataclass(frozen=True, slots=True)
class CellChange:
    """A changed cell of a record that exists before and after the change.

    `name` is that of the person or thing that the record is about; `old` and `new` are values as records have them:
    None, or () in a list, for an empty cell.
    """

    sheet: str
    key: Key
    name: str
    column: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Receipt:
    """The result of `apply`, or of its dry run: counts by sheet, and the accounts whose records changed.

    `import_id` is None where nothing was written. `cells` are the changed cells, computed on each iteration; `name_of`
    gives the name of a record by its sheet and id. `same_names` are people of the batch who may be stored twice in
    their account.
    """

    import_id: int | None
    counts: Mapping[str, Counts]
    accounts: tuple[str, ...] = ()
    dry_run: bool = False
    cells: Collection[CellChange] = field(default=(), compare=False)
    name_of: Callable[[str, str], str | None] = field(default=_unnamed, compare=False)
    same_names: tuple[Violation, ...] = ()

    @property
    def written(self) -> int:
        """How many records are different now."""
        return sum(counts.written for counts in self.counts.values())


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """An account with the number of its records."""

    id: str
    name: str | None
    tier: str | None
    people: int
    opportunities: int
    interactions: int
    last_interaction: datetime.date | None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One committed change: the record's fields before and after, as JSON values; None where there was no record.

    `seq` orders the changes; `accounts` are those that the record belonged to, before or after.
    """

    seq: int
    import_id: int
    recorded_at: datetime.datetime
    recorded_by: str
    source: str
    sheet: str
    key: Key
    accounts: tuple[str, ...]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """An import or undo: its number, moment, author and source, and how many records it changed."""

    id: int
    recorded_at: datetime.datetime
    recorded_by: str
    source: str
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """A store: its address without credentials, its engine, the number of its records by kind."""

    url: str
    engine: str
    engine_version: str
    schema_version: int
    counts: Mapping[str, int]
    journal: int


@dataclass(frozen=True, slots=True)
class Upgrade:
    """The upgrade of a store of an earlier swaymap: its address, its schema before and after.

    `copy` is a copy of the file from before; None on Neo4j, whose own tools copy databases.
    """

    store: str
    before: int
    after: int
    copy: Path | None


KNOWN = (*NAMED, "influences")
"""The sheets of records with a name, and the lines of influence: enough to recognise records by."""


class GraphStore(Protocol):
    """A store of records.

    Raises StoreError where it cannot be used, StoreInputError for input that it cannot take, ChangeRefused for a change
    that the stored records do not allow, RuleViolations for records that break a rule. Then nothing was written.
    Reading changes nothing but for `keep_columns`: a store of an earlier swaymap is read as it is, and is upgraded by
    the first write or by `upgrade`.
    """

    @property
    def url(self) -> str:
        """The address, without credentials."""
        ...

    is_filled: bool
    """Whether records were ever found in the store. If so, reading raises StoreUnreachable where it is gone or empty.

    It may be set where another handle on the store, such as that of another process, has found some.
    """

    keeps_columns: bool
    """Whether `keep_columns` may keep anything, and `kept_columns` may find anything: it can be turned off."""

    def ping(self) -> None:
        """Check that the store answers. Raises StoreError where it does not."""
        ...

    def apply(
        self,
        batch: Dataset,
        *,
        source: str,
        recorded_by: str,
        recorded_at: datetime.datetime,
        remove: Iterable[Target] = (),
        dry_run: bool = False,
        claimed: Mapping[str, Container[str]] | None = None,
        guard: Guard | None = None,
        progress: Progress | None = None,
    ) -> Receipt:
        """Add and change the records of a batch, and remove others, all or nothing, with a journal row each.

        Cells that the batch does not give (`Dataset.columns_of`) keep their stored values. References to ids in
        `claimed` (by sheet) are not reported as dangling; that is for a dry run of files with errors. With a `guard`,
        which imports have, a person's change of account is a broken rule, and a name replaced by a wholly different
        one raises NamesReplaced. `recorded_at` must have a time zone.
        """
        ...

    def remove(
        self, targets: Iterable[Target], *, source: str, recorded_by: str, recorded_at: datetime.datetime
    ) -> Receipt:
        """Remove records. Those that are not stored are not in the receipt."""
        ...

    def read(
        self,
        accounts: Sequence[str] | None = None,
        *,
        recorded_until: datetime.date | None = None,
        scope: Scope = EVERYTHING,
        fields: Fields | None = None,
    ) -> Dataset:
        """The records of these accounts and all of the shared kinds, or every record, as one snapshot.

        With `recorded_until` as the journal had them at the end of that day (UTC); an account that came later, as of
        its first import. Accounts out of scope are absent as if they were not stored, and values of withheld columns
        are left out; `Dataset.withheld` names these columns. `Dataset.revisions` has the revisions of the present
        records of all these accounts, where the scope leaves out nothing of them.
        """
        ...

    def known(self, sheets: Collection[str] = KNOWN) -> Dataset:
        """Every record of these sheets."""
        ...

    def ids_stored(self, sheet: str, ids: Collection[str]) -> set[str]:
        """Which of these ids a record of the sheet has."""
        ...

    def account_ids(
        self, after: str | None = None, limit: int | None = None, *, scope: Scope = EVERYTHING
    ) -> list[str]:
        """The ids of the accounts in scope after an id, whether it is stored or not; in order, at most `limit`."""
        ...

    def accounts(
        self, after: str | None = None, limit: int | None = None, *, scope: Scope = EVERYTHING
    ) -> list[AccountSummary]:
        """The accounts of `account_ids` with their counts, which are taken of these accounts only.

        What follows from a withheld column is None, as `name` where that is withheld.
        """
        ...

    def names(self, sheet: str) -> dict[str, str | None]:
        """The names of all records of a kind that has ids and names, by id; nothing else of them is read."""
        ...

    def owners(self, sheet: str, ids: Collection[str]) -> set[str]:
        """The accounts that the records of a kind with these ids belong to; of ids that are not there, none."""
        ...

    def work_elsewhere(self, account: str, since: datetime.date, until: datetime.date) -> TeamWork:
        """The team's work at all accounts but one, with people who are still there.

        Contacts from `since` to `until`, both included; people owned as recorded now.
        """
        ...

    def history(
        self,
        account: str | None = None,
        *,
        since: datetime.date | None = None,
        import_id: int | None = None,
        scope: Scope = EVERYTHING,
    ) -> list[JournalEntry]:
        """The journal in order, of one account, from a day on (UTC), or of one import.

        Entries of accounts out of scope are absent, as are entries in which nothing in scope changed. Withheld columns
        are absent from `before` and `after`.
        """
        ...

    def last_change(self) -> int:
        """The `seq` of the last change in the journal; 0 where nothing was ever stored."""
        ...

    def revisions(self, accounts: Collection[str] = (), *, waits: bool = True) -> Revisions | None:
        """The revisions of the store, of the shared kinds and of these accounts, as one snapshot.

        `accounts` has those of them that are stored. None for a store of an earlier swaymap, which has no revisions
        until the first write or `upgrade`. Without `waits` it raises WouldWait where it would have to wait for another
        program or a server: it can be called where nothing may block.
        """
        ...

    def kept_columns(self, accounts: Collection[str], format_number: int, part: Part = Part.COLUMNS) -> KeptColumns:
        """The columns kept for the present revision of these accounts and of the shared kinds, as one snapshot.

        `format_number` is that of the program that decodes them: it must be another one whenever what is coded changes,
        also by a newly declared column. Columns of another format or revision, of another store or account, cut short
        or damaged are left out, as are all where keeping is off.
        """
        ...

    def keep_columns(
        self, columns: Mapping[str, tuple[int, CodedColumns]], format_number: int, part: Part = Part.COLUMNS
    ) -> None:
        """Keep columns by account, each with the revision (`Revision.changed`) of the records that they were made of.

        The one thing that a reader may write. Those whose account has moved on since are not kept. Nothing is kept, and
        nothing is raised, where keeping is off, the store is of an earlier swaymap, is being written or may not be
        written, or its disk is full: the caller has what it needs already.
        """
        ...

    def imports(self, limit: int | None = None) -> list[ImportSummary]:
        """The imports that hold, the newest first, and at most `limit` of them; counted where the journal lies."""
        ...

    def digest(self) -> str:
        """A hash of every record, whatever the engine, the order and the number of imports; hexadecimal SHA-256."""
        ...

    def info(self) -> StoreInfo:
        """The address, engine, schema version and counts of this store."""
        ...

    def derive(self, derived: Derived) -> None:
        """Replace the computed values of an account. Raises NothingToDerive on SQLite."""
        ...

    def recover(self) -> bool:
        """Finish, or roll back, an import whose program was stopped; whether there was one.

        The next write does the same. Raises StoreLocked where the program of the import still runs.
        """
        ...

    def upgrade(self) -> Upgrade | None:
        """Upgrade a store of an earlier swaymap; None where there was nothing to do. Records stay the same."""
        ...

    def close(self) -> None:
        """Close every connection."""
        ...
