"""What was found in files: errors and notices, each with its place, the value and a hint."""

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
    """One finding. `row` is as an editor numbers it, the header being 1; None is the sheet or file as a whole.

    `value` is cut to 40 characters, and None where not everyone may see it. `at` is the column's place, for the order.
    Raises KeyError for a code that is not in the table of codes.
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

    @property
    def severity(self) -> Severity:
        """Whether it keeps the files from being stored. Unknown columns and sheets do so only where asked for."""
        return "error" if self.strict else CODES[self.code]

    def place(self) -> str:
        """File, sheet, row and column, as far as they are known."""
        row = None if self.row is None else str(self.row)
        return ":".join(part for part in (self.file, self.sheet, row, self.column) if part)

    def text(self, lang: str = "en") -> str:
        """What is wrong and what to do, in one line."""
        return self.message().render(lang)

    def message(self) -> Message:
        """What is wrong and what to do, before a language is chosen."""
        return Message(self._key, {"value": "…" if self.value is None else self.value, **self.places})

    @property
    def _key(self) -> str:
        """The text of the code, or the one that says more where more is known: `finding_with.<code>.<place>`."""
        longer = (f"finding_with.{self.code}.{place}" for place in self.places)
        return next((key for key in longer if key in catalogue()), f"finding.{self.code}")


class Findings:
    """Findings in the order of files, sheets, rows and columns; the total is kept, the first hundred are shown."""

    def __init__(self, found: Iterable[Finding] = ()) -> None:
        self._found = sorted(found, key=_order)

    def plus(self, more: Iterable[Finding]) -> Findings:
        """These and more."""
        return Findings([*self._found, *more])

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    @property
    def first(self) -> list[Finding]:
        """The first hundred."""
        return self._found[:SHOWN]

    @property
    def errors(self) -> list[Finding]:
        """The errors, in order."""
        return [one for one in self._found if one.severity == "error"]

    @property
    def notices(self) -> list[Finding]:
        """Findings that refuse nothing: the warnings first, then the notices, each in order."""
        return sorted((one for one in self._found if one.severity != "error"), key=lambda one: one.severity == "notice")

    @property
    def has_errors(self) -> bool:
        """Whether anything must be put right before the files can be stored."""
        return any(one.severity == "error" for one in self._found)


def shown_value(value: object, sheet: str | None = None, column: str | None = None) -> str | None:
    """A value as a finding shows it: cut to 40 characters; None for a field that not everyone may see."""
    known = KINDS[sheet].by_name.get(column or "") if sheet in KINDS else None
    if known is not None and known.field_class is FieldClass.RESTRICTED:
        return None
    start = str(value)[: VALUE_LENGTH + 1]
    written = "".join(ch if ch.isprintable() else f"\\u{ord(ch):04x}" for ch in start)
    return written if len(written) <= VALUE_LENGTH else written[: VALUE_LENGTH - 1] + "…"


def _order(one: Finding) -> tuple[str, int, int, int, str]:
    return one.file, _SHEET_ORDER.get(one.sheet or "", -1), one.row or 0, one.at, one.code
