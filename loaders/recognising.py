"""Recognise what a table holds: one of our sheets or a table of another program; by option, header and name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from graph.model.kind import KINDS, Kind
from graph.model.scales import fold
from loaders.asked import Asked
from loaders.headers import kind_named, kind_of_header, understand
from loaders.linkedin import is_connections
from loaders.problems import unreadable

if TYPE_CHECKING:
    from loaders.foreign import Foreign
    from loaders.forms import Form
    from loaders.mapping import Mapping, TableMap

CONNECTIONS = "LinkedIn"
FORMS_BY_KIND: dict[str, Form] = {"mailbox": "mail", "calendar": "calendar"}
"""Values of `as_kind` for files that are not tables."""


class Recognising:
    """Decides what the tables of an import hold. Order: option `as_kind`, the caller's mappings, names and headers."""

    def __init__(self, asked: Asked, own: Sequence[Mapping]) -> None:
        self._asked, self._own = asked, own

    @cached_property
    def foreign(self) -> Foreign:
        """The mappings; loaded when a table is not plainly one of our sheets."""
        from loaders.foreign import Foreign

        return Foreign(self._asked, self._own)

    def form(self, form: Form | None) -> Form | None:
        """The form of a file: the one that `as_kind` implies, else the detected one."""
        kind = self._asked.as_kind
        if kind is None:
            return form
        implied = next((form for name, form in FORMS_BY_KIND.items() if fold(name) == fold(kind)), None)
        return implied or form or "csv"

    def meaning(self, file: str, name: str, header: Sequence[str]) -> Kind | TableMap | None:
        """The kind of a table by name and header; None if unknown. Raises Unreadable for an unknown `as_kind`."""
        if self._asked.as_kind is not None:
            return self._meaning_of_kind(file, name, header, self._asked.as_kind)
        own = self.foreign.own(name, header) if self._own else None
        if own is not None:
            return own
        named = kind_named(name)
        if named is not None and not understand(named, header).missing:
            return named
        return self.foreign.fitting(name, header) or named or kind_of_header(header)

    def is_connections(self, file: str, rows: Sequence[Sequence[str]]) -> bool:
        """Whether the first rows are those of a Connections.csv. Raises Unreadable if only `as_kind` says so."""
        kind = self._asked.as_kind
        if kind is None:
            return is_connections(rows)
        if fold(kind) != fold(CONNECTIONS):
            return False
        if not is_connections(rows):
            raise unreadable("other_columns", file, value=kind)
        return True

    def _meaning_of_kind(self, file: str, name: str, header: Sequence[str], as_kind: str) -> Kind | TableMap:
        """The sheet, mapped table or program that `as_kind` names; of several tables of a program the one that fits."""
        kind = kind_named(as_kind)
        if kind is not None:
            return kind
        tables = self.foreign.called(as_kind)
        if not tables:
            known = ", ".join((*KINDS, *self.foreign.names, CONNECTIONS, *FORMS_BY_KIND))
            raise unreadable("unknown_kind", file, value=as_kind, known=known)
        fitting = [table for table in tables if table.fits(name, header) or table.fits(as_kind, header)]
        fitting = fitting or [table for table in tables if table.could_be(header)]
        if not fitting:
            raise unreadable("other_columns", file, value=as_kind)
        return fitting[0]
