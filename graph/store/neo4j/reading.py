"""Read records by account or id, the owners of ids, and the journal."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from typing import Any

import orjson

from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Kind
from graph.model.naming import folded_id
from graph.store.belonging import OF_NO_ACCOUNT, is_shared
from graph.store.earlier import LaterChange
from graph.store.journal import key_of_text
from graph.store.kept_columns import CodedColumns
from graph.store.neo4j.connection import AnyTransaction
from graph.store.neo4j.kept_columns import kept_columns
from graph.store.neo4j.patterns import match_of, needed_of, returned, ways
from graph.store.neo4j.revisions import revisions_of
from graph.store.neo4j.schema import JOURNAL_BY_ACCOUNT, REVISIONS
from graph.store.neo4j.under_way import mark_of
from graph.store.neo4j.values import records_of
from graph.store.protocol import ImportSummary, JournalEntry
from graph.store.revisions import NEVER, SHARED, Revision, Revisions


class Neo4jReader:
    """Reads inside one transaction. A database without swaymap's store node is an empty store.

    The transaction sees what others commit meanwhile. With `takes_back`, reads beyond single accounts take it back by
    the journal; of what is read by account `are_as_read` says whether it was changed.
    """

    def __init__(self, transaction: AnyTransaction, *, takes_back: bool = False) -> None:
        self._transaction = transaction
        self._takes_back = takes_back
        self._watched: dict[str, Revision] = {}
        self._is_watching = True
        self.mark = mark_of(transaction)

    @property
    def seq(self) -> int:
        """The last committed change."""
        return self.mark.seq

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever stored."""
        return self.seq == 0

    @property
    def is_between(self) -> bool:
        """Whether records may have changed after `seq`; `changes_after(seq)` has what to undo."""
        return (self._takes_back or self.mark.phase in ("records", "removals")) and not self.is_empty

    def revisions(self, accounts: Collection[str] | None) -> Revisions | None:
        """The revisions of the store, of the shared kinds and of these accounts, or of all; for an older store None.

        None too where all are asked for and one of them may have moved since the mark.
        """
        if self.mark.version == 0:
            return Revisions(NEVER, NEVER, {})
        if self.mark.version < REVISIONS:
            self._is_watching = self._is_watching and accounts is None
            return None
        found = revisions_of(self._transaction, accounts)
        if accounts is not None:
            self._watch(accounts, found)
        elif mark_of(self._transaction).seq != self.seq:
            return None
        return found

    def kept_columns(self, present: Revisions, format_number: int) -> dict[str, CodedColumns]:
        """The columns kept for these present revisions."""
        return kept_columns(self._transaction, format_number, present)

    def _watch(self, accounts: Collection[str], found: Revisions) -> None:
        present = {SHARED: found.shared, **found.accounts}
        for account in (SHARED, *accounts):
            self._watched.setdefault(account, present.get(account, NEVER))

    def _watch_for(self, accounts: Collection[str]) -> None:
        """Note the revisions of accounts before anything of them is read."""
        if not self._watched.keys() >= {SHARED, *accounts}:
            self.revisions(accounts)

    @property
    def are_as_read(self) -> bool:
        """Whether everything that was read by account is still of the same revision."""
        if not (self._is_watching and self._watched):
            return self._is_watching
        now = revisions_of(self._transaction, self._watched)
        present = {SHARED: now.shared, **now.accounts}
        return all(present.get(account, NEVER) == revision for account, revision in self._watched.items())

    def rows(self, query: str, **parameters: Any) -> list[list[Any]]:
        """The rows of a query. Values must be parameters, never in its text."""
        return self._transaction.run(query, parameters).values()

    def everything(self) -> Dataset:
        """Every record."""
        return Dataset({kind.record: self._all(kind) for kind in KINDS.values()})

    def of_kinds(self, sheets: Collection[str]) -> Dataset:
        """Every record of these kinds."""
        return Dataset({KINDS[sheet].record: self._all(KINDS[sheet]) for sheet in sheets})

    def of_accounts(self, accounts: Collection[str]) -> Dataset:
        """The records of these accounts and of the shared kinds; every record while a staged import moves some."""
        self._watch_for(accounts)
        if self.mark.moves and self.is_between:
            return self.everything()
        return Dataset(
            {
                kind.record: self._all(kind) if is_shared(kind) else self._belonging(kind, accounts)
                for kind in KINDS.values()
            }
        )

    def with_ids(self, sheet: str, ids: Collection[str]) -> list[Any]:
        """The records of a kind that have these ids."""
        kind = KINDS[sheet]
        by_id = f"UNWIND $ids AS id MATCH (n:{kind.label} {{id: id}})"
        return self._records(kind, f"{by_id} {needed_of(kind)} RETURN {returned(kind)}", ids=list(ids))

    def with_ids_alike(self, sheet: str, ids: Collection[str]) -> list[Any]:
        """The records of a kind whose ids differ from one of these in case, width or composition alone."""
        folds = set(map(folded_id, ids))
        # ASCII ids differ in case alone, which the database can tell; all others are folded here.
        candidates = f"MATCH (n:{KINDS[sheet].label}) WHERE toLower(n.id) IN $folds OR n.id =~ $other RETURN n.id"
        rows = self.if_any(candidates, folds=list(folds), other=r"(?s).*[^\x00-\x7F].*")
        alike = {identity for (identity,) in rows if folded_id(identity) in folds}.difference(ids)
        return self.with_ids(sheet, alike) if alike else []

    def owners(self, sheet: str, ids: Collection[str]) -> set[str]:
        """The accounts of the stored records of a kind that have these ids."""
        by_id = f"UNWIND $ids AS id MATCH (n:{KINDS[sheet].label} {{id: id}})"
        return {
            account
            for pattern, home in ways(sheet)
            for (account,) in self.if_any(f"{by_id} MATCH {pattern} RETURN DISTINCT {home}.id", ids=list(ids))
        }

    def _all(self, kind: Kind) -> list[Any]:
        return self._records(kind, f"{match_of(kind)} {needed_of(kind)} RETURN {returned(kind)}")

    def _belonging(self, kind: Kind, accounts: Collection[str]) -> list[Any]:
        entity = "n" if kind.edge is None else "source, r, target"
        records: dict[Any, Any] = {}
        for pattern, home in ways(kind.sheet) if accounts else ():
            belonging = f"{match_of(kind)} MATCH {pattern} WHERE {home}.id IN $accounts WITH DISTINCT {entity}"
            query = f"{belonging} {needed_of(kind)} RETURN {returned(kind)}"
            for record in self._records(kind, query, accounts=list(accounts)):
                records[kind.key_of(record)] = record
        return list(records.values())

    def _records(self, kind: Kind, query: str, **parameters: Any) -> list[Any]:
        return records_of(kind, self.if_any(query, **parameters))

    def if_any(self, query: str, **parameters: Any) -> list[list[Any]]:
        """The rows of a query; none where nothing was ever stored."""
        return [] if self.is_empty else self.rows(query, **parameters)

    def counts(self, sheets: Iterable[str]) -> dict[str, int]:
        """How many records of these kinds there are."""
        return {sheet: self._count(KINDS[sheet]) for sheet in sheets}

    def _count(self, kind: Kind) -> int:
        return sum(count for (count,) in self.if_any(f"{match_of(kind)} {needed_of(kind)} RETURN count(*)"))

    def cut(self, before: datetime.datetime) -> int:
        """The last change of the imports recorded before a moment; 0 where there is none."""
        return int(self.rows(_CUT, before=before, seq=self.seq)[0][0])

    def first_cuts(self, after: int, accounts: Collection[str] | None) -> dict[str, int]:
        """As Journalled.first_cuts."""
        if accounts is not None and self._is_by_account:
            return dict(self.rows(_FIRST_CUTS_OF, seq=self.seq, accounts=list(accounts), after=after))
        rows = self.rows(_FIRST_CUTS, seq=self.seq)
        first = {account: last for last, new in rows for account in new if accounts is None or account in accounts}
        return {account: last for account, last in first.items() if last > after}

    def changes_after(self, cut: int, accounts: Collection[str] | None = None) -> Iterator[LaterChange]:
        """As Journalled.changes_after, with the changes of an import under way and the removals still to make."""
        if accounts is not None:
            self._watch_for(accounts)
        asked = {"accounts": None if accounts is None else list(accounts)}
        by_account = accounts is not None and self._is_by_account
        query = f"{_OF_ACCOUNTS} {_CHANGE}" if by_account else f"{_AFTER} {_CHANGE}"
        rows = self.if_any(query, cut=cut, **asked)
        if self.mark.phase == "removals":
            rows += self.rows(_NOT_CLEARED, id=self.mark.imports, **asked)
        return (LaterChange(seq, sheet, key, tuple(own), before) for seq, sheet, key, own, before in rows)

    def accounts_of(self, people: Collection[str]) -> dict[str, str]:
        """The accounts of these people by their ids."""
        return dict(map(tuple, self.if_any(_ACCOUNTS_OF, ids=list(people))))

    def entries(
        self, accounts: Collection[str] | None, since: datetime.datetime | None, import_id: int | None
    ) -> list[JournalEntry]:
        """Journal entries in order: all, or those of these accounts (`OF_NO_ACCOUNT` is one)."""
        by_account = accounts is not None and self._is_by_account
        query = f"{_OF_ACCOUNTS} {_IMPORTED} {_ENTRY}" if by_account else f"{_ALL} {_ENTRY}"
        asked = {"accounts": None if accounts is None else list(accounts), "none": OF_NO_ACCOUNT, "cut": 0}
        return [_entry(*row) for row in self.rows(query, since=since, id=import_id, seq=self.seq, **asked)]

    @property
    def _is_by_account(self) -> bool:
        """Whether the journal is stored by account. That of an earlier swaymap is not, and is read whole."""
        return self.mark.version >= JOURNAL_BY_ACCOUNT

    def imports(self, limit: int | None) -> list[ImportSummary]:
        """The newest committed imports, with how many records each added, changed and removed."""
        most = self.mark.imports if limit is None else limit
        return [
            ImportSummary(number, _moment(at), by, source, *counts)
            for number, at, by, source, *counts in self.rows(_IMPORTS, seq=self.seq, most=most)
        ]


