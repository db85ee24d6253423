"""Plan the changes that a batch makes to the stored records, before anything is written; the same for both engines."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Protocol

from graph.model.columns import Column
from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Key, Kind
from graph.model.rules import Violation, moved_people, same_names, violations
from graph.store.belonging import is_shared, leads_home, ways_home
from graph.store.changed_cells import ChangedCells, Names
from graph.store.problems import RuleViolations, store_input_error
from graph.store.protocol import Counts, Guard, Receipt, Target

KEY_LENGTH = 1000
"""The most characters of a key, all its columns together; the indexes of both engines take it in any script."""

Columns = Callable[[Any], frozenset[str] | None]
"""The columns in which a record says something; None for all of them."""


class Stored(Protocol):
    """The reads that planning needs of a store, inside the transaction that will write."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever stored, so that there is nothing to compare with."""
        ...

    def owners(self, sheet: str, ids: Collection[str]) -> set[str]:
        """The accounts of the stored records of a kind that have these ids."""
        ...

    def of_accounts(self, accounts: Collection[str]) -> Dataset:
        """The stored records of these accounts, and all of the shared kinds."""
        ...

    def with_ids(self, sheet: str, ids: Collection[str]) -> list[Any]:
        """The stored records of a kind that have these ids."""
        ...

    def with_ids_alike(self, sheet: str, ids: Collection[str]) -> list[Any]:
        """The stored records of a kind whose ids differ from one of these in case, width or composition alone."""
        ...


@dataclass(slots=True)
class KindChanges:
    """The changes of one kind."""

    kind: Kind
    added: list[Any] = field(default_factory=list)
    changed: list[tuple[Any, Any]] = field(default_factory=list)
    removed: list[Any] = field(default_factory=list)
    unchanged: int = 0

    @property
    def befores(self) -> list[Any]:
        """The changed records as they were."""
        return [before for before, _ in self.changed]

    @property
    def afters(self) -> list[Any]:
        """The changed records as they will be."""
        return [after for _, after in self.changed]

    @property
    def counts(self) -> Counts:
        """How many of each."""
        return Counts(len(self.added), len(self.changed), len(self.removed), self.unchanged)


@dataclass(slots=True)
class Plan:
    """The changes of a batch by kind, in the order of declaration, and the records before and after them."""

    changes: list[KindChanges]
    stored: Dataset
    merged: Dataset
    same_names: tuple[Violation, ...] = ()

    @property
    def written(self) -> int:
        """How many records will be different."""
        return sum(change.counts.written for change in self.changes)

    @property
    def moves_homes(self) -> bool:
        """Whether a changed record takes others, which are unchanged themselves, to another account."""
        return any(
            _moves(change) for change in self.changes if change.kind.key == ("id",) and ways_home(change.kind.sheet)
        )

    def receipt(self, import_id: int | None, accounts: Iterable[str], dry_run: bool) -> Receipt:
        """The plan as a receipt."""
        counts = {change.kind.sheet: change.counts for change in self.changes}
        pairs = [(change.kind, change.changed) for change in self.changes if change.changed]
        names = Names((self.merged, self.stored))
        cells = ChangedCells(pairs, names)
        return Receipt(import_id, counts, tuple(sorted(accounts)), dry_run, cells, names, self.same_names)


