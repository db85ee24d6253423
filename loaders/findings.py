"""What was found in files: errors and notices, each with its place, the value and a hint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from graph.model.columns import FieldClass
from graph.model.kind import KINDS
from graph.model.words import text

VALUE_LENGTH = 40
SHOWN = 100

Severity = Literal["error", "notice"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `row` is as an editor numbers it, the header being 1; None is the sheet or file as a whole."""

    code: str
    severity: Severity
    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    places: Mapping[str, str] = field(default_factory=dict)

    def place(self) -> str:
        """File, sheet, row and column, as far as they are known."""
        parts = [self.file, self.sheet, f"{self.row}" if self.row is not None else None, self.column]
        return ":".join(part for part in parts if part)

    def text(self, lang: str = "en") -> str:
        """What is wrong and what to do, in one line."""
        key = f"finding.{self.code}"
        return text(key, lang, **{"value": self.value if self.value is not None else "…", **self.places})


class Findings:
    """Findings in the order of files, sheets, rows and columns; the total is kept, the first hundred are shown."""

    def __init__(self, found: Iterable[Finding] = ()) -> None:
        self._found = list(found)

    def add(self, finding: Finding) -> None:
        """Add one."""
        self._found.append(finding)

    def plus(self, more: Iterable[Finding]) -> Findings:
        """These and more."""
        return Findings([*self._found, *more])

    def __iter__(self) -> Iterator[Finding]:
        return iter(sorted(self._found, key=_order))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> list[Finding]:
        """The errors, in order."""
        return [one for one in self if one.severity == "error"]

    @property
    def notices(self) -> list[Finding]:
        """What is odd and accepted, in order."""
        return [one for one in self if one.severity == "notice"]

    @property
    def has_errors(self) -> bool:
        """Whether anything must be put right before the files can be stored."""
        return any(one.severity == "error" for one in self._found)


def shown_value(value: object, sheet: str | None = None, column: str | None = None) -> str | None:
    """A value as a finding shows it: cut to 40 characters; None for a field that not everyone may see."""
    known = KINDS[sheet].by_name.get(column or "") if sheet in KINDS else None
    if known is not None and known.field_class is FieldClass.RESTRICTED:
        return None
    written = "".join(ch if ch.isprintable() else f"\\u{ord(ch):04x}" for ch in str(value))
    return written if len(written) <= VALUE_LENGTH else written[: VALUE_LENGTH - 1] + "…"


def _order(one: Finding) -> tuple[str, int, int, str, str]:
    sheets = list(KINDS)
    sheet = sheets.index(one.sheet) if one.sheet in KINDS else -1
    return one.file, sheet, one.row or 0, one.column or "", one.code
