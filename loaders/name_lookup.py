"""Find the record that a row refers to by name: the one of this name in the account of the row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from graph.model.kind import Kind
from graph.model.naming import NameIndex


@dataclass(frozen=True, slots=True)
class Several:
    """An ambiguous name: the ids of the records that it may mean."""

    sheet: str
    asked: str
    ids: list[str]


@dataclass
class Meaning:
    """Looks up the names in one column of references; each name is looked up once for an account."""

    index: NameIndex
    about: str | None
    kind: Kind
    sheet: str
    _known: dict[tuple[str, str | None], str | Several] = field(default_factory=dict)

    def of(self, record: Any, asked: str) -> str | Several:
        """The id that a name in a record refers to: unique in the account of the record, else everywhere.

        The name itself if no record has it.
        """
        index = self.index
        if asked in index.of(self.sheet):
            return asked
        home = self._home(record)
        meaning = self._known.get((asked, home))
        if meaning is None:
            ids = index.called(self.sheet, asked)
            here = self._here(asked, home or self.about)
            if len(here) != 1 and home is None and len(ids) > 1:
                # What the others of the row have in common with this name depends on the row.
                common = self._common(record)
                here = self._here(asked, common) if common is not None else here
                return here[0] if len(here) == 1 else Several(self.sheet, asked, here or ids)
            ids = here or ids
            meaning = asked if not ids else ids[0] if len(ids) == 1 else Several(self.sheet, asked, ids)
            self._known[asked, home] = meaning
        return meaning

    def _here(self, asked: str, home: str | None) -> list[str]:
        """Ids of the records of this name that belong to an account, or to none."""
        account_of = self.index.account_of
        return self.index.called(self.sheet, asked, lambda identity: account_of(self.sheet, identity) in (home, None))

    def _home(self, record: Any) -> str | None:
        """The account of the records that a record refers to by id, if it is one account."""
        accounts = {account for sheet, value in self._others(record) if (account := self._account(sheet, value))}
        return accounts.pop() if len(accounts) == 1 else None

    def _account(self, sheet: str, value: str) -> str | None:
        index = self.index
        return index.account_of(sheet, value) if value in index.of(sheet) else None

    def _common(self, record: Any) -> str | None:
        """The only account in which all names in a record are known."""
        common: set[str | None] | None = None
        for sheet, value in self._others(record):
            index = self.index
            accounts = {index.account_of(sheet, identity) for identity in index.called(sheet, value)} - {None}
            if accounts:
                common = accounts if common is None else common & accounts
        return common.pop() if common is not None and len(common) == 1 else None

    def _others(self, record: Any) -> Iterator[tuple[str, str]]:
        """All references of a record: sheet and text."""
        for column in self.kind.references:
            value = getattr(record, column.name)
            for text in value if column.is_list else (value,):
                if text is not None:
                    yield column.ref or "", text
