"""What a table is: a sheet of ours or a table of another program, by what somebody says, by its header, by its name."""

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
SAID: dict[str, Form] = {"mailbox": "mail", "calendar": "calendar"}
"""What somebody may say that a file is, which is no table."""


class Recognising:
    """What the tables of an import are, by what is asked and by one's own mappings, the first of all."""

    def __init__(self, asked: Asked, own: Sequence[Mapping]) -> None:
        self._asked, self._own = asked, own

    @cached_property
    def foreign(self) -> Foreign:
        """The tables of other programs; they are looked at where a table is not plainly ours."""
        from loaders.foreign import Foreign

        return Foreign(self._asked, self._own)

    def form(self, form: Form | None) -> Form | None:
        """The form of a file, where somebody says it: that one."""
        said = self._asked.as_kind
        if said is None:
            return form
        of_said = next((form for name, form in SAID.items() if fold(name) == fold(said)), None)
        return of_said or form or "csv"

    def meaning(self, file: str, name: str, header: Sequence[str]) -> Kind | TableMap | None:
        """What a table of this name and header is; None where nothing tells. Raises Unreadable for a kind unknown."""
        if self._asked.as_kind is not None:
            return self._said(file, name, header, self._asked.as_kind)
        own = self.foreign.own(name, header) if self._own else None
        if own is not None:
            return own
        named = kind_named(name)
        if named is not None and not understand(named, header).missing:
            return named
        return self.foreign.fitting(name, header) or named or kind_of_header(header)

    def is_connections(self, file: str, rows: Sequence[Sequence[str]]) -> bool:
        """Whether the first rows are those of LinkedIn's file. Raises Unreadable where it is said to be, and is not."""
        said = self._asked.as_kind
        if said is None:
            return is_connections(rows)
        if fold(said) != fold(CONNECTIONS):
            return False
        if not is_connections(rows):
            raise unreadable("other_columns", file, value=said)
        return True

    def _said(self, file: str, name: str, header: Sequence[str], said: str) -> Kind | TableMap:
        """The sheet, the mapped table, or the table of a program that somebody says; of several the one that fits."""
        kind = kind_named(said)
        if kind is not None:
            return kind
        tables = self.foreign.called(said)
        if not tables:
            known = ", ".join((*KINDS, *self.foreign.names, CONNECTIONS, *SAID))
            raise unreadable("unknown_kind", file, value=said, known=known)
        fitting = [table for table in tables if table.fits(name, header) or table.fits(said, header)]
        fitting = fitting or [table for table in tables if table.could_be(header)]
        if not fitting:
            raise unreadable("other_columns", file, value=said)
        return fitting[0]
