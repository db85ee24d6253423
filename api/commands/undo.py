"""`swaymap undo`: take an import back, through the journal."""

from __future__ import annotations

import datetime
from typing import Annotated

import typer

from api.opening import opened_store
from api.options import DEFAULT_LANG, CalibrationOption, Format, FormatOption, LangOption, StoreOption, screen_text
from api.settings import load_settings
from api.terminal import say
from api.text.output import write_out
from api.text.receipts import receipt_in
from graph.model.words import text
from swaymap.store import calibration_of, today


def undo(
    import_id: Annotated[int, typer.Argument(metavar="IMPORT", min=1, help=screen_text("undo.import"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=screen_text("undo.dry_run"))] = False,
    store: StoreOption = None,
    lang: LangOption = DEFAULT_LANG,
    format_: FormatOption = Format.table,
    calibration: CalibrationOption = None,
) -> None:
    from graph.store.acting import acting
    from graph.store.undo import undo as undo_in

    numbers = calibration_of(calibration)
    with opened_store(store) as opened:
        recorder, now = acting(load_settings().user), datetime.datetime.now(datetime.UTC)
        receipt = undo_in(opened.graph_store, import_id, recorded_by=recorder, recorded_at=now, dry_run=dry_run)
        write_out(receipt_in(format_, receipt, lang), None)
        if format_ is Format.table:
            key = "undo.dry" if dry_run else "undo.nothing" if receipt.import_id is None else "undo.done"
            say(text(key, lang, id=import_id, new=receipt.import_id))
        if receipt.import_id is not None:
            there = opened.graph_store.owners("accounts", receipt.accounts)
            opened.derive_where_shown([account for account in receipt.accounts if account in there], today(), numbers)