def plan(
    batch: Dataset,
    remove: Iterable[Target],
    claimed: Mapping[str, Container[str]],
    guard: Guard | None,
    stored: Stored,
) -> Plan:
    """Compare a batch with what is stored, and check the rules on what would be stored afterwards.

    Raises RuleViolations with every broken rule; with a guard, a person's change of account is one too.
    """
    gone = _by_sheet(remove)
    context = _context(batch, gone, stored)
    merged, asked, added, changes = Dataset(), Dataset(), Dataset(), []
    added.exact_ids = batch.exact_ids
    for kind in KINDS.values():
        of_kind, after, overlaid = _compare(
            kind,
            context.of(kind.record),
            _distinct(kind, batch.of(kind.record)),
            batch.columns_of(kind),
            gone.get(kind.sheet, set()),
        )
        merged.of(kind.record).extend(after)
        asked.of(kind.record).extend(overlaid)
        added.of(kind.record).extend(of_kind.added)
        if overlaid or of_kind.removed:
            changes.append(of_kind)
    for record in _referrers(merged, _moved_ids(changes), asked):
        asked.add(record)
    broken = [violation for violation in violations(merged, asked, added) if not _is_claimed(violation, claimed)]
    if guard is not None:
        broken += [person for of_kind in changes for person in moved_people(of_kind.changed)]
    if broken:
        raise RuleViolations(broken)
    return Plan(changes, context, merged, tuple(same_names(merged, batch)))


def _moves(of_kind: KindChanges) -> bool:
    home = attrgetter(*(column.name for column in ways_home(of_kind.kind.sheet)))
    return any(home(before) != home(after) for before, after in of_kind.changed)


def _by_sheet(remove: Iterable[Target]) -> dict[str, set[Key]]:
    gone: dict[str, set[Key]] = {}
    for sheet, key in remove:
        gone.setdefault(sheet, set()).add(tuple(key))
    return gone


def _context(batch: Dataset, gone: Mapping[str, set[Key]], stored: Stored) -> Dataset:
    """The stored records of every account that the batch touches, and those that it names that have no account."""
    if stored.is_empty:
        return Dataset()
    named = _named_ids(batch, gone)
    touched = named.pop("accounts", set())
    for sheet, ids in named.items():
        touched |= stored.owners(sheet, ids)
    context = stored.of_accounts(touched)
    for sheet, ids in named.items():
        records = context.of(KINDS[sheet].record)
        missing = ids.difference(record.id for record in records)
        if missing:
            records.extend(stored.with_ids(sheet, missing))
            records.extend(stored.with_ids_alike(sheet, missing))
    return context


def _named_ids(batch: Dataset, gone: Mapping[str, set[Key]]) -> dict[str, set[str]]:
    """The ids of the records of a change and of those that they refer to, by sheet.

    Only of kinds that belong to accounts.
    """
    named: dict[str, set[str]] = {}
    for kind in batch.kinds():
        records = batch.of(kind.record)
        if kind.key == ("id",) and not is_shared(kind):
            named.setdefault(kind.sheet, set()).update(record.id for record in records)
        for column in filter(leads_home, kind.references):
            values = map(attrgetter(column.name), records)
            ids = named.setdefault(column.ref or "", set())
            ids.update(*values) if column.is_list else ids.update(set(values) - {None})
    for sheet, keys in gone.items():
        kind = KINDS[sheet]
        for at, name in enumerate(kind.key):
            column = kind.by_name[name]
            if leads_home(column):
                named.setdefault(column.ref or "", set()).update(key[at] for key in keys)
            elif name == "id" and not is_shared(kind):
                named.setdefault(sheet, set()).update(key[at] for key in keys)
    return named


def _compare(
    kind: Kind, stored: list[Any], batch: list[Any], given: Columns, gone: set[Key]
) -> tuple[KindChanges, list[Any], list[Any]]:
    """The changes of one kind, its records afterwards, and those of the batch as they will be stored."""
    changes = KindChanges(kind)
    if not stored:
        changes.added = batch
        return changes, batch, batch
    raw_key = attrgetter(*kind.key)
    by_key = dict(zip(map(raw_key, stored), stored, strict=True))
    removed: dict[Any, Any] = {}
    for key in gone:
        raw: Any = key if len(key) > 1 else key[0]
        if raw in by_key:
            removed[raw] = by_key.pop(raw)
    overlaid = []
    for new in batch:
        record = _turned(new, kind, by_key)
        key = raw_key(record)
        before = by_key.get(key)
        if before is not None:
            # Most records of a file are stored unchanged: `given`, which is slower, is called for the others only.
            record = before if record == before else _over(before, record, kind, given(new))
        else:
            # A record that is removed and added in one batch is one change, which keeps no cell of the old record.
            before = removed.pop(key, None)
        if before is None:
            changes.added.append(record)
        elif record is before or record == before:
            changes.unchanged += 1
        else:
            changes.changed.append((before, record))
        by_key[key] = record
        overlaid.append(record)
    changes.removed.extend(removed.values())
    return changes, list(by_key.values()), overlaid


