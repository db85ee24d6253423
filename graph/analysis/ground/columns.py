"""Coded columns: what the measures read of the records of accounts, as numpy arrays.

Ids are places in tables that lie in order of their ids, values of a scale are their numbers on it, dates are ordinals.
The types of the arrays follow from the declarations of the kinds. Columns depend on neither day, opportunity nor
calibration, so a store keeps them beside the records of each account.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import repeat
from typing import Any, NamedTuple

import numpy as np
import orjson

from graph.analysis.ground.arrays import Column, Ints, starts_of
from graph.model import (
    Commitment,
    CompetitorTie,
    Covers,
    DecisionStep,
    Influence,
    Interaction,
    Opportunity,
    Participation,
    Person,
    ReportsTo,
    Vote,
)
from graph.model.columns import Column as Declared
from graph.model.kind import kind_of

LAYOUT = 1
"""To be raised where the meaning of a coded column changes while its declaration stays."""

READ: Mapping[type, tuple[str, ...]] = {
    Person: ("unit", "level", "function", "status", "external", "adaptability"),
    Opportunity: ("amount", "bid_date"),
    Participation: ("opportunity", "person", "roles", "stance", "veto", "political_status", "confidence"),
    DecisionStep: ("opportunity", "rule", "quota"),
    Vote: ("step", "person", "weight", "veto"),
    Influence: ("source", "target", "weight"),
    ReportsTo: ("person", "manager", "kind"),
    Interaction: ("date", "method", "subtype", "response"),
    Covers: ("member", "person", "owner", "current_level"),
    Commitment: ("member", "person", "made_by", "status"),
    CompetitorTie: ("competitor", "person", "strength"),
}
"""The columns of each kind that the measures read."""

EMPTY_CODE = -1
"""The code of an empty value of a scale or of a boolean, and the place of an empty reference."""

NO_DATE = 0
"""The ordinal of an empty date."""

BESIDE: Mapping[str, Mapping[str, str]] = {
    "interactions": {"attended": "<i8"},
    "contacts": {"interaction": "<i4", "person": "<i4", "member": "<i4"},
    "units": {},
    "members": {},
    "rivals": {},
}
"""Columns and tables that no kind declares: see `Columns`."""

_REFERS = {"team": "members", "competitors": "rivals"}
_CONTACTS = {"interaction": "interactions", "person": "people", "member": "members"}


def _type_of(column: Declared) -> str:
    if column.ref is not None or column.cell == "date" or column.is_list:
        return "<i4"
    return "<f8" if column.cell in ("number", "integer") else "<i1"


@cache
def tables() -> Mapping[str, np.dtype[Any]]:
    """The columns and array types of each table, by sheet, in the order in which they are kept."""
    made = {}
    for record, names in READ.items():
        kind = kind_of(record)
        columns = {name: _type_of(kind.by_name[name]) for name in names}
        made[kind.sheet] = np.dtype(list({**columns, **BESIDE.get(kind.sheet, {})}.items()))
    return {**made, **{name: np.dtype(list(own.items())) for name, own in BESIDE.items() if name not in made}}


@cache
def references() -> Mapping[str, Mapping[str, str]]:
    """The table that each column of places leads to, by table and column."""
    made = {}
    for record, names in READ.items():
        kind = kind_of(record)
        refs = {name: kind.by_name[name].ref for name in names}
        made[kind.sheet] = {name: _REFERS.get(ref, ref) for name, ref in refs.items() if ref is not None}
    return {**made, "contacts": _CONTACTS}


@cache
def format_number() -> int:
    """The number of this layout: another one for every change of the declarations that it follows from."""
    scales = [
        (column.name, tuple(column.scale.by_code))
        for record, names in READ.items()
        for column in map(kind_of(record).by_name.__getitem__, names)
        if column.scale is not None
    ]
    return zlib.crc32(repr((LAYOUT, [(name, kind.descr) for name, kind in tables().items()], scales)).encode())


def coder(record: type, name: str) -> Callable[[Sequence[Any]], Column]:
    """The function that codes the values of a column that is no reference."""
    column = kind_of(record).by_name[name]
    kind = _type_of(column)
    if column.cell in ("number", "integer"):
        return lambda values: np.array(values, dtype=kind)  # None becomes NaN
    if column.cell == "date":
        return lambda values: np.fromiter((NO_DATE if day is None else day.toordinal() for day in values), kind)
    codes = codes_of(record, name)
    if column.is_list:
        bits = {code: 1 << number for code, number in codes.items()}
        return lambda values: np.fromiter((sum(map(bits.__getitem__, own)) for own in values), kind, len(values))
    return lambda values: np.fromiter(map(codes.get, values, repeat(EMPTY_CODE)), kind, len(values))


@cache
def codes_of(record: type, name: str) -> Mapping[Any, int]:
    """The code of each value of a scale or boolean column."""
    column = kind_of(record).by_name[name]
    if column.scale is None:
        return {False: 0, True: 1}
    return {value: number for number, value in enumerate(column.scale.by_code)}


class OpportunityNames(NamedTuple):
    """The words of an opportunity that stand in a row of the portfolio."""

    id: str
    name: str | None
    currency: str | None


@dataclass(frozen=True, slots=True)
class AccountNames:
    """The ids and words of an account that stand in a row of the portfolio, or that rows are chosen by.

    `opportunities` and `units` are in the order of their tables, `members` and `rivals` are the ids of the team members
    and competitors that the account's records name.
    """

    id: str
    name: str | None
    tier: str | None
    opportunities: tuple[OpportunityNames, ...]
    units: tuple[tuple[str, str | None], ...]
    members: tuple[str, ...]
    rivals: tuple[str, ...]


class CodedAccount(NamedTuple):
    """The columns of one account as bytes.

    `data` holds its names and its tables, one behind another; `sizes` the length of the names and of each table.
    """

    sizes: bytes
    data: bytes

    def size_of(self, table: str) -> int:
        """The number of rows of a table."""
        at = _SIZE.size * (1 + _NUMBER[table])
        return int(_SIZE.unpack_from(self.sizes, at)[0])

    def names(self) -> AccountNames:
        """Its names, without its tables.

        >>> measures.view.batch.columns.coded()["harbour"].names().id
        'harbour'
        """
        return _read(orjson.loads(memoryview(self.data)[: self._names_end()]))

    def rows_of(self, table: str) -> Column:
        """A table as one structured array, with places that count in this account alone.

        >>> measures.view.batch.columns.coded()["harbour"].rows_of("people")["level"].tolist()
        [7.0, 4.0, 2.0, 4.0]
        """
        before = list(tables().items())[: _NUMBER[table]]
        start = self._names_end() + sum(self.size_of(name) * kind.itemsize for name, kind in before)
        return np.frombuffer(self.data, tables()[table], self.size_of(table), start)

    def _names_end(self) -> int:
        return int(_SIZE.unpack_from(self.sizes, 0)[0])


_SIZE = struct.Struct("<i")


@dataclass(frozen=True)
class Columns:
    """The coded columns of several accounts, account behind account in every table.

    `tables` holds arrays by table and column; places count over all accounts. Beside the tables of the kinds there are
    `contacts`, the pairs (stakeholder, team member) who met at an interaction, whose `attended` is n·m of measures,
    section 1; and the tables without columns that only have an order: `units`, and `members` and `rivals`, the team
    members and competitors that each account's records name. `sizes` is accounts x tables.

    >>> columns = measures.view.batch.columns
    >>> columns.sizes_of("people").tolist(), columns.tables["people"]["level"].tolist()
    ([4], [7.0, 4.0, 2.0, 4.0])
    """

    names: tuple[AccountNames, ...]
    sizes: Ints
    tables: Mapping[str, Mapping[str, Column]]

    def sizes_of(self, table: str) -> Ints:
        """The number of rows of a table of each account."""
        return self.sizes[:, _NUMBER[table]]

    def starts_of(self, table: str) -> Ints:
        """The first row of a table of each account, and behind the last one the number of all rows."""
        return starts_of(self.sizes_of(table))

    def accounts_of(self, table: str) -> Ints:
        """The account (its place) of each row of a table."""
        return np.repeat(np.arange(len(self.names)), self.sizes_of(table))

    @cached_property
    def member_ids(self) -> tuple[str, ...]:
        """The id of each row of `members`."""
        return tuple(member for account in self.names for member in account.members)

    def coded(self) -> dict[str, CodedAccount]:
        """Each account's columns as bytes, by account id, with places that count in the account alone."""
        local = {name: self._local(name) for name in tables()}
        starts = [self.starts_of(name) for name in tables()]
        made = {}
        for number, account in enumerate(self.names):
            parts = (
                rows[first[number] : first[number + 1]].tobytes()
                for rows, first in zip(local.values(), starts, strict=True)
            )
            names = orjson.dumps(_written(account))
            sizes = np.append(len(names), self.sizes[number]).astype("<i4").tobytes()
            made[account.id] = CodedAccount(sizes, b"".join([names, *parts]))
        return made

    def _local(self, table: str) -> Column:
        """A table as one structured array with places that count in the account alone."""
        rows = np.zeros(int(self.sizes_of(table).sum()), tables()[table])
        refers, of_account = references().get(table, {}), self.accounts_of(table)
        for name in rows.dtype.names or ():
            values = self.tables[table][name]
            if name in refers:
                values = np.where(values >= 0, values - self.starts_of(refers[name])[of_account], values)
            rows[name] = values
        return rows


