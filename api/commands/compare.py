"""`swaymap compare`: two days of an account, or two saved maps."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.opening import opened_store
from api.options import (
    DEFAULT_LANG,
    AccountArgument,
    CalibrationOption,
    Format,
    FormatOption,
    LangOption,
    OpportunityOption,
    StoreOption,
    screen_text,
)
from api.text.output import in_format, write_out
from graph.model.days import read_day
from graph.model.problem import InputError
from graph.model.words import message
from swaymap.store import calibration_of, today

if TYPE_CHECKING:
    from graph.analysis.history.compare import Comparison
    from graph.analysis.history.snapshot import Snapshot


def _side(written: str, option: str) -> datetime.date | Path:
    return Path(written) if written.lower().endswith(".json") else read_day(written, option)


def compare(
    account: AccountArgument,
    from_: Annotated[str, typer.Option("--from", metavar="DATE", help=screen_text("compare.from"))],
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help=screen_text("compare.to"))] = None,
    store: StoreOption = None,
    opportunity: OpportunityOption = None,
    lang: LangOption = DEFAULT_LANG,
    calibration: CalibrationOption = None,
    format_: FormatOption = Format.table,
) -> None:
    first, last = _side(from_, "--from"), today() if to is None else _side(to, "--to")
    if isinstance(first, Path) and isinstance(last, Path):
        comparison = _saved(account, first, last, calibration)
    elif isinstance(first, Path) or isinstance(last, Path):
        raise typer.BadParameter(screen_text("compare.mixed"))
    else:
        numbers = calibration_of(calibration)
        with opened_store(store) as opened:
            comparison = opened.compare(account, first, last, opportunity, numbers)
    from api.text.compare import compare_text, measure_rows

    write_out(in_format(comparison, format_, lang, measure_rows, compare_text), None)


def _saved(account: str, before: Path, after: Path, calibration: Path | None) -> Comparison:
    from graph.analysis.history.compare import compare_saved
    from graph.model.naming import names_of

    then, now = _saved_map(before), _saved_map(after)
    comparison = compare_saved(then, now, calibration_of(calibration).tie)
    if account not in (then.account, now.account) and names_of(account).isdisjoint(names_of(now.name)):
        other_account = message("compare.other_file", found=comparison.account, account=account)
        raise InputError("other_account", other_account)
    return comparison


def _saved_map(path: Path) -> Snapshot:
    """The snapshot in a file. Raises InputError where it cannot be read, or holds no report."""
    import orjson

    from graph.analysis.history.snapshot import snapshot_of_json

    try:
        saved = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError) as wrong:
        why = getattr(wrong, "strerror", None) or str(wrong)
        raise InputError("unreadable_map", message("compare.not_json", file=str(path), why=why)) from wrong
    return snapshot_of_json(saved, str(path))
