"""Checked records by kind: what loaders produce, stores take and give, and the analysis reads."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from graph.model.kind import KINDS, Key, Kind, kind_of
from graph.model.table import Table

R = TypeVar("R")
T = TypeVar("T")

EMPTY: tuple[Any, ...] = (None, ())
"""The values of an empty cell: of a list, and of any other."""


class Dataset:
    """Records by kind, each kind a list in no promised order; of a kind that came as a table, made when asked for.

    `given` names, for a kind, the columns that a file carried: a store keeps what it has in the others. A kind that is
    not in `given` was given whole. `given_of` does the same for single records, by kind and key, where files carried
    different columns. With `empty_is_unsaid` an empty value says nothing about a record that is stored, as in a file
    that a person filled in, but for the cells in `emptied` (by kind and key), whose stored values are to go. So what a
    record says is read off its own values, and costs nothing where no cell is emptied. `exact_ids` are kinds whose ids
    another program made, which may differ in case alone. `withheld` are columns, as (sheet, column), that the reader
    may not see: their values are None, or () in a list, which does not mean that nothing is known. `revisions` are
    those of the accounts whose present records these are, as a store read them; "" is the key of the shared kinds.
    """

    def __init__(
        self,
        records: Mapping[type, list[Any]] | None = None,
        given: Mapping[type, frozenset[str]] | None = None,
        tables: Mapping[type, Table] | None = None,
    ) -> None:
        self._records: dict[type, list[Any]] = dict(records or {})
        self._tables: dict[type, Table] = dict(tables or {})
        self._made: dict[type, dict[Callable[[Dataset], Any], Any]] = {}
        self._made_of_all: dict[Hashable, Any] = {}
        self.given: dict[type, frozenset[str]] = dict(given or {})
        self.given_of: dict[type, dict[Key, frozenset[str]]] = {}
        self.empty_is_unsaid = False
        self.emptied: dict[type, dict[Key, frozenset[str]]] = {}
        self.exact_ids: frozenset[type] = frozenset()
        self.withheld: frozenset[tuple[str, str]] = frozenset()
        self.revisions: Mapping[str, int] = {}

    @classmethod
    def collect(cls, records: Iterable[Any]) -> Dataset:
        """A dataset of these records, whatever their kinds."""
        made = cls()
        for record in records:
            made.add(record)
        return made

    def of(self, record: type[R]) -> list[R]:
        """The records of a kind; the list is the dataset's own."""
        if record not in self._records:
            table = self._tables.get(record)
            self._records[record] = table.records() if table else []
        return self._records[record]

    def columns(self, record: type, *names: str) -> tuple[Sequence[Any], ...]:
        """The values of these columns, each a sequence with an entry a record, without making records of a table."""
        if record not in self._records and (table := self._tables.get(record)):
            return tuple(map(table.column, names))
        values = list(map(attrgetter(*names), self.of(record)))
        if len(names) == 1:
            return (values,)
        return tuple(zip(*values, strict=True)) if values else ((),) * len(names)

    def once(self, record: type, make: Callable[[Dataset], T]) -> T:
        """The result of `make` on the records of one kind, computed when first asked for, kept until one is added."""
        made = self._made.setdefault(record, {})
        if make not in made:
            made[make] = make(self)
        kept: T = made[make]
        return kept

    def once_of_all(self, key: Hashable, make: Callable[[], T]) -> T:
        """The result of `make`, which depends on records of any kind: computed once for a key, until one is added."""
        if key not in self._made_of_all:
            self._made_of_all[key] = make()
        kept: T = self._made_of_all[key]
        return kept

    def replaced(self, record: type, records: list[Any]) -> Dataset:
        """A dataset with other records of one kind; what is known of the other kinds is shared."""
        other = Dataset({**self._records, record: records}, tables=self._tables)
        other._made = {kind: made for kind, made in self._made.items() if kind is not record}
        other.withheld = self.withheld
        return other

    def add(self, record: Any) -> None:
        """Add one record."""
        self._made.pop(type(record), None)
        self._made_of_all.clear()
        self.of(type(record)).append(record)

    def columns_of(self, kind: Kind) -> Callable[[Any], frozenset[str] | None]:
        """The function that gives the columns in which a record of a kind says something; None for all of them."""
        given_to = self._given_to(kind)
        if not self.empty_is_unsaid:
            return given_to
        emptied, key_of, fields = self.emptied.get(kind.record, {}), kind.key_of, kind.fields

        def carried(record: Any) -> frozenset[str]:
            given = given_to(record)
            named = fields if given is None else given
            filled = frozenset(name for name in named if getattr(record, name) not in EMPTY)
            return filled | emptied[key_of(record)] if emptied and key_of(record) in emptied else filled

        return carried

    def _given_to(self, kind: Kind) -> Callable[[Any], frozenset[str] | None]:
        given, single, key_of = self.given.get(kind.record), self.given_of.get(kind.record), kind.key_of
        if single is None:
            return lambda record: given
        return lambda record: single.get(key_of(record), given)

    def kinds(self) -> Iterator[Kind]:
        """The kinds of which there is a record, in the order of their declaration."""
        return (kind for kind in KINDS.values() if self.of(kind.record))

    def __len__(self) -> int:
        return sum(len(self.of(kind.record)) for kind in self.kinds())

    def __iter__(self) -> Iterator[Any]:
        return (record for kind in self.kinds() for record in self.of(kind.record))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Dataset):
            return NotImplemented
        return all(_by_key(self.of(kind.record)) == _by_key(other.of(kind.record)) for kind in KINDS.values())

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        counts = ", ".join(f"{kind.sheet} {len(self.of(kind.record))}" for kind in self.kinds())
        return f"Dataset({counts})"


def _by_key(records: list[Any]) -> dict[Any, Any]:
    return {kind_of(record).key_of(record): record for record in records}