_NUMBER = {name: number for number, name in enumerate(tables())}


def decoded(accounts: Iterable[CodedAccount]) -> Columns:
    """The columns of accounts from their bytes, in this order; an account may come several times.

    Raises ValueError where an account's bytes are not as long as its sizes say.

    >>> columns = measures.view.batch.columns
    >>> again = decoded(columns.coded().values())
    >>> again.coded() == columns.coded()
    True
    """
    whole = list(accounts)
    sizes = np.frombuffer(b"".join([account.sizes for account in whole]), "<i4").astype(np.int64)
    sizes = sizes.reshape(len(whole), 1 + len(_NUMBER))
    widths = np.array([1, *(kind.itemsize for kind in tables().values())], dtype=np.int64)
    ends = np.cumsum(sizes * widths, axis=1)
    if ends[:, -1].tolist() != [len(account.data) for account in whole]:
        raise ValueError("an account's columns are not as long as their sizes")
    bounds = ends.T.tolist()
    views = [memoryview(account.data) for account in whole]
    names = [_read(orjson.loads(view[:end])) for view, end in zip(views, bounds[0], strict=True)]
    made: dict[str, Mapping[str, Column]] = {}
    columns = Columns(tuple(names), sizes[:, 1:], made)
    for number, (table, kind) in enumerate(tables().items()):
        if not kind.names:
            made[table] = {}
            continue
        parts = [view[first:end] for view, first, end in zip(views, bounds[number], bounds[number + 1], strict=True)]
        made[table] = _global(columns, table, np.frombuffer(b"".join(parts), kind))
    return columns


def _global(columns: Columns, table: str, rows: Column) -> dict[str, Column]:
    """The columns of a table with places that count over all accounts."""
    made = {name: rows[name].copy() for name in rows.dtype.names or ()}
    refers = references().get(table, {})
    for name, to in refers.items():
        made[name] = made[name].astype(np.int64)
        if len(columns.names) > 1:
            first = columns.starts_of(to)[columns.accounts_of(table)]
            made[name] = np.where(made[name] >= 0, made[name] + first, EMPTY_CODE)
    return made


def _written(names: AccountNames) -> list[Any]:
    opportunities = list(map(list, names.opportunities))
    return [names.id, names.name, names.tier, opportunities, names.units, names.members, names.rivals]


def _read(written: list[Any]) -> AccountNames:
    identity, name, tier, opportunities, units, members, rivals = written
    return AccountNames(
        identity,
        name,
        tier,
        tuple([OpportunityNames(*own) for own in opportunities]),
        tuple([(unit, called) for unit, called in units]),
        tuple(members),
        tuple(rivals),
    )
