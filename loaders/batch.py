"""What files say, checked: records, findings, and where each record came from."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Key
from graph.model.rules import Violation
from loaders.findings import Finding, Findings, shown_value
from loaders.read_table import Read
from loaders.tables import FileFacts

if TYPE_CHECKING:
    from loaders.mapping import TableMap
    from loaders.matching import Match
    from loaders.people_found import MailRow
    from loaders.review import Suggestion


@dataclass(frozen=True)
class Batch:
    """The good records of some files, everything found in them, and their places.

    `claimed` holds, by sheet, the ids of rows that gave no record: who names one of them does not name nothing.
    `matches` are persons of a source who are known under another id, `suggestions` those who may be; `mails`, by
    account, what its own people wrote; `used` one's own mappings with the headers that they fitted; `near` what may be
    meant by references that name nothing, by sheet and text.
    """

    dataset: Dataset
    findings: Findings
    files: tuple[FileFacts, ...]
    reads: tuple[Read, ...] = ()
    claimed: Mapping[str, Container[str]] = field(default_factory=dict)
    matches: tuple[Match, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    mails: Mapping[str, Sequence[MailRow]] = field(default_factory=dict)
    used: tuple[tuple[TableMap, Sequence[str]], ...] = ()
    near: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def findings_of(self, violations: Iterable[Violation]) -> list[Finding]:
        """Broken rules as findings at the rows that break them."""
        return [self._finding(violation) for violation in violations]

    def _finding(self, broken: Violation) -> Finding:
        value = shown_value(broken.value, broken.sheet, broken.column)
        places = dict(broken.places)
        near = self.near.get((places.get("sheet", ""), broken.value)) if broken.code == "dangling" else None
        if near is not None and value is not None:
            places["candidates"] = near
        found = self._places.get(broken.sheet, {}).get(broken.key)
        if found is None:
            return Finding(broken.code, self._file_of(broken.sheet), broken.sheet, None, broken.column, value, places)
        read, row = found
        return read.finding(broken.code, row, broken.column, broken.value, places)

    def _file_of(self, sheet: str) -> str:
        """The file for a record that has no row: a stored one that the rows of others make wrong."""
        of_sheet = [read.table.file for read in self.reads if read.kind.sheet == sheet]
        return (of_sheet or [file.file for file in self.files] or [""])[0]

    @cached_property
    def _places(self) -> dict[str, dict[Key, tuple[Read, int]]]:
        """Sheet → key → the table and row that it came from, the first where it is there twice."""
        places: dict[str, dict[Key, tuple[Read, int]]] = {kind.sheet: {} for kind in KINDS.values()}
        for read in self.reads:
            own = places[read.kind.sheet]
            for record, row in zip(read.records, read.rows, strict=True):
                own.setdefault(read.kind.key_of(record), (read, row))
        return places
