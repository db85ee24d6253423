"""`swaymap what-if`: before and after somebody goes, turns, or is met."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from api.answers import Question, records_of
from api.changes import change_of_stance, change_of_touch
from api.opening import calibration_from, opened_store, today
from api.options import (
    DEFAULT_LANG,
    AccountArgument,
    AsOfOption,
    CalibrationOption,
    Format,
    FormatOption,
    LangOption,
    OpportunityOption,
    StoreOption,
    screen_text,
)
from api.show import csv_text, json_text, write_out

if TYPE_CHECKING:
    from graph.analysis.changes import Change


def what_if(
    account: AccountArgument,
    without: Annotated[
        list[str] | None, typer.Option("--without", metavar="ID", help=screen_text("what_if.without"))
    ] = None,
    stance: Annotated[
        list[str] | None, typer.Option("--stance", metavar="PERSON=STANCE", help=screen_text("what_if.stance"))
    ] = None,
    touch: Annotated[
        list[str] | None, typer.Option("--touch", metavar="MEMBER,PERSON,METHOD", help=screen_text("what_if.touch"))
    ] = None,
    store: StoreOption = None,
    opportunity: OpportunityOption = None,
    as_of: AsOfOption = None,
    lang: LangOption = DEFAULT_LANG,
    calibration: CalibrationOption = None,
    format_: FormatOption = Format.table,
) -> None:
    changes = _changes(without or [], stance or [], touch or [])
    if not changes:
        raise typer.BadParameter(screen_text("what_if.nothing"))
    question = Question(account, as_of or today(), calibration_from(calibration), opportunity)
    from graph.analysis.what_if import what_if as what_if_of

    with opened_store(store) as opened:
        records = records_of(opened, account)
    found = what_if_of(records, account, question.as_of, changes, opportunity, question.calibration)
    if format_ is Format.json:
        from graph.analysis.as_json import as_json

        written = json_text(as_json(found, lang))
    elif format_ is Format.csv:
        written = csv_text([asdict(one) for one in found.moved])
    else:
        from api.what_if_text import what_if_text

        written = what_if_text(found, lang)
    write_out(written, None)


def _changes(without: list[str], stance: list[str], touch: list[str]) -> list[Change]:
    from graph.analysis.changes import Without

    return [*map(Without, without), *map(change_of_stance, stance), *map(change_of_touch, touch)]
