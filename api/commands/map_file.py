"""`swaymap map`: an account's map as a file, of one day or of two compared; or all that a team takes along."""

from __future__ import annotations

import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.answers import Question, compared_map_of, map_of
from api.days import read_day
from api.exports import EXPORTS, Wanted, ending_of, export
from api.opening import calibration_from, opened_store, today
from api.options import (
    DEFAULT_LANG,
    AccountArgument,
    AsOfOption,
    CalibrationOption,
    LangOption,
    OpportunityOption,
    StoreOption,
    screen_text,
)
from api.pictures import COMPARED_ENDINGS, ENDINGS, compared_picture, picture
from api.problems import template_without_deck, unknown_ending
from api.terminal import say
from api.text.output import write_file
from graph.model.words import text

DECK = ".pptx"


class ViewChoice(StrEnum):
    """The views of an account, as the command line names them."""

    power = "power"
    fishbone = "fishbone"
    coverage = "coverage"


def map_file(
    account: AccountArgument,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help=screen_text("map.output"))],
    view: Annotated[ViewChoice, typer.Option("--view", help=screen_text("map.view"))] = ViewChoice.power,
    from_: Annotated[str | None, typer.Option("--from", metavar="DATE", help=screen_text("map.from"))] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help=screen_text("map.to"))] = None,
    store: StoreOption = None,
    opportunity: OpportunityOption = None,
    as_of: AsOfOption = None,
    lang: LangOption = DEFAULT_LANG,
    calibration: CalibrationOption = None,
    template: Annotated[
        Path | None, typer.Option("--template", metavar="DECK.pptx", help=screen_text("map.template"))
    ] = None,
) -> None:
    ending = ending_of(output)
    if ending not in (*ENDINGS, *EXPORTS):
        raise unknown_ending(output, ", ".join((*ENDINGS, *EXPORTS)))
    if template is not None and ending != DECK:
        raise template_without_deck(output)
    first, last = _days(from_, to, as_of)
    if first is not None and ending not in COMPARED_ENDINGS.get(view.value, ()):
        raise typer.BadParameter(screen_text("map.from_ending"))
    question = Question(account, last, calibration_from(calibration), opportunity)
    with opened_store(store) as opened:
        written: str | bytes
        if first is not None:
            written = compared_picture(compared_map_of(opened, question, first, last), ending, lang, view.value)
        elif ending in EXPORTS:
            written = export(opened, question, ending, Wanted(lang, view.value, template))
        else:
            written = picture(map_of(opened, question), ending, lang, view.value)
    write_file(output, written)
    key = "cli.map.written" if ending == ".html" else "cli.map.exported"
    say(text(key, lang, path=output, date=question.as_of.isoformat()))


def _days(from_: str | None, to: str | None, as_of: datetime.date | None) -> tuple[datetime.date | None, datetime.date]:
    """The earlier day, None where one day is asked for, and the day of the map."""
    if to is not None and (from_ is None or as_of is not None):
        raise typer.BadParameter(screen_text("map.to_alone"))
    last = read_day(to, "--to") if to is not None else as_of or today()
    return None if from_ is None else read_day(from_, "--from"), last
