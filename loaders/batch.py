"""What files say, checked: records, findings, and where each record came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.model.dataset import Dataset
from graph.model.kind import KINDS, Key
from graph.model.rules import Violation
from loaders.findings import Finding, Findings, shown_value
from loaders.records import Read
from loaders.tables import FileFacts


@dataclass(frozen=True)
class Batch:
    """The good records of some files, everything found in them, and their places."""

    dataset: Dataset
    findings: Findings
    files: tuple[FileFacts, ...]
    reads: tuple[Read, ...]
    claimed: dict[str, set[str]] = field(default_factory=dict)

    def findings_of(self, violations: Iterable[Violation]) -> list[Finding]:
        """Broken rules as findings at the rows that break them."""
        return [self._finding(one) for one in violations]

    def _finding(self, broken: Violation) -> Finding:
        file, sheet, row = self._place(broken.sheet, broken.key)
        kind = KINDS[broken.sheet]
        head = broken.column
        for read in self.reads:
            if read.kind is kind and broken.column in read.header.at:
                head = read.table.header[read.header.at[broken.column]]
        value = shown_value(broken.value, broken.sheet, broken.column)
        return Finding(broken.code, "error", file, sheet, row, head, value, dict(broken.places))

    def _place(self, sheet: str, key: Key) -> tuple[str, str, int | None]:
        for read in self.reads:
            if read.kind.sheet == sheet:
                for record, row in zip(read.records, read.rows, strict=True):
                    if read.kind.key_of(record) == key:
                        return read.table.file, read.table.sheet, row
        return (self.files[0].file if self.files else ""), sheet, None
