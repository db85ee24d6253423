"""`swaymap imports`: every import of the store, so that one of them can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.opening import opened_store
from api.options import DEFAULT_LANG, Format, FormatOption, LangOption, StoreOption, screen_text
from api.terminal import line
from api.text.output import TableColumn, csv_text, json_text, printed, table, write_out
from graph.model.words import text

if TYPE_CHECKING:
    from graph.store.protocol import ImportSummary


def imports(
    limit: Annotated[int | None, typer.Option("--limit", metavar="N", min=1, help=screen_text("imports.limit"))] = None,
    store: StoreOption = None,
    lang: LangOption = DEFAULT_LANG,
    format_: FormatOption = Format.table,
) -> None:
    with opened_store(store) as opened:
        rows = [_row(summary) for summary in opened.graph_store.imports(limit)]
    if format_ is Format.json:
        write_out(json_text({"imports": rows}), None)
    elif format_ is Format.csv:
        write_out(csv_text(rows), None)
    else:
        written = printed(table(rows, _COLUMNS, lang)) if rows else line(text("cli.imports.none", lang))
        write_out(written, None)


def _row(summary: ImportSummary) -> dict[str, Any]:
    return {
        "id": summary.id,
        "at": summary.recorded_at.isoformat(timespec="seconds"),
        "by": summary.recorded_by,
        "source": summary.source,
        "added": summary.added,
        "changed": summary.changed,
        "removed": summary.removed,
    }


_COLUMNS = [
    TableColumn("head.import", lambda row: str(row["id"]), right=True),
    TableColumn("head.recorded_at", lambda row: row["at"][:16].replace("T", " ")),
    TableColumn("head.recorded_by", lambda row: row["by"]),
    TableColumn("head.source", lambda row: row["source"]),
    TableColumn("head.added", lambda row: str(row["added"]), right=True),
    TableColumn("head.changed", lambda row: str(row["changed"]), right=True),
    TableColumn("head.removed", lambda row: str(row["removed"]), right=True),
]
