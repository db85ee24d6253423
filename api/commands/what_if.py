"""`swaymap what-if`: before and after somebody goes, turns, or is met."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from api.answers import Question, measures_of, what_if_of
from api.changes import change_of_stance, change_of_touch
from api.opening import opened_store, question_of
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
from api.text.output import in_format, write_out

if TYPE_CHECKING:
    from graph.analysis.scenarios.changes import Change


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
    each: Annotated[bool, typer.Option("--each", help=screen_text("what_if.each"))] = False,
    store: StoreOption = None,
    opportunity: OpportunityOption = None,
    as_of: AsOfOption = None,
    lang: LangOption = DEFAULT_LANG,
    calibration: CalibrationOption = None,
    format_: FormatOption = Format.table,
) -> None:
    changes = _changes(without or [], stance or [], touch or [])
    if not changes and not each:
        raise typer.BadParameter(screen_text("what_if.nothing"))
    question = question_of(account, opportunity, as_of, calibration)
    if each:
        if changes:
            raise typer.BadParameter(screen_text("what_if.each_alone"))
        write_out(_each(store, question, format_, lang), None)
        return
    with opened_store(store) as opened:
        found = what_if_of(opened, question, changes)
    from api.text.what_if import what_if_text

    write_out(in_format(found, format_, lang, lambda one: map(asdict, one.moved), what_if_text), None)


def _each(store: str | None, question: Question, format_: Format, lang: str) -> str:
    from api.text.departures import departure_rows, departures_text
    from graph.analysis.scenarios.single_changes import everybody_leaving

    with opened_store(store) as opened:
        found = everybody_leaving(measures_of(opened, question))
    return in_format(found, format_, lang, departure_rows, departures_text)


def _changes(without: list[str], stance: list[str], touch: list[str]) -> list[Change]:
    from graph.analysis.scenarios.changes import Without

    return [*map(Without, without), *map(change_of_stance, stance), *map(change_of_touch, touch)]
