"""Findings: errors, warnings and notices about input, each with its place, the value and a hint."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph.model.columns import FieldClass
from graph.model.kind import KINDS
from graph.model.words import Message, catalogue
from loaders.codes import CODES, Severity

VALUE_LENGTH = 40
SHOWN = 100

_SHEET_ORDER = {sheet: place for place, sheet in enumerate(KINDS)} | {
    kind.zh: place for place, kind in enumerate(KINDS.values())
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `row` is the row number in an editor (the header is 1); None means the whole sheet or file.

    `label` is the name of the row where it has one (the index label of a DataFrame); it is shown instead of the number.
    `value` is cut to 40 characters, and None for fields that not everybody may see. `at` is the column's position, for
    sorting. `strict` makes a notice an error.
    """

    code: str
    file: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    places: Mapping[str, str] = field(default_factory=dict)
    at: int = -1
    strict: bool = False
    label: str | None = None

    @property
    def severity(self) -> Severity:
        """`error` keeps the input from being stored. Raises KeyError for a code that is not in `loaders.codes`."""
        return "error" if self.strict else CODES[self.code]

    def place(self) -> str:
        """File, sheet, row and column, as far as they are known, joined by colons."""
        row = None if self.row is None else self.label or str(self.row)
        return ":".join(part for part in (self.file, self.sheet, row, self.column) if part)

    def text(self, lang: str = "en") -> str:
        """The problem and what to do about it, in one line."""
        return self.message().render(lang)

    def message(self) -> Message:
        """The problem and what to do about it, before a language is chosen."""
        return Message(self._key, {"value": "…" if self.value is None else self.value, **self.places})

    @property
    def _key(self) -> str:
        """The catalogue key: `finding_with.<code>.<place>` if that more specific text exists, else `finding.<code>`."""
        longer = (f"finding_with.{self.code}.{place}" for place in self.places)
        return next((key for key in longer if key in catalogue()), f"finding.{self.code}")


class Findings:
    """Findings sorted by file, sheet, row and column. Only the first hundred are shown."""

    def __init__(self, findings: Iterable[Finding] = ()) -> None:
        self._findings = sorted(findings, key=_order)

    def plus(self, more: Iterable[Finding]) -> Findings:
        """A new collection with these findings and more."""
        return Findings([*self._findings, *more])

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._findings)

    def __len__(self) -> int:
        return len(self._findings)

    @property
    def first(self) -> list[Finding]:
        """The first hundred."""
        return self._findings[:SHOWN]

    @property
    def errors(self) -> list[Finding]:
        """The errors, in order."""
        return [finding for finding in self._findings if finding.severity == "error"]

    @property
    def notices(self) -> list[Finding]:
        """Findings that do not prevent storing: warnings first, then notices, each in order."""
        others = (finding for finding in self._findings if finding.severity != "error")
        return sorted(others, key=lambda finding: finding.severity == "notice")

    @property
    def has_errors(self) -> bool:
        """Whether anything must be corrected before the input can be stored."""
        return any(finding.severity == "error" for finding in self._findings)


def shown_value(value: object, sheet: str | None = None, column: str | None = None) -> str | None:
    """A value as shown in a finding: at most 40 characters; None for a field that not everybody may see."""
    known = KINDS[sheet].by_name.get(column or "") if sheet in KINDS else None
    if known is not None and known.field_class is FieldClass.RESTRICTED:
        return None
    start = str(value)[: VALUE_LENGTH + 1]
    written = "".join(ch if ch.isprintable() else f"\\u{ord(ch):04x}" for ch in start)
    return written if len(written) <= VALUE_LENGTH else written[: VALUE_LENGTH - 1] + "…"


def _order(finding: Finding) -> tuple[str, int, int, int, str]:
    return finding.file, _SHEET_ORDER.get(finding.sheet or "", -1), finding.row or 0, finding.at, finding.code
