"""`swaymap accounts`: what is stored."""

from __future__ import annotations

from typing import Annotated

import typer

from api.account_list import page_of_accounts
from api.opening import opened_store
from api.options import DEFAULT_LANG, Format, FormatOption, Lang, LangOption, StoreOption, screen_text
from api.terminal import line, say_aside
from api.text.output import TableColumn, csv_text, json_text, printed, table, write_out
from api.text.rows import shown
from graph.model.words import text


def accounts(
    limit: Annotated[int, typer.Option("--limit", min=1, help=screen_text("accounts.limit"))] = 100,
    after: Annotated[str | None, typer.Option("--after", metavar="ID", help=screen_text("accounts.after"))] = None,
    store: StoreOption = None,
    lang: LangOption = DEFAULT_LANG,
    format_: FormatOption = Format.table,
) -> None:
    with opened_store(store) as opened:
        rows, following = page_of_accounts(opened, after, limit)
    if format_ is Format.json:
        write_out(json_text({"accounts": rows, "next": following}), None)
        return
    if format_ is Format.csv:
        write_out(csv_text(rows), None)
    elif rows:
        write_out(printed(table(rows, _columns(lang), lang)), None)
    else:
        write_out(line(text("cli.accounts.none" if after is None else "cli.accounts.end", lang, after=after)), None)
    if following is not None:
        say_aside(text("cli.accounts.more", lang, after=following))


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