# An import whose last change is after the last committed one is under way, or was stopped.
_CUT = "MATCH (i:SwaymapImport) WHERE i.recordedAt < $before AND i.lastSeq <= $seq RETURN coalesce(max(i.lastSeq), 0)"

_FIRST_CUTS = "MATCH (i:SwaymapImport) WHERE i.lastSeq <= $seq RETURN i.lastSeq, i.newAccounts ORDER BY i.id DESC"

# The first change of an account is the one that adds it: nothing can belong to it before.
_FIRST_CUTS_OF = """
MATCH (o:SwaymapAccountChanges) WHERE o.account IN $accounts AND o.lastSeq > 0
WITH o.account AS account, min(o.ranges[0]) AS first WHERE first > $after
MATCH (c:SwaymapChange {seq: first}) MATCH (i:SwaymapImport {id: c.import}) WHERE i.lastSeq <= $seq
RETURN account, i.lastSeq
"""

_AFTER = """
MATCH (c:SwaymapChange) WHERE c.seq > $cut AND (
    $accounts IS NULL OR size(c.accounts) = 0 OR any(account IN c.accounts WHERE account IN $accounts)
)
WITH c
"""

_OF_ACCOUNTS = """
MATCH (o:SwaymapAccountChanges) WHERE o.account IN $accounts AND o.lastSeq > $cut
UNWIND range(0, size(o.ranges) - 1, 2) AS at
WITH o.ranges[at] AS first, o.ranges[at + 1] AS last WHERE last > $cut
MATCH (c:SwaymapChange) WHERE c.seq > CASE WHEN first > $cut THEN first - 1 ELSE $cut END AND c.seq <= last
WITH DISTINCT c
"""

