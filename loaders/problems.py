"""A file that cannot be read at all."""

from __future__ import annotations

from loaders.findings import Finding


class Unreadable(Exception):
    """Why a file or sheet cannot be read, as a finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.text())
        self.finding = finding


def unreadable(code: str, file: str, sheet: str | None = None, row: int | None = None, **places: object) -> Unreadable:
    """A file, sheet or row that cannot be read."""
    found = {name: str(value) for name, value in places.items()}
    return Unreadable(Finding(code, file, sheet, row, value=found.pop("value", None), places=found))
