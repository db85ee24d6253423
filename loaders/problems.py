"""The exception for input that cannot be read."""

from __future__ import annotations

from graph.model.problem import InputError
from loaders.findings import Finding


class Unreadable(InputError):
    """A file, sheet or table that cannot be read; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code, finding.message(), (finding,))
        self.finding = finding


def unreadable(code: str, file: str, sheet: str | None = None, row: int | None = None, **places: object) -> Unreadable:
    """Build an Unreadable; `places` fill the message, `value` is the value of the finding."""
    texts = {name: str(value) for name, value in places.items()}
    return Unreadable(Finding(code, file, sheet, row, value=texts.pop("value", None), places=texts))
