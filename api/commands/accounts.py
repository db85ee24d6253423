"""`swaymap accounts`: what is stored."""

from __future__ import annotations

from api.opening import opened_store
from api.options import DEFAULT_LANG, Format, FormatOption, Lang, LangOption, StoreOption
from api.rows import account_rows, shown
from api.show import TableColumn, csv_text, json_text, printed, table, write_out
from graph.model.words import text


def accounts(store: StoreOption = None, lang: LangOption = DEFAULT_LANG, format_: FormatOption = Format.table) -> None:
    with opened_store(store) as opened:
        rows = account_rows(opened.accounts())
    if format_ is Format.json:
        write_out(json_text({"accounts": rows}), None)
    elif format_ is Format.csv:
        write_out(csv_text(rows), None)
    else:
        write_out(printed(table(rows, _columns(lang), lang)) if rows else text("cli.accounts.none", lang) + "\n", None)


def _columns(lang: Lang) -> list[TableColumn]:
    return [
        TableColumn("head.account", lambda row: str(row["id"])),
        TableColumn("head.name", lambda row: shown(row["name"], row["id"], lang)),
        TableColumn("head.tier", lambda row: row["tier"] or "–"),
        TableColumn("head.people", lambda row: str(row["people"]), right=True),
        TableColumn("head.opportunities", lambda row: str(row["opportunities"]), right=True),
        TableColumn("head.interactions", lambda row: str(row["interactions"]), right=True),
        TableColumn("head.last_interaction", lambda row: row["last_interaction"] or "–"),
    ]