_CHANGE = "RETURN c.seq, c.sheet, c.key, c.accounts, c.before ORDER BY c.seq"

_NOT_CLEARED = """
MATCH (i:SwaymapImport {id: $id})
MATCH (c:SwaymapChange) WHERE c.seq > i.firstSeq - 1 AND c.seq <= i.lastSeq AND c.after IS NULL AND (
    $accounts IS NULL OR size(c.accounts) = 0 OR any(account IN c.accounts WHERE account IN $accounts)
)
RETURN c.seq, c.sheet, c.key, c.accounts, null
"""

_ACCOUNTS_OF = """
UNWIND $ids AS id MATCH (p:Person {id: id})-[:WORKS_AT]->(home:Account) RETURN p.id, home.id
"""

_IMPORTED = """
MATCH (i:SwaymapImport {id: c.import}) WHERE i.lastSeq <= $seq
    AND ($id IS NULL OR i.id = $id) AND ($since IS NULL OR i.recordedAt >= $since)
"""

_ALL = """
MATCH (i:SwaymapImport) WHERE i.lastSeq <= $seq
    AND ($id IS NULL OR i.id = $id) AND ($since IS NULL OR i.recordedAt >= $since)
MATCH (c:SwaymapChange) WHERE c.seq > i.firstSeq - 1 AND c.seq <= i.lastSeq
    AND (
        $accounts IS NULL OR any(account IN c.accounts WHERE account IN $accounts)
        OR (size(c.accounts) = 0 AND $none IN $accounts)
    )
"""

_ENTRY = """
RETURN c.seq, i.id, i.recordedAt, i.recordedBy, i.source, c.sheet, c.key, c.accounts, c.before, c.after
ORDER BY c.seq
"""

_IMPORTS = """
MATCH (i:SwaymapImport) WHERE i.lastSeq <= $seq
WITH i ORDER BY i.id DESC LIMIT $most
MATCH (c:SwaymapChange) WHERE c.seq > i.firstSeq - 1 AND c.seq <= i.lastSeq
WITH i, sum(CASE WHEN c.before IS NULL THEN 1 ELSE 0 END) AS added,
    sum(CASE WHEN c.before IS NOT NULL AND c.after IS NOT NULL THEN 1 ELSE 0 END) AS changed,
    sum(CASE WHEN c.after IS NULL THEN 1 ELSE 0 END) AS removed
RETURN i.id, i.recordedAt, i.recordedBy, i.source, added, changed, removed ORDER BY i.id DESC
"""


def _moment(stored: Any) -> datetime.datetime:
    moment: datetime.datetime = stored.to_native().astimezone(datetime.UTC)
    return moment


def _entry(
    seq: int,
    import_id: int,
    recorded_at: Any,
    recorded_by: str,
    source: str,
    sheet: str,
    key: str,
    accounts: list[str],
    before: str | None,
    after: str | None,
) -> JournalEntry:
    return JournalEntry(
        seq=seq,
        import_id=import_id,
        recorded_at=_moment(recorded_at),
        recorded_by=recorded_by,
        source=source,
        sheet=sheet,
        key=key_of_text(sheet, key),
        accounts=tuple(accounts),
        before=orjson.loads(before) if before else None,
        after=orjson.loads(after) if after else None,
    )
