"""The part of a store that a reader may see: which accounts, and without which columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.model.kind import KINDS
from graph.store.belonging import OF_NO_ACCOUNT


@dataclass(frozen=True, slots=True)
class Scope:
    """The accounts and columns that a reader may see. It is hashable, so that it can be part of a cache key.

    `accounts` are the accounts in scope, None for all. `withheld` are columns, as (sheet, column), whose values are not
    shown. A record is shown only where its whole key may be seen, so that a withheld key column hides the kind.
    Any iterable of them is taken. Raises ValueError for a sheet or column that is not declared, TypeError for a text
    instead of accounts, whose letters would be taken for them.

    >>> Scope(frozenset({"a"})).narrowed(["a", "b"])
    ['a']
    """

    accounts: frozenset[str] | None = None
    withheld: frozenset[tuple[str, str]] = frozenset()

    def __post_init__(self) -> None:
        if isinstance(self.accounts, str):
            raise TypeError(f"accounts are a set of ids, such as {{{self.accounts[:40]!r}}}, not a text")
        if self.accounts is not None:
            object.__setattr__(self, "accounts", frozenset(self.accounts))
        object.__setattr__(self, "withheld", frozenset(self.withheld))
        for sheet, column in self.withheld:
            if sheet not in KINDS or column not in KINDS[sheet].by_name:
                raise ValueError(f"there is no column {column} in {sheet}")

    @classmethod
    def all(cls) -> Scope:
        """The scope of a reader who may see everything."""
        return EVERYTHING

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out."""
        return self.accounts is None and not self.withheld

    def has(self, account: str) -> bool:
        """Whether an account is in scope."""
        return self.accounts is None or account in self.accounts

    def narrowed(self, accounts: Sequence[str] | None) -> Sequence[str] | None:
        """Those of the accounts asked for that are in scope; None, for all, stays None only where all are in scope."""
        if self.accounts is None:
            return accounts
        return sorted(self.accounts) if accounts is None else [account for account in accounts if self.has(account)]

    def journals(self, account: str | None) -> list[str] | None:
        """The accounts whose journal entries are read for one account, or for all in scope; None for all there are.

        For all in scope `OF_NO_ACCOUNT` is among them: everybody sees the entries of the shared kinds.
        """
        if account is None:
            return None if self.accounts is None else [*sorted(self.accounts), OF_NO_ACCOUNT]
        return [account] if account != OF_NO_ACCOUNT and self.has(account) else []


EVERYTHING = Scope()
