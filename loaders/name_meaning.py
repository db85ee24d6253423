"""Which record a row means by a name: the one that is called so in its account."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graph.model.kind import Kind
from graph.model.naming import NameIndex


@dataclass(frozen=True, slots=True)
class Several:
    """A name that may mean several records."""

    sheet: str
    asked: str
    ids: list[str]


@dataclass
class Meaning:
    """The records meant by the names in one column of references, each looked up once for an account."""

    index: NameIndex
    about: str | None
    kind: Kind
    sheet: str
    _known: dict[tuple[str, str | None], str | Several] = field(default_factory=dict)

    def of(self, record: Any, asked: str) -> str | Several:
        """The id that a record means by a name: unique in the account of the record, else everywhere.

        The name itself where nothing is called so.
        """
        index = self.index
        if asked in index.of(self.sheet):
            return asked
        home = self._home(record)
        found = self._known.get((asked, home))
        if found is None:
            ids = index.called(self.sheet, asked)
            here = self._here(asked, home or self.about)
            if len(here) != 1 and home is None and len(ids) > 1:
                # What the others of the row have in common with this name depends on the row.
                common = self._common(record)
                here = self._here(asked, common) if common is not None else here
                return here[0] if len(here) == 1 else Several(self.sheet, asked, here or ids)
            ids = here or ids
            found = asked if not ids else ids[0] if len(ids) == 1 else Several(self.sheet, asked, ids)
            self._known[asked, home] = found
        return found

    def _here(self, asked: str, home: str | None) -> list[str]:
        """Those of an account, or everybody's, who are called so."""
        account_of = self.index.account_of
        return self.index.called(self.sheet, asked, lambda one: account_of(self.sheet, one) in (home, None))

    def _home(self, record: Any) -> str | None:
        """The account of what the record names by id, where that is one."""
        accounts = {account for sheet, value in self._others(record) if (account := self._account(sheet, value))}
        return accounts.pop() if len(accounts) == 1 else None

    def _account(self, sheet: str, value: str) -> str | None:
        index = self.index
        return index.account_of(sheet, value) if value in index.of(sheet) else None

    def _common(self, record: Any) -> str | None:
        """The one account in which everything that the record names is known."""
        common: set[str | None] | None = None
        for sheet, value in self._others(record):
            index = self.index
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
