"""The preview of an import: the files, and the first records as they were understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.terminal import lines
from api.text.output import TableColumn, printed, table
from graph.model.kind import KINDS, Kind
from graph.model.words import text
from loaders.written import cell_text

if TYPE_CHECKING:
    from loaders import Batch

FIRST = 2
"""Records of a kind that are shown."""

SHOWN = 40
"""Matches that are shown."""

WIDTH = 120


def preview(batch: Batch, lang: str) -> str:
    """A table of the files, then the first records of each kind, their filled fields only."""
    rows = [
        {"file": file.file, "form": file.form, "encoding": file.encoding or "–", "sheet": sheet, "rows": count}
        for file in batch.files
        for sheet, count in file.rows.items()
    ]
    files = table(
        rows,
        [
            TableColumn("head.file", lambda row: row["file"]),
            TableColumn("head.form", lambda row: row["form"]),
            TableColumn("head.encoding", lambda row: row["encoding"]),
            TableColumn("head.kind", lambda row: _sheet(row["sheet"], lang)),
            TableColumn("head.rows", lambda row: str(row["rows"]), right=True),
        ],
        lang,
        text("cli.import.files", lang),
    )
    written = [text("cli.import.understood", lang), *_records(batch, lang), *_matches(batch, lang)]
    return f"{printed(files)}\n{lines(written)}\n"


def _matches(batch: Batch, lang: str) -> list[str]:
    """The matches of people, certain and possible."""
    taken = [
        f"  {match.incoming} → {match.known} ({text(f'cli.import.by_{match.by}', lang)})" for match in batch.matches
    ]
    maybe = [
        f"  {match.incoming} ({match.incoming_name}) → {match.person} ({match.person_name}) {match.score}"
        for match in batch.suggestions
    ]
    head = [text("cli.import.matches", lang)] if taken else []
    asked = [text("cli.import.maybe", lang)] if maybe else []
    return [*head, *map(_plain, taken[:SHOWN]), *asked, *map(_plain, maybe[:SHOWN])]


def _sheet(sheet: str, lang: str) -> str:
    return KINDS[sheet].zh if lang == "zh" and sheet in KINDS else sheet


def _records(batch: Batch, lang: str) -> list[str]:
    lines = []
    for kind in batch.dataset.kinds():
        for record in batch.dataset.of(kind.record)[:FIRST]:
            line = f"  {_sheet(kind.sheet, lang)}: {_filled(kind, record, lang)}"
            lines.append(line if len(line) <= WIDTH else line[: WIDTH - 1] + "…")
    return lines


def _filled(kind: Kind, record: Any, lang: str) -> str:
    """The filled fields in a line."""
    values = ((column, getattr(record, column.name)) for column in kind.columns)
    filled = (
        f"{column.zh if lang == 'zh' else column.name} {cell_text(value, column)}"
        for column, value in values
        if value not in (None, ())
    )
    return _plain(", ".join(filled))


def _plain(line: str) -> str:
    """A line in which what a screen might obey is shown by its number instead."""
    return "".join(ch if ch.isprintable() else f"\\u{ord(ch):04x}" for ch in line)