def _distinct(kind: Kind, records: list[Any]) -> list[Any]:
    """The records of a batch, each key once. Raises StoreInputError for a key of different records."""
    if not records:
        return records
    raw_key = attrgetter(*kind.key)
    keys = list(map(raw_key, records))
    lengths = map(len, keys) if len(kind.key) == 1 else (sum(map(len, key)) for key in keys)
    if max(lengths) > KEY_LENGTH:
        raise store_input_error("key_too_long", sheet=kind.sheet, most=KEY_LENGTH)
    if kind.edge is not None and not kind.edge.directed:
        keys = [tuple(sorted(key)) for key in keys]
    if len(set(keys)) == len(records):
        return records
    first: dict[Any, Any] = {}
    for key, record in zip(keys, records, strict=True):
        there = first.setdefault(key, record)
        if _turned(record, kind, {raw_key(there): there}) != there:
            raise store_input_error("duplicate_key", sheet=kind.sheet, record="/".join(kind.key_of(record)))
    return list(first.values())


def _turned(record: Any, kind: Kind, by_key: Mapping[Any, Any]) -> Any:
    """The record of an undirected edge, its ends in the order in which they are stored; any other record unchanged."""
    edge = kind.edge
    if edge is None or edge.directed:
        return record
    source, target = getattr(record, edge.source), getattr(record, edge.target)
    if (source, target) in by_key or (target, source) not in by_key:
        return record
    return _with(record, kind, {edge.source: target, edge.target: source})


def _over(before: Any, record: Any, kind: Kind, given: frozenset[str] | None) -> Any:
    """The record with the stored values in the columns that the batch does not give."""
    if given is None or given.issuperset(kind.fields):
        return record
    kept = {name: getattr(before, name) for name in kind.fields if name not in given and name not in kind.key}
    return _with(record, kind, kept)


def _with(record: Any, kind: Kind, values: Mapping[str, Any]) -> Any:
    return kind.record(*(values[name] if name in values else getattr(record, name) for name in kind.fields))


def _referrers(merged: Dataset, moved: Mapping[str, set[str]], beside: Dataset) -> Iterator[Any]:
    """The records not in `beside` that refer to an id in `moved` (by sheet), which goes away or to another account."""
    for kind in merged.kinds() if moved else ():
        columns = [column for column in kind.references if column.ref in moved]
        if not columns:
            continue
        there = set(map(kind.key_of, beside.of(kind.record)))
        for record in merged.of(kind.record):
            if any(_refers_to(record, column, moved) for column in columns) and kind.key_of(record) not in there:
                yield record


def _refers_to(record: Any, column: Column, moved: Mapping[str, set[str]]) -> bool:
    value, ids = getattr(record, column.name), moved[column.ref or ""]
    return not ids.isdisjoint(value) if column.is_list else value in ids


def _moved_ids(changes: list[KindChanges]) -> dict[str, set[str]]:
    """The ids of records that go away, or to another account, by sheet."""
    moved = {}
    for of_kind in changes:
        kind = of_kind.kind
        if kind.key != ("id",):
            continue
        home = attrgetter("id", *(column.name for column in kind.references if leads_home(column)))
        ids = {record.id for record in of_kind.removed}
        ids.update(after.id for before, after in of_kind.changed if home(before) != home(after))
        if ids:
            moved[kind.sheet] = ids
    return moved


def _is_claimed(broken: Violation, claimed: Mapping[str, Container[str]]) -> bool:
    referred = KINDS[broken.sheet].by_name[broken.column].ref or ""
    return broken.code == "dangling" and broken.value in claimed.get(referred, ())
