"""`swaymap store …`: the store itself."""

from __future__ import annotations

from typing import Annotated

import typer

from api.opening import opened_store, upgrade_text
from api.options import (
    DEFAULT_LANG,
    AsOfOption,
    CalibrationOption,
    Format,
    FormatOption,
    LangOption,
    StoreOption,
    screen_text,
)
from api.terminal import line, say
from api.text.output import TableColumn, csv_text, json_text, printed, table, write_out
from graph.model.words import text
from swaymap.store import calibration_of, today

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@app.command("info", help=screen_text("store.info.help"), epilog="swaymap store info --format json")
def info(store: StoreOption = None, lang: LangOption = DEFAULT_LANG, format_: FormatOption = Format.table) -> None:
    with opened_store(store) as opened:
        store_info = opened.graph_store.info()
    rows = [{"kind": sheet, "count": count} for sheet, count in store_info.counts.items()]
    if format_ is Format.json:
        about = {
            "url": store_info.url,
            "engine": store_info.engine,
            "version": store_info.engine_version,
            "schema": store_info.schema_version,
        }
        write_out(json_text({**about, "journal": store_info.journal, "counts": dict(store_info.counts)}), None)
    elif format_ is Format.csv:
        write_out(csv_text(rows), None)
    else:
        head = text(
            "line.store",
            lang,
            url=store_info.url,
            engine=store_info.engine,
            version=store_info.engine_version,
            journal=store_info.journal,
        )
        columns = [
            TableColumn("head.kind", lambda row: row["kind"]),
            TableColumn("head.count", lambda row: str(row["count"]), right=True),
        ]
        write_out(line(head) + printed(table(rows, columns, lang)), None)


@app.command("digest", help=screen_text("store.digest.help"), epilog="swaymap store digest")
def digest(store: StoreOption = None, format_: FormatOption = Format.table) -> None:
    with opened_store(store) as opened:
        store_digest = opened.graph_store.digest()
    if format_ is Format.json:
        write_out(json_text({"digest": store_digest}), None)
    elif format_ is Format.csv:
        write_out(csv_text([{"digest": store_digest}]), None)
    else:
        write_out(line(store_digest), None)


@app.command("recover", help=screen_text("store.recover.help"), epilog="swaymap store recover")
def recover(store: StoreOption = None, lang: LangOption = DEFAULT_LANG) -> None:
    with opened_store(store) as opened:
        say(text("cli.store.recovered" if opened.graph_store.recover() else "cli.store.nothing_to_recover", lang))


@app.command("upgrade", help=screen_text("store.upgrade.help"), epilog="swaymap store upgrade")
def upgrade(store: StoreOption = None, lang: LangOption = DEFAULT_LANG, format_: FormatOption = Format.table) -> None:
    with opened_store(store) as opened:
        done, url = opened.graph_store.upgrade(), opened.url
    if format_ is Format.table:
        say(text("cli.store.up_to_date", lang, store=url) if done is None else upgrade_text(done, lang))
        return
    row = {
        "store": url,
        "upgraded": done is not None,
        "before": done.before if done else None,
        "after": done.after if done else None,
        "copy": str(done.copy) if done and done.copy else None,
    }
    write_out(json_text(row) if format_ is Format.json else csv_text([row]), None)


@app.command("derive", help=screen_text("store.derive.help"), epilog="swaymap store derive --as-of 2026-11-23")
def derive(
    account: Annotated[
        str | None, typer.Argument(metavar="[ACCOUNT]", help=screen_text("argument.account_or_all"))
    ] = None,
    store: StoreOption = None,
    as_of: AsOfOption = None,
    lang: LangOption = DEFAULT_LANG,
    calibration: CalibrationOption = None,
) -> None:
    day, numbers = as_of or today(), calibration_of(calibration)
    with opened_store(store) as opened:
        for identity in [account] if account else opened.account_ids():
            made = opened.derive(identity, as_of=day, calibration=numbers)
            say(
                text(
                    "cli.store.derived",
                    lang,
                    account=made.account,
                    ties=len(made.ties),
                    people=len(made.participations),
                    date=day.isoformat(),
                )
            )
