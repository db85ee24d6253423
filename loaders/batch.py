"""The result of reading: checked records, findings, and the place that each record came from."""

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
    """The valid records of some input, all findings, and the places of the records.

    Attributes:
        dataset: the records.
        findings: errors, warnings and notices.
        files: what was detected about each file.
        reads: the tables that were parsed.
        claimed: by sheet, the ids of rows that gave no record; references to them are not dangling.
        matches: people of a source who are known under another id.
        suggestions: people of a source who may be known, for a person to decide.
        mails: by account, the mails that its own people wrote.
        used: the caller's mappings that were applied, with the headers that they fitted.
        near: by sheet and text, the records that a reference without a target may mean.
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
        """Rule violations as findings at the rows that cause them."""
        return [self._finding(violation) for violation in violations]

    def _finding(self, broken: Violation) -> Finding:
        value = shown_value(broken.value, broken.sheet, broken.column)
        places = dict(broken.places)
        near = self.near.get((places.get("sheet", ""), broken.value)) if broken.code == "dangling" else None
        if near is not None and value is not None:
            places["candidates"] = near
        place = self._places.get(broken.sheet, {}).get(broken.key)
        if place is None:
            return Finding(broken.code, self._file_of(broken.sheet), broken.sheet, None, broken.column, value, places)
        read, row = place
        return read.finding(broken.code, row, broken.column, broken.value, places)

    def _file_of(self, sheet: str) -> str:
        """The file to name for a stored record that conflicts with rows of the files: it has no row of its own."""
        of_sheet = [read.table.file for read in self.reads if read.kind.sheet == sheet]
        return (of_sheet or [file.file for file in self.files] or [""])[0]

    @cached_property
    def _places(self) -> dict[str, dict[Key, tuple[Read, int]]]:
        """Sheet → key → table and row of the record; the first of several."""
        places: dict[str, dict[Key, tuple[Read, int]]] = {kind.sheet: {} for kind in KINDS.values()}
        for read in self.reads:
            own = places[read.kind.sheet]
            for record, row in zip(read.records, read.rows, strict=True):
                own.setdefault(read.kind.key_of(record), (read, row))
        return places
